"""What is kept of a referral between two looks: it is never stale, and it opens nothing that consent has closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from tests.api.callers import Caller
from tests.api.jobs import confirmed, step
from tests.api.proprietor import SECRETS, leave_traces
from tests.api.test_signed_referrals import asked, signed
from tests.api.world import World
from tests.dashboards.people import Person, person

# What differs in each answer: the form's secret, and the ledger's head.
ITS_OWN = re.compile(r'name="csrf" value="[^"]*"|<p class="as-of.*?</p>', re.DOTALL)


@pytest.fixture
def referral(world: World) -> str:
    """The address of alpha's referral, at which the bank has looked once."""
    address = asked(world)
    person(world, "bank").text(address)
    return address


def anew(world: World, ask: Callable[[], Any]) -> Any:
    """The same with nothing kept."""
    world.app.extensions.pop("shelves", None)
    return ask()


def bare(text: str) -> str:
    """A page without what is its own each time."""
    return ITS_OWN.sub("", text)


def named(world: World, name: str, to_banks: str) -> None:
    """Let a firm decide how banks read of it."""
    firm = world.caller(name)
    firm.send("PUT", f"/firms/{firm.id}/disclosure", {"to_banks": to_banks}, if_match="*")


def withdraw(firm: Caller) -> None:
    """Withdraw the only consent of a firm."""
    firm.send("DELETE", f"/consents/{firm.read('/consents')['items'][0]['id']}")


@pytest.mark.parametrize("name", ["bank", "alpha", "office"])
def test_what_is_kept_reads_as_what_is_made_anew(world: World, referral: str, name: str) -> None:
    """For every reader and in every language, whoever looked before and whatever has happened since."""
    confirmed(world.beta, world.alpha)
    world.office.record(f"/networks/{world.office.id}/epochs")
    for language in ("en", "de", "da"):
        page = partial(person(world, name, language).text, referral)
        assert bare(page()) == bare(anew(world, page))
    for form in (partial(world.caller(name).read, referral), partial(signed, world.caller(name), referral)):
        kept = form()
        assert kept == anew(world, form)


def test_a_withdrawn_consent_closes_what_is_kept(world: World, referral: str) -> None:
    """At once, in each form, and without a look in the log; the firm itself still reads it."""
    bank, other = person(world, "bank"), person(world, "other_bank")
    assert other.get(referral).status_code == 404
    withdraw(world.alpha)
    before = world.events()
    for ending in ("", ".json", ".jwt", "/collaborations"):
        assert bank.get(referral + ending).status_code == 404
    assert world.bank.get(referral).status_code == 404
    assert world.events() == before
    assert person(world, "alpha").get(referral).status_code == 200


def test_an_ended_consent_closes_what_is_kept(world: World, referral: str) -> None:
    """It ends with its day, without an event."""
    world.clock.now += timedelta(days=365)
    assert world.bank.get(referral).status_code == 404


def test_what_is_kept_is_revoked_and_expires(world: World, referral: str) -> None:
    """Its state is that of the moment."""
    firm = person(world, "alpha")
    assert "In force" in firm.text(referral)
    world.clock.now += timedelta(days=91)
    assert "Expired" in person(world, "alpha").text(referral)
    world.alpha.send("DELETE", referral)
    assert "Revoked" in person(world, "alpha").text(referral)
    assert world.alpha.read(referral)["state"] == "revoked"


def test_a_partner_takes_its_name_back_from_what_is_kept(world: World) -> None:
    """The next look describes it."""
    named(world, "beta", "named")
    referral = asked(world)
    bank = person(world, "bank")
    assert "Example beta" in bank.text(referral)
    named(world, "beta", "described")
    assert "Example beta" not in bank.text(referral)
    assert "Example beta" not in world.bank.get(referral).text


def test_an_erased_firm_goes_from_what_is_kept(world: World) -> None:
    """No word of it is left in the page, the document or the token, for anybody."""
    firm = leave_traces(world)
    (issued,) = world.bank.read("/referrals")["items"]
    referral = f"/referrals/{issued['id']}"
    readers: list[Person] = [person(world, name) for name in ("bank", "office")]
    assert all("Sørensen" in reader.text(referral) for reader in readers)
    world.office.send("DELETE", f"/firms/{firm.id}/personal-data")
    texts = [reader.text(referral + ending) for reader in readers for ending in ("", ".json")]
    assert not any(word in text for text in texts for word in SECRETS)


def test_each_look_at_what_is_kept_is_recorded(world: World, referral: str) -> None:
    """As many in the log as were taken, each with its purpose."""
    before = world.events()
    for _ in range(3):
        person(world, "bank")  # signing in is an event or two of its own
    signing_in = world.events() - before
    before = world.events()
    for _ in range(3):
        person(world, "bank").text(referral)
    assert world.events() == before + signing_in + 3
    log = world.alpha.read(f"/firms/{world.alpha.id}/access-log")["items"]
    assert {look["purpose"] for look in log if look["what"] == "referral"} == {"machine loan"}


def test_the_looks_of_one_answer_are_recorded_together(world: World, referral: str) -> None:
    """A history with a partner that has let the bank look as well is a look at both."""
    world.beta.record("/consents", {"bank": world.bank.id, "purpose": "leasing", "until": "2026-06-30"})
    before = world.events()
    world.bank.read(f"/firms/{world.alpha.id}/history")
    assert world.events() == before + 2
    looks = world.beta.read(f"/firms/{world.beta.id}/access-log")["items"]
    assert [(look["what"], look["purpose"]) for look in looks] == [("history", "leasing")]


def test_a_job_struck_later_stays_in_a_referral(world: World, referral: str) -> None:
    """It says what the ledger knew then, kept or not; the list behind it says what counts now."""
    document = world.bank.read(referral)
    job = world.alpha.read(f"/firms/{world.alpha.id}/history?kind=subcontract")["items"][0]["id"]
    step(world.alpha, job, "disputes", {"reason": "It was scrap."})
    world.office.record(f"/collaborations/{job}/disputes/1/settlement", {"outcome": "struck"}, if_match="*")
    assert world.bank.read(referral) == document
    assert anew(world, lambda: world.bank.read(referral)) == document
