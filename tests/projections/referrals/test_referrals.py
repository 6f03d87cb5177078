"""Referrals as lists and one by one, and who may see them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ledger.domain.actor import OPERATOR, Actor
from ledger.domain.consent import Consent
from ledger.domain.errors import NotFound
from ledger.domain.referral import Referral
from ledger.projections.consents.projector import PROJECTION as CONSENTS
from ledger.projections.referrals import queries
from ledger.projections.referrals.projector import PROJECTION as REFERRALS
from tests.stories import (
    COORDINATOR,
    Story,
    as_bank,
    as_firm,
    bank,
    by,
    consent,
    firm,
    firm_id,
    on,
    referral,
)

A, B = firm_id("A"), firm_id("B")
LENDER, OTHER = bank("Harbour Bank"), bank("Inland Bank")


@pytest.fixture
def leave() -> Consent:
    """A's leave for the bank."""
    return consent(A, LENDER.id, 1)


@pytest.fixture
def issued(leave: Consent) -> Referral:
    """A referral of A for the bank, true for position 3."""
    return referral(leave, 2, position=3)


@pytest.fixture
def story(begin: Callable[..., Story], leave: Consent, issued: Referral) -> Story:
    """A bank has asked for a referral."""
    told = begin(CONSENTS, REFERRALS)
    told.tell(firm("A"), firm("B"), leave, issued)
    return told


def seen(story: Story, viewer: Actor) -> int:
    """How many referrals a viewer sees."""
    with story.reading() as reading:
        return len(queries.page(reading, viewer, limit=10).items)


def test_a_referral_as_it_is_shown(story: Story, leave: Consent, issued: Referral) -> None:
    """It says what it is true for, under which consent, and until when it is valid."""
    with story.reading() as reading:
        assert queries.one(reading, as_bank(LENDER.id), issued.id) == {
            "id": str(issued.id),
            "firm": str(A),
            "bank": str(LENDER.id),
            "network": str(COORDINATOR.network),
            "consent": str(leave.id),
            "purpose": "loan",
            "position": 3,
            "issued_at": "2026-03-04T09:00:00Z",
            "valid_until": "2026-06-02",
            "revoked_at": None,
            "state": "in_force",
            "version": 1,
        }


def test_a_referral_expires_after_its_last_day(story: Story, issued: Referral) -> None:
    """It is in force on its last day and expired on the next."""
    states = []
    for day in (92, 93):
        with story.reading(now=on(day)) as reading:
            states.append(queries.one(reading, as_firm(A), issued.id)["state"])
    assert states == ["in_force", "expired"]


def test_a_revoked_referral_was_in_force_before(story: Story, issued: Referral) -> None:
    """Revoked is what it is now; as of the time before, it was in force."""
    issued.revoke(by(as_firm(A), 5))
    story.tell(issued)
    with story.reading() as reading:
        revoked = queries.one(reading, as_firm(A), issued.id)
    assert (revoked["state"], revoked["revoked_at"], revoked["version"]) == ("revoked", "2026-03-07T09:00:00Z", 2)
    with story.reading(as_of=on(4)) as reading:
        assert queries.one(reading, as_firm(A), issued.id)["state"] == "in_force"


def test_each_referral_has_a_place_in_the_status_lists(story: Story, leave: Consent, issued: Referral) -> None:
    """In the order of the log, for ever: revoking moves nothing, and a rebuild gives the same."""
    second, third = referral(leave, 3), referral(leave, 4)
    story.tell(second)
    second.revoke(by(as_firm(A), 5))
    story.tell(second, third)
    for _ in range(2):
        with story.reading() as reading:
            standings = [queries.standing(reading, one.id) for one in (issued, second, third, leave)]
            assert [one and (one.index, one.state) for one in standings] == [
                (0, "in_force"),
                (1, "revoked"),
                (2, "in_force"),
                None,
            ]
            assert (queries.issued(reading), queries.revoked(reading, 0, 9), queries.revoked(reading, 2, 9)) == (
                3,
                [1],
                [],
            )
        story.rebuild(REFERRALS.name)


def test_who_sees_a_referral(story: Story, leave: Consent, issued: Referral) -> None:
    """The firm, the coordinator, the operator and the bank that asked see it; nobody else does."""
    for viewer in (as_firm(A), COORDINATOR, OPERATOR, as_bank(LENDER.id)):
        assert seen(story, viewer) == 1
    story.tell(consent(A, OTHER.id, 3))
    for viewer in (as_firm(B), as_bank(OTHER.id)):
        assert seen(story, viewer) == 0
        with story.reading() as reading, pytest.raises(NotFound):
            queries.one(reading, viewer, issued.id)
    leave.withdraw(by(as_firm(A), 4))
    story.tell(leave)
    assert seen(story, as_bank(LENDER.id)) == 0
    assert seen(story, as_firm(A)) == 1


def test_referrals_come_in_pages(story: Story, leave: Consent) -> None:
    """The newest comes first, and each page goes on behind the one before."""
    story.tell(*(referral(leave, day) for day in (3, 4, 5)))
    found: list[str] = []
    cursor = None
    with story.reading() as reading:
        while True:
            page = queries.page(reading, as_bank(LENDER.id), limit=2, cursor=cursor)
            found += [item["issued_at"][:10] for item in page.items]
            if (cursor := page.next) is None:
                break
    assert found == ["2026-03-07", "2026-03-06", "2026-03-05", "2026-03-04"]
