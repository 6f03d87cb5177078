"""Seller and buyer as an invoice names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.intake.texts import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LONGEST_LEGAL_TEXT = 2_000


class SchemedId(NamedTuple):
    """A number and the scheme (ISO 6523, EAS) it belongs to; both "" when absent."""

    scheme: str = ""
    number: str = ""


NOTHING = SchemedId()


@dataclass(frozen=True, slots=True)
class PartyOnPaper:
    """What the invoice says of a party; "" where it says nothing. `country` is ISO 3166, two letters."""

    name: str
    trading_name: str = ""
    vat: str = ""
    register_text: str = ""
    legal_id: SchemedId = NOTHING
    identifiers: tuple[SchemedId, ...] = ()
    electronic_address: SchemedId = NOTHING
    country: str = ""
    town: str = ""


def party(stated: Mapping[str, Any], register_notes: Sequence[str] = ()) -> PartyOnPaper:
    """Read a party from its business terms; `register_notes` are notes on its register entry."""

    def text(key: str) -> str:
        value = stated.get(key)
        return one_line(value[0] if isinstance(value, list) else value)

    return PartyOnPaper(
        name=text("name"),
        trading_name=text("biz_name"),
        vat=text("vat_identifier"),
        register_text="\n".join([*_lines(stated.get("legal_info")), *_lines(list(register_notes))]),
        legal_id=SchemedId(text("legal_identifier_schemeid"), text("legal_identifier")),
        identifiers=tuple(
            SchemedId(one_line(scheme), one_line(number))
            for scheme, number in (stated.get("identifiers") or {}).items()
        ),
        electronic_address=SchemedId(text("einvoicing_addr_schemeid"), text("einvoicing_addr")),
        country=text("country_code").upper(),
        town=text("city"),
    )


def _lines(value: object) -> Iterator[str]:
    """Keep lines apart: where a line ends, the name of a court ends."""
    for text in value if isinstance(value, list) else [value]:
        if isinstance(text, str):
            yield from filter(None, map(one_line, text[:LONGEST_LEGAL_TEXT].split("\n")))
