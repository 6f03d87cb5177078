"""What the demonstration shows: every kind, every turn that a job can take, and who stands apart."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from ledger.demo.trades import BY_NAME, CAPABILITIES, TRADES
from ledger.domain.collaboration import Collaboration, Outcome, State
from ledger.domain.consent import Consent
from ledger.domain.firm import Firm
from ledger.domain.identifiers import check
from ledger.domain.kinds.catalogue import KINDS
from ledger.domain.sealing import SEALED_FOR
from tests.demo.filled import SECRETIVE, UNTIL, Filled, filled, small

END = datetime(UNTIL.year, UNTIL.month, UNTIL.day, tzinfo=UTC)
NACE = {"24", "25", "26", "27", "28", "33", "43", "62", "71"}


@pytest.mark.parametrize("topic", [
    "accepted", "declined", "confirmed", "completed", "assessed", "amended", "evidence-attached", "withdrawn",
    "disputed", "answered", "settled",
])  # fmt: skip
def test_every_step_is_taken(topic: str) -> None:
    """Every event that a collaboration can have happens somewhere."""
    assert small().of(f"collaboration.{topic}")


def test_every_kind_is_confirmed() -> None:
    """All eight kinds appear, and each one counts at least once."""
    confirmed = {job.kind_name for job in small().jobs() if job.confirmed}
    assert confirmed == {kind.name for kind in KINDS}


def test_disputes_end_in_every_way() -> None:
    """Each outcome occurs, and some disputes are open: one answered, one not yet."""
    disputes = [dispute for job in small().jobs() for dispute in job.disputes]
    assert {dispute.outcome for dispute in disputes} == {*Outcome, None}
    assert {len(dispute.answered_by) for dispute in disputes if dispute.outcome is None} == {0, 1}


def test_ring_keeps_to_itself() -> None:
    """The four work with each other in every direction and with nobody else, perfectly and for high sums."""
    ring = set(small().demonstration.ring)
    theirs = [job for job in small().jobs() if ring & set(job.firms)]
    assert len(ring) == 4
    assert all(set(job.firms) <= ring for job in theirs)
    assert len({tuple(job.firms) for job in theirs}) == 12
    marks = [event.assessment for event in small().of("collaboration.assessed") if event.by in ring]
    assert marks
    assert all(mark["rating"] == 5 and mark.get("on_time", True) for mark in marks)
    assert all(float(job.terms["value"]["amount"]) >= 120_000 for job in theirs if "value" in job.terms)


def test_ring_is_not_verified() -> None:
    """No verified firm vouches for the ring, nor is one of them verified; most others are."""
    verified = {event.originator_id for event in small().of("firm.verified")}
    firms = set(small().demonstration.firms)
    assert not verified & set(small().demonstration.ring)
    assert len(verified) > len(firms) / 2


def test_some_members_are_alone() -> None:
    """A few firms have nothing confirmed with anybody, though some of them tried."""
    counts = Counter(firm for job in small().jobs() for firm in job.confirmed)
    alone = [firm for firm in small().demonstration.firms if not counts[firm]]
    assert len(alone) >= 4
    assert any(set(job.firms) & set(alone) for job in small().jobs())


def test_every_identifier_is_valid() -> None:
    """Register numbers pass the domain's own checks and belong to one firm each."""
    numbers = [
        (scheme, number)
        for event in small().of("firm.admitted")
        for scheme, number in event.identity["identifiers"].items()
    ]
    assert all(check(scheme, number) == number for scheme, number in numbers)
    assert len(numbers) == len(set(numbers))


def test_firms_fit_their_trades() -> None:
    """Two countries, engineering trades, capabilities of one vocabulary, no name twice."""
    admitted = small().of("firm.admitted")
    assert {event.trade["country"] for event in admitted} == {"DE", "DK"}
    assert {event.trade["nace"][:2] for event in admitted} <= NACE
    assert all(set(event.identity["capabilities"]) <= set(CAPABILITIES) for event in admitted)
    assert len({event.identity["name"] for event in admitted}) == len(admitted)


def test_trades_buy_from_trades_that_exist() -> None:
    """What a trade buys is a trade."""
    assert {name for trade in TRADES for name in trade.buys} <= set(BY_NAME)


def test_danes_among_themselves_count_in_kroner() -> None:
    """A value between Danish firms is in DKK, every other in EUR."""
    country = {event.originator_id: event.trade["country"] for event in small().of("firm.admitted")}
    for job in small().jobs():
        if "value" in job.terms:
            danish = all(country[firm] == "DK" for firm in job.firms)
            assert job.terms["value"]["currency"] == ("DKK" if danish else "EUR")


