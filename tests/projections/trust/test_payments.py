"""How a firm pays, in figures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ledger.domain.actor import OPERATOR
from ledger.domain.collaboration import Collaboration, Outcome
from ledger.domain.errors import NotFound
from ledger.projections.trust.queries import payments
from tests.projections.trust.telling import A, B, C, D, E, assessed, both_assessed, done
from tests.stories import COORDINATOR, Story, as_bank, as_firm, bank, by, confirmed_job, on

UNKNOWN: dict[str, Any] = {"referees": 0, "contested": 0, "median": None, "worst": None, "weighted": []}


def stated(by_: Any, late: int, day: float = 1, credit: str | None = None, currency: str = "EUR") -> Collaboration:
    """What a firm states on how A pays."""
    high = {"high_credit": {"amount": credit, "currency": currency}} if credit else {}
    terms = {"since": "2019-05-01", "terms_days": 30, "days_beyond_terms": late, **high}
    return confirmed_job(by_, A, kind="credit_reference", day=day, terms=terms)


def paid(story: Story, since: date | None = None, until: date | None = None, **asked: Any) -> dict[str, Any]:
    """How A pays."""
    with story.reading(**asked) as reading:
        return payments(reading, OPERATOR, A, since=since, until=until)


def test_days_beyond_terms(story: Story) -> None:
    """How many said so, the middle, the worst, and the mean weighed by credit, in each currency by itself."""
    story.tell(
        stated(B, 0, credit="30000.00"),
        stated(C, 4, credit="10000.00"),
        stated(D, 21, credit="50000.00", currency="DKK"),
        stated(E, 7),
    )
    assert paid(story)["days_beyond_terms"] == {
        "referees": 4,
        "contested": 0,
        "median": 5.5,
        "worst": 21,
        "weighted": [
            {"currency": "DKK", "referees": 1, "credit": {"amount": "50000.00", "currency": "DKK"}, "mean": 21.0},
            {"currency": "EUR", "referees": 2, "credit": {"amount": "40000.00", "currency": "EUR"}, "mean": 1.0},
        ],
    }


def test_a_partner_is_one_voice(story: Story) -> None:
    """Its latest statement counts, of the days that are asked about."""
    story.tell(stated(B, 30, 1), stated(B, 2, 3), stated(C, 4, 2))
    assert paid(story)["days_beyond_terms"]["median"] == 3
    early = paid(story, until=on(2).date())["days_beyond_terms"]
    assert (early["referees"], early["worst"]) == (2, 30)
    assert paid(story, since=on(3).date())["days_beyond_terms"]["worst"] == 2


def test_contested_statements_are_told_and_struck_ones_gone(story: Story) -> None:
    """Contesting alone changes no figure."""
    statement = stated(B, 90, credit="0.00")
    statement.dispute(by(as_firm(A), 2), A, "Never.")
    story.tell(statement)
    days = paid(story)["days_beyond_terms"]
    assert (days["referees"], days["contested"], days["worst"], days["weighted"]) == (1, 1, 90, [])
    statement.settle(by(COORDINATOR, 3), 1, Outcome.STRUCK)
    story.tell(statement)
    assert paid(story)["days_beyond_terms"] == UNKNOWN


def test_bills_paid_on_time(story: Story) -> None:
    """Counted once they are open, with the share of those that were."""
    assert paid(story)["paid_on_time"] == {"yes": 0, "no": 0, "share": None}
    for partner, on_time in ((B, True), (C, True), (D, True), (E, False)):
        work = done(A, partner, day=1)
        assessed(work, partner, A, 1, {"paid_on_time": on_time})
        story.tell(assessed(work, A, partner, 2))
    story.tell(assessed(done(A, B, day=3, key="sealed"), B, A, 3, {"paid_on_time": False}))
    assert paid(story)["paid_on_time"] == {"yes": 3, "no": 1, "share": 0.75}
    assert paid(story, now=on(30))["paid_on_time"]["no"] == 2
    assert paid(story, until=on(0).date())["paid_on_time"]["share"] is None


def test_how_a_firm_pays_is_for_those_who_may_look(story: Story) -> None:
    """Not for its partners, not for a bank without consent."""
    story.tell(both_assessed(done(A, B), 1))
    with story.reading() as reading:
        for viewer in (as_firm(B), as_bank(bank().id)):
            with pytest.raises(NotFound):
                payments(reading, viewer, A)
