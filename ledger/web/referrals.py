"""A referral as its reader gets it: composed for a viewer, noted when a bank looks, and signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from flask import current_app

from ledger.delivery import referral_token
from ledger.delivery.referral_document import compose
from ledger.delivery.referral_events import behind
from ledger.domain.actor import OPERATOR
from ledger.projections.referrals import queries
from ledger.web.kept import kept
from ledger.web.reading import note_look_of
from ledger.web.signing import issuer, log_at, signing_key
from ledger.web.soundness import require_sound_log

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from ledger.domain.actor import Actor
    from ledger.subscriptions.reading import Reading

PDF = "application/pdf"
PRINTER = "referral_pdf"  # the name under which the application keeps who prints: the pages, which faces cannot import
MOST_KEPT = 300  # parts of referrals; the largest, of 600 jobs, is some two hundred kilobytes
T = TypeVar("T")
ROOMS = ("referrals", "firms", "collaborations", "partnerships", "trust", "networks")


def looked_at(reading: Reading, viewer: Actor, referral: UUID) -> dict[str, Any]:
    """Return the document of a referral, true for its position, and record a bank's look.

    Raises `NotFound` where the viewer may not see it; `reading` has the `ROOMS`.
    """
    issued = queries.one(reading, viewer, referral)
    document = compose(reading, viewer, issued, keep)
    note_look_of(viewer, reading, UUID(issued["firm"]), "referral")
    return document


def keep(key: Hashable, make: Callable[[], T]) -> T:
    """Return what of a referral can never change again, such as its figures: kept from an earlier look, or made.

    Nothing under which a reader may look is among it: that is decided before, anew each time.
    """
    return kept("referrals", MOST_KEPT, key, make)


def signed(reading: Reading, document: dict[str, Any], parts: Iterable[str]) -> str:
    """Return a document as a signed token that discloses these parts; the same each time."""
    standing = queries.standing(reading, UUID(document["id"]))
    assert standing is not None  # nosec B101 # noqa: S101 - it has just been read
    pinning = log_at(document["position"], behind(reading, OPERATOR, document))  # its viewer was asked for with it
    return referral_token.issue(document, signing_key(), issuer(), standing.index, parts, pinning)


def printed(reading: Reading, viewer: Actor, document: dict[str, Any]) -> bytes:
    """Return a document as a sealed PDF file in the reader's language, with the signed token in it.

    Raises `Refusal` where this installation cannot print, or must not seal.
    """
    require_sound_log()
    printer: Callable[[Reading, Actor, dict[str, Any]], bytes] = current_app.extensions[PRINTER]
    return printer(reading, viewer, document)
