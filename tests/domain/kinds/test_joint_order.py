"""Joint orders: work packages with shares that add up to 1, and what falls to each partner."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.errors import InvalidTerms
from ledger.domain.kinds.joint_order import JOINT_ORDER
from tests.domain.given import ALPHA, BETA, GAMMA, PERIOD, refused
from tests.domain.kinds.examples import euros, parties

PARTIES = parties(JOINT_ORDER)


def order(value: str, *shares: tuple[object, object]) -> dict[str, Any]:
    """Return the terms of an order of this value with these packages, all of one stage."""
    packages = [{"stage": "fabrication", "firm": str(firm), "share": share} for firm, share in shares]
    terms: dict[str, Any] = {"value": euros(value), "period": PERIOD}
    return {**terms, "work_packages": packages} if packages else terms


def values(terms: dict[str, Any]) -> list[Any]:
    """Return what lies between the lead and Beta, and between the lead and Gamma."""
    links = JOINT_ORDER.links(PARTIES, JOINT_ORDER.read_terms(terms, PARTIES))
    return [link.value and link.value.data()["amount"] for link in links]


@pytest.mark.parametrize(
    "shares",
    [("1", 0, 0), (0.2, 0.3, 0.5), ("0.333", "0.333", "0.333"), ("0.3333", "0.3333", "0.3334"), (0.1, 0.2, 0.7)],
)
def test_shares_add_up_to_1(shares: tuple[object, ...]) -> None:
    """Decimals are added exactly, and thirds may be rounded to three places."""
    JOINT_ORDER.read_terms(order("100.00", *zip((ALPHA, BETA, GAMMA), shares, strict=True)), PARTIES)


@pytest.mark.parametrize("shares", [(0.5, 0.4), (0.5, 0.6), (0, 0), ("0.998", "0.000"), (1, 1)])
def test_other_shares_are_refused(shares: tuple[object, ...]) -> None:
    """The refusal points to the packages and names their sum."""
    with pytest.raises(InvalidTerms, match="add up to") as raised:
        JOINT_ORDER.read_terms(order("100.00", *zip((ALPHA, BETA), shares, strict=True)), PARTIES)
    assert raised.value.faults[0].pointer == "/terms/work_packages"


@pytest.mark.parametrize("share", ["1.1", 2, -0.1, "-0.1", "a third", True, None, "1/3"])
def test_a_share_lies_between_0_and_1(share: object) -> None:
    """The refusal points to the package."""
    with refused(InvalidTerms, pointer="/terms/work_packages/1/share"):
        JOINT_ORDER.read_terms(order("100.00", (ALPHA, "1"), (BETA, share)), PARTIES)


def test_an_unknown_stage_is_refused() -> None:
    """Stages are those of the network's own list, from procurement to delivery."""
    terms = order("100.00", (ALPHA, 1))
    terms["work_packages"][0]["stage"] = "painting"
    with refused(InvalidTerms, pointer="/terms/work_packages/0/stage"):
        JOINT_ORDER.read_terms(terms, PARTIES)


def test_a_partner_gets_its_own_packages() -> None:
    """Several packages of one partner are added, the lead's own fall to nobody."""
    assert values(order("1000.00", (ALPHA, "0.25"), (BETA, "0.5"), (GAMMA, "0.1"), (BETA, "0.15"))) == [
        "650.00",
        "100.00",
    ]


def test_a_partner_without_packages_has_no_value() -> None:
    """Unknown is not nothing."""
    assert values(order("1000.00", (ALPHA, "0.5"), (BETA, "0.5"))) == ["500.00", None]


def test_without_packages_the_value_is_divided_evenly() -> None:
    """A remainder of cents is left out: the parts never exceed the whole."""
    assert values(order("1000.01")) == ["500.00", "500.00"]


@pytest.mark.parametrize("value", ["0.00", "-1.00"])
def test_an_order_has_a_value(value: str) -> None:
    """More than nothing."""
    with refused(InvalidTerms, pointer="/terms/value/amount"):
        JOINT_ORDER.read_terms(order(value), PARTIES)


@pytest.mark.parametrize("partners", [3, 9])
def test_what_divides_evenly_is_divided_evenly(partners: int) -> None:
    """300 euros among three are 100 each."""
    firms = [ALPHA, *[type(ALPHA)(int=100 + n) for n in range(partners - 1)]]
    parts = JOINT_ORDER.divide(order(f"{partners}00.00"), firms)
    assert {part.data()["amount"] for part in parts.values()} == {"100.00"}
