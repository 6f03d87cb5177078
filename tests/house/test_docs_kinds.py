"""docs/kinds.md says of every kind what its declaration says: the lines are derived here and compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from ledger.domain.kinds.catalogue import KINDS
from ledger.domain.kinds.kind import Acceptance, Kind
from ledger.domain.kinds.terms import Amount, Choice, Day, Field, Firm, Number, Period, Rows, Text, Whole
from tests.domain.kinds.examples import EXAMPLES
from tests.house.tree import ROOT

TYPES: dict[type, Any] = {
    Text: lambda text: f"text, up to {text.longest}",
    Whole: lambda whole: f"whole number, {whole.low} to {whole.high}",
    Number: lambda number: f"number, 0 to {number.high}",
    Choice: lambda choice: "one of " + ", ".join(f"`{word}`" for word in choice.words),
    Day: lambda _: "day",
    Period: lambda _: "period",
    Amount: lambda amount: "money, more than 0" if amount.positive else "money",
    Firm: lambda _: "firm, a party",
    Rows: lambda rows: f"list, up to {rows.most}",
}
ACCEPTANCES = {
    Acceptance.ALL: "all other parties; it counts when the last has accepted",
    Acceptance.EACH: "each for itself; those count who have accepted, with the `{leading}` among them",
    Acceptance.NONE: "nobody; it counts at once, and the `{following}` may dispute it",
}


def rows(fields: tuple[Field, ...], before: str = "") -> Iterator[str]:
    """Yield the line of each field, and of the fields within a list."""
    for field in fields:
        name, described = f"{before}{field.name}", TYPES[type(field.type)](field.type)
        marks = " · ".join(
            word for word, holds in (("required", field.required), ("personal", field.personal)) if holds
        )
        yield f"| `{name}` | {described} | {marks} | {field.help} |"
        if isinstance(field.type, Rows):
            yield from rows(field.type.fields, f"{name}[].")


def lines(kind: Kind) -> Iterator[str]:
    """Yield every line that the documentation of a kind must have."""
    yield kind.summary
    for role, part in ((kind.leading, "leading"), (kind.following, "following")):
        yield f"- **`{role.name}`** ({part}): {'1 firm' if role.most == 1 else f'1 to {role.most} firms'}"
    recorders = " or ".join(f"the `{name}` alone" for name in kind.proposers) or "any party"
    yield f"- **recorded by**: {recorders}"
    names = {"leading": kind.leading.name, "following": kind.following.name}
    yield f"- **must accept**: {ACCEPTANCES[kind.acceptance].format(**names)}"
    yield f"- **measures**: {', '.join(f'`{name}`' for name in kind.measures) or 'none; it is not assessed'}"
    yield f"- **evidence**: {kind.evidence}"
    yield from rows(kind.fields)


def section(kind: Kind) -> str:
    """Return what docs/kinds.md says of this kind."""
    text = (ROOT / "docs" / "kinds.md").read_text(encoding="utf-8")
    found = re.search(rf"^## `{kind.name}`\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_says_what_is_declared(kind: Kind) -> None:
    """Roles, who must accept, measures, evidence and every field stand there as they are declared."""
    assert [line for line in lines(kind) if line not in section(kind).splitlines()] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_says_nothing_else(kind: Kind) -> None:
    """A field or a measure that is gone is gone from the documentation."""
    tables = [line for line in section(kind).splitlines() if line.startswith("| `")]
    assert tables == list(rows(kind.fields))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_its_example_is_the_tested_one(kind: Kind) -> None:
    """The terms that a reader copies are those that the tests of the kind read."""
    blocks = re.findall(r"```json\n(.*?)```", section(kind), re.DOTALL)
    assert [json.loads(block) for block in blocks] == [EXAMPLES[kind.name]]


def test_no_kind_is_made_up() -> None:
    """Sections of kinds are those of the catalogue, in its order."""
    text = (ROOT / "docs" / "kinds.md").read_text(encoding="utf-8")
    assert re.findall(r"^## `([a-z_]+)`$", text, re.MULTILINE) == [kind.name for kind in KINDS]
