"""What the terms of all kinds are called on pages, and the words that some of them take."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from ledger.domain.kinds.terms import Choice, Field

TERMS = {
    "value": _("Value without VAT"),
    "period": _("Period"),
    "customer_sector": _("Sector of the customer"),
    "work_packages": _("Work packages"),
    "stage": _("Stage"),
    "firm": _("Firm"),
    "share": _("Share of the value, 0 to 1"),
    "process": _("What was done"),
    "order_reference": _("Order number"),
    "contract_reference": _("Contract number"),
    "invoice_number": _("Invoice number"),
    "topic": _("Topic"),
    "hours": _("Hours"),
    "trainees": _("Trainees"),
    "since": _("Customer since"),
    "terms_days": _("Agreed days to pay"),
    "days_beyond_terms": _("Usual days beyond terms"),
    "high_credit": _("Highest credit within a year"),
    "past_due": _("Past due now"),
    "last_sale": _("Last sale"),
    "goods": _("What was bought"),
    "purchases": _("Purchases"),
    "volume": _("Volume without VAT"),
    "saving": _("Saved against buying alone"),
    "resource": _("What was lent"),
    "description": _("Machine or skill"),
    "programme": _("What is developed"),
    "outcome": _("What came of it"),
    "on": _("Day of the visit"),
    "people": _("People who came"),
}
WORDS = {
    "procurement": _("Procurement"),
    "engineering": _("Engineering"),
    "fabrication": _("Fabrication"),
    "assembly": _("Assembly"),
    "electrical": _("Electrical work"),
    "commissioning": _("Commissioning"),
    "delivery": _("Delivery"),
    "machine": _("Machine"),
    "staff": _("Staff"),
}
MEASURES = {
    "on_time": _("On time?"),
    "accepted": _("Accepted?"),
    "defects": _("Number of defects"),
    "paid_on_time": _("Paid on time?"),
    "rating": _("Rating, 1 to 5 (5 is best)"),
}
# Which of the two parts a firm takes, as a sentence of its own.
PARTS = {
    "lead": _("We led it"),
    "partner": _("We were a partner"),
    "contractor": _("We gave the work"),
    "subcontractor": _("We did the work"),
    "host": _("We were the host"),
    "participant": _("We took part"),
    "referee": _("We state how they pay"),
    "subject": _("They state how we pay"),
    "user": _("We borrowed"),
    "provider": _("We lent"),
    "visitor": _("We visited"),
}


def choices(field: Field) -> list[tuple[str, str]]:
    """Return the words that a choice takes, with nothing chosen first."""
    assert isinstance(field.type, Choice)  # nosec B101 # noqa: S101 - templates ask for choices alone
    return [("", "–"), *((word, WORDS.get(word, word)) for word in field.type.words)]
