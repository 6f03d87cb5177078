"""XML from strangers: read by the defused parser alone, under caps that hold while it reads."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, cast

from defusedxml.ElementTree import DefusedXMLParser
from lxml import etree

from ledger.domain.errors import DocumentTooLarge, Invalid, InvalidDocument

if TYPE_CHECKING:
    from collections.abc import Mapping

# An invoice line takes some 30 elements and ten levels.
MOST_ELEMENTS = 50_000
DEEPEST = 40
# libxml2 searches an element's attributes one by one: half a million of them would take hours.
MOST_ATTRIBUTES = 50
WHITE = b" \t\r\n"
UTF_16 = {
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}


class _CappedBuilder:
    """Builds an lxml tree from the defused parser's events, and stops at the caps.

    One parser for checking and reading: two could understand the same bytes differently.
    """

    def __init__(self) -> None:
        self._builder = etree.TreeBuilder()
        self._depth = self._count = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._count > MOST_ELEMENTS or self._depth > DEEPEST or len(attributes) > MOST_ATTRIBUTES:
            raise DocumentTooLarge(
                f"An invoice has at most {MOST_ELEMENTS:,} elements, {DEEPEST} levels of them, "
                f"and {MOST_ATTRIBUTES} attributes on one.",
            )
        self._builder.start(tag, {name: value for name, value in attributes.items()})  # noqa: C416 - typed

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._builder.end(tag)

    def data(self, text: str) -> None:
        self._builder.data(text)

    def close(self) -> etree._Element:
        return self._builder.close()


def parse(document: bytes) -> etree._Element:
    """Return the root element; raise `InvalidDocument` or `DocumentTooLarge`."""
    try:
        parser = DefusedXMLParser(target=_CappedBuilder(), forbid_dtd=True)
        parser.feed(_decoded(document))
        return cast("etree._Element", parser.close())  # noqa: SLF001 - lxml has no public name for it
    except Invalid:
        raise
    except Exception as error:  # expat, codecs, defusedxml and lxml each raise their own
        raise InvalidDocument(
            "The document is no well-formed XML without a document type definition (DOCTYPE).",
        ) from error


def looks_like_xml(document: bytes) -> bool:
    """Tell whether the first visible character is "<", in UTF-8 or UTF-16."""
    start = document.removeprefix(codecs.BOM_UTF8).lstrip(WHITE)[:2]
    return start.startswith(b"<") or start in UTF_16


def _decoded(document: bytes) -> str | bytes:
    # expat wants the XML declaration first; files from mail programs often begin with an empty line.
    plain = document.removeprefix(codecs.BOM_UTF8).lstrip(WHITE)
    encoding = UTF_16.get(plain[:2])
    if encoding is None:
        return plain
    return plain.decode(encoding).lstrip("\ufeff \t\r\n")
