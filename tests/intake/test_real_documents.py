"""Every real document that is at hand gives the draft that plain XPath says it should."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from facturx import get_xml_from_pdf
from lxml import etree

from ledger.intake.documents import read
from ledger.intake.drafts import draft
from ledger.intake.invoices import read as read_invoice
from ledger.intake.matching import KnownFirm

INVOICES = Path(__file__).parents[3] / "shared" / "data" / "invoices"
DOCUMENTS = sorted(path for path in INVOICES.glob("*/*") if path.suffix in (".xml", ".pdf"))
# This PDF of the corpus carries an older state of the invoice than the XML beside it.
OLDER_INSIDE = "XRECHNUNG_Elektron.pdf"
pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not DOCUMENTS, reason="no real invoices at ../shared/data/invoices"),
]

CII = {
    "number": "/*/*[local-name()='ExchangedDocument']/*[local-name()='ID']",
    "seller": "//*[local-name()='SellerTradeParty']/*[local-name()='Name']",
    "buyer": "//*[local-name()='BuyerTradeParty']/*[local-name()='Name']",
    "currency": "//*[local-name()='InvoiceCurrencyCode']",
    "total": "//*[local-name()='TaxBasisTotalAmount']",
    "issued": "//*[local-name()='IssueDateTime']/*",
    "due": "//*[local-name()='DueDateDateTime']/*",
    "delivered": "//*[local-name()='ActualDeliverySupplyChainEvent']//*[local-name()='DateTimeString']",
    "begins": "//*[local-name()='ApplicableHeaderTradeSettlement']/*[local-name()='BillingSpecifiedPeriod']"
    "/*[local-name()='StartDateTime']/*",
    "ends": "//*[local-name()='ApplicableHeaderTradeSettlement']/*[local-name()='BillingSpecifiedPeriod']"
    "/*[local-name()='EndDateTime']/*",
    "line_begins": "//*[local-name()='SpecifiedLineTradeSettlement']//*[local-name()='StartDateTime']/*",
    "line_ends": "//*[local-name()='SpecifiedLineTradeSettlement']//*[local-name()='EndDateTime']/*",
}
UBL = {
    "number": "/*/*[local-name()='ID']",
    "seller": "//*[local-name()='AccountingSupplierParty']//*[local-name()='RegistrationName']",
    "buyer": "//*[local-name()='AccountingCustomerParty']//*[local-name()='RegistrationName']",
    "currency": "//*[local-name()='DocumentCurrencyCode']",
    "total": "//*[local-name()='TaxExclusiveAmount']",
    "issued": "/*/*[local-name()='IssueDate']",
    "due": "/*/*[local-name()='DueDate']",
    "delivered": "/*/*[local-name()='Delivery']/*[local-name()='ActualDeliveryDate']",
    "begins": "/*/*[local-name()='InvoicePeriod']/*[local-name()='StartDate']",
    "ends": "/*/*[local-name()='InvoicePeriod']/*[local-name()='EndDate']",
    "line_begins": "//*[local-name()='InvoiceLine']//*[local-name()='StartDate']",
    "line_ends": "//*[local-name()='InvoiceLine']//*[local-name()='EndDate']",
}


@dataclass(frozen=True)
class Expected:
    root: Any

    def texts(self, name: str) -> list[str]:
        paths = CII if self.root.tag.endswith("CrossIndustryInvoice") else UBL
        return [element.text.strip() for element in self.root.xpath(paths[name]) if element.text]

    def one(self, name: str) -> str | None:
        return next(iter(self.texts(name)), None)

    def days(self, name: str) -> list[str]:
        bare = [text.replace("-", "") for text in self.texts(name)]
        return [f"{day[:4]}-{day[4:6]}-{day[6:]}" for day in bare]

    def day(self, name: str) -> str | None:
        return next(iter(self.days(name)), None)

    @property
    def period(self) -> dict[str, str | None]:
        if self.days("begins"):
            return {"from": self.day("begins"), "to": self.day("ends")}
        if self.days("line_begins"):
            return {"from": min(self.days("line_begins")), "to": max(self.days("line_ends"))}
        day = self.day("delivered") or self.day("issued")
        return {"from": day, "to": day}


def _expected(path: Path) -> Expected:
    content = path.read_bytes()
    if path.suffix == ".pdf":
        _, content = get_xml_from_pdf(content, check_xsd=False)
    return Expected(etree.fromstring(content))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_real_document_gives_its_draft(path: Path) -> None:
    """Seller, buyer, currency, total and days are the document's."""
    expected = _expected(path)
    names = {"contractor": expected.one("buyer"), "subcontractor": expected.one("seller")}
    firms = {role: KnownFirm(UUID(int=n), str(name), "", "", {}) for n, (role, name) in enumerate(names.items())}
    made = draft(path.read_bytes(), list(firms.values()))
    terms = made.body["terms"]
    assert {party["role"]: party["firm"] for party in made.body["parties"]} == {
        role: str(firm.id) for role, firm in firms.items()
    }
    total = Decimal(str(expected.one("total")))
    if total > 0:
        assert terms["value"]["currency"] == expected.one("currency")
        assert Decimal(terms["value"]["amount"]) == total
    else:
        assert any(f"{total} {expected.one('currency')}" in warning["detail"] for warning in made.warnings)
    assert terms["invoice_number"] == expected.one("number")
    assert terms["period"] == expected.period
    assert made.body["completed_on"] == (expected.day("delivered") or expected.period["to"])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_real_document_is_read_as_it_stands(path: Path) -> None:
    """What the draft does not show is read as well."""
    expected = _expected(path)
    invoice = read_invoice(read(path.read_bytes()))
    assert invoice.seller.name == " ".join(str(expected.one("seller")).split())
    assert invoice.buyer.name == " ".join(str(expected.one("buyer")).split())
    assert invoice.currency == expected.one("currency")
    assert invoice.total == Decimal(str(expected.one("total")))
    assert str(invoice.issued_on) == expected.day("issued")
    assert str(invoice.due_on) == str(expected.day("due"))
    assert str(invoice.delivered_on) == str(expected.day("delivered"))


@pytest.mark.parametrize(
    "path",
    [path for path in DOCUMENTS if path.suffix == ".pdf" and path.name != OLDER_INSIDE],
    ids=lambda path: path.name,
)
def test_a_pdf_says_what_the_xml_beside_it_says(path: Path) -> None:
    """The XML inside is the one that counts, and it is the same here."""
    beside = draft(path.with_suffix(".cii.xml").read_bytes(), [])
    assert draft(path.read_bytes(), []).body["terms"] == beside.body["terms"]
