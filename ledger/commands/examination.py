"""What the doctor sees and finds in a ledger that can be asked: each finding says what is wrong, and what to do."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from ledger.commands.findings import Finding, of_signing_keys
from ledger.store.errors import StoreError
from ledger.store.signing_keys import Purpose

if TYPE_CHECKING:
    from ledger.services import House
    from ledger.subscriptions.catching_up import Stand

MOVING = 3.0  # seconds in which a read model that is followed comes forward
NAMED = 3
MISSING = ("no such table", 'relation "')  # as SQLite and PostgreSQL begin to say it
LOST = (
    "THE KEYS DO NOT FIT THE LOG: LEDGER_PERSONAL_KEYS_URL holds no key for {} of those whose personal data lie at "
    "either end of the log, nor the trace of a destroyed one. They read as erased, and nobody has erased them."
)


def of_log(house: House) -> Iterator[Finding]:
    """Show where the log stands; say whether it answers, is sealed, and has its keys."""
    try:
        print(f"\nThe log stands at position {house.ledger.head()}.")
        alarm, lost = house.seals.alarm(), house.store.lost_keys()
    except (StoreError, SQLAlchemyError) as error:
        yield _silent("The log or its keys do", "LEDGER_DATABASE_URL and LEDGER_PERSONAL_KEYS_URL", error)
        return
    if alarm is None:
        print(f"Sealed up to leaf {house.seals.size()}.")
    else:
        yield Finding(f"SEALING HAS STOPPED: {alarm}", "Keep a copy of the database, then run `ledger verify`.")
    if lost:
        yield Finding(LOST.format(len(lost)), "Put the setting right before anything is recorded.")


def of_read_models(house: House) -> Iterator[Finding]:
    """Show where each read model stands; say which have failed, and which are behind and stay there."""
    try:
        stands = _at_rest(house)
    except StoreError:  # the log, of which that is said already
        return
    except SQLAlchemyError as error:
        yield _silent("The read models do", "LEDGER_VIEWS_URL", error)
        return
    for stand in stands:
        print(f"{stand.key:28} at {stand.position}, {stand.lag} behind")
        if stand.error:
            what = f"The read model {stand.key} has failed at {stand.error_position}: {stand.error}"
            yield Finding(what, "Report it; once that is mended it catches up by itself, or `ledger rebuild` it.")
    if behind := [stand for stand in stands if stand.lag and not stand.error]:
        more = f" and {len(behind) - NAMED} more" if len(behind) > NAMED else ""
        names = ", ".join(stand.key for stand in behind[:NAMED]) + more
        what = f"Read models are {max(stand.lag for stand in behind)} positions behind, and stay there: {names}."
        yield Finding(what, "Is the worker running? Start `ledger follow`, or the service.")


def of_sessions(house: House) -> Iterator[Finding]:
    """Say whether the database of sessions answers."""
    try:
        house.sessions.find("")
    except SQLAlchemyError as error:
        yield _silent("Sessions do", "LEDGER_SESSIONS_URL", error)


def of_keys(house: House) -> Iterator[Finding]:
    """Say which signing keys are missing or open to others; a ledger in memory has no folder of them."""
    missing = []
    for purpose in Purpose:
        try:
            house.signing_keys.current(purpose)
        except (LookupError, OSError, ValueError):
            missing.append(purpose.value)
    if house.settings.signing_keys:
        yield from of_signing_keys(Path(house.settings.signing_keys), missing)


def _at_rest(house: House) -> Sequence[Stand]:
    """Return where the read models stand; those that are behind get the time to show that somebody follows."""
    stands = house.follower.stand()
    before, deadline = {stand.key: stand.position for stand in stands}, time.monotonic() + MOVING
    while any(stand.lag and stand.position == before[stand.key] for stand in stands) and time.monotonic() < deadline:
        time.sleep(0.1)
        stands = house.follower.stand()
    return stands


def _silent(who: str, settings: str, error: Exception) -> Finding:
    """Say that a database does not answer: because nothing was made in it, or for another reason."""
    reason = " ".join(str(error).partition("\n")[0].split())
    if any(words in reason for words in MISSING):
        return Finding(f"{who} not answer, for tables are missing: {reason}", "Run `ledger migrate`.")
    return Finding(f"{who} not answer: {reason}", f"Is the server running, and does {settings} lead to it?")
