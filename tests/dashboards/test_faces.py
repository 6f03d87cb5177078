"""A partner whose name the reader may not know is described in the reader's language, on every page that shows one."""

from __future__ import annotations

import pytest

from ledger.web.languages import LANGUAGES
from tests.api.test_signed_referrals import asked
from tests.api.world import World
from tests.dashboards.people import person

DESCRIBED = {
    "en": "a firm in metalworking, DE",
    "de": "ein Betrieb der Branche Metallbearbeitung, DE",
    "da": "en virksomhed inden for metalbearbejdning, DE",
}
WITHOUT_TRADE = {"en": "a firm, DE", "de": "ein Betrieb, DE", "da": "en virksomhed, DE"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_described_partners_are_described_in_the_reader_s_language(world: World, language: str) -> None:
    """On the preview, the sheet, the list of the work behind it and its file; the interface says it in English."""
    beta = person(world, "beta")
    assert beta.send("/settings/profile", "/settings/profile", nace="25.62").status_code == 303
    referral = asked(world)
    bank, alpha = person(world, "bank", language), person(world, "alpha", language)
    sheet = f"/referrals/{referral.rpartition('/')[2]}"
    texts = {
        "preview": alpha.text("/mine/as-a-bank"),
        "sheet": bank.text(sheet),
        "work": bank.text(f"{sheet}/collaborations"),
        "file": bank.text(f"{sheet}/collaborations.csv"),
    }
    for where, text in texts.items():
        assert DESCRIBED[language] in text, where
        assert WITHOUT_TRADE[language] in text, where
        assert "Example beta" not in text, where
        assert language == "en" or "a firm" not in text, where
    told = world.bank.read(referral)["partners"]
    assert {one["description"] for one in told} >= {DESCRIBED["en"], WITHOUT_TRADE["en"]}
