"""What is answered of looks, referrals and loans."""

from __future__ import annotations

from ledger.api.schemas.answers.shapes import (
    COUNT,
    ID,
    TRUE_AT,
    Shape,
    many,
    nullable,
    one_of,
    ref,
    said,
    shape,
)
from ledger.domain.loan import CURRENCIES, Band

YEAR: Shape = {"type": "integer", "description": "in which banks looked, and referrals were issued (UTC)"}

BENEFITS: dict[str, Shape] = {
    "FirmBenefits": shape(
        "What a firm has had of it, the latest year first.",
        {
            "firm": ID,
            "years": many(
                shape(
                    "A year.",
                    {
                        "year": YEAR,
                        "looks": COUNT,
                        "referrals": COUNT,
                        "granted": said(COUNT, "referrals that led to a loan, as the bank says"),
                        "refused": COUNT,
                        "unreported": said(COUNT, "referrals of which the bank has not said what became"),
                        "bands": many(ref("LoanBand")),
                    },
                )
            ),
            **TRUE_AT,
        },
    ),
    "NetworkBenefits": shape(
        "The same added up over a network; null where fewer than `least_firms` firms stand behind it.",
        {
            "network": ID,
            "least_firms": COUNT,
            "years": many(
                shape(
                    "A year.",
                    {
                        "year": YEAR,
                        "looks": COUNT,
                        "referrals": COUNT,
                        **dict.fromkeys(("granted", "refused", "unreported"), nullable(COUNT)),
                        "bands": nullable(many(ref("LoanBand"))),
                    },
                )
            ),
            **TRUE_AT,
        },
    ),
    "LoanBand": shape(
        "How many loans were about so large.",
        {"currency": one_of(*CURRENCIES), "amount_band": one_of(*Band), "loans": COUNT},
    ),
}
