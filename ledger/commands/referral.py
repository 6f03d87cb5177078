"""`ledger verify --referral`: what a signed referral is, asked of this ledger or with public keys alone."""

from __future__ import annotations

import argparse
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.commands.parsing import NotPossible
from ledger.delivery import status_list, verification
from ledger.delivery.referral_token import read
from ledger.delivery.signing import Refused, Verdict, key_set
from ledger.delivery.verification import GENUINE, REVOKED, Finding
from ledger.services import build
from ledger.store.signing_keys import Purpose
from ledger.subscriptions.plain import moment

if TYPE_CHECKING:
    from ledger.config import Settings
    from ledger.store.signing_keys import SigningKey

UNKNOWN = "Whether it was revoked is not known: that takes its status list (--status-list), or the ledger itself."


@dataclass(frozen=True, slots=True)
class Told:
    """What a referral is, and how far revocations were known."""

    finding: Finding
    revocation: str


def referral(settings: Settings, options: argparse.Namespace) -> int:
    """Print the verdict and what it rests on; 0 when it is genuine and in force, else 1."""
    token = Path(options.referral).read_text(encoding="utf-8").strip()
    told = _offline(token, options) if options.keys else _here(settings, token)
    for line in _lines(told):
        print(line)
    return 0 if told.finding.verdict is Verdict.GENUINE else 1


def _here(settings: Settings, token: str) -> Told:
    with closing(build(settings)) as house:
        keys, head = house.signing_keys.published(Purpose.REFERRAL), house.ledger.head()
        house.follower.catch_up()
        with house.views.read("referrals") as reading:
            found = verification.find(token, keys, settings.public_url, reading)
            known = f"Revocations are known up to position {reading.now_position} of {head}, {moment(reading.now)}."
    return Told(found, known)


def _offline(token: str, options: argparse.Namespace) -> Told:
    listed = Path(options.status_list).read_text(encoding="utf-8").strip() if options.status_list else None
    try:
        keys = key_set(Path(options.keys).read_text(encoding="utf-8"))
    except ValueError as error:
        raise NotPossible(f"{options.keys}: {error}") from error
    now = datetime.now(UTC)
    found = _found(token, keys, now)
    if listed is None or found.claims is None:
        return Told(found, UNKNOWN)
    try:
        revoked, at = status_list.told(listed, keys, found.claims, now)
    except LookupError as error:
        raise NotPossible(f"{options.status_list}: {error}") from error
    if revoked:
        found = replace(found, verdict=Verdict.REVOKED, detail=REVOKED)
    return Told(found, f"Revocations are known as of {moment(at)}.")


def _found(token: str, keys: list[SigningKey], now: datetime) -> Finding:
    try:
        claims, disclosed = read(token, keys, issuer=None, now=now)
    except Refused as refused:
        return Finding(refused.verdict, refused.detail, refused.claims, refused.disclosed)
    return Finding(Verdict.GENUINE, GENUINE, claims, disclosed)


def _lines(told: Told) -> list[str]:
    found, shown = told.finding, told.finding.shown()
    lines = [f"{found.verdict.value}: {found.detail}"]
    if found.claims is None:
        return lines
    named = shown["firm"]["name"] if shown["firm"] else "a firm"
    lines.append(f"It is about {named}, issued by {found.claims['iss']} at {shown['issued_at']}.")
    lines.append(f"It is true for position {shown['position']} of the log, and valid up to {found.last_day()}.")
    if "events" in found.claims:
        events = found.claims["events"]
        lines.append(f"{len(events['leaves'])} of the {events['count']} events behind it are proved to be in the log.")
    return [*lines, told.revocation]
