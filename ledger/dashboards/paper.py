"""Pages as PDF files: tagged, in the light palette, from nothing but what the page itself holds, alike each time."""

from __future__ import annotations

import logging
import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ledger.dashboards.assets import FOLDER
from ledger.web.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

BOTH = re.compile(r"light-dark\(([^,]+),\s*[^)]+\)")  # WeasyPrint knows one palette: that of paper
VARIANT = "pdf/ua-1"
NO_PRINTER = "PDF is not available here: the operator can install Pango. The page itself can be printed."

logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it complains of each rule that is for screens
logging.getLogger("fontTools").setLevel(logging.CRITICAL)


def available() -> bool:
    """Tell whether this machine can print: WeasyPrint needs Pango, which not every one has."""
    try:
        _weasyprint()
    except Refusal:
        return False
    return True


def pdf(html: str, identifier: str, *sheets: str, attachments: Sequence[Any] = ()) -> bytes:
    """Return a page, dressed by these stylesheets, as a file; no clock and no chance goes into it.

    Raises a 503 `Refusal` where nothing can print.
    """
    weasyprint = _weasyprint()
    made: bytes = weasyprint.HTML(string=html, url_fetcher=_nothing).write_pdf(
        stylesheets=[weasyprint.CSS(string=stylesheet(*sheets), url_fetcher=_nothing)],
        pdf_variant=VARIANT,
        pdf_identifier=identifier.encode(),
        attachments=list(attachments),
    )
    return made


def attachment(text: str, name: str, description: str, at: datetime) -> Any:
    """Return a text as a file within a file; raise a 503 `Refusal` where nothing can print."""
    return _weasyprint().Attachment(
        string=text, name=name, description=description, created=at, modified=at, relationship="Data"
    )


@cache
def stylesheet(*sheets: str) -> str:
    """Return these stylesheets in the light palette."""
    return BOTH.sub(r"\1", "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in sheets))


def _weasyprint() -> Any:
    try:
        return import_module("weasyprint")  # it loads Pango, and takes its time
    except OSError as error:
        raise Refusal(503, "unavailable", NO_PRINTER) from error


def _nothing(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"a page on paper loads nothing: {url}")
