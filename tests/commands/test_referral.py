"""A signed referral checked by whoever has its file: with the ledger that issued it, or with its public keys alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ledger.config import Settings
from ledger.delivery import status_list
from ledger.delivery.referral_token import PARTS, issue
from ledger.store.signing_keys import SigningKeys
from tests.api.callers import Clock
from tests.api.jobs import consent
from tests.api.world import founded
from tests.commands.typed import Ran, Run
from tests.delivery.tokens import DOCUMENT, EVENTS, ISSUER, LOG, jwks, keys, signing

NOW = datetime.now(UTC)
Check = Callable[..., Ran]


@pytest.fixture
def ring() -> SigningKeys:
    """The ledger's keys."""
    return keys()


@pytest.fixture
def check(run: Run, ring: SigningKeys, tmp_path: Path) -> Check:
    """Check a token on a machine that has the public keys and no ledger."""

    def check(token: str, *options: object) -> Ran:
        (tmp_path / "jwks.json").write_text(json.dumps(jwks(ring)), encoding="utf-8")
        (tmp_path / "referral.jwt").write_text(token + "\n", encoding="utf-8")
        ran = run("verify", "--referral", "referral.jwt", "--keys", "jwks.json", *options)
        assert not (tmp_path / "var").exists()
        return ran

    return check


def issued(ring: SigningKeys, lasts: int = 90) -> str:
    """A referral of an hour ago, valid for so many days."""
    until = (NOW + timedelta(days=lasts)).date().isoformat()
    document = {**DOCUMENT, "issued_at": (NOW - timedelta(hours=1)).isoformat(), "valid_until": until}
    return issue(document, signing(ring), ISSUER, 7, PARTS, (LOG, EVENTS))


def test_a_genuine_one_is_told_with_what_it_rests_on(check: Check, ring: SigningKeys) -> None:
    """Without a database; that revocation is not known is said as well."""
    ran = check(issued(ring))
    assert (ran.code, ran.err) == (0, "")
    verdict, about, true_for, events, revocation = ran.out.splitlines()
    assert verdict == "genuine: It is genuine and in force."
    assert about.startswith(f"It is about Örtlich & Søn, issued by {ISSUER} at ")
    assert true_for.startswith("It is true for position 110 of the log, and valid up to ")
    assert events == "10 of the 12 events behind it are proved to be in the log."
    assert revocation.startswith("Whether it was revoked is not known")


def test_what_is_not_to_be_relied_on_ends_with_one(check: Check, ring: SigningKeys) -> None:
    """Expired, changed, of another ledger: each in its word."""
    assert check(issued(ring, lasts=-2)).out.startswith("expired: It was genuine, and has expired.\nIt is about ")
    tampered = check(issued(ring).replace("~", "~x", 1))
    assert (tampered.code, tampered.out.count("\n"), tampered.out[:9]) == (1, 1, "tampered:")
    foreign = check(issued(keys()))
    assert (foreign.code, foreign.out.partition(":")[0]) == (1, "unknown_key")


def test_a_status_list_tells_of_revocation(check: Check, ring: SigningKeys, tmp_path: Path) -> None:
    """As of when it was signed; one that is out of date or of another address tells nothing."""
    told = {"revoked": (7,), "not": (6, 8)}
    for code, revoked in ((1, told["revoked"]), (0, told["not"])):
        made = status_list.issue(1, revoked, signing(ring), ISSUER, NOW)
        (tmp_path / "list.jwt").write_text(made, encoding="utf-8")
        ran = check(issued(ring), "--status-list", "list.jwt")
        assert (ran.code, ran.out.startswith("revoked:")) == (code, bool(code))
        assert f"Revocations are known as of {NOW.isoformat()[:19]}" in ran.out
    for number, at in ((2, NOW), (1, NOW - timedelta(days=3))):
        made = status_list.issue(number, [7], signing(ring), ISSUER, at)
        (tmp_path / "list.jwt").write_text(made, encoding="utf-8")
        ran = check(issued(ring), "--status-list", "list.jwt")
        assert (ran.code, ran.out, "list.jwt: the status list" in ran.err) == (2, "", True)


def test_files_that_are_none_are_named(run: Run, check: Check, ring: SigningKeys, tmp_path: Path) -> None:
    """Neither good nor bad: 2, in one line."""
    check(issued(ring))
    (tmp_path / "jwks.json").write_text("[]", encoding="utf-8")
    for keys_file in ("jwks.json", "missing.json"):
        ran = run("verify", "--referral", "referral.jwt", "--keys", keys_file)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert keys_file in ran.err


def test_keys_without_a_referral_check_nothing(run: Run) -> None:
    """Said rather than passed over: the log is held against keys of its own."""
    assert run("verify", "--keys", "jwks.json").err == "ledger: --keys and --status-list go with --referral FILE\n"


def test_the_ledger_itself_knows_revocations(run: Run, database_url: str, tmp_path: Path) -> None:
    """Of its own referrals: genuine, then revoked, with the position up to which that is known."""
    settings = Settings(database_url=database_url, freshness_seconds=0)
    clock = Clock()
    clock.now = NOW - timedelta(hours=1)  # commands go by the real time
    world = founded(settings, clock)
    world.house.follower.catch_up()
    consent(world.alpha, world.bank, until=(NOW + timedelta(days=30)).date().isoformat())
    referral = (
        f"/referrals/{world.bank.record('/referrals', {'firm': world.alpha.id, 'purpose': 'machine loan'})['id']}"
    )
    token = world.bank.get(referral, Accept="application/dc+sd-jwt").text
    (tmp_path / "referral.jwt").write_text(token, encoding="utf-8")
    ran = run("verify", "--referral", "referral.jwt", database_url=database_url)
    assert (ran.code, ran.out.partition(":")[0]) == (0, "genuine")
    assert f"Revocations are known up to position {world.house.ledger.head()}" in ran.out
    world.alpha.send("DELETE", referral)
    ran = run("verify", "--referral", "referral.jwt")
    assert (ran.code, ran.out.partition(":")[0]) == (1, "revoked")
    assert run("verify", "--referral", "referral.jwt", public_url="https://elsewhere.example").code == 1
    world.house.close()
