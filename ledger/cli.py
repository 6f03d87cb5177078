"""The command line: `ledger --help`."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from ledger import logs
from ledger.commands import accounts, backup, deliver, doctor, follow, importing, keys, retain, serve, tables, verify
from ledger.commands.parsing import NotPossible
from ledger.commands.settings import settings_of
from ledger.config import ConfigError
from ledger.domain.errors import LedgerError
from ledger.seals.proofs import NotSealedError
from ledger.store.errors import StoreError
from ledger.traces.spans import NotInstalled

if TYPE_CHECKING:
    from collections.abc import Sequence

TROUBLE = 2  # the exit code when a command could not do what it was asked
INTERRUPTED = 130  # as shells say it
# In the order of --help.
COMMANDS = (serve, follow, deliver, tables, importing, verify, backup, doctor, retain, keys, accounts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code: 0 done, 1 stopped by itself, 2 not possible, 130 interrupted."""
    options = _parser().parse_args(arguments)
    os.umask(0o077)  # what the ledger writes is nobody else's to read
    try:
        settings = settings_of(options)
        logs.configure(settings.log_level)
        code: int = options.command(settings, options)
    except (ConfigError, NotPossible, LedgerError, StoreError, OSError, NotSealedError, NotInstalled) as error:
        sys.stderr.write(f"ledger: {error}\n")
        return TROUBLE
    except SQLAlchemyError as error:
        reason = str(error).partition("\n")[0]
        sys.stderr.write(f"ledger: the read models do not answer (are they migrated?): {reason}\n")
        return TROUBLE
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ledger", description="The collaboration ledger.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for one in COMMANDS:
        one.parse(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
