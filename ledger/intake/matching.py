"""Seller and buyer of an invoice, found among the firms that the ledger knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.intake.numbers import Claim, claims
from ledger.intake.remarks import Remark
from ledger.intake.texts import compact, folded, without_legal_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

    from ledger.intake.parties import PartyOnPaper

MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class KnownFirm:
    """A firm of the ledger; `identifiers` by handelsregister, euid, vat, cvr, lei."""

    id: UUID
    name: str
    country: str
    town: str | None
    identifiers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A known firm as it is compared."""

    id: UUID
    keys: frozenset[tuple[str, str]]
    name: str
    bare_name: str
    country: str
    town: str


@dataclass(frozen=True, slots=True)
class Match:
    """The firm that a party is, or None, and what to say about it."""

    firm: UUID | None
    remarks: tuple[Remark, ...]


def index(directory: Sequence[KnownFirm]) -> list[Entry]:
    """Prepare known firms for comparing, once for both parties."""
    return [_entry(firm) for firm in directory]


def match(party: PartyOnPaper, entries: Sequence[Entry], *, called: str, pointer: str) -> Match:
    """Find a party (`called` "seller" or "buyer") by its register numbers, else its name; one hit counts."""
    stated = claims(party)
    failed = [_check_failed(called, claim) for claim in stated if claim.right is False and not claim.twin]
    by_name = _of_that_name(party, entries)
    for weak in (False, True):
        keys = {claim.key for claim in stated if claim.weak is weak}
        found = [entry for entry in entries if keys & entry.keys]
        # Firms under one VAT number are told apart by name.
        found = [entry for entry in found if entry in by_name] or found
        if len(found) == 1:
            doubts = [_check("electronic address", called, pointer)] if weak else []
            return Match(found[0].id, (*failed, *doubts))
        if found:
            return Match(None, (*failed, _ambiguous(called, found, pointer)))
    firm, remarks = _by_name_alone(party, by_name, stated, called, pointer)
    return Match(firm, (*failed, *remarks))


def _entry(firm: KnownFirm) -> Entry:
    name = folded(firm.name)
    keys = frozenset((scheme, compact(number)) for scheme, number in firm.identifiers.items() if number)
    return Entry(firm.id, keys, name, without_legal_form(name), firm.country, folded(firm.town or ""))


def _of_that_name(party: PartyOnPaper, entries: Sequence[Entry]) -> list[Entry]:
    """Return firms of the party's name: the whole name before the one without legal form, its town first."""
    near = [entry for entry in entries if not party.country or entry.country in ("", party.country)]
    for name in filter(None, (folded(party.name), folded(party.trading_name))):
        bare = without_legal_form(name)
        found = [entry for entry in near if entry.name == name]
        found = found or [entry for entry in near if entry.bare_name == bare]
        if found:
            return [entry for entry in found if entry.town == folded(party.town)] or found
    return []


def _by_name_alone(
    party: PartyOnPaper, by_name: Sequence[Entry], stated: Sequence[Claim], called: str, pointer: str
) -> tuple[UUID | None, list[Remark]]:
    others = [entry for entry in by_name if _another_company(entry, stated)]
    remarks = [_differs(called, entry, pointer) for entry in others]
    left = [entry for entry in by_name if entry not in others]
    if len(left) == 1:
        same_town = left[0].town == folded(party.town)
        how = "name" if same_town else "name, not its town"
        return left[0].id, [*remarks, _check(how, called, pointer)]
    last = _ambiguous(called, left, pointer) if left else _unknown(called, party, stated, pointer)
    return None, [*remarks, last]


def _another_company(entry: Entry, stated: Sequence[Claim]) -> bool:
    """Tell whether a number that passes its check is another than the firm's.

    "Müller GmbH" and "Müller GmbH & Co. KG" live at one address and may differ in nothing else.
    """
    kinds = {_kind(*key) for key in entry.keys}
    return any(claim.right and _kind(*claim.key) in kinds and claim.key not in entry.keys for claim in stated)


def _kind(scheme: str, number: str) -> str:
    # A company may have a VAT number in each of several countries.
    return f"{scheme} {number[:2]}" if scheme == "vat" else scheme


def _check_failed(called: str, claim: Claim) -> Remark:
    detail = f"The {called}'s {claim.scheme} number “{claim.number}” fails its check."
    return Remark("identifier-check-failed", detail, said={"party": called, "number": f"{claim.scheme} {claim.number}"})


def _check(how: str, called: str, pointer: str) -> Remark:
    detail = f"The {called} was found by its {how} alone; please check."
    return Remark("weak-match", detail, pointer, {"party": called, "how": how})


def _differs(called: str, entry: Entry, pointer: str) -> Remark:
    detail = f"The {called} has the name of firm {entry.id}, but another register number."
    return Remark("identifier-differs", detail, pointer, {"party": called})


def _ambiguous(called: str, found: Sequence[Entry], pointer: str) -> Remark:
    ids = ", ".join(str(entry.id) for entry in found[:MOST_NAMED])
    detail = f"The {called} may be any of the firms {ids}; please choose."
    return Remark("party-ambiguous", detail, pointer, {"party": called})


def _unknown(called: str, party: PartyOnPaper, stated: Sequence[Claim], pointer: str) -> Remark:
    described = ", ".join(_description(party, stated))
    detail = f"The {called} is none of the known firms: {described or 'not named'}."
    return Remark("party-unknown", detail, pointer, {"party": called, "described": described})


def _description(party: PartyOnPaper, stated: Sequence[Claim]) -> Iterator[str]:
    yield from filter(None, (party.name or party.trading_name, party.town, party.country))
    yield from (f"{claim.scheme} {claim.number}" for claim in stated if not claim.twin)
