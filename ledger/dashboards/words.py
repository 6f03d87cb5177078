"""Pages in three languages: catalogues read from text when the service starts, and who reads which."""

from __future__ import annotations

from functools import cache, cached_property
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, g, request
from flask_babel import Babel, Domain
from flask_babel import ngettext as said_of_many

from ledger.web.languages import chosen

CATALOGUES = Path(__file__).parent / "translations"
COOKIE = "language"
YEAR = 365 * 24 * 3600  # seconds
# Pages tell the time of the members; the log tells UTC.
TIME_ZONE = "Europe/Berlin"


class Catalogues(Domain):  # type: ignore[misc]
    """All catalogues of a language as one: a page keeps its words in a file of its own."""

    def get_translations(self) -> Translations:
        """Return the translations of the language that the page is read in."""
        return translations(language())


class Words(Babel):  # type: ignore[misc]
    """Flask-Babel with catalogues that nobody has to compile."""

    @cached_property
    def domain_instance(self) -> Domain:
        """The one domain of messages."""
        return Catalogues()


@cache
def translations(language: str) -> Translations:
    """Return everything that is said in a language; English stands in the pages themselves."""
    together = Translations()
    for file in sorted((CATALOGUES / language).glob("*.po")):
        compiled = BytesIO()
        with file.open("rb") as source:
            write_mo(compiled, read_po(source, locale=language))
        compiled.seek(0)
        together.merge(Translations(compiled))
    return together


def gettext(words: str, **places: object) -> str:
    """Return what a page says in the reader's language, with its places filled."""
    found = translations(language()).gettext(words)  # Flask-Babel takes as long to find the catalogue as a dot to draw
    return found % places if places else found


def ngettext(one: str, many: str, num: int, **places: object) -> str:
    """Return what a page says of so many."""
    return str(said_of_many(one, many, num, **places))


def language() -> str:
    """Return the language of this page: the one asked for, else the one chosen before, else the browser's."""
    found: str | None = g.get("language")
    if found is None:
        found = g.language = chosen(request.args.get("lang") or request.cookies.get(COOKIE, ""))
    return found


def register(app: Flask) -> None:
    """Make the words known to every template."""
    Words(app, locale_selector=language, default_timezone=TIME_ZONE)
