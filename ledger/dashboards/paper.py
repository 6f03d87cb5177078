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
# What fills more than a sheet of A4 is set on a larger one, which is then made smaller.
LARGER = (1, 1.06, 1.12, 1.18)
SHEET = "@page {{ size: {:.2f}mm {:.2f}mm }}"
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


def pdf(html: str, identifier: str, *sheets: str, attachments: Sequence[Any] = (), one_sheet: bool = False) -> bytes:
    """Return a page, dressed by these stylesheets, as a file; no clock and no chance goes into it.

    With `one_sheet` it is made smaller, as far as can be read, until it fits a single one.
    Raises a 503 `Refusal` where nothing can print.
    """
    options = {"pdf_variant": VARIANT, "pdf_identifier": identifier.encode(), "attachments": list(attachments)}
    for larger in LARGER if one_sheet else LARGER[:1]:
        drawn = _drawn(html, larger, sheets, options)
        if len(drawn.pages) == 1:
            break
    made: bytes = drawn.write_pdf(zoom=1 / larger, **options)
    return made


def _drawn(html: str, larger: float, sheets: tuple[str, ...], options: dict[str, Any]) -> Any:
    weasyprint = _weasyprint()
    rules = [stylesheet(*sheets)] + ([SHEET.format(210 * larger, 297 * larger)] if larger > 1 else [])
    dressed = [weasyprint.CSS(string=one, url_fetcher=_nothing) for one in rules]
    return weasyprint.HTML(string=html, url_fetcher=_nothing).render(stylesheets=dressed, **options)


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
