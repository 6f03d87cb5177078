"""Closing an epoch: from what all firms of a network say of each other to whose word counts how much. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from ledger.projections.trust.parameters import GROUPS

GRAIN = 1000  # credibility is kept in thousandths: a day without news leaves most of them as they are


class Said(NamedTuple):
    """All that one firm says of another, in units of strength."""

    about: UUID
    by: UUID
    good: int
    bad: int


def believe(said: Sequence[Said], verified: Mapping[UUID, str], worth: float) -> dict[UUID, int]:
    """Return the credibility of every firm that is believed at all, in thousandths.

    `verified` names the authority that verified a firm, `worth` is what a unit of strength is worth that day.
    The order of `said` and of `verified` does not matter, to the last bit.
    """
    from ledger.projections.trust.flow import credibility, pairs_of

    firms = sorted({*verified, *(one.about for one in said), *(one.by for one in said)})
    number = {firm: n for n, firm in enumerate(firms)}
    seeds = [[number[firm] for firm in group] for group in groups(verified)]
    rows = sorted((number[one.about], number[one.by], one.good, one.bad) for one in said)
    found = (credibility(pairs_of(rows, len(firms), worth), seeds) * GRAIN).tolist()
    return {firm: grains for firm, share in zip(firms, found, strict=True) if (grains := round(share))}


def groups(verified: Mapping[UUID, str]) -> list[list[UUID]]:
    """Divide verified firms into five groups of about the same size, none of which can carry a firm alone.

    What one authority has verified stays together, unless it is more than a fifth of all: then it is divided, so
    that one firm verified by mistake still carries nobody.
    """
    divided: list[list[UUID]] = [[] for _ in range(GROUPS)]
    for together in _inseparable(verified):
        min(divided, key=len).extend(together)
    return [group for group in divided if group]


def _inseparable(verified: Mapping[UUID, str]) -> Iterable[list[UUID]]:
    by_authority: dict[str, list[UUID]] = defaultdict(list)
    for firm in sorted(verified):
        by_authority[verified[firm]].append(firm)
    sizes = Counter(verified.values())
    for authority in sorted(sizes, key=lambda name: (-sizes[name], name)):
        firms = by_authority[authority]
        yield from ([firms] if len(firms) * GROUPS <= len(verified) else ([firm] for firm in firms))
