"""Fields that several schemas share."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

from marshmallow import ValidationError, fields, validate

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
COUNT = re.compile(r"\d{1,19}", re.ASCII)
KEY = re.compile(r"[\x21-\x7e]{1,200}", re.ASCII)  # of idempotency
BREAK = re.compile(r"[\t\r\n]")
LARGEST_POSITION = 2**63 - 1


class Line(fields.String):
    """Text of one line, trimmed, never empty."""

    def __init__(self, longest: int, **options: Any) -> None:
        super().__init__(validate=validate.Length(1, longest), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        text = str(super()._deserialize(value, attr, data, **options)).strip()
        if BREAK.search(text):
            raise ValidationError("Text of one line is expected.")
        return text


class Key(fields.String):
    """An idempotency key."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        key = str(super()._deserialize(value, attr, data, **options))
        if not KEY.fullmatch(key):
            raise ValidationError("A key has 1 to 200 visible ASCII characters.")
        return key


class Paragraph(fields.String):
    """Free text of several lines, trimmed, never empty."""

    def __init__(self, longest: int = 2000, **options: Any) -> None:
        super().__init__(validate=validate.Length(1, longest), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        return str(super()._deserialize(value, attr, data, **options)).strip()


class Held(fields.String):
    """Whatever somebody holds and asks about: any text has an answer, so it is taken as it is."""

    def __init__(self, longest: int, **options: Any) -> None:
        super().__init__(validate=validate.Length(1, longest), **options)


class YesNo(fields.Boolean):
    """True or false; marshmallow would take 1, 0 and words for them."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> bool:  # noqa: ARG002
        if not isinstance(value, bool):
            raise ValidationError("true or false is expected.")
        return value


class Day(fields.Date):
    """A calendar day, ISO 8601."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> date:  # noqa: ARG002
        try:
            if not isinstance(value, str) or not ISO_DAY.fullmatch(value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValidationError('A calendar day such as "2026-11-06" is expected.') from error


class Moment(fields.AwareDateTime):
    """A moment with its offset, RFC 3339; read as UTC."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="iso", **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> datetime:
        # A "+" in a query string arrives as a space when the caller forgot to encode it.
        text = value.replace(" ", "+") if isinstance(value, str) else value
        try:
            return super()._deserialize(text, attr, data, **options).astimezone(UTC)
        except (ValidationError, OverflowError) as error:
            raise ValidationError('A time with its offset such as "2026-11-06T12:00:00Z" is expected.') from error


def whole(low: int, high: int, **options: Any) -> fields.Integer:
    """Return a whole-number field from `low` to `high`."""
    return fields.Integer(strict=True, validate=validate.Range(low, high), **options)


class Count(fields.Integer):
    """A whole number in a query string, where everything is text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> int:  # noqa: ARG002
        # Python would read "1_0" and digits of every script as numbers.
        if not COUNT.fullmatch(value):
            raise ValidationError("A whole number such as 50 is expected.")
        return int(value)


def counted(low: int, high: int, **options: Any) -> fields.Integer:
    """Return a whole-number field of a query string."""
    return Count(validate=validate.Range(low, high), **options)


def country(**options: Any) -> fields.String:
    """Return a field for an ISO 3166-1 alpha-2 country code."""
    return fields.String(validate=validate.Regexp(r"^[A-Z]{2}\Z", error="Two capital letters such as DE."), **options)


def division() -> fields.String:
    """Return a field for a division of NACE."""
    return fields.String(validate=validate.Regexp(r"^[0-9]{2}\Z", error="A NACE division such as 25."))


def month() -> fields.String:
    """Return a field for a calendar month."""
    return fields.String(validate=validate.Regexp(r"^[12][0-9]{3}-(0[1-9]|1[0-2])\Z", error="A month such as 2026-11."))
