"""The one place that builds the house: what the service, the command line and the tests all use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.application import accounts
from ledger.application.ledger import Ledger, utc_now
from ledger.config import issuers_of
from ledger.deferred import tables as deferred_tables
from ledger.deferred.confirmations import Confirmations
from ledger.domain import aggregates  # noqa: F401 - whoever reads the log must know every topic in it
from ledger.domain.event import personal_fields
from ledger.outbox import tables as outbox_tables
from ledger.projections.catalogue import PROJECTIONS
from ledger.seals import tables as seal_tables
from ledger.seals.disclosing import disclosure
from ledger.seals.log_keys import verifying
from ledger.seals.proofs import Seals
from ledger.seals.sealer import Sealer
from ledger.seals.verification import Verification
from ledger.sessions.attempts import Attempts
from ledger.sessions.familiar import Familiar
from ledger.sessions.quotas import Quotas
from ledger.sessions.sessions import Sessions
from ledger.sessions.uses import Uses
from ledger.store.errors import StoreUnavailable
from ledger.store.event_store import EventStore
from ledger.store.notes import vkey
from ledger.store.personal_keys import PersonalKeys
from ledger.store.signing_keys import SigningKeys
from ledger.store.vault import Vault
from ledger.subscriptions.beside import drop_remains
from ledger.subscriptions.catching_up import patiently
from ledger.subscriptions.database import is_trouble, migrating, write_anew
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.follower import Follower, migrate
from ledger.subscriptions.opening import open_database, open_existing, open_lasting
from ledger.subscriptions.outdated import drop_outdated
from ledger.subscriptions.reading import Views
from ledger.traces.spans import watch_statements

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy import Engine

    from ledger.config import Settings
    from ledger.domain.account import Account
    from ledger.domain.actor import Actor
    from ledger.sessions.access_tokens import AccessTokens
    from ledger.sessions.issuer import Issuer


@dataclass(frozen=True, slots=True)
class StoredLog:
    """The event store as the read models see it."""

    store: EventStore

    def head(self) -> int:
        """Return the last position, 0 when nothing is recorded."""
        return self.store.head()

    def read(self, after: int, limit: int) -> Sequence[Recorded]:
        """Return at most `limit` events behind `after`, in order."""
        return [Recorded(position, event) for position, event in self.store.read(after, limit)]


@dataclass(frozen=True, slots=True)
class House:
    """Everything that a running ledger is made of."""

    settings: Settings
    store: EventStore
    ledger: Ledger
    views: Views
    follower: Follower
    engine: Engine
    signing_keys: SigningKeys
    log_engine: Engine  # the tree's tables, beside the events
    seals: Seals
    sealer: Sealer
    sessions: Sessions
    attempts: Attempts
    quotas: Quotas
    familiar: Familiar
    uses: Uses
    issuer: Issuer | None  # of OpenID Connect, where people sign in
    access_tokens: AccessTokens | None  # of programs
    confirmations: Confirmations

    def migrate(self) -> None:
        """Create the tables and keys that are missing, on both sides; may be raced by other processes.

        Each of eight that open a new ledger together waits for all others, longer than any request would.
        """
        patiently(self._migrate, lambda error: isinstance(error, StoreUnavailable) or is_trouble(error))

    def _migrate(self) -> None:
        self.store.migrate()
        self.signing_keys.ensure()
        with migrating(self.log_engine) as connection:
            seal_tables.METADATA.create_all(connection)
            deferred_tables.METADATA.create_all(connection)
            outbox_tables.METADATA.create_all(connection)
        migrate(self.engine, PROJECTIONS)
        self.sessions.migrate()

    def purge(self, position: int) -> bool:
        """Take out of the read models what the erasure at this position has erased, and leave no trace in their files.

        False when they do not get as far, or a reader is in the way; then it has to be asked again.
        """
        self.follower.catch_up()
        if any(stand.position < position for stand in self.follower.stand()):
            return False
        drop_outdated(self.engine, PROJECTIONS)
        drop_remains(self.engine, PROJECTIONS)  # a rebuild that is under way notices, and begins anew
        return write_anew(self.engine)

    def sign_in(self, email: str, password: str, address: str) -> Account:
        """Return whose account this is; raise `SignInRefused`, or `TooManyAttempts` from this `address` or for it."""
        keys = [self.store.keyed_digest(text) for text in (f"tried {email.strip().casefold()}", f"from {address}")]
        self.attempts.note(*keys)
        account = accounts.sign_in(self.ledger, email, password)
        self.attempts.forget(keys[0])
        self.attempts.take_back(keys[1:])  # who knows one password may still be guessing others
        return account

    def change_password(self, actor: Actor, old: str, new: str) -> Account:
        """Change a person's own password and end all its sessions; whoever found one open may not guess long."""
        key = self.store.keyed_digest(f"changing {actor.account}")
        self.attempts.note(key)
        account = accounts.change_password(self.ledger, actor, old, new)
        self.attempts.forget(key)
        self.sessions.end_all(account.id)
        return account

    def verification(self) -> Verification:
        """Return one pass over the log against its seals."""
        return Verification(self.store, self.log_engine, verifying(self.signing_keys))

    def log_keys(self) -> list[str]:
        """Return the public keys of the log's heads as C2SP writes them, the newest first."""
        head = self.seals.head()
        origin = head.note.partition("\n")[0] if head else self.settings.log_origin
        return [vkey(origin, key) for key in verifying(self.signing_keys)]

    def proof_of(self, position: int) -> dict[str, Any]:
        """Return an event as it is stored with all that proves it: for those alone who may see the event."""
        return disclosure(self.store, self.seals, self.log_keys(), position)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
        self.log_engine.dispose()
        self.sessions.close()
        self.store.close()


