"""Credit references: suppliers state how a customer pays, as their books of the last year say."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger.demo.firms import Circle
from ledger.demo.job import Job, changed_value

if TYPE_CHECKING:
    from ledger.demo.world import Deal, World

YEAR = timedelta(days=365)
REMINDED_AFTER = 10  # days beyond terms


def credit_reference(world: World) -> Job | None:
    """A supplier speaks about a customer that it has worked for lately."""
    today = world.today
    recent = [deal for deal in world.deals if today - YEAR <= deal.on <= today and deal.customer.circle is Circle.OPEN]
    return about(world, world.rng.choice(recent)) if recent else None


def about(world: World, deal: Deal) -> Job:
    """The statement of this deal's supplier about its customer."""
    subject, referee = deal.customer, deal.supplier
    return Job(
        kind="credit_reference",
        title=f"Manner of payment, as of {world.today:%m/%Y}",
        parties=((referee, "referee"), (subject, "subject")),
        terms=_terms(world, deal),
        begin=deal.on,
        end=world.today,
        proposer=referee,
        paper="Open-items list",
    )


def _terms(world: World, deal: Deal) -> dict[str, Any]:
    rng = world.rng
    late = deal.customer.pays_late_by(rng, world.today)
    common = world.deals_between(deal.supplier, deal.customer)
    high = max((one.value for one in common), key=lambda value: Decimal(value["amount"]))
    terms = {
        "since": (min(one.on for one in common) - timedelta(days=rng.randrange(3000))).isoformat(),
        "terms_days": rng.choice((14, 30, 30, 30, 45)),
        "days_beyond_terms": late,
        "high_credit": high,
        "last_sale": deal.on.isoformat(),
    }
    if late > REMINDED_AFTER:
        terms["past_due"] = changed_value({"value": deal.value}, Decimal(rng.randint(10, 60)) / 100)["value"]
    return terms
