"""PDF files of referrals, from strangers: only the signed token attached to them is read, under the caps of all PDF."""

from __future__ import annotations

from io import BytesIO
from itertools import islice

from pypdf import PdfReader, apply_configuration

from ledger.intake.guarded_pdf import CAPS, MOST_ATTACHMENTS, MOST_OF

ENDING = ".jwt"


def attached_token(document: bytes) -> str:
    """Return the token in a referral's PDF file; what holds none, or is too much to look at, has an empty one."""
    if any(document.count(word) > most for word, most in MOST_OF.items()):
        return ""
    try:
        with apply_configuration(CAPS):
            reader = PdfReader(BytesIO(document), root_object_recovery_limit=1_000, xref_stream_maximum_entries=100_000)
            files = islice(reader.attachment_list, MOST_ATTACHMENTS)
            found = next((bytes(file.content) for file in files if str(file.name).endswith(ENDING)), b"")
    except Exception:  # noqa: BLE001 - a broken file makes pypdf raise nearly anything
        return ""
    return found.decode("ascii", "replace")
