"""The business terms of EN 16931 (BT-1, BG-4, …) of a document: mended here, read by the library."""

from __future__ import annotations

import logging
import re
from collections import Counter
from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any

from facturx.parse_xml import parse_ubl_cii_xml
from lxml import etree

from ledger.domain.errors import InvalidDocument
from ledger.intake.documents import CII_INVOICE, UBL_CREDIT_NOTE, UBL_INVOICE, Document
from ledger.intake.remarks import Remark
from ledger.intake.texts import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

# The library logs every value it reads: names, notes, bank accounts.
logging.getLogger("factur-x").setLevel(logging.CRITICAL + 1)

FLAVORS = {UBL_INVOICE: "ubl-2.1-invoice", UBL_CREDIT_NOTE: "ubl-2.1-creditnote", CII_INVOICE: "factur-x"}
# Nobody here needs contact persons, bank accounts, attached files or the tax and price details. What is
# not read cannot leak, and costs no time: the library puts some sixty questions to every line.
UNREAD = (
    *("Contact", "DefinedTradeContact", "UBLExtensions", "Signature", "Attachment", "AttachmentBinaryObject"),
    *("PayeeFinancialAccount", "CardAccount", "PaymentMandate", "SpecifiedTradeSettlementPaymentMeans"),
    *("TaxTotal", "ApplicableTradeTax", "AllowanceCharge", "SpecifiedTradeAllowanceCharge", "Price"),
    *("AdditionalItemProperty", "ApplicableProductCharacteristic", "AdditionalReferencedDocument"),
    *("CommodityClassification", "DesignatedProductClassification", "IncludedReferencedProduct"),
)
MOST_REPEATED = 1_000
CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
UBL_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?", re.ASCII)
CII_DAY = re.compile(r"(\d{8})(\d{4}|\d{6})?", re.ASCII)
# UNTDID 2379: a day, a day with minutes, a day with seconds. Weeks and months are no days.
CII_DAY_FORMATS = ("102", "203", "204", None)
EARLIEST, LATEST = date(1980, 1, 1), date(2100, 1, 1)


def business_terms(document: Document) -> tuple[dict[str, Any], list[Remark]]:
    """Return the terms by their numbers, and what had to be mended; raise `InvalidDocument`."""
    root = deepcopy(document.root)
    etree.strip_elements(root, *(f"{{*}}{name}" for name in UNREAD), with_tail=False)
    _check_currency(root)
    remarks = [*_cut_repetitions(root), *_mend_days(root)]
    try:
        # Left to find the level in the profile, the library refuses profiles that it does not know.
        terms = parse_ubl_cii_xml(root, flavor=FLAVORS[str(root.tag)], level="en16931", check_xsd=False)
    except Exception as error:  # the library raises whatever its parts raise
        raise InvalidDocument(f"The document is not laid out as {document.syntax} asks for.") from error
    return terms, remarks


def _check_currency(root: etree._Element) -> None:
    # The library pastes both codes into XPath expressions.
    for code in list(root.iter("{*}TaxCurrencyCode")):
        if not CURRENCY.fullmatch((code.text or "").strip()):
            code.text = None
    stated = root.iter("{*}DocumentCurrencyCode", "{*}InvoiceCurrencyCode")
    codes = [(code.text or "").strip() for code in stated]
    if len(codes) != 1 or not CURRENCY.fullmatch(codes[0]):
        raise InvalidDocument("An invoice states its currency (BT-5) once, in three letters such as EUR.")


def _cut_repetitions(root: etree._Element) -> Iterator[Remark]:
    for parent in list(root.iter()):
        seen: Counter[str] = Counter()
        for child in list(parent):
            seen[str(child.tag)] += 1
            if seen[str(child.tag)] > MOST_REPEATED:
                parent.remove(child)
        for tag, count in seen.items():
            if count > MOST_REPEATED:
                name = one_line(tag.rpartition("}")[2], 40)
                detail = f"Of {count:,} “{name}” only the first {MOST_REPEATED:,} were read."
                yield Remark("not-read-whole", detail, said={"count": count, "name": name, "most": MOST_REPEATED})


def _mend_days(root: etree._Element) -> Iterator[Remark]:
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        if not element.text or not (name.endswith("Date") or name in ("DateTimeString", "DateString")):
            continue
        written, element.text = element.text, None
        day = _day(written.strip(), element.get("format"), ubl=name.endswith("Date"))
        if day is not None:
            element.text = day
            continue
        place = one_line(name if name.endswith("Date") else _parent_name(element), 40)
        shown = one_line(written, 30)
        yield Remark(
            "date-unreadable", f"{place}: “{shown}” is no calendar day.", said={"place": place, "written": shown}
        )


def _parent_name(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else str(parent.tag).rpartition("}")[2]


def _day(written: str, day_format: str | None, *, ubl: bool) -> str | None:
    """Return a day as the library wants it in this syntax; None when it is no day of our times."""
    found = (UBL_DAY if ubl else CII_DAY).fullmatch(written)
    if found is None or (not ubl and day_format not in CII_DAY_FORMATS):
        return None
    try:
        plausible = EARLIEST <= date.fromisoformat(found[1]) <= LATEST
    except ValueError:
        return None
    return found[1] if plausible else None
