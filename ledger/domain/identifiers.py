"""Register identifiers of firms, checked by python-stdnum; EUID, which it lacks, by its published structure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypedDict

import stdnum.lei
from stdnum.de import handelsregisternummer
from stdnum.dk import cvr
from stdnum.eu import vat
from stdnum.exceptions import ValidationError

from ledger.domain.errors import Fault, InvalidIdentifier

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Commission Implementing Regulation (EU) 2020/2244, annex: country code, register identifier, ".", number.
EUID = re.compile(r"([A-Z]{2}[A-Z0-9]{0,10})\.([A-Z0-9._-]{1,40})", re.ASCII | re.IGNORECASE)
# Courts add letters of the register merged into theirs: Neumünster's firms stand in Kiel as "HRB 1234 NM".
HANDELSREGISTER = re.compile(
    r"(?P<court>.+?)\s+(?P<register>HR[AB])\s*(?P<number>\d+)(?:\s+(?P<suffix>[A-Z]{1,4}))?", re.IGNORECASE
)


class Identifiers(TypedDict, total=False):
    """A firm's register numbers, each in its normal form."""

    handelsregister: str
    euid: str
    vat: str
    cvr: str
    lei: str


def _handelsregister(number: str) -> str:
    found = HANDELSREGISTER.fullmatch(number.strip())
    if found is None:
        raise ValidationError
    entry = f"{found['court']} {found['register'].upper()} {found['number']}"
    plain = str(handelsregisternummer.validate(entry))
    return f"{plain} {found['suffix'].upper()}" if found["suffix"] else plain


def _euid(number: str) -> str:
    found = EUID.fullmatch(number.strip())
    if found is None:
        raise ValidationError
    return f"{found[1].upper()}.{found[2].upper()}"


CHECKS: Mapping[str, tuple[Callable[[str], str], str]] = {
    "handelsregister": (_handelsregister, "court, register and number, such as “Kiel HRB 1234 NM”"),
    "euid": (_euid, "country, register, dot and number, such as “DEX1517R.HRB395KI” or “DKCVR.11845118”"),
    "vat": (vat.validate, "the country's letters and the number with its check digit, such as “DE136695976”"),
    "cvr": (cvr.validate, "eight digits with a check digit, such as “13585628”"),
    "lei": (
        stdnum.lei.validate,
        "twenty letters and digits ending in a checksum, such as “213800KUD8LAJWSQ9D15”",
    ),
}
LONGEST = 60


def check(scheme: str, number: str) -> str:
    """Return the number's normal form; raise `InvalidIdentifier` that says what a right one looks like."""
    if scheme not in CHECKS:
        raise InvalidIdentifier(f"“{scheme}” is no identifier of a firm; known are {', '.join(CHECKS)}.")
    validate, right = CHECKS[scheme]
    try:
        if len(number) > LONGEST:
            raise ValidationError
        return str(validate(number))
    except ValidationError as error:
        raise InvalidIdentifier(f"“{number[:LONGEST]}” is no valid {scheme} number; it looks like {right}.") from error


def check_all(numbers: Mapping[str, str | None], pointer: str = "/identifiers") -> Identifiers:
    """Check every given number and report all faults at once; empty ones are left out."""
    checked: Identifiers = {}
    faults = []
    for scheme, number in numbers.items():
        if not number:
            continue
        try:
            checked[scheme] = check(scheme, number)  # type: ignore[literal-required]
        except InvalidIdentifier as error:
            faults.append(Fault(f"{pointer}/{scheme}", error.detail))
    if faults:
        raise InvalidIdentifier(faults[0].detail, faults=faults)
    return checked
