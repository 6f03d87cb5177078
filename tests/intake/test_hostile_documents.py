"""Whatever is sent in, the answer is a draft or an `Invalid`."""

from __future__ import annotations

import time
import tracemalloc
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from ledger.domain.errors import DocumentTooLarge, Invalid, InvalidDocument
from ledger.intake import guarded_pdf, guarded_xml
from ledger.intake.drafts import draft
from tests.intake.papers import CII, CREDIT_NOTE, FIRMS, UBL, empty_pdf, pdf_with, zugferd

DTD = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
HEAD, BODY = UBL.split(b"?>\n", 1)
LEVELS = b"<a>" * 100_000


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n\t",
        b"\0",
        b"<",
        b"<\0",
        b"\xff\xfe",
        b"\xff\xfe<\0\xd8\xd8",
        b"{}",
        b"<a/>",
        b"<html><body/></html>",
        HEAD + b"?>" + DTD + BODY.replace(b"2026-117", b"&b;"),
        HEAD + b"?>" + EXTERNAL + BODY.replace(b"2026-117", b"&a;"),
        HEAD + b"?>" + b'<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">' + BODY,
        UBL.replace(b"2026-117", b"2026\0-117"),
        UBL.replace(b"2026-117", b"&#0;"),
        UBL.replace(b"2026-117", b"&nbsp;"),
        UBL.replace(b'"UTF-8"', b'"UTF-7"'),
        UBL.replace(b'"UTF-8"', b'"nonsense"'),
        UBL.replace("Prøve".encode(), b"Pr\xf8ve"),
        UBL[:-20],
        UBL + UBL,
        UBL.replace(b">EUR<", b"><"),
        UBL.replace(b">EUR<", b">EUR'] | //*[count(//*) > 1<"),
        UBL.replace(b"<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>", b""),
        UBL.replace(b":Invoice-2", b":Invoice-3"),
        CII.replace(b"CrossIndustryInvoice", b"CrossIndustryDocument"),
        CII.replace(b"CrossIndustryInvoice", b"SCRDMCCBDACIOMessageStructure"),
        b"%PDF-1.7\n",
        b"%PDF-1.7\n%%EOF",
        empty_pdf(),
        pdf_with(notes_txt=b"hello"),
        pdf_with(invoice_xml=b"<a/>"),
        pdf_with(invoice_xml=b"no xml"),
        pdf_with(invoice_xml=DTD + b"<a/>"),
        zugferd()[:-2_000],
        zugferd()[: len(zugferd()) // 3],
    ],
)
def test_what_is_no_invoice_is_refused(content: bytes) -> None:
    """Every refusal is an `InvalidDocument` that says something."""
    with pytest.raises(InvalidDocument) as refused:
        draft(content, FIRMS)
    assert refused.value.detail.endswith(".")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (CII.replace(b"CrossIndustryInvoice", b"CrossIndustryDocument"), "ZUGFeRD 1"),
        (CII.replace(b"CrossIndustryInvoice", b"SCRDMCCBDACIOMessageStructure"), "Order-X"),
        (
            pdf_with(order_xml=CII.replace(b"CrossIndustryInvoice", b"SCRDMCCBDACIOMessageStructure")),
            "Order-X",
        ),
        (empty_pdf(), "no XML attached"),
        (b"", "empty"),
    ],
)
def test_a_refusal_says_what_it_is_and_what_is_read(content: bytes, said: str) -> None:
    """Who sends a ZUGFeRD 1 invoice learns that version 2 is read."""
    with pytest.raises(InvalidDocument, match=said) as refused:
        draft(content, FIRMS)
    assert "ZUGFeRD from version 2" in refused.value.detail


@pytest.mark.parametrize(
    "content",
    [
        LEVELS,
        LEVELS + b"</a>" * 100_000,
        b"<a>" + b"<b/>" * 200_000 + b"</a>",
        UBL.replace(b"</Invoice>", b"<a/>" * 200_000 + b"</Invoice>"),
        b"<a " + b" ".join(b'b%d=""' % n for n in range(100_000)) + b"/>",
        pdf_with(invoice_xml=b" " * 6_000_000 + CII),
        b"%PDF-1.7\n" + b"trailer<</Root 1 0 R>>\n" * 400_000 + b"startxref\n9\n%%EOF",
        b"%PDF-1.7\n" + b"startxref\n9\n" * 800_000,
        b"%PDF-1.7\n" + b"1 0 obj<<>>endobj\n" * 400_000,
        b" " * 10_000_001,
    ],
    ids=[
        "open",
        "deep",
        "full",
        "full invoice",
        "attributes",
        "large attachment",
        "trailers",
        "starts",
        "objects",
        "large",
    ],
)
def test_what_is_too_large_is_refused_soon(content: bytes) -> None:
    """The caps hold while reading, before anything large is built."""
    begin = time.process_time()
    with pytest.raises(DocumentTooLarge):
        draft(content, FIRMS)
    assert time.process_time() - begin < 2


def test_the_size_allowed_is_the_callers_to_say() -> None:
    """The service's setting decides."""
    with pytest.raises(DocumentTooLarge, match="1,000"):
        draft(UBL, FIRMS, largest=1_000)


