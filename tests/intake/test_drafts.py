"""A document becomes a prefilled draft."""

from __future__ import annotations

import hashlib
import json
import logging

import pytest

from ledger.domain.kinds.subcontract import SUBCONTRACT
from ledger.intake.drafts import Draft, draft
from tests.intake import papers
from tests.intake.papers import CII, CREDIT_NOTE, DANES, FIRMS, LATHE, UBL, WELDERS


def _codes(made: Draft) -> list[str]:
    return [warning["code"] for warning in made.warnings]


# What tests/documents/invoice_ubl.xml says, in its own spelling.
STATED = {
    "number": "2026-117",
    "issued_on": "2026-11-10",
    "due_on": "2026-12-10",
    "delivered_on": None,
    "currency": "EUR",
    "net": "48200",
    "gross": "57358.00",
    "payable": "57358.00",
    "seller": {"name": "Musterdreherei Nord GmbH", "vat": "DE 136695976", "country": "DE", "town": "Neumünster"},
    "buyer": {"name": "Prøve Maskinfabrik ApS", "vat": None, "country": "DK", "town": "Flensborg"},
}


def test_a_ubl_invoice_fills_the_whole_body() -> None:
    """The body is what POST /v1/collaborations takes: buyer contracts, seller works, value without VAT."""
    made = draft(UBL, FIRMS)
    sha256 = hashlib.sha256(UBL).hexdigest()
    assert made.body == {
        "kind": "subcontract",
        "title": "Invoice 2026-117: Gear housings, second batch",
        "parties": [
            {"firm": str(DANES.id), "role": "contractor"},
            {"firm": str(LATHE.id), "role": "subcontractor"},
        ],
        "terms": {
            "value": {"amount": "48200.00", "currency": "EUR"},
            "period": {"from": "2026-09-14", "to": "2026-11-06"},
            "order_reference": "PO-4711",
            "contract_reference": "FRAME-26",
            "invoice_number": "2026-117",
        },
        "evidence": [{"sha256": sha256, "media_type": "application/xml", "title": "Invoice 2026-117"}],
        "document": sha256,
        "completed_on": "2026-11-06",
    }
    assert made.warnings == []
    assert made.document == {
        "sha256": sha256,
        "syntax": "UBL",
        "profile": "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
        **STATED,
    }


def test_the_terms_of_a_draft_are_accepted_by_the_kind() -> None:
    """What is prefilled can be sent as it is."""
    for document in (UBL, CII):
        made = draft(document, FIRMS)
        assert SUBCONTRACT.read_terms(made.body["terms"], []) == made.body["terms"]


def test_a_cii_invoice_takes_its_period_from_its_lines() -> None:
    """The hull of the lines' periods stands in for a missing period of the invoice."""
    made = draft(CII, FIRMS)
    assert made.document["syntax"] == "CII"
    assert made.body["terms"]["period"] == {"from": "2026-03-02", "to": "2026-03-27"}
    assert made.body["terms"]["value"] == {"amount": "19500.50", "currency": "DKK"}
    assert made.body["completed_on"] == "2026-03-27"
    assert [party["firm"] for party in made.body["parties"]] == [str(LATHE.id), str(WELDERS.id)]
    assert _codes(made) == ["weak-match"]


def test_a_zugferd_pdf_gives_the_draft_of_the_xml_inside() -> None:
    """Only the hash and the media type are the PDF's own."""
    pdf = papers.zugferd()
    made, plain = draft(pdf, FIRMS), draft(CII, FIRMS)
    assert made.document["syntax"] == "ZUGFeRD PDF"
    assert made.document["sha256"] == hashlib.sha256(pdf).hexdigest() == made.body["document"]
    assert made.body["evidence"][0]["media_type"] == "application/pdf"
    assert {key: made.body[key] for key in ("terms", "parties", "title", "completed_on")} == {
        key: plain.body[key] for key in ("terms", "parties", "title", "completed_on")
    }


