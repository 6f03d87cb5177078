"""Partners by name, or in the words that they have chosen to be known by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ledger.domain.actor import OPERATOR
from ledger.domain.firm import Firm, Profile, ToBanks
from ledger.projections.consents.faces import NOBODY, Face, faces, lasting_faces
from ledger.projections.consents.projector import PROJECTION
from tests.stories import COORDINATOR, Story, as_bank, as_firm, bank, by, consent, firm, firm_id, network

BANK = as_bank(bank().id)
ACME, BETA = firm_id("Acme"), firm_id("Beta")
NAMED, DESCRIBED = Face("Beta", None), Face(None, "a firm in metalworking, DE")


@pytest.fixture
def story(begin: Callable[..., Story]) -> Story:
    """A network that Acme belongs to."""
    story = begin(PROJECTION)
    story.tell(network(), firm("Acme"))
    return story


@pytest.fixture
def beta(story: Story) -> Firm:
    """Acme's partner, which cuts metal."""
    beta = firm("Beta", nace="25.62")
    story.tell(beta)
    return beta


def seen(story: Story, **asked: Any) -> tuple[Face, Face]:
    """Beta as the bank may know it, and as a referral shows it."""
    with story.reading(**asked) as reading:
        return faces(reading, BANK, [BETA])[BETA], lasting_faces(reading, [BETA])[BETA]


def test_a_firm_is_described_until_it_decides(story: Story, beta: Firm) -> None:
    """To banks; the network and the operator know it by name."""
    assert seen(story) == (DESCRIBED, DESCRIBED)
    with story.reading() as reading:
        for viewer in (as_firm(ACME), COORDINATOR, OPERATOR):
            assert faces(reading, viewer, [BETA]) == {BETA: NAMED}


def test_the_setting_in_force_now_decides(story: Story, beta: Firm) -> None:
    """It opens and closes the past as well; a referral gains no name and loses one that is taken back."""
    before = story.head()
    beta.show_to_banks(by(as_firm(BETA), 1), ToBanks.NAMED)
    during = story.tell(beta)
    assert seen(story) == (NAMED, NAMED)
    assert seen(story, as_of_position=before) == (NAMED, DESCRIBED)
    beta.show_to_banks(by(as_firm(BETA), 2), ToBanks.DESCRIBED)
    story.tell(beta)
    assert seen(story) == seen(story, as_of_position=during) == (DESCRIBED, DESCRIBED)


def test_the_words_are_those_of_the_past(story: Story, beta: Firm) -> None:
    """Another name, sector or country is told from then on."""
    beta.show_to_banks(by(as_firm(BETA), 1), ToBanks.NAMED)
    before = story.tell(beta)
    beta.update(by(COORDINATOR, 2), Profile(name="Better", country="DK", nace="28.99"))
    beta.show_to_banks(by(as_firm(BETA), 3), ToBanks.DESCRIBED)
    story.tell(beta)
    assert seen(story)[0] == Face(None, "a firm in mechanical engineering, DK")
    assert seen(story, as_of_position=before)[0] == DESCRIBED


def test_who_lets_a_bank_look_is_known_to_it(story: Story, beta: Firm) -> None:
    """While the consent is in force, and to this bank; a referral goes by the setting alone."""
    given = consent(BETA, bank().id)
    story.tell(given)
    assert seen(story) == (NAMED, DESCRIBED)
    with story.reading() as reading:
        assert faces(reading, as_bank(bank("Other").id), [BETA]) == {BETA: DESCRIBED}
    given.withdraw(by(as_firm(BETA), 1))
    story.tell(given)
    assert seen(story) == (DESCRIBED, DESCRIBED)


def test_a_firm_that_was_not_there_yet_is_nobody(story: Story, beta: Firm) -> None:
    """Asked about a time before it was admitted."""
    assert seen(story, as_of_position=1) == (NOBODY, NOBODY)
