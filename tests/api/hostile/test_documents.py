"""A few hostile documents sent to the invoice reader; the room of the intake has many more."""

from __future__ import annotations

import pytest

from tests.api.hostile.exchange import Request
from tests.api.hostile.seeds import INVOICE
from tests.api.hostile.world import World

LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12)
)
DOCUMENTS = {
    "entities upon entities": LAUGHS + b"]><x>&m;</x>",
    "a file of the server": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "an address elsewhere": b'<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd"><x/>',
    "half a document": INVOICE[: len(INVOICE) // 2],
    "another document": b"<html/>",
    "nesting": b"<a>" * 100_000,
    "attributes": b"<a " + b" ".join(b'a%d=""' % n for n in range(100_000)) + b"/>",
    "an unknown encoding": b'<?xml version="1.0" encoding="nonsense"?><x/>',
    "bytes": bytes(range(256)) * 1000,
    "the beginning of a PDF": b"%PDF-1.7\n",
    "a PDF of nothing": b"%PDF-1.7\n"
    + b"1 0 obj <<>> endobj " * 10_000
    + b"trailer << /Root 1 0 R >> startxref 9 %%EOF",
    "a PDF within itself": b"%PDF-1.7\n1 0 obj 1 0 R endobj\ntrailer <</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF",
    "spaces": b" " * 5_000_000,
    "too much": b"<a>" + b" " * 10_000_000 + b"</a>",
}


@pytest.mark.parametrize("content_type", ["application/xml", "application/pdf", "text/plain", "", "\xff/\xfe"])
@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_hostile_documents_are_refused(world: World, document: bytes, content_type: str) -> None:
    """Whatever a document is called and holds, it is read or refused at once, and nothing is fetched."""
    answer = world.answer(Request("POST", "/v1/invoices", "firm", raw=document, content_type=content_type))
    assert answer.status in {400, 413, 415, 422}, answer.text


def test_no_document_is_asked_for(world: World) -> None:
    """An empty body is answered with what is expected."""
    answer = world.answer(Request("POST", "/v1/invoices", "firm", raw=b"", content_type="application/xml"))
    assert (answer.status, answer.json["code"]) == (400, "malformed")


def test_a_firm_without_a_town_stops_nobody(world: World) -> None:
    """Invoices are read whatever the directory leaves open."""
    world.make("/v1/firms", {"name": "Example firm", "country": "DE"}, "office")
    invoice = Request("POST", "/v1/invoices", "firm", raw=INVOICE, content_type="application/xml")
    assert world.answer(invoice).status == 200
