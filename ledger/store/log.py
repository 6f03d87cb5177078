"""The library's application, set up from what it is given and never from the process environment."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory, JSONTranscoder, Mapper, Transcoding
from eventsourcing.utils import Environment, EnvType

from ledger.store.vault import EncryptedAsText, EncryptingMapper, Vault


class DateAsISO(Transcoding):
    """Transcoding of `date`, which the library lacks."""

    type = date
    name = "date_iso"

    def encode(self, obj: date) -> str:
        """Return "YYYY-MM-DD"."""
        return obj.isoformat()

    def decode(self, data: str) -> date:
        """Read "YYYY-MM-DD"."""
        return date.fromisoformat(data)


class Log(Application[UUID]):
    """Mapper, recorder and repository of the library over one factory; no aggregate cache, no snapshots.

    With a vault, what is personal in events is stored encrypted.
    """

    def __init__(self, factory: InfrastructureFactory[Any], vault: Vault | None = None) -> None:
        self._given = factory
        self._vault = vault
        super().__init__()

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:  # noqa: ARG002
        """Return the factory's settings alone: the library would merge os.environ and its stray variables."""
        return self._given.env

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:  # noqa: ARG002
        """Return the factory that was given."""
        return self._given

    def construct_mapper(self) -> Mapper[UUID]:
        """Return the library's mapper, or one that encrypts."""
        if self._vault is None:
            return super().construct_mapper()
        mapper = EncryptingMapper(self.construct_transcoder())
        mapper.vault = self._vault
        return mapper

    def register_transcodings(self, transcoder: JSONTranscoder) -> None:
        """Add `date` and what is encrypted to the library's UUID, Decimal and datetime."""
        super().register_transcodings(transcoder)
        transcoder.register(DateAsISO())
        transcoder.register(EncryptedAsText())
