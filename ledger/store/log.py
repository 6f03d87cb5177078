"""The library's application, set up from what it is given and never from the process environment."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory, JSONTranscoder, Transcoding
from eventsourcing.utils import Environment, EnvType


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
    """Mapper, recorder and repository of the library over one factory; no aggregate cache, no snapshots."""

    def __init__(self, factory: InfrastructureFactory[Any]) -> None:
        self._given = factory
        super().__init__()

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:  # noqa: ARG002
        """Return the factory's settings alone: the library would merge os.environ and its stray variables."""
        return self._given.env

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:  # noqa: ARG002
        """Return the factory that was given."""
        return self._given

    def register_transcodings(self, transcoder: JSONTranscoder) -> None:
        """Add `date` to the library's UUID, Decimal and datetime."""
        super().register_transcodings(transcoder)
        transcoder.register(DateAsISO())
