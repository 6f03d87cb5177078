"""What a job counts for: the content of a row of jobs, and what it adds to each table of sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any
from uuid import UUID

from sqlalchemy import Table

from ledger.domain.kinds.catalogue import KINDS
from ledger.domain.money import MINOR_UNITS
from ledger.projections.activity.months import month_of
from ledger.projections.activity.tables import ACTIVE, MONEY, MONTHS, PAIRS, TIES, WAITS

Content = dict[str, Any]  # of a row of jobs
Key = tuple[Any, ...]  # of a row of sums, without its network
Amounts = tuple[int, ...]
Sums = dict[Table, dict[Key, Amounts]]

ALL = "*"
CLAIMED, CONFIRMED, GONE = "claimed", "confirmed", "gone"
STATEMENTS = frozenset(kind.name for kind in KINDS if kind.is_statement)
HUNDREDTHS = 100
A_BILLION = 10**9
SUMMED = (MONTHS, MONEY, WAITS, PAIRS, TIES, ACTIVE)


def adds(content: Content) -> Sums:
    """Return what the job adds to the sums; one that is gone adds nothing."""
    if content["state"] == GONE:
        return {}
    month, kind = month_of(date.fromisoformat(content["on"])), content["kind"]
    selections = _selections(content["parties"])
    if content["state"] == CLAIMED:
        return {MONTHS: {(*one, month, kind): (1, 0, 0, 0, 0, 0, 0) for one in selections}}
    crossing = int(_crosses(content))
    counts = (0, 1, crossing, int(content["disputed"]), content["training"], content["trainees"], content["capacity"])
    sums: Sums = {
        MONTHS: {(*one, month, kind): counts for one in selections},
        MONEY: {
            (*one, month, kind, currency): _in_parts(volume) + _in_parts(saving)
            for currency, (volume, saving) in content["money"].items()
            for one in selections
        },
        **_of_links(content, month),
    }
    if content["wait"] is not None:
        sums[WAITS] = {(*one, month, content["wait"]): (1,) for one in selections}
    return sums


def filed(content: Content) -> dict[str, Any]:
    """Return under what the job is found again when one asks what a sum is made of."""
    return {
        **{name: content[name] for name in ("kind", "state", "disputed")},
        "on": date.fromisoformat(content["on"]),
        "crossing": _crosses(content),
        "currencies": " ".join(content["money"]),
        "places": "".join(sorted({place(sector, country) for _, sector, country in content["parties"]})),
    }


def place(sector: str | None, country: str | None) -> str:
    """Return how a place is written among those of a job; a part of it where one of the two is not said."""
    return (f" {sector}/" if sector is not None else "/") + (f"{country} " if country else "")


def added(sums: Iterable[Sums]) -> Sums:
    """Add up."""
    total: Sums = {}
    for one in sums:
        for table, rows in one.items():
            into = total.setdefault(table, {})
            for key, amounts in rows.items():
                before = into.get(key)
                into[key] = amounts if before is None else tuple(a + b for a, b in zip(before, amounts, strict=True))
    return total


def difference(before: Sums, after: Sums) -> Sums:
    """Return what must be added to get from one to the other."""
    less: Sums = {
        table: {key: tuple(-amount for amount in amounts) for key, amounts in rows.items()}
        for table, rows in before.items()
    }
    total = added((less, after))
    return {table: {key: one for key, one in rows.items() if any(one)} for table, rows in total.items()}


def minor(amount: str, currency: str) -> int:
    """Return an amount in the smallest units of its currency."""
    return int(Decimal(amount).scaleb(MINOR_UNITS[currency]))


def _selections(parties: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Return the selections by sector and country that the job is in, each once and in a settled order."""
    return sorted({one for _, sector, country in parties for one in product((ALL, sector), (ALL, country))})


def _crosses(content: Content) -> bool:
    return len({country for _, _, country in content["parties"]}) > 1


def _of_links(content: Content, month: int) -> Sums:
    where = {firm: (sector, country) for firm, sector, country in content["parties"]}
    pairs: set[Key] = set()
    ties: set[Key] = set()
    for one, other in content["links"]:
        (first, here), (second, there) = where[one], where[other]
        pairs |= {(country, month, *sorted((first, second))) for country in (ALL, here, there)}
        ties |= {(UUID(one), UUID(other)), (UUID(other), UUID(one))}
    firms = {firm for firm, _ in ties}
    ones: Mapping[Table, Iterable[Key]] = {
        PAIRS: sorted(pairs),
        TIES: sorted(ties),
        ACTIVE: sorted((firm, month) for firm in firms),
    }
    return {table: dict.fromkeys(keys, (1,)) for table, keys in ones.items() if keys}


def _in_parts(amount: int) -> Amounts:
    return divmod(amount, A_BILLION)


def money_of(content_terms: Mapping[str, Any], firms: Iterable[str]) -> dict[str, list[int]]:
    """Return volume and saving of a job among these firms, in minor units by currency."""
    sums: dict[str, list[int]] = {}
    for place, money in _amounts(content_terms, set(firms)):
        sums.setdefault(money["currency"], [0, 0])[place] += minor(money["amount"], money["currency"])
    return dict(sorted(sums.items()))


def _amounts(terms: Mapping[str, Any], firms: set[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    if terms.get("value"):
        yield 0, terms["value"]
    for row in terms.get("purchases") or ():
        if row["firm"] in firms:
            yield 0, row["volume"]
            if row.get("saving"):
                yield 1, row["saving"]


def hours_of(kind: str, terms: Mapping[str, Any], firms: Iterable[str]) -> tuple[int, int, int]:
    """Return hours of training times people, how many people, and hours of capacity; hours in hundredths.

    A participant of which it is not said how many people took part counts as one.
    """
    if kind == "capacity_sharing":
        return 0, 0, _hundredths(terms["hours"])
    if kind != "shared_training":
        return 0, 0, 0
    told = {row["firm"]: row["trainees"] for row in terms.get("trainees") or ()}
    people = sum(told.get(firm, 1) for firm in firms)
    return _hundredths(terms["hours"]) * people, people, 0


def _hundredths(hours: object) -> int:
    return round(Decimal(str(hours)) * HUNDREDTHS)
