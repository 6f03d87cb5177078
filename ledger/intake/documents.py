"""Bytes become a document: what it is stands in its content, whatever the request says it is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.domain.errors import DocumentTooLarge, InvalidDocument
from ledger.intake import guarded_pdf, guarded_xml
from ledger.intake.texts import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

LARGEST = 10_000_000
XML, PDF = "application/xml", "application/pdf"
UBL = "urn:oasis:names:specification:ubl:schema:xsd"
UBL_INVOICE = f"{{{UBL}:Invoice-2}}Invoice"
UBL_CREDIT_NOTE = f"{{{UBL}:CreditNote-2}}CreditNote"
CII_INVOICE = "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}CrossIndustryInvoice"
SYNTAXES = {UBL_INVOICE: "UBL", UBL_CREDIT_NOTE: "UBL", CII_INVOICE: "CII"}
PROFILES = (
    f"{{{UBL}:CommonBasicComponents-2}}CustomizationID",
    "{*}ExchangedDocumentContext/{*}GuidelineSpecifiedDocumentContextParameter/{*}ID",
)
READ = (
    "Read are invoices and credit notes in UBL 2.1, invoices in UN/CEFACT CII (D16B), "
    "and PDF files of ZUGFeRD from version 2, Factur-X or XRechnung"
)
OTHERS = {
    "CrossIndustryDocument": "The document is a ZUGFeRD 1 invoice.",
    "SCRDMCCBDACIOMessageStructure": "The document is an Order-X order, no invoice.",
    "Order": "The document is an order, no invoice.",
}


@dataclass(frozen=True, slots=True)
class Document:
    """An invoice as it came: `sha256` is of all its bytes, `root` of the XML in it."""

    sha256: str
    media_type: str
    syntax: str
    profile: str
    root: etree._Element


def read(content: bytes, largest: int = LARGEST) -> Document:
    """Recognise a document of at most `largest` bytes; raise `InvalidDocument` or `DocumentTooLarge`."""
    if len(content) > largest:
        raise DocumentTooLarge(f"The document has {len(content):,} bytes; {largest:,} are read at most.")
    sha256 = hashlib.sha256(content).hexdigest()
    if guarded_xml.looks_like_xml(content):
        root = guarded_xml.parse(content)
        return Document(sha256, XML, _syntax(root), _profile(root), root)
    # Readers of PDF accept up to 1,024 bytes of anything before the header.
    if b"%PDF-" in content[:1024]:
        root = _invoice_among(guarded_pdf.attached_xml(content))
        return Document(sha256, PDF, "ZUGFeRD PDF", _profile(root), root)
    what = "neither XML nor PDF" if content.strip() else "empty"
    raise InvalidDocument(f"The document is {what}. {READ}.")


def _invoice_among(files: Sequence[bytes]) -> etree._Element:
    refusal = InvalidDocument(f"No XML attached to the PDF file is an invoice. {READ}.")
    for file in files:
        try:
            root = guarded_xml.parse(file)
            _syntax(root)
        except InvalidDocument as error:
            refusal = error
        else:
            return root
    raise refusal


def _syntax(root: etree._Element) -> str:
    syntax = SYNTAXES.get(str(root.tag))
    if syntax is None:
        name = str(root.tag).rpartition("}")[2]
        raise InvalidDocument(f"{OTHERS.get(name, 'The document is XML, but no known invoice.')} {READ}.")
    return syntax


def _profile(root: etree._Element) -> str:
    texts = (one_line(root.findtext(path)) for path in PROFILES)
    return next(filter(None, texts), "")
