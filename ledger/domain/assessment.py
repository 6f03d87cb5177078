"""What one party says of another after the work: its shape and its rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, cast
from uuid import UUID

from ledger.domain.errors import Fault, InvalidAssessment
from ledger.domain.kinds.kind import Measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.domain.kinds.kind import Kind

MOST_DEFECTS = 1_000_000
BEST_RATING = 5
LONGEST_COMMENT = 500


class Assessment(TypedDict, total=False):
    """One firm on another, as it stands in events; measures that were not given are absent."""

    by: UUID
    about: UUID
    on_time: bool
    accepted: bool
    defects: int
    paid_on_time: bool
    rating: int
    comment: str


def read_assessment(
    kind: Kind, by: UUID, given: Mapping[str, Any], pointer: str, parties: Sequence[UUID]
) -> Assessment:
    """Return the assessment `by` gives; raise `InvalidAssessment` unless it fits the kind and the parties."""
    measures = {name.value: given[name] for name in Measure if given.get(name) is not None}
    faults = [*_about(by, given.get("about"), pointer, parties), *_measures(kind, measures, pointer)]
    if faults:
        raise InvalidAssessment(faults[0].detail, faults=faults)
    comment = {"comment": given["comment"]} if given.get("comment") else {}
    return cast("Assessment", {"by": by, "about": given["about"], **measures, **comment})


def _about(by: UUID, about: object, pointer: str, parties: Sequence[UUID]) -> list[Fault]:
    if about == by:
        return [Fault(f"{pointer}/about", "A firm cannot assess itself.")]
    if about not in parties:
        return [Fault(f"{pointer}/about", "Only another party of this collaboration can be assessed.")]
    return []


def _measures(kind: Kind, measures: Mapping[str, Any], pointer: str) -> list[Fault]:
    names = ", ".join(kind.measures) or "nothing"
    if not measures:
        return [Fault(pointer, f"At least one measure is expected; a {kind.name} takes {names}.")]
    return [
        Fault(f"{pointer}/{name}", f"A {kind.name} does not measure this; it takes {names}.")
        for name in measures
        if name not in kind.measures
    ] + [
        Fault(f"{pointer}/{name}", f"A whole number from {low} to {high} is expected.")
        for name, low, high in ((Measure.DEFECTS, 0, MOST_DEFECTS), (Measure.RATING, 1, BEST_RATING))
        if name in measures and not low <= measures[name] <= high
    ]
