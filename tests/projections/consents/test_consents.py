"""Consents as rows, and as the answer to who may look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import literal, select

from ledger.domain.actor import OPERATOR, Actor
from ledger.domain.errors import NotFound
from ledger.projections.consents.disclosure import find_firm, firm_visible, listed, network_visible
from ledger.projections.consents.projector import PROJECTION
from ledger.projections.consents.queries import one, page, purposes_of
from ledger.projections.consents.tables import MEMBERS
from ledger.subscriptions.reading import Reading
from tests.stories import (
    COORDINATOR,
    NETWORK,
    Story,
    as_bank,
    as_firm,
    bank,
    by,
    consent,
    firm,
    firm_id,
    network,
    on,
)

BANK = bank().id
OTHER_BANK = bank("Other Bank").id
ACME, BETA = firm_id("Acme"), firm_id("Beta")


@pytest.fixture
def story(begin: Callable[..., Story]) -> Story:
    """Two firms of one network."""
    story = begin(PROJECTION)
    story.tell(network(), firm("Acme"), firm("Beta"))
    return story


def seen(reading: Reading, viewer: Actor) -> set[UUID]:
    """The firms into which the viewer may look."""
    clause = firm_visible(reading, viewer, MEMBERS.c.network_id, MEMBERS.c.firm)
    return set(reading.connection.execute(select(MEMBERS.c.firm).where(clause)).scalars())


def test_a_consent_is_shown_to_those_it_concerns(story: Story) -> None:
    """The firm, its bank, its coordinator and the operator see it; nobody else."""
    given = consent(ACME, BANK)
    position = story.tell(given)
    with story.reading() as reading:
        for viewer in (as_firm(ACME), as_bank(BANK), COORDINATOR, OPERATOR):
            assert [item["id"] for item in page(reading, viewer, limit=9).items] == [str(given.id)]
        for viewer in (as_firm(BETA), as_bank(OTHER_BANK)):
            assert page(reading, viewer, limit=9).items == []
            with pytest.raises(NotFound):
                one(reading, viewer, given.id)
        assert one(reading, as_firm(ACME), given.id) == {
            "id": str(given.id),
            "network": str(NETWORK),
            "firm": str(ACME),
            "bank": str(BANK),
            "purpose": "loan",
            "granted_at": "2026-03-02T09:00:00Z",
            "until": "2026-04-01",
            "withdrawn_at": None,
            "state": "in_force",
            "version": 1,
            "position": position,
        }


def test_a_consent_lets_one_bank_look_at_one_firm(story: Story) -> None:
    """Only this bank, only this firm."""
    story.tell(consent(ACME, BANK))
    with story.reading() as reading:
        assert seen(reading, as_bank(BANK)) == {ACME}
        assert seen(reading, as_bank(OTHER_BANK)) == set()
        assert purposes_of(reading, BANK, [ACME])[str(ACME)] == ["loan"]
        assert purposes_of(reading, BANK, [BETA])[str(BETA)] == []


def test_a_consent_ends_after_its_last_day(story: Story) -> None:
    """The whole last day (UTC) counts, the next does not."""
    given = consent(ACME, BANK, days=3)
    story.tell(given)
    last = on(3).replace(hour=23, minute=59)
    with story.reading(now=last) as reading:
        assert seen(reading, as_bank(BANK)) == {ACME}
        assert one(reading, OPERATOR, given.id)["state"] == "in_force"
    with story.reading(now=last + timedelta(minutes=1)) as reading:
        assert seen(reading, as_bank(BANK)) == set()
        assert purposes_of(reading, BANK, [ACME])[str(ACME)] == []
        assert one(reading, OPERATOR, given.id)["state"] == "expired"


def test_a_withdrawn_consent_does_not_open_the_past(story: Story) -> None:
    """Who may look is judged now, also for a question about a time when there was consent."""
    given = consent(ACME, BANK)
    before = story.tell(given)
    given.withdraw(by(as_firm(ACME), 1))
    story.tell(given)
    with story.reading(as_of_position=before) as reading:
        assert seen(reading, as_bank(BANK)) == set()
        assert purposes_of(reading, BANK, [ACME])[str(ACME)] == []
        assert one(reading, as_bank(BANK), given.id)["state"] == "in_force"
    with story.reading() as reading:
        shown = one(reading, as_firm(ACME), given.id)
        assert (shown["state"], shown["withdrawn_at"], shown["version"]) == (
            "withdrawn",
            "2026-03-03T09:00:00Z",
            2,
        )


def test_a_new_consent_opens_the_past(story: Story) -> None:
    """With consent now, the bank may ask how things stood before."""
    before = story.head()
    story.tell(consent(ACME, BANK))
    with story.reading(as_of_position=before) as reading:
        assert seen(reading, as_bank(BANK)) == {ACME}


def test_several_purposes_stand_side_by_side(story: Story) -> None:
    """Withdrawing one consent leaves the others; a purpose given twice is named once."""
    loan, again, leasing = (
        consent(ACME, BANK, day, purpose=purpose) for day, purpose in enumerate(["loan", "loan", "leasing"])
    )
    story.tell(loan, again, leasing)
    loan.withdraw(by(as_firm(ACME), 3))
    story.tell(loan)
    with story.reading() as reading:
        assert purposes_of(reading, BANK, [ACME])[str(ACME)] == ["loan", "leasing"]
        ids = [item["id"] for item in page(reading, as_firm(ACME), limit=2).items]
    assert ids == [str(leasing.id), str(again.id)]


def test_the_network_sees_its_own(story: Story) -> None:
    """A coordinator sees into the firms of its network, a firm into itself, the operator into all."""
    south = network("south")
    story.tell(south, firm("Far", network=south.id))
    with story.reading() as reading:
        assert seen(reading, COORDINATOR) == {ACME, BETA}
        assert seen(reading, as_firm(ACME)) == {ACME}
        assert seen(reading, OPERATOR) == {ACME, BETA, firm_id("Far")}


def test_firms_of_a_network_list_each_other(story: Story) -> None:
    """The directory is open inside the network, and to a bank as far as consent goes."""
    story.tell(consent(BETA, BANK))
    with story.reading() as reading:

        def names(viewer: Actor) -> set[UUID]:
            clause = listed(reading, viewer, MEMBERS.c.network_id, MEMBERS.c.firm)
            return set(reading.connection.execute(select(MEMBERS.c.firm).where(clause)).scalars())

        assert names(as_firm(ACME)) == {ACME, BETA}
        assert names(as_firm(uuid4(), uuid4())) == set()
        assert names(as_bank(BANK)) == {BETA}


def test_a_bank_belongs_to_no_network(story: Story) -> None:
    """What belongs to a network as a whole is shown inside it and to the operator."""
    with story.reading() as reading:

        def may(viewer: Actor) -> bool:
            clause = network_visible(viewer, literal(NETWORK))
            return reading.connection.execute(select(literal(1)).where(clause)).first() is not None

        assert [may(viewer) for viewer in (OPERATOR, COORDINATOR, as_firm(ACME))] == [True] * 3
        assert not may(as_bank(BANK))
        assert not may(as_firm(uuid4(), uuid4()))


def test_a_firm_out_of_sight_is_not_found(story: Story) -> None:
    """An unknown firm and one that may not be seen get the same answer."""
    with story.reading() as reading:
        assert find_firm(reading, as_firm(ACME), ACME) == NETWORK
        for viewer, sought in ((as_bank(BANK), ACME), (as_firm(BETA), ACME), (OPERATOR, uuid4())):
            with pytest.raises(NotFound):
                find_firm(reading, viewer, sought)
