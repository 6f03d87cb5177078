"""Tables as files: spreadsheets open them as they are meant."""

from __future__ import annotations

import pytest

from ledger.dashboards.exports import Table, as_csv, safe
from tests.api.world import World

TABLE = Table("figures", ["Firm", "Share"], [["Æblegård & Söhne", 0.25], ["=2+3", None], ["a;b,c", 1200]])


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["Firm,Share", "Æblegård & Söhne,0.25", "'=2+3,", '"a;b,c",1200']),
        ("de", ["Firm;Share", "Æblegård & Söhne;0,25", "'=2+3;", '"a;b,c";1200']),
    ],
)
def test_a_table_is_written_for_a_language(world: World, language: str, lines: list[str]) -> None:
    """With a byte order mark, decimals and separators of the language, and no cell that begins a formula."""
    with world.app.test_request_context(f"/?lang={language}"):
        text = as_csv(TABLE).get_data(as_text=True)
    assert text == "\ufeff" + "".join(f"{line}\r\n" for line in lines)


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    """An apostrophe makes it a text."""
    assert safe(cell) == f"'{cell}"
