"""What terms are made of: small field types that read JSON, name every fault, and describe themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from ledger.domain.errors import Fault, InvalidMoney, step
from ledger.domain.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
BREAK = re.compile(r"[\t\r\n]")
DECIMAL = re.compile(r"(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?", re.ASCII)


class Wrong(Exception):
    """A value does not fit; turned into faults before it leaves this room."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(faults)
        self.faults = faults


class FieldType(Protocol):
    """Reads one JSON value into its normal JSON form, or raises `Wrong`."""

    def read(self, value: object, pointer: str) -> Any:
        """Return the value in its normal form, made of JSON types only."""

    def schema(self) -> dict[str, Any]:
        """Describe the accepted JSON as JSON Schema 2020-12."""


@dataclass(frozen=True, slots=True)
class Field:
    """One entry of a kind's terms; `personal` marks free text, which is personal data of sole proprietors."""

    name: str
    type: FieldType
    help: str
    required: bool = False
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Free text of one line."""

    longest: int = 200

    def read(self, value: object, pointer: str) -> str:
        if not isinstance(value, str) or not value.strip() or len(value) > self.longest or BREAK.search(value.strip()):
            raise _wrong(pointer, f"A text of one line, of 1 to {self.longest} characters, is expected.")
        return value.strip()

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `low` to `high`."""

    low: int = 0
    high: int = 1_000_000

    def read(self, value: object, pointer: str) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not self.low <= value <= self.high:
            raise _wrong(pointer, f"A whole number from {self.low} to {self.high} is expected.")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True)
class Number:
    """A non-negative decimal, given as a number or a decimal string and kept as it was given."""

    high: int = 1_000_000

    def read(self, value: object, pointer: str) -> int | float | str:
        text = str(value)
        plain = isinstance(value, (int, float, str)) and not isinstance(value, bool)
        if not plain or not DECIMAL.fullmatch(text) or Decimal(text) > self.high:
            raise _wrong(pointer, f'A number from 0 to {self.high} is expected, such as 0.35 or "0.35".')
        return value  # type: ignore[return-value]

    def schema(self) -> dict[str, Any]:
        return {
            "oneOf": [
                {"type": "number", "minimum": 0, "maximum": self.high},
                {"type": "string", "pattern": f"^{DECIMAL.pattern}$"},
            ]
        }


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, value: object, pointer: str) -> str:
        if value not in self.words:
            raise _wrong(pointer, f"One of {', '.join(self.words)} is expected.")
        return str(value)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day."""

    def read(self, value: object, pointer: str) -> str:
        return _day(value, pointer).isoformat()

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, both ends included."""

    def read(self, value: object, pointer: str) -> dict[str, str]:
        if not isinstance(value, dict) or set(value) != {"from", "to"}:
            raise _wrong(pointer, 'A period looks like {"from": "2026-09-14", "to": "2026-11-06"}.')
        begin, end = _day(value["from"], f"{pointer}/from"), _day(value["to"], f"{pointer}/to")
        if end < begin:
            raise _wrong(f"{pointer}/to", "The period ends before it begins.")
        return {"from": begin.isoformat(), "to": end.isoformat()}

    def schema(self) -> dict[str, Any]:
        day = Day().schema()
        return {
            "type": "object",
            "properties": {"from": day, "to": day},
            "required": ["from", "to"],
            "additionalProperties": False,
        }


@dataclass(frozen=True, slots=True)
class Amount:
    """Money, not negative; `positive` asks for more than nothing."""

    positive: bool = False

    def read(self, value: object, pointer: str) -> dict[str, str]:
        try:
            money = Money.parse(value, pointer)
        except InvalidMoney as error:
            raise Wrong(*error.faults) from error
        if money.amount < 0 or (self.positive and not money.amount):
            raise _wrong(f"{pointer}/amount", f"The amount is {'more than' if self.positive else 'at least'} 0.")
        return dict(money.data())  # type: ignore[arg-type]

    def schema(self) -> dict[str, Any]:
        return {"$ref": "#/components/schemas/Money"}


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm that takes part in the collaboration, by its id."""

    def read(self, value: object, pointer: str) -> str:
        if not isinstance(value, str):
            raise _wrong(pointer, "The id of a party of this collaboration is expected.")
        return value.lower()

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "uuid"}


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of records with the same fields."""

    fields: tuple[Field, ...]
    most: int = 200

    def read(self, value: object, pointer: str) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not 1 <= len(value) <= self.most:
            raise _wrong(pointer, f"A list of 1 to {self.most} records is expected.")
        faults: list[Fault] = []
        rows = [read_fields(self.fields, row, f"{pointer}/{n}", faults) for n, row in enumerate(value)]
        if faults:
            raise Wrong(*faults)
        return rows

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "minItems": 1, "maxItems": self.most, "items": fields_schema(self.fields)}


def read_fields(fields: Sequence[Field], value: object, pointer: str, faults: list[Fault]) -> dict[str, Any]:
    """Read a JSON object by its declared fields, adding every fault found to `faults`."""
    if not isinstance(value, dict):
        faults.append(Fault(pointer, "A JSON object is expected."))
        return {}
    known = {field.name for field in fields}
    faults.extend(
        Fault(f"{pointer}{step(name)}", f"Unknown field; known are {', '.join(sorted(known))}.")
        for name in value
        if name not in known
    )
    return {
        field.name: _read_one(field, value.get(field.name), f"{pointer}/{field.name}", faults)
        for field in fields
        if field.required or value.get(field.name) is not None
    }


def fields_schema(fields: Sequence[Field]) -> dict[str, Any]:
    """Describe a JSON object of these fields as JSON Schema."""
    return {
        "type": "object",
        "properties": {field.name: {**field.type.schema(), "description": field.help} for field in fields},
        "required": [field.name for field in fields if field.required],
        "additionalProperties": False,
    }


def firms_named(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the firm ids that the records of a list name."""
    return [str(row["firm"]) for row in rows]


def repeated_firms(name: str, terms: Mapping[str, Any]) -> list[Fault]:
    """Find the records of a list of terms that name a firm again."""
    firms = firms_named(terms.get(name) or ())
    return [
        Fault(f"/terms/{name}/{n}/firm", "A firm is named once here.")
        for n, firm in enumerate(firms)
        if firm in firms[:n]
    ]


def _read_one(field: Field, value: object, pointer: str, faults: list[Fault]) -> Any:
    if value is None:
        faults.append(Fault(pointer, f"This field is required: {field.help}"))
        return None
    try:
        return field.type.read(value, pointer)
    except Wrong as wrong:
        faults.extend(wrong.faults)
        return None


def _day(value: object, pointer: str) -> date:
    try:
        if not isinstance(value, str) or not ISO_DATE.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError as error:
        raise _wrong(pointer, 'A calendar day such as "2026-11-06" is expected.') from error


def _wrong(pointer: str, detail: str) -> Wrong:
    return Wrong(Fault(pointer, detail))
