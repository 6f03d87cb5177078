"""Small documents of made-up firms, and the firms, for the tests of this room."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from uuid import UUID

from facturx import generate_from_binary
from pypdf import PdfWriter

from ledger.intake.matching import KnownFirm

DOCUMENTS = Path(__file__).parents[1] / "documents"
UBL = (DOCUMENTS / "invoice_ubl.xml").read_bytes()
CII = (DOCUMENTS / "invoice_cii.xml").read_bytes()
CREDIT_NOTE = (DOCUMENTS / "credit_note_ubl.xml").read_bytes()

LATHE = KnownFirm(
    UUID(int=1),
    "Musterdreherei Nord GmbH",
    "DE",
    "Neumünster",
    {"vat": "DE136695976", "handelsregister": "Kiel HRB 1234 NM"},
)
DANES = KnownFirm(UUID(int=2), "Prøve Maskinfabrik ApS", "DK", "Flensborg", {"cvr": "13585628"})
WELDERS = KnownFirm(
    UUID(int=3),
    "Probe-Schweißtechnik GmbH & Co. KG",
    "DE",
    "Flensburg",
    {"handelsregister": "Flensburg HRB 4321"},
)
FIRMS = [LATHE, DANES, WELDERS]


def empty_pdf() -> bytes:
    """Return a PDF of one blank page without attachments."""
    return pdf_with()


def pdf_with(**attachments: bytes) -> bytes:
    """Return a PDF with these files attached, "_" standing for "." in their names."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    for name, content in attachments.items():
        writer.add_attachment(name.replace("_", "."), content)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def zugferd(xml: bytes = CII) -> bytes:
    """Return a ZUGFeRD PDF as other software writes it."""
    made: bytes = generate_from_binary(empty_pdf(), xml, flavor="factur-x", level="en16931", check_xsd=False)
    return made
