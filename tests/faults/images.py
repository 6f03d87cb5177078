"""What a disk may hold after the power was cut: all that was flushed, and any part of what was not.

Only bytes that a flush has covered are certain. Of later writes each may have reached the disk or not, whole or torn
between two of its sectors, in any order. A deletion is certain with the next flush of any file, as on file systems that
keep a journal of names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from tests.faults.recording import Cut, Flushed, Journal, Written

SECTOR = 512


@dataclass
class Disk:
    """One file: what is certain of it, and what was asked since, with its place in the journal."""

    certain: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, Written | Cut]] = field(default_factory=list)

    def flush(self, began: int) -> None:
        """Let what was asked before this place be certain."""
        while self.pending and self.pending[0][0] < began:
            _apply(self.certain, self.pending.pop(0)[1])

    def image(self, chance: Random) -> bytes:
        """Return what may be left of it."""
        held = bytearray(self.certain)
        reached = chance.choice((0.0, 0.5, chance.random(), 1.0))
        stopped = chance.randint(0, len(self.pending)) if chance.random() < 0.5 else len(self.pending)
        for _, step in self.pending[:stopped]:
            for part in _sectors(step):
                if chance.random() < reached:
                    _apply(held, part)
        return bytes(held)


def images(journal: Journal, number: int, chance: Random) -> Iterator[tuple[int, dict[str, bytes]]]:
    """Yield so many cuts: the place in the journal, and what may be left of each file."""
    places = sorted(chance.randint(1, len(journal)) for _ in range(number))
    disks: dict[str, Disk] = {}
    done = 0
    for place in places:
        for index in range(done, place):
            _take(disks, index, journal[index])
        done = place
        yield place, {path: disk.image(chance) for path, disk in disks.items()}


def _take(disks: dict[str, Disk], index: int, step: object) -> None:
    if isinstance(step, Written | Cut):
        disks.setdefault(step.path, Disk()).pending.append((index, step))
    elif isinstance(step, Flushed):
        disks.setdefault(step.path, Disk()).flush(step.began)
        for disk in disks.values():
            disk.flush(max((at + 1 for at, one in disk.pending if _deleted(one) and at < step.began), default=0))


def _deleted(step: Written | Cut) -> bool:
    return isinstance(step, Cut) and step.deleted


def _sectors(step: Written | Cut) -> Iterator[Written | Cut]:
    """Part a write where the disk may tear it."""
    if isinstance(step, Cut):
        yield step
        return
    begin, end = step.offset, step.offset + len(step.data)
    while begin < end:
        stop = min(end, begin - begin % SECTOR + SECTOR)
        yield Written(step.path, begin, step.data[begin - step.offset : stop - step.offset])
        begin = stop


def _apply(held: bytearray, step: Written | Cut) -> None:
    if isinstance(step, Cut):
        del held[step.size :]
        held.extend(bytes(step.size - len(held)))
        return
    held.extend(bytes(max(0, step.offset - len(held))))
    held[step.offset : step.offset + len(step.data)] = step.data
