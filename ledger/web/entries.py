"""The one path from a JSON body to what is recorded: for one collaboration, for a batch, for a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.application.batches import Result
from ledger.application.collaborations import Entry
from ledger.application.past import Past
from ledger.domain.collaboration import Proposal
from ledger.domain.errors import LedgerError
from ledger.web.schemas.loading import load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from marshmallow import Schema

PAST = ("recorded_on", "confirmed")


def entry_of(body: dict[str, Any], key: str) -> Entry:
    """Return what a loaded body asks to record."""
    said = dict(body)
    proposed_by, document = said.pop("proposed_by", None), said.pop("document", None)
    past = _past({name: said.pop(name) for name in PAST if name in said})
    return Entry(key, Proposal(**said, document=document.lower() if document else None), proposed_by, past)


def loaded(schema: Schema, item: Any) -> Entry | LedgerError:
    """Read one of many, which carries its own key; return what is wrong with it instead of raising."""
    try:
        body = load(schema, item)
    except LedgerError as error:
        return error
    return entry_of(body, body.pop("key"))


def answered(
    read: Sequence[Entry | LedgerError], command: Callable[[Sequence[Entry]], Sequence[Result]]
) -> list[Result]:
    """Give a command all entries at once; return its results among those that could not be read, in order."""
    results = iter(command([one for one in read if isinstance(one, Entry)]))
    return [next(results) if isinstance(one, Entry) else one for one in read]


def _past(said: dict[str, Any]) -> Past | None:
    confirmed = tuple((one["firm"], one["on"]) for one in said.get("confirmed") or ())
    recorded_on = said.get("recorded_on")
    return Past(recorded_on, confirmed) if recorded_on or confirmed else None
