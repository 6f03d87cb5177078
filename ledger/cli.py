"""The command line: `ledger --help`."""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import sys
import threading
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from ledger import logs, supervisor
from ledger.application import keys
from ledger.config import PREFIX, ConfigError, Settings, variable
from ledger.delivery.courier import POLL, Courier
from ledger.delivery.feed import Feed
from ledger.demo import handout
from ledger.domain.actor import OPERATOR, Role
from ledger.domain.errors import LedgerError
from ledger.projections.catalogue import PROJECTIONS
from ledger.seals import sealer, verification
from ledger.seals.proofs import NotSealedError
from ledger.services import House, build
from ledger.store.errors import StoreError, StoreUnavailable
from ledger.store.signing_keys import Purpose
from ledger.upkeep import confirmations
from ledger.upkeep.caretaker import beside, run
from ledger.upkeep.epochs import Epochs, rules
from ledger.upkeep.retention import due

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TROUBLE = 2  # the exit code when a command could not do what it was asked
INTERRUPTED = 130  # as shells say it
SECRET = re.compile(r"(?<=://)([^:/?@]*:)[^/]*(?=@)|([?&]password=)[^&]*")
READ_MODELS = [projection.name for projection in PROJECTIONS]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code: 0 done, 1 stopped by itself, 2 not possible, 130 interrupted."""
    options = _parser().parse_args(arguments)
    os.umask(0o077)  # what the ledger writes is nobody else's to read
    try:
        settings = _settings(options)
        logs.configure(settings.log_level)
        code: int = options.command(settings, options)
    except (ConfigError, LedgerError, StoreError, OSError, NotSealedError) as error:
        sys.stderr.write(f"ledger: {error}\n")
        return TROUBLE
    except SQLAlchemyError as error:
        reason = str(error).partition("\n")[0]
        sys.stderr.write(f"ledger: the read models do not answer (are they migrated?): {reason}\n")
        return TROUBLE
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def serve(settings: Settings, options: argparse.Namespace) -> int:
    """Migrate, fill an empty ledger if asked, and run web server and follower until Ctrl-C."""
    data = Path(options.data)
    data.mkdir(parents=True, exist_ok=True)
    supervisor.check_address(settings)
    with closing(build(settings)) as house:
        house.migrate()
        if options.demo:
            handout.ensure(house.store, data / "demo.json", settings.public_url, _progress("demonstration network"))
        elif house.ledger.head() == 0:
            _first_key(house, data / "operator.key")
        house.follower.catch_up(_progress("read models"))
    return supervisor.supervise(settings, f"The ledger answers at {settings.public_url} — documentation: /docs")


def follow(settings: Settings, _: argparse.Namespace) -> int:
    """Keep the read models up to date, seal the log, and close epochs, until told to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with closing(build(settings)) as house:
        keeper = Epochs(house.ledger, rules(house.views, settings.epoch_hour))
        confirming = confirmations.Confirming(house.ledger, house.confirmations)
        with (
            beside(keeper.look, stop),
            beside(house.sealer.look, stop, sealer.POLL),
            beside(confirming.look, stop, confirmations.POLL),
        ):
            house.follower.run(stop, settings.poll_seconds)
    return 0