def build(settings: Settings, clock: Callable[[], datetime] = utc_now) -> House:
    """Build the house; connects on first use and creates no tables."""
    for url in (settings.database_url, settings.views_url, settings.personal_keys_url, settings.sessions_url):
        _make_folder(url)
    vault = Vault(PersonalKeys.open(settings.personal_keys_url), personal_fields)
    store = EventStore.open(settings.database_url, vault)
    engine = open_database(settings.views_url)
    log = StoredLog(store)
    keys = SigningKeys(Path(settings.signing_keys) if settings.signing_keys else None)
    shared = settings.database_url == settings.views_url and engine.dialect.name == "postgresql"
    log_engine = engine if shared else open_existing(settings.database_url)
    sessions_engine = open_lasting(settings.sessions_url)
    watch_statements([engine, *({log_engine} - {engine}), sessions_engine])
    return House(
        settings=settings,
        store=store,
        ledger=Ledger(store, clock),
        views=Views(engine, log, PROJECTIONS, clock, settings.freshness_seconds),
        follower=Follower(log, engine, PROJECTIONS),
        engine=engine,
        signing_keys=keys,
        log_engine=log_engine,
        seals=Seals(log_engine),
        sealer=Sealer(store, log_engine, keys, settings.log_origin, clock),
        sessions=Sessions(sessions_engine, clock),
        attempts=Attempts(sessions_engine, clock),
        quotas=Quotas(sessions_engine, clock),
        familiar=Familiar(),
        uses=Uses(sessions_engine, clock),
        issuer=_issuer(settings),
        access_tokens=_access_tokens(settings, clock),
        confirmations=Confirmations(log_engine, settings.undo_seconds, clock),
    )


def _issuer(settings: Settings) -> Issuer | None:
    if not (settings.oidc_issuer and settings.oidc_client_id):
        return None
    from ledger.sessions.issuer import Issuer

    return Issuer(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret)


def _access_tokens(settings: Settings, clock: Callable[[], datetime]) -> AccessTokens | None:
    issuers, algorithms = issuers_of(settings.oidc_token_issuers), settings.oidc_token_algorithms.split()
    if not issuers:
        return None
    from ledger.sessions.access_tokens import AccessTokens

    return AccessTokens(issuers, settings.oidc_token_audience, algorithms, clock)


def _make_folder(url: str) -> None:
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
