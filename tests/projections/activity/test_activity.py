"""A network's activity: what is told, what counts, who is alone; on each database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ledger.domain.actor import Actor, Role
from ledger.domain.collaboration import Collaboration, Outcome
from ledger.domain.errors import NotFound
from ledger.domain.ids import identify
from ledger.projections.activity import behind, queries, yearly
from ledger.projections.activity.projector import PROJECTION as ACTIVITY
from ledger.projections.consents.projector import PROJECTION as CONSENTS
from tests.stories import COORDINATOR, NETWORK, Story, as_firm, by, confirmed_job, firm, firm_id, job, network

PLACES = {"A": ("DE", "25.62"), "B": ("DE", "28.41"), "C": ("DK", "28.41"), "D": ("DK", "25.11"), "E": ("US", "25.11")}
A, B, C, D = (firm_id(name) for name in "ABCD")


@pytest.fixture
def story(begin: Callable[..., Story]) -> Story:
    """Five firms."""
    story = begin(ACTIVITY, CONSENTS)
    story.tell(network(), *(firm(name, country=c, nace=n) for name, (c, n) in PLACES.items()))
    return story


def asked(story: Story, **asked: Any) -> Any:
    """The figures as the coordinator reads them."""
    past = {name: asked.pop(name) for name in ("as_of_position",) if name in asked}
    with story.reading(**past) as reading:
        return queries.indicators(reading, COORDINATOR, NETWORK, **asked)


def figure(found: Any, code: str) -> Any:
    """One figure's value."""
    return next(one["value"] for one in found["figures"] if one["code"] == code)


def year(story: Story, number: int = 2026) -> Any:
    """The year's kinds by name, and the year."""
    with story.reading() as reading:
        found = yearly.report(reading, COORDINATOR, NETWORK, number)
    return {one["kind"]: one for one in found["this"]["kinds"]}, found


def test_hours_volumes_and_savings_are_added_up(story: Story) -> None:
    """Hours times people; each currency by itself; a saving of those who confirmed."""
    trainees = [{"firm": str(B), "trainees": 3}]
    story.tell(confirmed_job(A, B, C, kind="shared_training", terms={"hours": 8, "trainees": trainees}))
    story.tell(confirmed_job(A, B, value="100.50"), confirmed_job(C, D, value="7.00", currency="DKK"))
    euros = {"amount": "40.00", "currency": "EUR"}
    bought = [{"firm": str(firm), "volume": euros, "saving": euros} for firm in (A, B)]
    story.tell(confirmed_job(A, B, kind="joint_purchase", terms={"purchases": bought}))
    story.tell(confirmed_job(A, D, kind="capacity_sharing", value=None, terms={"hours": "2.5"}))
    kinds, _ = year(story)
    assert (kinds["shared_training"]["training_hours"], kinds["shared_training"]["trainees"]) == (32, 4)
    assert kinds["capacity_sharing"]["capacity_hours"] == 2.5
    assert kinds["joint_purchase"]["saving"] == [{"amount": "80.00", "currency": "EUR"}]
    volumes = {one["volume"]["currency"]: one["volume"]["amount"] for one in asked(story)["currencies"]}
    assert volumes == {"DKK": "7.00", "EUR": "180.50"}
    assert figure(asked(story), "training_hours") == 32


def test_what_is_struck_or_withdrawn_counts_for_nothing(story: Story) -> None:
    """And what is not confirmed stands beside, as claimed; the past keeps what counted then."""
    struck: Collaboration = confirmed_job(A, B)
    before = story.tell(struck, confirmed_job(A, C), job(A, D))
    assert (figure(asked(story), "confirmed_jobs"), asked(story)["claimed"]) == (2, 1)
    struck.dispute(by(as_firm(B)), B, "No.")
    struck.settle(by(COORDINATOR), 1, Outcome.STRUCK)
    story.tell(struck)
    assert figure(asked(story), "confirmed_jobs") == 1
    assert figure(asked(story, as_of_position=before), "confirmed_jobs") == 2
    assert year(story)[1]["this"]["disputes"] == {"raised": 1, "upheld": 0, "amended": 0, "struck": 1}


def test_a_credit_reference_is_no_work(story: Story) -> None:
    """It stands in the report, and makes no partners."""
    story.tell(confirmed_job(A, B, kind="credit_reference"))
    found = asked(story)
    assert (figure(found, "confirmed_jobs"), figure(found, "firms_with_partner"), found["isolated_count"]) == (0, 0, 5)
    assert year(story)[0]["credit_reference"]["jobs"] == 1


def test_who_is_alone_is_suggested_a_partner(story: Story) -> None:
    """Of the sector that works most with its own, near, with the most partners, and not yet its own."""
    story.tell(confirmed_job(A, B), confirmed_job(A, C), confirmed_job(C, B))
    found = asked(story)
    alone = {one["name"]: one["suggestion"] for one in found["isolated"]}
    assert set(alone) == {"D", "E"}
    suggested = alone["D"]
    assert suggested["name"] in {"B", "C"}
    assert (suggested["sector"], suggested["partners"], suggested["jobs_between_sectors"]) == ("28", 2, 2)
    assert alone["E"] is None  # nobody near
    story.tell(confirmed_job(D, B, day=1), confirmed_job(D, C, day=1))
    silent = {one["name"]: one for one in asked(story, months=3)["isolated"]}
    assert set(silent) == {"E"}
    later = firm("Late", day=400, country="DK", nace="25.11")
    story.tell(later)
    silent = {one["name"]: one for one in asked(story, months=3)["isolated"]}
    assert (silent["D"]["last_month"], silent["Late"]["last_month"]) == ("2026-03", None)