def test_a_decompression_bomb_does_not_unfold() -> None:
    """A PDF of 200 kB that would unpack to 200 MB takes little memory."""
    bomb = _bomb(200_000_000)
    assert len(bomb) < 300_000
    tracemalloc.start()
    with pytest.raises(Invalid):
        draft(bomb, FIRMS)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 30_000_000


def test_an_encrypted_pdf_is_refused() -> None:
    """It is said that it is the encryption."""
    writer = PdfWriter()
    writer.add_blank_page(10, 10)
    writer.add_attachment("factur-x.xml", CII)
    writer.encrypt("secret", algorithm="RC4-128")
    with pytest.raises(InvalidDocument, match="encrypted"):
        draft(_written(writer), FIRMS)


@pytest.mark.parametrize("repeated", [b"<cac:InvoiceLine/>", b"<cbc:Note>n</cbc:Note>", b"<cac:Contact/>"])
def test_many_lines_are_cut_and_it_is_said(repeated: bytes) -> None:
    """The library asks some sixty questions of each line: without a cut an invoice could take minutes."""
    begin = time.process_time()
    made = draft(UBL.replace(b"</Invoice>", repeated * 40_000 + b"</Invoice>"), FIRMS)
    assert time.process_time() - begin < 2
    said = "not-read-whole" in [warning["code"] for warning in made.warnings]
    assert said is (b"Contact" not in repeated)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_other_encodings_of_unicode_are_read(encoding: str) -> None:
    """With a byte order mark or without, after an empty line too."""
    text = UBL.decode().replace('"UTF-8"', f'"{encoding.removesuffix("-sig").upper()}"')
    expected = draft(UBL, FIRMS).body["parties"]
    assert draft(text.encode(encoding), FIRMS).body["parties"] == expected
    assert draft(b"\n \r\n" + UBL, FIRMS).body["parties"] == expected


def test_a_latin_1_document_is_read_as_it_says() -> None:
    """The XML declaration names the encoding."""
    latin = UBL.decode().replace('"UTF-8"', '"ISO-8859-1"').encode("latin-1")
    assert draft(latin, FIRMS).body["parties"] == draft(UBL, FIRMS).body["parties"]


@pytest.mark.parametrize("sample", [UBL, CII, CREDIT_NOTE])
def test_the_first_invoice_among_the_attachments_counts(sample: bytes) -> None:
    """The names that the standards give go first; other XML is passed over."""
    pdf = pdf_with(aaa_xml=b"<a/>", xrechnung_xml=sample)
    assert draft(pdf, FIRMS).document["syntax"] == "ZUGFeRD PDF"


@given(st.binary(max_size=300))
def test_any_bytes_give_a_draft_or_an_invalid(content: bytes) -> None:
    """No other exception leaves the room."""
    for lead in (b"", b"<", b"%PDF-1.7\n", b"\xff\xfe"):
        with pytest.raises(Invalid):
            draft(lead + content, FIRMS)


@settings(max_examples=150, deadline=2_000)
@given(st.data())
def test_any_damage_to_a_document_gives_a_draft_or_an_invalid(data: st.DataObject) -> None:
    """Bytes changed, cut out or put in: still only an `Invalid` leaves the room."""
    content = data.draw(st.sampled_from([UBL, CII, CREDIT_NOTE, ZUGFERD]))
    at = data.draw(st.integers(0, len(content) - 1))
    width = data.draw(st.integers(0, 40))
    try:
        made = draft(content[:at] + data.draw(st.binary(max_size=40)) + content[at + width :], FIRMS)
    except Invalid:
        return
    assert made.body["kind"] == "subcontract"


@settings(max_examples=150, deadline=2_000)
@given(st.sampled_from([UBL, CII, CREDIT_NOTE]), st.integers(0, 100), st.text(max_size=60))
def test_any_text_in_any_place_gives_a_draft_or_an_invalid(content: bytes, place: int, text: str) -> None:
    """Well-formed XML with nonsense in it is still only refused or read."""
    parts = content.decode().split(">")
    inside = [n for n, part in enumerate(parts) if part.rpartition("<")[0].strip()]
    at = inside[place % len(inside)]
    written = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    parts[at] = written + parts[at][parts[at].rindex("<") :]
    try:
        made = draft(">".join(parts).encode("utf-8", "ignore"), FIRMS)
    except Invalid:
        return
    assert len(made.body["title"]) <= 120


def test_the_caps_are_far_above_a_real_invoice() -> None:
    """An invoice of a thousand lines is read whole."""
    assert guarded_xml.MOST_ELEMENTS >= 40 * 1_000
    assert guarded_pdf.LARGEST_XML >= 4_000 * 1_000


ZUGFERD = zugferd()


def _bomb(size: int) -> bytes:
    """Return a PDF whose attachment unpacks to `size` bytes, and says that it is small."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(size // 1_000_000)) + packer.flush()
    writer = PdfWriter()
    writer.add_blank_page(10, 10)
    attached = writer.add_attachment("factur-x.xml", b"x")
    stream = attached.pdf_object["/EF"]["/F"].get_object()  # type: ignore[index]
    assert isinstance(stream, StreamObject)
    stream._data = packed
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    file = BytesIO()
    writer.write(file)
    assert PdfReader(file) is not None
    return file.getvalue()