def deliver(settings: Settings, _: argparse.Namespace) -> int:
    """Tell every webhook of what its holder may see, until told to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with closing(build(settings)) as house:
        feed = Feed(house.views, house.store, settings.public_url)
        with closing(Courier(house.ledger, feed, house.log_engine, local=settings.webhooks_local)) as courier:
            run(courier.look, stop, POLL)
    return 0


def migrate(settings: Settings, _: argparse.Namespace) -> int:
    """Create the tables that are missing."""
    with closing(build(settings)) as house:
        house.migrate()
    print("The tables are there.")
    return 0


def rebuild(settings: Settings, options: argparse.Namespace) -> int:
    """Empty read models and replay the log into them."""
    with closing(build(settings)) as house:
        house.ledger.head()  # a log without tables is a mistake in the settings
        house.migrate()  # read models may have been thrown away altogether
        for name in options.names or READ_MODELS:
            house.follower.rebuild(name, _progress(name))
    return 0


def verify(settings: Settings, options: argparse.Namespace) -> int:
    """Hold the whole log against its seals; 1 when an event was altered, removed, reordered or inserted."""
    kept = Path(options.checkpoint).read_text(encoding="utf-8") if options.checkpoint else None
    with closing(build(settings)) as house:
        try:
            house.ledger.head()  # a log without tables is a mistake in the settings
            report = house.verification().run(_progress("verified"), kept)
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


def issue_key(settings: Settings, options: argparse.Namespace) -> int:
    """Issue a key as the operator; print its secret, once."""
    with closing(build(settings)) as house:
        secret, _ = keys.issue(house.ledger, OPERATOR, Role(options.role), options.subject, label=options.label)
    print(secret)
    return 0


def revoke_key(settings: Settings, options: argparse.Namespace) -> int:
    """Close a key for good."""
    with closing(build(settings)) as house:
        keys.revoke(house.ledger, OPERATOR, options.id)
    print("The key no longer opens.")
    return 0


def rotate_key(settings: Settings, options: argparse.Namespace) -> int:
    """Begin to sign with a new key; what the old one signed can still be verified."""
    with closing(build(settings)) as house:
        house.signing_keys.ensure()
        print(house.signing_keys.rotate(Purpose(options.purpose)).kid)
    return 0


def doctor(settings: Settings, _: argparse.Namespace) -> int:
    """Show the settings, where the log stands, and what each read model says."""
    for setting in fields(settings):
        value = getattr(settings, setting.name)
        print(f"{variable(setting):28} {_without_password(value)!s:40} {setting.metadata['help']}")
    with closing(build(settings)) as house:
        print(f"\nThe log stands at position {house.ledger.head()}.")
        stands, alarm = house.follower.stand(), house.seals.alarm()
        print(f"Sealed up to leaf {house.seals.size()}." if alarm is None else f"SEALING HAS STOPPED: {alarm}")
    for stand in stands:
        trouble = f"  failed at {stand.error_position}: {stand.error}" if stand.error else ""
        print(f"{stand.key:28} at {stand.position}, {stand.lag} behind{trouble}")
    return 1 if alarm or any(stand.error for stand in stands) else 0


def retain(settings: Settings, _: argparse.Namespace) -> int:
    """List what has been kept for as long as commercial law asks; deletes nothing."""
    with closing(build(settings)) as house:
        found = due(house.ledger, house.ledger.clock().date())
    for one in found:
        since = f", the oldest of {one.oldest}" if one.oldest else ""
        print(f"{one.entry.years:2} years: {one.events} events are due{since} ({', '.join(one.entry.records)})")
    return 0


def demo(settings: Settings, options: argparse.Namespace) -> int:
    """Fill an empty ledger with the demonstration network."""
    data = Path(options.data)
    data.mkdir(parents=True, exist_ok=True)
    with closing(build(settings)) as house:
        house.migrate()
        handout.ensure(house.store, data / "demo.json", settings.public_url, _progress("demonstration network"))
        house.follower.catch_up(_progress("read models"))
    print(f"Its keys are in {data / 'demo.json'}.")
    return 0


def _settings(options: argparse.Namespace) -> Settings:
    """Read the settings; an option goes before the environment, and is checked like it."""
    names = ("database_url", "host", "port")
    given = {name: getattr(options, name) for name in names if getattr(options, name, None) is not None}
    if getattr(options, "data", None) is not None:
        given.setdefault("database_url", f"sqlite:///{Path(options.data) / 'ledger.db'}")
        given["signing_keys"] = str(Path(options.data) / "signing")
        if getattr(options, "database_url", None) is None:
            given["personal_keys_url"] = ""  # beside the log in DIR, wherever those of another log lie
    elif hasattr(options, "data"):
        options.data = "var"
    if "database_url" in given:
        given["views_url"] = ""  # the read models of another log are none of this one
    return Settings.from_environment({**os.environ, **{PREFIX + name.upper(): text for name, text in given.items()}})


def _first_key(house: House, file: Path) -> None:
    file.unlink(missing_ok=True)  # one that is left of another ledger may be open to everybody
    file.touch(mode=0o600)
    file.write_text(keys.issue_first(house.ledger, "first operator") + "\n", encoding="utf-8")
    print(f"An empty ledger: the operator's first key is in {file}. Keep it safe.")


def _progress(what: str) -> Callable[[int, int], None]:
    began = datetime.now(UTC)

    def show(done: int, total: int) -> None:
        end = "\n" if done >= total else ""
        seconds = (datetime.now(UTC) - began).total_seconds()
        sys.stderr.write(f"\r{what}: {done} of {total} ({seconds:.0f} s){end}")
        sys.stderr.flush()

    return show


def _read_model(name: str) -> str:
    if name not in READ_MODELS:
        raise argparse.ArgumentTypeError(f"there is no read model {name!r}; there are {', '.join(READ_MODELS)}")
    return name


def _without_password(value: object) -> str:
    return SECRET.sub(r"\1\2…", str(value))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ledger", description="The collaboration ledger.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: object) -> argparse.ArgumentParser:
        described = commands.add_parser(name, help=command.__doc__, description=command.__doc__)
        described.set_defaults(command=command)
        return described

    for name, command in (("serve", serve), ("demo", demo)):
        described = add(name, command)
        described.add_argument("--data", metavar="DIR", help="where the files of the ledger lie (var)")
        described.add_argument("--database-url", metavar="URL", help="the log's database instead of a file in DIR")
        described.add_argument("--host", help="address to listen on (127.0.0.1)")
        described.add_argument("--port", help="port to listen on (8000)")
    commands.choices["serve"].add_argument("--demo", action="store_true", help="fill an empty ledger first")
    add("follow", follow)
    add("deliver", deliver)
    add("migrate", migrate)
    add("rebuild", rebuild).add_argument(
        "names",
        nargs="*",
        type=_read_model,
        metavar="NAME",
        help=f"of {', '.join(READ_MODELS)}; all when none is named",
    )
    add("verify", verify).add_argument(
        "--checkpoint", metavar="FILE", help="a signed head that was kept elsewhere: the log must begin with it"
    )
    add("prove", prove).add_argument("position", type=int, help="of the event")
    add("doctor", doctor)
    add("retain", retain).add_argument("--dry-run", action="store_true", required=True, help="it does nothing else yet")
    about_keys = commands.add_parser(
        "keys", help="Issue and revoke API keys; rotate signing keys.", description="API keys, and signing keys."
    )
    _add_keys(about_keys.add_subparsers(required=True, metavar="COMMAND"))
    return parser


def _add_keys(commands: Any) -> None:
    issuing = commands.add_parser("issue", help=issue_key.__doc__, description=issue_key.__doc__)
    issuing.set_defaults(command=issue_key)
    issuing.add_argument("--role", required=True, choices=[role.value for role in Role])
    issuing.add_argument("--subject", type=UUID, help="the firm, the bank, or for a coordinator the network")
    issuing.add_argument("--label", help="what the key is for")
    revoking = commands.add_parser("revoke", help=revoke_key.__doc__, description=revoke_key.__doc__)
    revoking.set_defaults(command=revoke_key)
    revoking.add_argument("id", type=UUID)
    rotating = commands.add_parser("rotate", help=rotate_key.__doc__, description=rotate_key.__doc__)
    rotating.set_defaults(command=rotate_key)
    rotating.add_argument("purpose", choices=[Purpose.REFERRAL.value], help="what the key signs")


if __name__ == "__main__":
    sys.exit(main())