def test_office_enters_for_firms() -> None:
    """Some firms' work is entered by the network office."""
    by_office = [event for event in small().of("collaboration.proposed") if event.actor.startswith("coordinator:")]
    assert by_office


def test_banks_come_and_go() -> None:
    """Consents are in force, ended and withdrawn; banks looked and took referrals, some of which were revoked."""
    consents = [small().store.load(Consent, event.originator_id) for event in small().of("consent.granted")]
    assert any(consent.withdrawn for consent in consents)
    assert any(consent.until < UNTIL for consent in consents)
    assert any(consent.in_force(END) for consent in consents)
    assert all(small().of(topic) for topic in ("access.made", "referral.issued", "referral.revoked"))
    assert all(small().of(topic) for topic in ("referral.outcome-reported", "firm.disclosure-set"))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_introduction_holds_for_any_seed(seed: int) -> None:
    """The pair has worked together, and the bank may look at the subcontractor on the last day."""
    _holds(filled(seed))


def _holds(ledger: Filled) -> None:
    story = ledger.demonstration.story
    assert any(job.confirmed == [story.contractor, story.subcontractor] for job in ledger.jobs())
    consents = [ledger.store.load(Consent, event.originator_id) for event in ledger.of("consent.granted")]
    assert any(
        (consent.firm, consent.bank, consent.purpose) == (story.subcontractor, story.bank, story.purpose)
        and consent.in_force(END)
        for consent in consents
    )
    assert ledger.store.load(Firm, story.contractor).network_id == ledger.demonstration.network


def test_firms_tell_how_many_people_they_employ() -> None:
    """Most of them, for years that are over and of a plausible size; some never do, some correct themselves."""
    told = small().of("firm.headcount-reported")
    firms = {event.originator_id for event in told}
    assert len(small().demonstration.firms) / 2 < len(firms) < len(small().demonstration.firms)
    assert {event.year for event in told} == set(range(UNTIL.year - 5, UNTIL.year))
    assert all(event.year < event.happened_on.year for event in told)
    assert all(8 <= event.employees <= 250 and 0 <= event.apprentices < event.employees for event in told)
    assert any(event.apprentices for event in told)
    assert len(told) > len({(event.originator_id, event.year) for event in told})
    assert {event.actor.split(":")[0] for event in told} == {"firm", "coordinator"}


def test_the_last_weeks_are_alive() -> None:
    """Near the end some answers are awaited and some assessments are sealed."""
    recent = END - timedelta(days=30)
    proposed = [event.originator_id for event in small().of("collaboration.proposed") if event.timestamp > recent]
    assert any(small().store.load(Collaboration, id_).state is State.PROPOSED for id_ in proposed)
    assert any(event.timestamp > END - SEALED_FOR for event in small().of("collaboration.assessed"))


def test_raters_are_believed_anew_every_month() -> None:
    """An epoch closes on the first day of each month and on the last evening, after everything else."""
    closed = [event.happened_on for event in small().of("epoch.closed")]
    months = [(year, month) for year in range(2021, 2027) for month in range(1, 13)][6:-6]
    assert closed == [*(date(year, month, 1) for year, month in months), UNTIL - timedelta(days=1)]
    told = [event for event in small().events if not type(event).TOPIC.startswith(SECRETIVE)]
    assert type(told[-1]).TOPIC == "epoch.closed"


def test_json_has_the_agreed_shape() -> None:
    """demo.json says where, which network, which keys; ids and keys are texts."""
    demonstration = small().demonstration
    written = demonstration.as_json("http://localhost:8000")
    assert list(written)[:4] == ["base_url", "network", "keys", "logins"]
    assert written["base_url"] == "http://localhost:8000"
    assert written["network"] == str(demonstration.network)
    assert list(written["keys"]) == ["operator", "coordinator", "banks", "firms"]
    assert len(written["keys"]["banks"]) == 3
    assert written["keys"]["firms"] == {str(firm): key for firm, key in demonstration.keys.firms.items()}
    seats = [(login["role"], login["position"]) for login in written["logins"]]
    assert seats[:2] == [("coordinator", "member"), ("bank", "member")]
    assert seats[2:] == [("firm", "owner"), ("firm", "clerk"), ("firm", "owner")]
    assert written["logins"][0]["url"] == "http://localhost:8000/login?email=office%40network.example"
    assert written["story"]["bank"] in written["keys"]["banks"]
    assert all(firm in written["keys"]["firms"] for firm in written["ring"])