def test_a_credit_note_has_no_value_and_says_why() -> None:
    """A credit note takes money back: its amount is no value of work."""
    made = draft(CREDIT_NOTE, FIRMS)
    assert "value" not in made.body["terms"]
    assert {"credit-note", "value-left-out"} <= set(_codes(made))
    assert any("2026-117" in warning["detail"] for warning in made.warnings)


@pytest.mark.parametrize("total", ["0", "-7.67", "0.004"])
def test_an_amount_that_is_not_positive_is_left_out(total: str) -> None:
    """Terms with such a value would be refused; the warning states it."""
    made = draft(_ubl(">48200<", f">{total}<"), FIRMS)
    assert "value" not in made.body["terms"]
    (warning,) = (warning for warning in made.warnings if warning["code"] == "value-left-out")
    assert f"{total} EUR" in warning["detail"]
    assert warning["pointer"] == "/terms/value"


@pytest.mark.parametrize("total", ["NaN", "1e3", "Infinity", "9" * 16, "12,50", "٣"])
def test_an_amount_that_is_no_decimal_is_a_warning(total: str) -> None:
    """Nothing is guessed."""
    made = draft(_ubl(">48200<", f">{total}<"), FIRMS)
    assert "value" not in made.body["terms"]
    assert {"amount-unreadable", "value-missing"} <= set(_codes(made))


def test_an_amount_has_the_decimals_of_its_currency() -> None:
    """Half cents are rounded up, and it is said."""
    made = draft(_ubl(">48200<", ">120.005<"), FIRMS)
    assert made.body["terms"]["value"]["amount"] == "120.01"
    assert "value-rounded" in _codes(made)
    assert draft(_ubl(">EUR<", ">JPY<"), FIRMS).body["terms"]["value"]["amount"] == "48200"
    assert "currency-unknown" in _codes(draft(_ubl(">EUR<", ">XTS<"), FIRMS))


def test_a_correction_points_at_the_job_recorded_before() -> None:
    """A corrected invoice is no second job."""
    assert "correction" in _codes(draft(_ubl(">380<", ">384<"), FIRMS))


def test_a_self_billed_invoice_keeps_its_roles() -> None:
    """Who writes the invoice does not change who has done the work."""
    assert draft(_ubl(">380<", ">389<"), FIRMS).body["parties"] == draft(UBL, FIRMS).body["parties"]


@pytest.mark.parametrize("day", ["2026-02-30", "20260914", "soon", "0001-01-01", "2026-09-14T10:00:00", " "])
def test_a_date_that_is_none_is_a_warning(day: str) -> None:
    """The rest of the invoice is read all the same."""
    made = draft(_ubl("2026-09-14", day), FIRMS)
    assert "date-unreadable" in _codes(made)
    assert made.body["terms"]["period"] == {"from": "2026-11-06", "to": "2026-11-06"}


def test_a_date_may_carry_a_time_zone() -> None:
    """XML Schema allows it; the calendar day is what counts."""
    assert draft(_ubl("2026-09-14", "2026-09-14+02:00"), FIRMS).body == _but_hash(draft(UBL, FIRMS), "+02:00")


def test_a_period_that_ends_before_it_begins_is_left_out() -> None:
    """The next best day stands in."""
    made = draft(_ubl("2026-09-14", "2026-12-24"), FIRMS)
    assert "period-reversed" in _codes(made)
    assert made.body["terms"]["period"] == {"from": "2026-11-10", "to": "2026-11-10"}


def test_a_period_beyond_the_invoice_is_pointed_out() -> None:
    """Work of days to come cannot be recorded as completed."""
    made = draft(_ubl("2026-11-06", "2026-12-31"), FIRMS)
    assert {"code": "ends-after-invoice", "pointer": "/completed_on"}.items() <= made.warnings[-1].items()


