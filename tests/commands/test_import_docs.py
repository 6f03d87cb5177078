"""What docs/import.md shows can be imported as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ledger.domain.kinds.catalogue import KINDS
from ledger.imports.columns import known_columns
from tests.commands.typed import Run
from tests.house.tree import ROOT
from tests.imports.office import office

TEXT = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """Return the one example in this language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    return str(found)


@pytest.mark.parametrize(("language", "suffix"), [("json", "ndjson"), ("csv", "csv")])
def test_the_examples_are_imported(run: Run, sqlite_url: str, tmp_path: Path, language: str, suffix: str) -> None:
    """One record of every kind, of firms that are named by their numbers."""
    with office(sqlite_url) as of:
        file = tmp_path / f"past.{suffix}"
        file.write_text(block(language), encoding="utf-8")
        decimal = ("--decimal", "comma") if language == "csv" else ()
        ran = run("import", file, "--network", of.network, "--confirmed", *decimal, database_url=sqlite_url)
        assert (ran.code, ran.out) == (0, "8 records: 8 new, 0 there already, 0 wrong.\n")
        assert [job.kind_name for job in of.jobs()] == [kind.name for kind in KINDS]


def test_every_role_has_its_column() -> None:
    """No term and no field of every kind is called like a role."""
    roles = {role.name for kind in KINDS for role in kind.roles}
    assert roles <= known_columns().keys()
    assert {f"`{role}`" for role in roles} <= set(re.findall(r"`\w+`", TEXT))
