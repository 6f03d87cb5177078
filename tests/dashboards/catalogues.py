"""What the pages say, as it stands in templates and code, and what the catalogues make of it."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from ledger.dashboards import words

ROOM = Path(words.__file__).parent
METHODS = [("**/templates/**.html", "jinja2.ext.babel_extract"), ("**.py", "python")]
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "lazy_ngettext": (1, 2)}
OPTIONS = {"**/templates/**.html": {"extensions": "jinja2.ext.i18n", "trimmed": "true", "silent": "false"}}

Message = str | tuple[str, ...]


def said() -> dict[Message, str]:
    """Every message of the pages, with a place where it stands."""
    found = extract_from_dir(ROOM, METHODS, OPTIONS, KEYWORDS)
    return {
        message if isinstance(message, str) else tuple(message): f"{file}:{line}" for file, line, message, *_ in found
    }


def translated(language: str) -> list[tuple[Path, Catalog]]:
    """Every catalogue of a language."""
    return [(file, _read(file, language)) for file in sorted((ROOM / "translations" / language).glob("*.po"))]


def _read(file: Path, language: str) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=language)
