"""What a bank reads in a referral."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from ledger.delivery.referral_document import NOTICE, compose
from ledger.domain.actor import OPERATOR, Actor
from ledger.domain.collaboration import Collaboration
from ledger.domain.epoch import Epoch
from ledger.domain.errors import NotFound
from ledger.domain.firm import Firm, ToBanks
from ledger.domain.ids import identify
from ledger.projections.catalogue import PROJECTIONS
from ledger.projections.referrals import queries as referrals
from ledger.projections.trust.parameters import METHOD
from ledger.subscriptions.timeline import TIMELINE
from tests.stories import (
    COORDINATOR,
    NETWORK,
    Story,
    as_bank,
    as_firm,
    bank,
    by,
    confirmed_job,
    consent,
    firm,
    firm_id,
    job,
    on,
    referral,
)

A, B, C, D = (firm_id(name) for name in "ABCD")
LENDER = bank()


@pytest.fixture
def story(database_url: str) -> Iterator[Story]:
    """A network of four firms, one of them in Denmark, that every read model follows."""
    told = Story(database_url, *(projection for projection in PROJECTIONS if projection is not TIMELINE))
    told.tell(LENDER, *(partner(name) for name in "BC"), partner("D", country="DK"))
    for one, other in permutations((B, C, D), 2):
        told.tell(*(praise(one, other, number) for number in range(4)))
    told.tell(Epoch.close(identify("epoch", "first", NETWORK), by(OPERATOR), NETWORK))
    yield told
    told.close()


def partner(name: str, **profile: Any) -> Firm:
    """A verified firm: what it says will count."""
    member = firm(name, **profile)
    member.verify(by(COORDINATOR), "CVR", "of 1 March 2026")
    return member


def known(name: str) -> Firm:
    """A firm of the story, to be told more of."""
    member = partner(name)
    member.collect_events()
    return member


def praise(one: UUID, other: UUID, number: int) -> Collaboration:
    """One firm's statement that another pays at once."""
    terms = {"days_beyond_terms": 0}
    return confirmed_job(one, other, kind="credit_reference", key=str(number), terms=terms)


def worked(story: Story) -> None:
    """A is verified, has worked for three firms, and one states how it pays."""
    member = firm("A", identifiers={"cvr": "13585628"})
    member.verify(by(COORDINATOR, 1), "Handelsregister Kiel", "HRB 1 of 2 March 2026")
    story.tell(member)
    for number, partner in enumerate((B, C, D) * 3):
        day = 1 + number % 3
        work = confirmed_job(partner, A, day=day, key=str(number), value="1000000.00", completed_on=on(day).date())
        said = {"about": A, "on_time": True, "accepted": True}
        work.assess(by(as_firm(partner), day), partner, said)
        work.assess(by(as_firm(A), day), A, {"about": partner, "paid_on_time": True})
        story.tell(work)
    story.tell(confirmed_job(B, A, kind="credit_reference", day=4))


def asked(story: Story, day: float) -> str:
    """A referral that the bank asks for on this day, under a new consent; returns its id."""
    leave = consent(A, LENDER.id, day, days=1000)
    story.tell(leave)
    issued = referral(leave, day, position=story.head())
    story.tell(issued)
    return str(issued.id)


def read(story: Story, id_: str, viewer: Actor, **when: Any) -> dict[str, Any]:
    """The referral's content, for a viewer."""
    with story.reading(**when) as reading:
        found = next(one for one in referrals.page(reading, viewer, limit=9).items if one["id"] == id_)
        return compose(reading, viewer, found)


def test_a_referral_says_what_is_known(story: Story) -> None:
    """Identity, work, record, payment, concentration and score stand on it, true for its position."""
    worked(story)
    document = read(story, asked(story, 5), as_bank(LENDER.id))
    assert document["state"] == "in_force"
    assert document["firm"]["identifiers"] == {"cvr": "13585628"}
    (verification,) = document["firm"]["verifications"]
    assert verification["register"] == "Handelsregister Kiel"
    assert verification["by"] == {"role": "coordinator", "network": str(COORDINATOR.network)}
    assert (document["relationship_since"], document["last_job"]) == ("2026-03-03", "2026-03-05")
    year = {"count": 9, "by_office_alone": 0, "volume": [{"amount": "9000000.00", "currency": "EUR"}]}
    assert document["jobs"] == {"12_months": year, "24_months": year, "36_months": year}
    assert document["roles"] == {"subcontractor": 9}
    assert document["counterparties"] == 3
    assert document["concentration"]["basis"] == "volume"
    assert document["cross_border_share"] == pytest.approx(1 / 3)
    assert document["independent_counterparties"] == 3
    assert document["payment"]["paid_on_time"] == {"yes": 0, "no": 0, "share": None}
    assert document["payment"]["days_beyond_terms"]["median"] == 5
    (euros,) = document["spread"]["currencies"]
    assert (euros["counterparties"], euros["largest_share"]) == (3, pytest.approx(1 / 3))
    assert document["record"]["on_time"] == {"yes": 9, "no": 0}
    assert document["credit_references"][0]["days_beyond_terms"] == 5
    assert document["disputes"] == {"open": 0, "settled": 0, "in_favour": 0, "against": 0}
    assert document["trust"]["grade"] == "good"
    assert document["trust"]["position"] == document["position"] == story.head() - 1
    assert document["method"] == METHOD
    assert document["notice"] == NOTICE
    assert f"position {document['position']}" in document["how_to_verify"]


