"""Joint purchases: the volume and the saving of each participant."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.errors import InvalidTerms
from ledger.domain.kinds.joint_purchase import JOINT_PURCHASE
from tests.domain.given import ALPHA, BETA, GAMMA, refused
from tests.domain.kinds.examples import EXAMPLES, euros, parties

PARTIES = parties(JOINT_PURCHASE)


def purchase(*volumes: tuple[object, object]) -> dict[str, Any]:
    """Return the terms of a purchase with these volumes."""
    rows = [{"firm": str(firm), "volume": volume} for firm, volume in volumes]
    return {"goods": "Sheet steel", "purchases": rows}


def test_each_participant_has_its_own_volume() -> None:
    """Each in the currency that it paid in."""
    links = JOINT_PURCHASE.links(PARTIES, EXAMPLES["joint_purchase"])
    assert [(link.following, link.value and link.value.data()) for link in links] == [
        (BETA, euros("1000.00")),
        (GAMMA, {"amount": "7500.00", "currency": "DKK"}),
    ]


def test_the_leads_own_volume_falls_to_nobody() -> None:
    """Nobody buys from himself; a participant without a row has no value."""
    links = JOINT_PURCHASE.links(PARTIES, purchase((ALPHA, euros("9.00")), (GAMMA, euros("1.00"))))
    assert [link.value and link.value.data() for link in links] == [None, euros("1.00")]


def test_only_confirmed_participants_count() -> None:
    """A participant that has not confirmed links to nobody, whatever was recorded of it."""
    without_gamma = [party for party in PARTIES if party["firm"] != GAMMA]
    links = JOINT_PURCHASE.links(without_gamma, EXAMPLES["joint_purchase"])
    assert [link.following for link in links] == [BETA]


@pytest.mark.parametrize("field", ["volume", "saving"])
def test_amounts_are_not_negative(field: str) -> None:
    """A loss is no saving."""
    terms = purchase((BETA, euros("1.00")))
    terms["purchases"][0][field] = euros("-1.00")
    with refused(InvalidTerms, pointer=f"/terms/purchases/0/{field}/amount"):
        JOINT_PURCHASE.read_terms(terms, PARTIES)


def test_somebody_bought_something() -> None:
    """A purchase without purchases is none."""
    with refused(InvalidTerms, pointer="/terms/purchases"):
        JOINT_PURCHASE.read_terms(purchase(), PARTIES)


def test_a_firm_has_one_row() -> None:
    """Two volumes of one firm are a slip, not a sum."""
    with refused(InvalidTerms, pointer="/terms/purchases/1/firm"):
        JOINT_PURCHASE.read_terms(purchase((BETA, euros("100.00")), (BETA, euros("50.00"))), PARTIES)
