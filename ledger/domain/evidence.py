"""A document that backs a collaboration: its SHA-256, media type and title, never its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypedDict

from ledger.domain.errors import Fault, InvalidEvidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,90}", re.ASCII)
LONGEST_TITLE = 200


class Evidence(TypedDict):
    """A document as it stands in events."""

    sha256: str
    media_type: str
    title: str


def read_evidence(document: Evidence, pointer: str, known: Iterable[Evidence] = ()) -> Evidence:
    """Return the document in its normal form; raise `InvalidEvidence` when malformed or attached already."""
    read = Evidence(
        sha256=document["sha256"].lower(),
        media_type=document["media_type"].lower(),
        title=document["title"].strip(),
    )
    faults = list(_faults(read, pointer))
    if any(read["sha256"] == other["sha256"] for other in known):
        faults.append(Fault(f"{pointer}/sha256", "This document is attached already."))
    if faults:
        raise InvalidEvidence(faults[0].detail, faults=faults)
    return read


def read_all(documents: Sequence[Evidence], pointer: str, most: int) -> list[Evidence]:
    """Read at most `most` documents, each once."""
    if len(documents) > most:
        detail = f"At most {most} documents back one collaboration."
        raise InvalidEvidence(detail, faults=[Fault(pointer, detail)])
    read: list[Evidence] = []
    for n, document in enumerate(documents):
        read.append(read_evidence(document, f"{pointer}/{n}", read))
    return read


def _faults(document: Evidence, pointer: str) -> Iterable[Fault]:
    if not SHA256.fullmatch(document["sha256"]):
        yield Fault(f"{pointer}/sha256", "A SHA-256 is written as 64 hexadecimal digits.")
    if not MEDIA_TYPE.fullmatch(document["media_type"]):
        yield Fault(f"{pointer}/media_type", "A media type such as application/pdf is expected.")
    if not 1 <= len(document["title"]) <= LONGEST_TITLE:
        yield Fault(f"{pointer}/title", f"A title of 1 to {LONGEST_TITLE} characters is expected.")
