"""`ledger verify` and `ledger prove`: whether the log is what was signed, and one event with what proves it."""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from ledger.commands.parsing import NotPossible, add
from ledger.commands.progress import progress
from ledger.seals import verification
from ledger.services import build
from ledger.store.errors import StoreUnavailable

if TYPE_CHECKING:
    from ledger.commands.parsing import Commands
    from ledger.config import Settings


def verify(settings: Settings, options: argparse.Namespace) -> int:
    """Hold the whole log against its seals, or check a referral; 1 for what is not to be relied on."""
    from ledger.commands.referral import referral

    if options.referral:
        return referral(settings, options)
    if options.keys or options.status_list:
        raise NotPossible("--keys and --status-list go with --referral FILE")
    kept = Path(options.checkpoint).read_text(encoding="utf-8") if options.checkpoint else None
    with closing(build(settings)) as house:
        try:
            house.ledger.head()  # a log without tables is a mistake in the settings
            report = house.verification().run(progress("verified"), kept)
        except (SQLAlchemyError, ValueError, TypeError) as error:
            reason = str(error).partition("\n")[0]
            raise StoreUnavailable(f"the seals cannot be read (damaged, or not migrated?): {reason}") from error
        if report.intact:
            verification.settle(house.log_engine, datetime.now(UTC))
    for finding in report.findings:
        print(finding)
    print(f"{report.sealed} events are sealed under {report.heads} heads, {report.unsealed} are not sealed yet.")
    print("The log is what was signed." if report.intact else "THE LOG IS NOT WHAT WAS SIGNED.")
    return 0 if report.intact else 1


def prove(settings: Settings, options: argparse.Namespace) -> int:
    """Print what proves one event to somebody who may see it; scripts/verify_proof.py reads it."""
    with closing(build(settings)) as house:
        house.sealer.look()
        print(json.dumps(house.proof_of(options.position), indent=1))
    return 0


def parse(commands: Commands) -> None:
    """Say what may be typed."""
    verifying = add(commands, "verify", verify)
    verifying.add_argument(
        "--checkpoint", metavar="FILE", help="a signed head that was kept elsewhere: the log must begin with it"
    )
    verifying.add_argument("--referral", metavar="FILE", help="check this signed referral instead of the log")
    verifying.add_argument(
        "--keys", metavar="FILE", help="the public keys (/.well-known/jwks.json) to check it with, without any database"
    )
    verifying.add_argument(
        "--status-list", metavar="FILE", help="with --keys: the status list that the referral names, for revocation"
    )
    add(commands, "prove", prove).add_argument("position", type=int, help="of the event")
