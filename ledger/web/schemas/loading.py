"""Loading what a caller sent by a schema: every fault with a JSON pointer to where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marshmallow import RAISE, Schema, ValidationError

from ledger.domain.errors import Fault, InvalidRequest, step

if TYPE_CHECKING:
    from collections.abc import Iterator


def load(schema: Schema, data: Any) -> Any:
    """Load data by a schema; raise `InvalidRequest` with a JSON pointer to every fault."""
    listed = getattr(schema, "bare_list", None)
    if listed is not None and isinstance(data, list):
        data = {listed: data}
    if not isinstance(data, dict):
        raise InvalidRequest("A JSON object is expected.", faults=[Fault("", "A JSON object is expected.")])
    try:
        return schema.load(data, unknown=RAISE)
    except ValidationError as error:
        faults = list(_faults(error.messages, ""))
        raise InvalidRequest(f"{faults[0].pointer or 'The body'}: {faults[0].detail}", faults=faults) from error


def _faults(messages: Any, pointer: str) -> Iterator[Fault]:
    """Turn marshmallow's nested messages into faults with JSON pointers."""
    if isinstance(messages, dict):
        for name, inner in messages.items():
            yield from _faults(inner, pointer if name == "_schema" else pointer + step(str(name)))
    else:
        for message in messages if isinstance(messages, list) else [messages]:
            yield Fault(pointer, str(message))
