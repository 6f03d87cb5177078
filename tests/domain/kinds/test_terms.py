"""Fields of terms: what each type reads, what it refuses, and how it describes itself."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.errors import Fault, InvalidTerms
from ledger.domain.kinds.catalogue import kind_named
from ledger.domain.kinds.terms import (
    Amount,
    Choice,
    Day,
    Field,
    FieldType,
    Firm,
    Number,
    Period,
    Rows,
    Text,
    Whole,
    Wrong,
    read_fields,
)
from tests.domain.given import refused
from tests.domain.kinds.examples import EXAMPLES, parties
from tests.domain.kinds.json_schema import fits, flaws

ROWS = Rows((Field("firm", Firm(), "who", required=True), Field("people", Whole(1, 9), "how many")), most=2)
TYPES: list[FieldType] = [
    Text(5),
    Whole(1, 9),
    Number(10),
    Choice(("machine", "staff")),
    Day(),
    Period(),
    Amount(),
    Amount(positive=True),
    Firm(),
    ROWS,
]
READS = [
    (Text(5), " ab ", "ab"),
    (Text(5), "äöüßø", "äöüßø"),
    (Whole(1, 9), 9, 9),
    (Number(10), "0.35", "0.35"),
    (Number(10), 0.35, 0.35),
    (Number(10), 10, 10),
    (Choice(("machine", "staff")), "staff", "staff"),
    (Day(), "2028-02-29", "2028-02-29"),
    (Period(), {"from": "2026-01-01", "to": "2026-01-01"}, {"from": "2026-01-01", "to": "2026-01-01"}),
    (Amount(), {"amount": "1", "currency": "EUR"}, {"amount": "1.00", "currency": "EUR"}),
    (Amount(), {"amount": "0", "currency": "DKK"}, {"amount": "0.00", "currency": "DKK"}),
    (ROWS, [{"firm": "AB", "people": None}], [{"firm": "ab"}]),
]
REFUSES = [
    (Text(5), "abcdef", ""),
    (Text(5), "   ", ""),
    (Text(5), 5, ""),
    (Text(5), "a\nb", ""),
    (Text(5), "a\r\nb", ""),
    (Whole(1, 9), 0, ""),
    (Whole(1, 9), 1.0, ""),
    (Whole(1, 9), "1", ""),
    (Whole(1, 9), True, ""),
    (Number(10), 10.1, ""),
    (Number(10), -1, ""),
    (Number(10), "1e1", ""),
    (Number(10), 1e-9, ""),
    (Number(10), "٣", ""),
    (Number(10), float("nan"), ""),
    (Number(10), float("inf"), ""),
    (Number(10), True, ""),
    (Choice(("machine", "staff")), "Staff", ""),
    (Choice(("machine", "staff")), ["staff"], ""),
    (Day(), "2026-02-29", ""),
    (Day(), "20260228", ""),
    (Day(), "2026-02-28T00:00:00Z", ""),
    (Day(), "0000-01-01", ""),
    (Period(), {"from": "2026-01-02", "to": "2026-01-01"}, "/to"),
    (Period(), {"from": "2026-01-02", "to": None}, "/to"),
    (Period(), {"from": "2026-01-02"}, ""),
    (Amount(), {"amount": "-0.01", "currency": "EUR"}, "/amount"),
    (Amount(), {"amount": "1", "currency": "XXX"}, "/currency"),
    (Amount(positive=True), {"amount": "0.00", "currency": "EUR"}, "/amount"),
    (Firm(), 5, ""),
    (ROWS, [], ""),
    (ROWS, {}, ""),
    (ROWS, [{"firm": "a"}] * 3, ""),
    (ROWS, [{"firm": "a"}, {"people": 1}], "/1/firm"),
    (ROWS, [{"firm": "a", "people": 10}], "/0/people"),
    (ROWS, ["a"], "/0"),
    (ROWS, [{"firm": "a", "town": "Kiel"}], "/0/town"),
]
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize(("kind", "value", "normal"), READS)
def test_a_right_value_gets_its_normal_form(kind: FieldType, value: Any, normal: Any) -> None:
    """The normal form reads into itself and fits the type's schema."""
    assert kind.read(value, "") == normal
    assert kind.read(normal, "") == normal


@pytest.mark.parametrize(("kind", "value", "pointer"), REFUSES)
def test_a_wrong_value_is_refused(kind: FieldType, value: Any, pointer: str) -> None:
    """Every fault points into the value and says what is expected."""
    with pytest.raises(Wrong) as raised:
        kind.read(value, "/terms/x")
    assert [fault.pointer for fault in raised.value.faults] == [f"/terms/x{pointer}"]
    assert raised.value.faults[0].detail


@pytest.mark.parametrize("kind", TYPES)
def test_schemas_are_valid(kind: FieldType) -> None:
    """Each type describes itself in JSON Schema 2020-12."""
    assert list(flaws(kind.schema())) == []


@given(st.sampled_from(TYPES), ANY_JSON)
def test_any_json_is_read_or_refused(kind: FieldType, value: Any) -> None:
    """No JSON value makes a field fail in another way, and what is read fits the schema."""
    try:
        read = kind.read(value, "")
    except Wrong as wrong:
        assert wrong.faults  # noqa: PT017 - or it is read
    else:
        assert kind.read(read, "") == read
        assert isinstance(kind, Firm) or fits(read, kind.schema())


def test_a_record_reports_every_fault() -> None:
    """Faults are gathered, not raised one by one."""
    faults: list[Fault] = []
    assert read_fields(ROWS.fields, {"people": 0, "town": "Kiel"}, "/x", faults)["people"] is None
    assert {fault.pointer for fault in faults} == {"/x/firm", "/x/people", "/x/town"}


def test_pointers_are_escaped() -> None:
    """RFC 6901 writes ~ and / within a name as ~0 and ~1."""
    kind = kind_named("subcontract")
    with refused(InvalidTerms, pointer="/terms/a~1b~0c"):
        kind.read_terms({**EXAMPLES[kind.name], "a/b~c": 1}, parties(kind))
