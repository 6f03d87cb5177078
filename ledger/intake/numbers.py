"""Register numbers as they stand on an invoice, checked, and comparable with those of known firms."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stdnum.eu.vat import MEMBER_STATES

from ledger.domain import identifiers
from ledger.domain.errors import InvalidIdentifier
from ledger.intake.texts import compact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.intake.parties import PartyOnPaper

# ISO 6523 and the list of electronic address schemes (EAS).
SCHEMES = {"0184": "cvr", "0199": "lei", "9930": "vat"}
DANISH = re.compile(r"(?:DK|CVR)?[\s.:-]*\d{2}\s?\d{2}\s?\d{2}\s?\d{2}", re.ASCII | re.IGNORECASE)
REGISTER = re.compile(
    r"(?i:\bH\s?\.?R\s?\.?(?P<register>[AB]))[\s.:,-]*(?i:(?:nr|nummer|no)\b[\s.:]*)?"
    r"(?P<number>[0-9]{1,7})(?:\s?(?P<mark>[A-ZÖ]{1,4})\b)?",
)
# Capitals behind a register number that begin something else, and are no mark of the register.
NO_MARK = frozenset(
    {"AG", "BIC", "DE", "DK", "EU", "FAX", "GF", "HRA", "HRB", "IBAN", "ID", "IHK", "TEL", "UST", "VAT"}
)
COURT = re.compile(r"\b(?:(?i:amtsgerichts?|registergericht|handelsregister)|AG)\b[ :]*(?=(?P<words>[^\n,;]+))")
MOST_WORDS = 4  # "Bad Homburg v.d.H.", "Ludwigshafen am Rhein (Ludwigshafen)"


@dataclass(frozen=True, slots=True)
class Claim:
    """One number that an invoice gives. `right` says whether its check holds, None when there is no check."""

    scheme: str
    number: str
    right: bool | None
    weak: bool = False  # an electronic address says where invoices go: perhaps to somebody else
    twin: bool = False  # follows from another claim

    @property
    def key(self) -> tuple[str, str]:
        """Scheme and bare number, for comparing."""
        return self.scheme, compact(self.number)


def claims(party: PartyOnPaper) -> list[Claim]:
    """Return every register number that the invoice gives for a party."""
    found = [*_stated(party), *_register(party)]
    return [*found, *(twin for claim in found for twin in _danish_twin(claim))]


def _stated(party: PartyOnPaper) -> Iterator[Claim]:
    if party.vat:
        yield _claim("vat", party.vat)
    for scheme, number in (party.legal_id, *party.identifiers):
        if scheme in SCHEMES:
            yield _claim(SCHEMES[scheme], number)
        elif identifiers.EUID.fullmatch(number):
            yield _claim("euid", number)
    if party.country == "DK" and not party.legal_id.scheme and DANISH.fullmatch(party.legal_id.number):
        yield _claim("cvr", party.legal_id.number)
    scheme, address = party.electronic_address
    if scheme in SCHEMES:
        yield replace(_claim(SCHEMES[scheme], address), weak=True)


def _claim(scheme: str, number: str) -> Claim:
    bare = compact(number).removeprefix("DK").removeprefix("CVR") if scheme == "cvr" else number
    if scheme == "vat" and _foreign(bare):
        return Claim(scheme, bare, None)
    try:
        return Claim(scheme, identifiers.check(scheme, bare), right=True)
    except InvalidIdentifier:
        return Claim(scheme, bare, right=False)


def _foreign(vat: str) -> bool:
    country = compact(vat)[:2]
    return country.isalpha() and country.lower() not in {*MEMBER_STATES, "el", "xi"}


def _register(party: PartyOnPaper) -> Iterator[Claim]:
    """Find "Amtsgericht Stuttgart HRB 1234", "Kiel HRB 1234 NM", "HRB Nr. 1234 … Amtsgericht Stuttgart"."""
    text = f"{party.register_text}\n{party.legal_id.number}"
    found = REGISTER.search(text)
    if found is None:
        return
    mark = "" if found["mark"] in NO_MARK else found["mark"] or ""
    number = f"HR{found['register'].upper()} {found['number'].lstrip('0')} {mark}".strip()
    named = _named_courts(text)
    courts = named or _words_before(text[: found.start()])
    right = [claim for court in courts if (claim := _claim("handelsregister", f"{court} {number}")).right]
    if right:
        yield right[-1]
    elif named:
        yield Claim("handelsregister", f"{named[0]} {number}", right=False)


def _named_courts(text: str) -> list[str]:
    """Return what may be the court's name, the shortest first: its end is not marked."""
    named = [found["words"].split()[:MOST_WORDS] for found in COURT.finditer(text)]
    return [" ".join(words[:n]) for words in named for n in range(1, len(words) + 1)]


def _words_before(text: str) -> list[str]:
    words = re.split(r"[\n;:]", text.rstrip(" ,:"))[-1].split()[-MOST_WORDS:]
    return [" ".join(words[-n:]) for n in range(1, len(words) + 1)]


def _danish_twin(claim: Claim) -> Iterator[Claim]:
    # A Danish company's VAT number and EUID are its CVR number with letters in front.
    scheme, bare = claim.key
    if scheme == "cvr":
        yield replace(claim, scheme="vat", number=f"DK{bare}", twin=True)
    elif scheme == "vat" and bare.startswith("DK"):
        yield replace(claim, scheme="cvr", number=bare[2:], twin=True)
    elif scheme == "euid" and bare.startswith("DKCVR"):
        yield replace(claim, scheme="cvr", number=bare[5:], twin=True)
