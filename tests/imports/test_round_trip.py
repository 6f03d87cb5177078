"""Whatever can be recorded can be written down and imported again as the same."""

from __future__ import annotations

import io
import json
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.assessment import LONGEST_COMMENT
from ledger.domain.kinds.catalogue import KINDS
from ledger.domain.kinds.kind import Kind, Measure
from ledger.domain.kinds.terms import Amount, Choice, Day, Field, Firm, Number, Period, Rows, Text, Whole
from ledger.domain.money import MINOR_UNITS
from ledger.imports import ndjson, table
from ledger.web.json_body import unsafe_text
from tests.imports import books

FIRMS = [str(UUID(int=n)) for n in range(1, 7)]
DAYS = st.dates().map(str)
WORDS = (
    st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" ,;\"'=+-@|"), min_size=1, max_size=60)
    .map(str.strip)
    .filter(bool)
    .filter(lambda text: unsafe_text(text) is None)
)
MONEY = st.builds(
    lambda cents, currency: {"amount": f"{cents // 100}.{cents % 100:02}", "currency": currency},
    st.integers(1, 10**9),
    st.sampled_from([currency for currency, places in MINOR_UNITS.items() if places == 2]),
)


def values(field: Field, firms: list[str]) -> st.SearchStrategy[Any]:
    """Draw what a field of terms can hold; numbers are exact, so they are texts."""
    of: Any = field.type
    drawn: dict[type, Any] = {
        Text: lambda: WORDS,
        Whole: lambda: st.integers(of.low, of.high),
        Number: lambda: st.integers(0, 1000).map(lambda n: f"{n // 1000}.{n % 1000:03}"),
        Choice: lambda: st.sampled_from(of.words),
        Day: lambda: DAYS,
        Period: lambda: st.tuples(DAYS, DAYS).map(lambda two: {"from": min(two), "to": max(two)}),
        Amount: lambda: MONEY,
        Firm: lambda: st.sampled_from(firms),
        Rows: lambda: st.lists(terms(of.fields, firms), min_size=1, max_size=3),
    }
    strategy: st.SearchStrategy[Any] = drawn[type(of)]()
    return strategy


def terms(fields: tuple[Field, ...], firms: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw terms, with and without what is optional."""
    return st.fixed_dictionaries(
        {field.name: values(field, firms) for field in fields if field.required},
        optional={field.name: values(field, firms) for field in fields if not field.required},
    )


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a record of any kind."""
    kind: Kind = draw(st.sampled_from(KINDS))
    firms = draw(st.lists(st.sampled_from(FIRMS), unique=True, min_size=2, max_size=min(5, kind.following.most + 1)))
    roles = [kind.leading.name] + [kind.following.name] * (len(firms) - 1)
    measures = {Measure.DEFECTS: st.integers(0, 9), Measure.RATING: st.integers(1, 5)}
    said = {str(measure): measures.get(measure, st.booleans()) for measure in kind.measures}
    paper = {"sha256": st.just("ab" * 32), "media_type": st.just("text/csv"), "title": WORDS}
    comment = WORDS.filter(lambda text: len(text) <= LONGEST_COMMENT)
    return draw(
        st.fixed_dictionaries(
            {
                "key": st.text("abcXYZ019-_=+@", min_size=1),
                "kind": st.just(kind.name),
                "title": WORDS,
                "parties": st.just([{"firm": firm, "role": role} for firm, role in zip(firms, roles, strict=True)]),
                "terms": terms(kind.fields, firms),
            },
            optional={
                "completed_on": DAYS,
                "recorded_on": DAYS,
                "proposed_by": st.sampled_from(firms),
                "document": st.just("cd" * 32),
                "evidence": st.lists(st.fixed_dictionaries(paper), min_size=1, max_size=3),
                "confirmed": st.lists(
                    st.fixed_dictionaries({"firm": st.sampled_from(firms), "on": DAYS}), min_size=1, max_size=3
                ),
                "assessments": st.lists(
                    st.fixed_dictionaries({"about": st.sampled_from(firms)}, optional={**said, "comment": comment}),
                    min_size=1,
                    max_size=3,
                ),
            },
        )
    )


@given(st.lists(records(), min_size=1, max_size=4), st.sampled_from(",;\t"), st.sampled_from(["point", "comma"]))
def test_a_table_says_what_its_records_say(bodies: list[dict[str, Any]], separator: str, decimal: str) -> None:
    """Every kind, every field, in one table, whatever separates its cells and its decimals."""
    written = books.table(bodies, separator, decimal).encode("utf-8-sig")
    read = list(table.records_of(io.BytesIO(written), decimal))
    assert [record.faults for record in read] == [()] * len(bodies)
    assert [record.body for record in read] == bodies


@given(st.lists(records(), min_size=1, max_size=4))
def test_a_line_says_what_its_record_says(bodies: list[dict[str, Any]]) -> None:
    """As JSON does, escaped or not."""
    for escaped in (True, False):
        lines = "\n".join(json.dumps(body, ensure_ascii=escaped) for body in bodies)
        read = list(ndjson.records_of(io.BytesIO(lines.encode())))
        assert [record.body for record in read] == bodies