def test_a_selection_holds_the_jobs_of_its_firms(story: Story) -> None:
    """By sector, by country, by both; a firm that moves takes its activity with it, not its jobs."""
    story.tell(confirmed_job(A, B), confirmed_job(A, C))
    assert [figure(asked(story, **one), "confirmed_jobs") for one in ({"sector": "28"}, {"country": "DK"})] == [2, 1]
    assert figure(asked(story, sector="28", country="DK"), "confirmed_jobs") == 1
    assert asked(story)["border"] == {"crossing": 1, "domestic": {"DE": 1}, "share": 0.5}
    moving = firm("A", country="DE", nace="25.62")
    moving.collect_events()
    profile = moving.profile()
    moving.update(by(COORDINATOR, 1), type(profile)(**{**vars(profile), "nace": "71.12"}))
    story.tell(moving)
    assert figure(asked(story, sector="71"), "firms_with_partner") == 1
    assert figure(asked(story, sector="71"), "confirmed_jobs") == 0
    assert figure(asked(story, sector="25"), "firms_with_partner") == 0


def listed(story: Story, **counted: Any) -> tuple[set[Any], int]:
    """Every job of the list behind a figure, read one to a page, and how many it says there are."""
    found: set[Any] = set()
    cursor, total = None, None
    with story.reading() as reading:
        while True:
            page = behind.jobs(reading, COORDINATOR, NETWORK, behind.Counted(**counted), limit=1, cursor=cursor)
            assert total in (None, page.total)
            found, cursor, total = {*found, *page.jobs}, page.next, page.total
            if cursor is None:
                return found, page.total


def test_the_list_behind_a_figure_holds_what_it_counts(story: Story) -> None:
    """By what happened to a job, its days, its firms' places and its currency; what is only claimed is not in it."""
    home, abroad, danish = confirmed_job(A, B), confirmed_job(A, C, day=40), confirmed_job(C, D, currency="DKK")
    said, contested = confirmed_job(A, B, kind="credit_reference"), confirmed_job(B, C)
    contested.dispute(by(as_firm(C)), C, "No.")
    story.tell(home, abroad, danish, said, contested, job(A, D))
    figures = {one["code"]: one["value"] for one in asked(story)["figures"]}
    every = {home.id, abroad.id, danish.id, contested.id}
    assert listed(story) == (every, figures["confirmed_jobs"])
    assert listed(story, what=behind.CROSSING)[0] == {abroad.id, contested.id}
    assert listed(story, what=behind.DOMESTIC, country="DK")[0] == {danish.id}
    assert listed(story, what=behind.DISPUTED) == ({contested.id}, 1)
    assert listed(story, sector="25", country="DE")[0] == {home.id, abroad.id}
    assert listed(story, sector="28")[0] == every
    assert listed(story, currency="DKK")[0] == {danish.id}
    assert listed(story, kind="credit_reference")[0] == {said.id}
    assert listed(story, since=date(2026, 4, 1))[0] == {abroad.id}
    assert listed(story, until=date(2026, 4, 1))[0] == every - {abroad.id}


def test_it_is_the_offices_alone(story: Story) -> None:
    """A firm and another office find nothing."""
    south = identify("network", "south")
    with story.reading() as reading:
        for viewer in (as_firm(A), Actor(Role.COORDINATOR, south, south)):
            for ask in (queries.activity, queries.indicators):
                with pytest.raises(NotFound):
                    ask(reading, viewer, NETWORK)
            with pytest.raises(NotFound):
                yearly.report(reading, viewer, NETWORK, 2026)


def test_headcounts_of_a_year_are_added_up(story: Story) -> None:
    """Over the firms that told; a correction takes the place of what was said, and the past keeps that."""
    first, second = firm("F", country="DE", nace="25.62"), firm("G", country="DK", nace="25.62")
    story.tell(first, second)
    first.report_headcount(by(as_firm(first.id), 1), 2026, employees=40, apprentices=4)
    first.report_headcount(by(as_firm(first.id), 1), 2025, employees=30, apprentices=0)
    second.report_headcount(by(COORDINATOR, 1), 2026, employees=2, apprentices=1)
    before = story.tell(first, second)
    first.report_headcount(by(as_firm(first.id), 2), 2026, employees=50, apprentices=5)
    story.tell(first)
    found = year(story)[1]
    assert found["this"]["headcounts"] == {"firms": 2, "employees": 52, "apprentices": 6}
    assert found["before"]["headcounts"] == {"firms": 1, "employees": 30, "apprentices": 0}
    with story.reading(as_of_position=before) as reading:
        then = yearly.report(reading, COORDINATOR, NETWORK, 2026)
    assert then["this"]["headcounts"] == {"firms": 2, "employees": 42, "apprentices": 5}
    assert year(story, 2024)[1]["this"]["headcounts"] == {"firms": 0, "employees": None, "apprentices": None}
