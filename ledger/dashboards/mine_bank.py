"""What a bank would see of my firm, composed as a referral is, but issued to nobody and recorded nowhere."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.dashboards import reasons, work_parts
from ledger.dashboards.blueprint import pages
from ledger.dashboards.labels import COUNTRIES
from ledger.dashboards.mine import shown_score
from ledger.dashboards.own import own_firm
from ledger.dashboards.page import Page, page, viewer
from ledger.dashboards.reading import opened
from ledger.dashboards.standing import standing
from ledger.delivery.referral_document import compose
from ledger.domain.actor import Role
from ledger.domain.referral import VALID_FOR
from ledger.web.referrals import ROOMS

if TYPE_CHECKING:
    from ledger.subscriptions.reading import Reading

bp = pages("mine_bank")
NOBODY = UUID(int=0)


@page(bp, "/mine/as-a-bank", Role.FIRM)
def preview() -> Page:
    """Show the referral that a bank would get if it asked now."""
    with opened(*ROOMS) as reading:
        document = compose(reading, viewer().actor, _as_if_issued(reading))
        more = {
            **shown_score(document["trust"]),
            "parts_of": work_parts.parts(document["partners"]),
            "equal_ones": work_parts.equal_ones(document["concentration"]),
            "not_known": reasons.not_known(document),
            "countries": COUNTRIES,
        }
        return Page("as_a_bank.html", document, standing(reading), more=more)


def _as_if_issued(reading: Reading) -> dict[str, Any]:
    """Return a referral as the query of referrals would, of no bank and for no purpose."""
    return {
        "id": str(NOBODY),
        "firm": str(own_firm()),
        "bank": str(NOBODY),
        "purpose": "",
        "state": "in_force",
        "issued_at": reading.time.isoformat(),
        "valid_until": (reading.time.astimezone(UTC) + VALID_FOR).date().isoformat(),
        "position": reading.position,
    }
