"""Whatever firms do to each other: sums equal a plain count of the events, live, rebuilt and as of any position."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ledger.projections.activity import behind
from ledger.projections.activity.projector import PROJECTION as ACTIVITY
from ledger.projections.activity.queries import indicators
from ledger.projections.consents.projector import PROJECTION as CONSENTS
from tests.projections.activity.naive import Known, median_days, told
from tests.projections.trust.plans import Events, Plan, collected, firm_plans, plans, played, played_firms
from tests.stories import COORDINATOR, NETWORK, START, Story, firm, network

any_logs = settings(max_examples=15, deadline=None)
several = st.lists(plans, min_size=1, max_size=4)
PLACES = {"A": ("DE", "25.62"), "B": ("DE", "28.41"), "C": ("DK", "25.11"), "D": ("DK", None), "E": ("SE", "28.41")}
MEMBERS = collected(network(), *(firm(name, country=c, nace=n) for name, (c, n) in PLACES.items()))
LAST, FIRST = "2026-03", "2025-04"


class Told:
    """Events that can be told again."""

    def __init__(self, streams: list[Events]) -> None:
        self._events = [event for stream in streams for event in stream]

    def collect_events(self) -> Events:
        return self._events


def begun(plan: list[Plan], members: dict[str, list[str]], url: str = "memory:") -> Story:
    """A story of five firms that do what the plan says."""
    story = Story(url, ACTIVITY, CONSENTS)
    story.tell(Told([*MEMBERS, *played(plan), *moved(members)]))
    return story


def moved(members: dict[str, list[str]]) -> list[Events]:
    """What happens to the firms; they keep their sectors and countries."""
    return [[event for event in events if not hasattr(event, "trade")] for events in played_firms(members)]


def asked(story: Story, **past: Any) -> Any:
    """The figures of the last twelve months."""
    with story.reading(**past) as reading:
        return indicators(reading, COORDINATOR, NETWORK)


def tables(story: Story) -> dict[str, list[Any]]:
    """The room's tables, row by row."""
    with story.reading() as reading:
        return {
            table.name: [tuple(row) for row in reading.connection.execute(select(table).order_by(*table.primary_key))]
            for table in ACTIVITY.metadata.sorted_tables
        }


def compare(found: Any, known: Known) -> None:
    """Hold the figures against the plain count."""
    now = found["period"]["to"][:7]
    first = found["by_month"][0]["month"]
    jobs = known.within(first, now)
    figures = {one["code"]: one for one in found["figures"]}
    assert figures["confirmed_jobs"]["value"] == len(jobs)
    assert figures["firms_with_partner"]["value"] == len(known.firms(jobs))
    crossing = sum(known.crossing(job) for job in jobs)
    assert found["border"]["crossing"] == crossing
    assert sum(found["border"]["domestic"].values()) == len(jobs) - crossing
    assert figures["days_to_confirm"]["value"] == median_days(jobs)
    disputed = sum(job.disputed for job in jobs)
    assert figures["disputed_share"]["value"] == (round(disputed / len(jobs), 4) if jobs else None)
    pairs = {(one["one"] or "", one["other"] or ""): one["jobs"] for one in found["pairs"]}
    assert pairs == dict(known.pairs(jobs))
    assert found["isolated_count"] == len(PLACES) - len(known.firms(jobs))
    for month in found["by_month"]:
        assert month["total"] == len(known.within(month["month"], month["month"]))


def compare_lists(story: Story, found: Any, known: Known, **past: Any) -> None:
    """Hold the lists behind the figures against the plain count."""
    since, until = date.fromisoformat(f"{found['by_month'][0]['month']}-01"), date(2999, 1, 1)
    jobs = known.within(found["by_month"][0]["month"], "2999-01")
    expected = {
        behind.WORK: len(jobs),
        behind.CROSSING: sum(known.crossing(job) for job in jobs),
        behind.DISPUTED: sum(job.disputed for job in jobs),
    }
    with story.reading(**past) as reading:
        for what, count in expected.items():
            counted = behind.Counted(what, since=since, until=until)
            listed = behind.jobs(reading, COORDINATOR, NETWORK, counted, limit=200)
            assert (what, len(set(listed.jobs)), listed.total) == (what, count, count)


@any_logs
@given(several, firm_plans)
def test_figures_equal_a_plain_count_of_the_events(plan: list[Plan], members: dict[str, list[str]]) -> None:
    """Whatever was amended, disputed, struck or withdrawn."""
    story = begun(plan, members)
    known = told(recorded.event for recorded in story.events)
    compare(asked(story), known)
    compare_lists(story, asked(story), known)
    story.close()


@any_logs
@given(several, firm_plans, st.data())
def test_the_past_is_what_a_shorter_log_says(
    plan: list[Plan], members: dict[str, list[str]], data: st.DataObject
) -> None:
    """Added up anew from what the jobs were then, it equals the count of the events up to then."""
    story = begun(plan, members)
    position = data.draw(st.integers(len(MEMBERS) + 1, story.head()))
    events = [recorded.event for recorded in story.events[:position]]
    compare(asked(story, as_of_position=position), told(events))
    compare_lists(story, asked(story, as_of_position=position), told(events), as_of_position=position)
    story.close()


@any_logs
@given(several, firm_plans)
def test_a_rebuild_ends_in_the_same_rows(plan: list[Plan], members: dict[str, list[str]]) -> None:
    """Whatever was done and undone."""
    story = begun(plan, members)
    before = tables(story)
    story.rebuild("activity")
    assert tables(story) == before
    story.close()


@any_logs
@given(several)
def test_sums_of_the_present_equal_those_added_up_anew(plan: list[Plan]) -> None:
    """An event that changes nothing of them lets the past of a moment ago be the present."""
    story = begun(plan, {})
    now = asked(story)
    head = story.head()
    story.tell(firm("Late", day=0))  # from here on the head is the past, which is added up anew
    assert {**asked(story, as_of_position=head), "as_of": now["as_of"]} == now
    assert START.year == 2026
    story.close()
