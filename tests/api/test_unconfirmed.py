"""Nothing unconfirmed changes a score; it is shown as claimed."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.kinds.catalogue import KINDS
from ledger.domain.kinds.kind import Acceptance
from tests.api.jobs import GOOD, PERIOD, body, consent, euros, finished, propose, step, well_known
from tests.api.world import World

NORTH = ("alpha", "beta", "gamma", "delta")
WHEN = ("position", "as_of")


def _known(world: World, *names: str) -> dict[str, Any]:
    """Return what is known of all firms, at one moment: their scores, partners and histories' sums."""
    found = {}
    at = world.clock.now.isoformat().replace("+", "%2B")
    for name in names or NORTH:
        firm = world.caller(name)
        path = f"/firms/{firm.id}"
        score, partners = firm.read(f"{path}/trust?as_of={at}"), firm.read(f"{path}/partners?as_of={at}")
        jobs = firm.read(f"{path}/history?as_of={at}")["summary"]
        found[name] = {
            "score": {key: value for key, value in score.items() if key not in WHEN},
            "partners": {key: value for key, value in partners.items() if key not in WHEN},
            "jobs": {key: value for key, value in jobs.items() if key != "claimed"},
        }
    return found


def _scored(world: World) -> None:
    """Give alpha a score, in the past."""
    well_known(world.office, world.alpha, world.beta, world.gamma, world.delta)


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS if kind.acceptance is not Acceptance.NONE])
def test_a_claim_changes_nothing_and_its_confirmation_does(world: World, kind: str) -> None:
    """With praise, with blame, with evidence: for no firm, until the partner has agreed."""
    _scored(world)
    before = _known(world)
    assert before["alpha"]["score"]["sufficient"] is True
    job = propose(world.alpha, body(kind, world.alpha, world.beta))
    paper = {"sha256": "ab" * 32, "media_type": "application/pdf", "title": "Paper"}
    step(world.alpha, job, "evidence", paper)
    assert _known(world) == before
    assert world.beta.read(f"/firms/{world.beta.id}/history")["summary"]["claimed"] == 1
    step(world.beta, job, "acceptances")
    after = _known(world)
    assert [name for name in NORTH if after[name] != before[name]] == ["alpha", "beta"]


@pytest.mark.parametrize("mark", [GOOD, {"on_time": False, "accepted": False, "defects": 9, "rating": 1}])
def test_what_is_said_of_a_partner_counts_once_it_has_confirmed_and_the_seal_is_off(
    world: World, mark: dict[str, Any]
) -> None:
    """Neither a bad mark nor a good one works on somebody who never agreed, however much time passes."""
    _scored(world)
    sent = finished(world.beta, world.alpha, assessments=[{"about": world.alpha.id, **mark}])
    before = _known(world)
    job = propose(world.beta, sent)
    assert _known(world) == before
    world.clock.forward(days=20)
    unseen = _known(world)
    step(world.alpha, job, "acceptances")
    sealed = _known(world)
    assert sealed["alpha"]["score"]["score"] == unseen["alpha"]["score"]["score"]
    assert sealed["alpha"]["score"]["facts"]["sealed_reports"] == 1
    world.clock.forward(days=14)
    opened = _known(world)["alpha"]["score"]
    assert opened["facts"]["reports"] == 10
    assert (opened["score"] > sealed["alpha"]["score"]["score"]) is (mark is GOOD)


@pytest.mark.parametrize("end", ["declines", "withdrawal"])
def test_what_ended_unconfirmed_has_never_counted(world: World, end: str) -> None:
    """Declined by the partner, or withdrawn."""
    _scored(world)
    before = _known(world)
    job = propose(world.alpha, finished(world.alpha, world.beta))
    step(world.beta if end == "declines" else world.alpha, job, end)
    assert _known(world) == before


def test_an_amendment_takes_back_what_counted_until_it_is_agreed(world: World) -> None:
    """The record as it was no longer counts; the corrected one does not yet."""
    before = _known(world)
    job = propose(world.alpha, body("subcontract", world.alpha, world.beta))
    step(world.beta, job, "acceptances")
    counted = _known(world)
    assert counted != before
    step(world.alpha, job, "amendments", {"terms": {"value": euros("1000.00"), "period": PERIOD}})
    assert _known(world) == before
    step(world.beta, job, "acceptances")
    assert _known(world)["beta"]["jobs"]["volume"] == [euros("1000.00")]


def test_a_bank_is_told_nothing_of_claims(world: World) -> None:
    """Neither that there are any, nor how many."""
    consent(world.alpha, world.bank)
    paths = [f"/firms/{world.alpha.id}/{name}" for name in ("history", "partners", "trust")]
    at = world.clock.now.isoformat().replace("+", "%2B")
    before = [world.bank.read(f"{path}?as_of={at}") for path in paths]
    job = propose(world.beta, finished(world.beta, world.alpha))
    later = world.clock.now.isoformat().replace("+", "%2B")
    for path, earlier in zip(paths, before, strict=True):
        now = world.bank.read(f"{path}?as_of={later}")
        assert {**now, **{name: earlier[name] for name in WHEN}} == earlier
        assert job not in str(now)
    assert before[0]["summary"]["claimed"] is None