def test_an_invoice_without_days_has_no_period() -> None:
    """It is left to fill in."""
    bare = UBL
    for day in (b"2026-11-10", b"2026-12-10", b"2026-09-14", b"2026-11-06"):
        bare = bare.replace(day, b"")
    made = draft(bare, FIRMS)
    assert "completed_on" not in made.body
    assert "period-missing" in _codes(made)


def test_a_party_that_is_not_found_stays_open() -> None:
    """The entry is there with a null, and a warning points at it with what the invoice says."""
    made = draft(UBL, [DANES])
    assert made.body["parties"][1] == {"firm": None, "role": "subcontractor"}
    (warning,) = made.warnings
    assert (warning["code"], warning["pointer"]) == ("party-unknown", "/parties/1/firm")
    assert all(word in warning["detail"] for word in ("Musterdreherei Nord GmbH", "DE136695976", "HRB 1234 NM"))


def test_buyer_and_seller_are_never_one_firm() -> None:
    """The second is left to choose."""
    same = CII.replace("Probe-Schweißtechnik GmbH &amp; Co. KG".encode(), b"Musterdreherei Nord GmbH")
    made = draft(same.replace(b"HRB Nr. 4321", b""), [LATHE])
    assert [party["firm"] for party in made.body["parties"]] == [str(LATHE.id), None]
    assert "same-firm" in _codes(made)


def test_long_texts_are_cut_or_left_out() -> None:
    """A title is shortened; a reference that is cut would be a wrong reference."""
    made = draft(_ubl("Gear housings", "Gear " * 100), FIRMS)
    assert len(made.body["title"]) <= 120
    made = draft(_ubl("PO-4711", "9" * 101), FIRMS)
    assert "order_reference" not in made.body["terms"]
    assert {"code": "reference-too-long", "pointer": "/terms/order_reference"}.items() <= made.warnings[0].items()


def test_texts_are_one_line_without_characters_that_mislead() -> None:
    """Line breaks and marks that turn the direction of reading do not reach the draft."""
    made = draft(_ubl("Gear housings", "Gear\n\u202ehousings\u200b"), FIRMS)
    assert made.body["title"] == "Invoice 2026-117: Gear housings, second batch"


def test_what_is_stated_twice_is_taken_once() -> None:
    """The first one counts, and it is said."""
    twice = "<cbc:IssueDate>2026-11-10</cbc:IssueDate><cbc:IssueDate>2026-11-11</cbc:IssueDate>"
    made = draft(_ubl("<cbc:IssueDate>2026-11-10</cbc:IssueDate>", twice), FIRMS)
    assert "stated-twice" in _codes(made)


def test_the_content_decides_what_a_document_is() -> None:
    """A wrong Content-Type is a warning."""
    assert "media-type-differs" in _codes(draft(UBL, FIRMS, "application/pdf"))
    assert draft(UBL, FIRMS, "application/xml; charset=utf-8").warnings == []
    assert draft(UBL, FIRMS, "text/xml").warnings == []


def test_the_draft_is_json() -> None:
    """It can be sent as it is."""
    made = draft(CII, FIRMS)
    assert json.loads(json.dumps([made.body, made.warnings, made.document]))


def test_nothing_of_a_document_reaches_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """Names and notes are personal data; the libraries beneath log what they read."""
    with caplog.at_level(logging.DEBUG):
        draft(UBL, FIRMS)
        draft(papers.pdf_with(factur_x=b"x", odd_xml=b"<x/>", invoice_xml=CII), FIRMS)
    assert "Musterdreherei" not in caplog.text
    assert "Nord" not in caplog.text
    assert caplog.records == []


def _ubl(old: str, new: str) -> bytes:
    changed = UBL.decode().replace(old, new)
    assert changed != UBL.decode()
    return changed.encode()


def _but_hash(made: Draft, zone: str) -> dict[str, object]:
    sha256 = hashlib.sha256(_ubl("2026-09-14", f"2026-09-14{zone}")).hexdigest()
    evidence = [{**made.body["evidence"][0], "sha256": sha256}]
    return {**made.body, "document": sha256, "evidence": evidence}