def test_partners_are_shown_as_they_have_decided(story: Story) -> None:
    """Alike to everybody; none is named that was not when the referral was issued, and a name is taken back at once."""
    worked(story)
    one_named, another_named = known("B"), known("C")
    one_named.show_to_banks(by(as_firm(B), 5), ToBanks.NAMED)
    story.tell(one_named)
    id_ = asked(story, 5)
    for viewer in (as_bank(LENDER.id), as_firm(A), COORDINATOR):
        told = read(story, id_, viewer)["partners"]
        assert sorted(str(one["firm"]) for one in told) == sorted(["None", "None", str(B)])
        assert {one["name"] or one["description"] for one in told} == {"B", "a firm, DE", "a firm, DK"}
        assert [one["jobs"] for one in told] == [3, 3, 3]
    before = json.dumps(read(story, id_, as_bank(LENDER.id)))
    another_named.show_to_banks(by(as_firm(C), 6), ToBanks.NAMED)
    story.tell(another_named, consent(D, LENDER.id, 6))
    assert json.dumps(read(story, id_, as_bank(LENDER.id))) == before
    one_named.show_to_banks(by(as_firm(B), 7), ToBanks.DESCRIBED)
    story.tell(one_named)
    assert str(B) not in json.dumps(read(story, id_, as_bank(LENDER.id)))


def test_a_referral_says_the_same_whenever_it_is_read(story: Story) -> None:
    """Later work, later reports and later seals that open change nothing of it; only its state moves on."""
    worked(story)
    id_ = asked(story, 5)
    before = read(story, id_, as_bank(LENDER.id))
    later = confirmed_job(B, A, day=6, key="later", completed_on=on(6).date())
    later.assess(by(as_firm(B), 6), B, {"about": A, "on_time": False})
    story.tell(later, confirmed_job(C, A, kind="credit_reference", day=7))
    after = read(story, id_, as_bank(LENDER.id), now=on(60))
    assert json.dumps(after) == json.dumps(before)
    expired = read(story, id_, as_bank(LENDER.id), now=on(400))
    assert json.dumps(expired) == json.dumps({**before, "state": "expired"})


def test_a_referral_says_what_is_not_known(story: Story) -> None:
    """Of a firm that only claims work it says so, and gives facts instead of a score."""
    story.tell(firm("A"), job(A, B, day=1), confirmed_job(C, A, day=2))
    document = read(story, asked(story, 5), as_bank(LENDER.id))
    assert document["trust"]["score"] is None
    assert document["jobs"]["12_months"]["count"] == 1
    assert document["not_known"] == [
        "Nobody has compared this firm with an extract of a register.",
        "The firm has stated no register number.",
        "1 independent counterparty has confirmed joint work with this firm; a score needs at least 3.",
        "No partner has said whether this firm delivers on time.",
        "No partner has said whether this firm's work was accepted.",
        "Nothing is known of how this firm pays.",
        "Work that no partner has confirmed is not counted.",
        "The ledger knows joint work only: no balance sheets, no other liabilities, no other customers.",
    ]


def test_work_falls_out_of_the_window(story: Story) -> None:
    """Work of 13 months ago counts in 24 and 36 months, not in 12."""
    story.tell(firm("A"), confirmed_job(C, A, day=2, completed_on=on(2).date()))
    document = read(story, asked(story, 400), as_bank(LENDER.id))
    assert [window["count"] for window in document["jobs"].values()] == [0, 1, 1]
    assert "No confirmed joint job falls into the last 12 months." in document["not_known"]


def test_without_consent_there_is_no_document(story: Story) -> None:
    """A bank that holds the referral's data reads nothing once the consent has ended."""
    worked(story)
    id_ = asked(story, 5)
    with story.reading() as reading:
        found = referrals.page(reading, as_bank(LENDER.id), limit=9).items[0]
    assert found["id"] == id_
    with story.reading(now=on(2000)) as reading, pytest.raises(NotFound):
        compose(reading, as_bank(LENDER.id), found)
