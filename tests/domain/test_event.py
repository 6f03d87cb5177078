"""Events: how they are stamped, and which of their fields are personal."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import get_type_hints
from uuid import UUID

import pytest

from ledger.domain.actor import OPERATOR, Actor, Role
from ledger.domain.errors import InvalidDate
from ledger.domain.event import Fact, Personal, check_past, personal_fields, stamp
from ledger.domain.kinds.catalogue import KINDS, PERSONAL_TERMS
from ledger.domain.kinds.terms import Rows, Text
from tests.domain.given import ALPHA, BANK, NETWORK, NOON, refused
from tests.domain.topics import EVENTS

PERSONAL = {
    "access.made": {"purpose": "firm"},
    "account.invited": {"person": "originator_id"},
    "account.activated": {"password": "originator_id"},
    "account.password-changed": {"password": "originator_id"},
    "account.password-rehashed": {"password": "originator_id"},
    "collaboration.proposed": dict.fromkeys(("title", "terms", "evidence", "assessments", "digest"), "proposed_by"),
    "collaboration.declined": {"reason": "by"},
    "collaboration.confirmed": {"terms": "proposed_by"},
    "collaboration.assessed": {"assessment": "by"},
    "collaboration.amended": {"title": "by", "terms": "by"},
    "collaboration.evidence-attached": {"document": "by"},
    "collaboration.withdrawn": {"reason": "by"},
    "collaboration.disputed": {"reason": "by"},
    "collaboration.answered": {"statement": "by"},
    "collaboration.settled": {"note": "disputed_by"},
    "consent.granted": {"purpose": "firm"},
    "firm.admitted": {"identity": "originator_id", "digest": "originator_id"},
    "firm.updated": {"identity": "originator_id"},
    "firm.verified": {"extract": "originator_id"},
    "key.issued": {"label": "subject", "client": "subject"},
    "offer.offered": {"what": "firm", "note": "firm", "digest": "firm"},
    "webhook.registered": {"url": "subject", "secret": "subject"},
    "network.founded": {"office": "originator_id", "digest": "originator_id"},
    "network.handed-over": {"office": "originator_id"},
    "referral.issued": {"purpose": "firm", "digest": "firm"},
    "referral.outcome-reported": {"loan": "firm"},
}


@pytest.mark.parametrize("topic", EVENTS)
def test_personal_fields(topic: str) -> None:
    """Exactly these fields are personal, each with the field that says whose."""
    marks = {name: mark.of for name, mark in personal_fields(EVENTS[topic]).items()}
    assert marks == PERSONAL.get(topic, {})


@pytest.mark.parametrize("topic", EVENTS)
def test_whose_a_personal_field_is_stands_in_the_event(topic: str) -> None:
    """The field that a mark names exists in the same event and holds an id."""
    hints = {**get_type_hints(EVENTS[topic]), "originator_id": UUID}
    for mark in personal_fields(EVENTS[topic]).values():
        assert hints[mark.of] in (UUID, UUID | None)


@pytest.mark.parametrize("topic", EVENTS)
def test_topics_are_the_aggregates_own(topic: str) -> None:
    """A topic is "aggregate.what-happened", and it is stated, not derived from the module."""
    event = EVENTS[topic]
    aggregate = event.__qualname__.split(".")[0].lower()
    assert topic.startswith(f"{aggregate}.")
    assert issubclass(event, Fact)


def test_a_stamp_fills_what_every_event_says() -> None:
    """Actor, network, time of recording and business date come from the stamp."""
    fields = stamp(Actor(Role.FIRM, ALPHA, NETWORK), NOON, happened_on=date(2026, 11, 6)).fields()
    assert fields == {
        "network_id": NETWORK,
        "actor": f"firm:{ALPHA}",
        "timestamp": NOON,
        "happened_on": date(2026, 11, 6),
    }


def test_the_business_date_is_today_unless_stated() -> None:
    """Without a date it happened on the day of recording, by UTC."""
    evening = datetime(2026, 11, 10, 23, 30, tzinfo=timezone(timedelta(hours=-2)))
    assert stamp(OPERATOR, evening).happened_on == date(2026, 11, 11)


def test_a_stated_network_comes_before_the_actors() -> None:
    """An operator, who has no network, may act within one."""
    assert stamp(OPERATOR, NOON).network is None
    assert stamp(OPERATOR, NOON, network=NETWORK).network == NETWORK


def test_the_future_is_refused() -> None:
    """The ledger records what has happened."""
    with refused(InvalidDate, pointer="/happened_on"):
        stamp(OPERATOR, NOON, happened_on=date(2026, 11, 12))


def test_no_date_is_no_fault() -> None:
    """A date that was not stated cannot lie in the future."""
    check_past(None, NOON, "/on")


@pytest.mark.parametrize(
    ("actor", "written"),
    [
        (OPERATOR, "operator:"),
        (Actor(Role.COORDINATOR, NETWORK, NETWORK), f"coordinator:{NETWORK}"),
        (Actor(Role.BANK, BANK), f"bank:{BANK}"),
        (Actor(Role.FIRM, ALPHA, NETWORK, account=BANK), f"firm:{ALPHA} account:{BANK}"),
    ],
)
def test_actors_are_written_as_role_and_id(actor: Actor, written: str) -> None:
    """Every event says who did it, in words that last."""
    assert str(actor) == written


def test_today_begins_before_utc_does() -> None:
    """A firm east of Greenwich may state its own today."""
    half_past_midnight_in_kiel = datetime(2026, 11, 6, 23, 30, tzinfo=UTC)
    stamp(OPERATOR, half_past_midnight_in_kiel, happened_on=date(2026, 11, 7))


def test_a_whole_field_is_erased() -> None:
    """One that was left empty stays empty."""
    assert Personal().erase("Sørensen") == "erased"
    assert Personal().erase(None) is None


def test_inside_a_field_only_the_named_entries_are_erased() -> None:
    """However deep they stand; the path leads to each."""
    mark = Personal(inside=frozenset({"title", "comment"}))
    value = {"title": "Angebot 77", "rows": [{"comment": "late", "rating": 2}, {"comment": None}], "rating": 5}
    paths: list[str] = []
    mark.replace(value, lambda path, _: paths.append(path), "field")
    assert paths == ["field/title", "field/rows/0/comment"]
    assert mark.erase(value) == {
        "title": "erased",
        "rows": [{"comment": "erased", "rating": 2}, {"comment": None}],
        "rating": 5,
    }


def test_erased_terms_of_one_subject_are_no_copy_that_others_share() -> None:
    """Whoever changes what reads as erased changes nothing elsewhere."""
    mark = Personal(erased={"capabilities": []})
    mark.erase("somebody")["capabilities"].append("turning")
    assert mark.erase("somebody") == {"capabilities": []}


def test_a_term_is_personal_in_every_kind_or_in_none() -> None:
    """An amendment does not say of which kind it is, so its terms are encrypted by their names alone."""
    for field in (field for kind in KINDS for field in kind.fields):
        assert (field.name in PERSONAL_TERMS) == field.personal
        assert not field.personal or isinstance(field.type, Text)
        if isinstance(field.type, Rows):
            assert not {inner.name for inner in field.type.fields} & PERSONAL_TERMS
            assert not any(inner.personal for inner in field.type.fields)


def test_no_statement_has_personal_terms() -> None:
    """The trust score keeps a statement's terms as they are."""
    assert not any(field.personal for kind in KINDS if kind.is_statement for field in kind.fields)
