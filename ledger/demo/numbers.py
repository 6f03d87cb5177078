"""Register numbers that pass every check and that no register has given out."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from ledger.domain.errors import InvalidIdentifier
from ledger.domain.identifiers import check

if TYPE_CHECKING:
    from collections.abc import Iterable

# Numbers are counted up from where the registers have not come to, so none is a real firm's.
REGISTER = 90_001  # Kiel's register stands near 30,000
TAX = 90_000_000  # neither country has given out numbers with this beginning


def german(number: int, suffix: str, *, merchant: bool) -> dict[str, str | None]:
    """Return the numbers of the n-th German firm; sole merchants and partnerships stand in register part A."""
    entry = f"{'HRA' if merchant else 'HRB'} {REGISTER + number} {suffix}"
    return {
        "handelsregister": f"Kiel {entry}",
        "euid": f"DEX1517R.{entry.replace(' ', '')}",
        "vat": _first("vat", (f"DE{TAX * 10 + number * 1000 + n}" for n in count())),
        "lei": _lei(number),
    }


def danish(number: int) -> dict[str, str | None]:
    """Return the numbers of the n-th Danish firm."""
    cvr = _first("cvr", (str(TAX + number * 1000 + n) for n in count()))
    return {"cvr": cvr, "vat": f"DK{cvr}", "euid": f"DKCVR.{cvr}", "lei": _lei(number)}


def _lei(number: int) -> str | None:
    """Return an LEI of no issuer ("9999") for every fourth firm, as few small firms have one."""
    return None if number % 4 else _first("lei", (f"999900DEMO{number:08d}{n:02d}" for n in range(100)))


def _first(scheme: str, numbers: Iterable[str]) -> str:
    """Return the first that is valid: check digits are found with the validators themselves."""
    for number in numbers:
        try:
            return check(scheme, number)
        except InvalidIdentifier:
            continue
    raise AssertionError(f"no valid {scheme} among them")
