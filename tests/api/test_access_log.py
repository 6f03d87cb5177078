"""The firm sees every look of a bank."""

from __future__ import annotations

from tests.api.callers import refused
from tests.api.jobs import confirmed, consent
from tests.api.world import World


def test_every_look_is_told(world: World) -> None:
    """Which bank, what, when, and for which purposes; the newest first."""
    job = confirmed(world.alpha, world.beta)
    consent(world.alpha, world.bank)
    consent(world.alpha, world.bank, "guarantee")
    firm = f"/firms/{world.alpha.id}"
    paths = {
        firm: "profile",
        f"{firm}/history": "history",
        f"{firm}/partners": "partners",
        f"{firm}/trust": "trust",
        f"/collaborations?firm={world.alpha.id}": "collaborations",
        f"/collaborations/{job}": f"collaboration {job}",
        f"/collaborations/{job}/events": f"collaboration {job}",
        "/firms": "profile",
    }
    for path in paths:
        world.bank.read(path)
    looks = world.alpha.read(f"{firm}/access-log")["items"]
    assert [look["what"] for look in looks] == list(paths.values())[::-1]
    assert {look["bank"] for look in looks} == {world.bank.id}
    assert {look["purpose"] for look in looks} == {"machine loan; guarantee"}
    assert [look["at"] for look in looks] == sorted((look["at"] for look in looks), reverse=True)


def test_a_referral_is_a_look_when_it_is_issued_and_when_it_is_read(world: World) -> None:
    """Both are told."""
    consent(world.alpha, world.bank)
    referral = world.bank.record("/referrals", {"firm": world.alpha.id, "purpose": "machine loan"})["id"]
    world.bank.read(f"/referrals/{referral}")
    looks = world.alpha.read(f"/firms/{world.alpha.id}/access-log")["items"]
    assert [(look["what"], look["purpose"]) for look in looks] == [("referral", "machine loan")] * 2


def test_a_look_that_was_refused_is_none(world: World) -> None:
    """Nothing was seen; and looks of others than banks are not told."""
    firm = f"/firms/{world.alpha.id}"
    before = world.events()
    for path in (firm, f"{firm}/history", f"{firm}/access-log"):
        refused(world.bank.get(path), 404, "not-found")
    for name in ("alpha", "office", "operator"):
        world.caller(name).read(f"{firm}/history")
    assert world.events() == before
    assert world.alpha.read(f"{firm}/access-log")["items"] == []


def test_a_look_at_a_job_is_told_to_those_who_gave_consent(world: World) -> None:
    """The partner who gave none is not looked at."""
    job = confirmed(world.alpha, world.beta)
    consent(world.alpha, world.bank)
    world.bank.read(f"/collaborations/{job}")
    assert len(world.alpha.read(f"/firms/{world.alpha.id}/access-log")["items"]) == 1
    assert world.beta.read(f"/firms/{world.beta.id}/access-log")["items"] == []


def test_the_log_is_for_the_firm_and_its_office(world: World) -> None:
    """Firms of the same network do not see it; a bank sees its own looks."""
    for bank in (world.bank, world.other_bank):
        consent(world.alpha, bank)
        bank.read(f"/firms/{world.alpha.id}")
    path = f"/firms/{world.alpha.id}/access-log"
    for name in ("alpha", "office", "operator"):
        assert len(world.caller(name).read(path)["items"]) == 2
    assert [look["bank"] for look in world.bank.read(path)["items"]] == [world.bank.id]
    for name in ("beta", "omega", "other_office"):
        refused(world.caller(name).get(path), 404, "not-found")
