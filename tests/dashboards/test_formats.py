"""What the pages' filters write in the reader's language."""

from __future__ import annotations

import pytest

from ledger.dashboards.formats import SOFT_HYPHEN
from tests.api.world import World


@pytest.mark.parametrize("language", ["de", "da"])
def test_a_long_word_may_break_where_its_language_breaks_it(world: World, language: str) -> None:
    """No syllable of a sector's name is torn apart, and the name stays what it is."""
    with world.app.test_request_context(f"/?lang={language}"):
        written = world.app.jinja_env.from_string("{{ word | hyphenated }}").render(word="Metallerzeugnisse und Glas")
    assert f"Metal{SOFT_HYPHEN}ler" in written
    assert written.replace(SOFT_HYPHEN, "") == "Metallerzeugnisse und Glas"


def test_no_letter_stands_alone(world: World) -> None:
    """It is not bea-r-bei-ten, whatever the patterns say."""
    with world.app.test_request_context("/?lang=de"):
        written = world.app.jinja_env.from_string("{{ 'Metallbearbeitung' | hyphenated }}").render()
    assert written.split(SOFT_HYPHEN) == ["Metall", "bear", "bei", "tung"]
