"""A whole solution that several firms deliver together, divided into work packages."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.domain.errors import Fault
from ledger.domain.kinds.kind import MOST_PARTIES, Kind, Role, portion, whole_value
from ledger.domain.kinds.terms import Amount, Choice, Field, Firm, Number, Period, Rows, Text
from ledger.domain.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

STAGES = ("procurement", "engineering", "fabrication", "assembly", "electrical", "commissioning", "delivery")
ROUNDING = Decimal("0.001")  # thirds are written as 0.333: the sum of shares may miss 1 by this much


def shares_add_up(terms: Mapping[str, Any]) -> Sequence[Fault]:
    """Require that the shares of all work packages add up to 1."""
    packages = terms.get("work_packages")
    if packages is None:
        return ()
    total = sum((_share(package) for package in packages), Decimal(0))
    if abs(total - 1) <= ROUNDING:
        return ()
    return (Fault("/terms/work_packages", f"The shares add up to {total}; they must add up to 1."),)


def by_work_packages(terms: Mapping[str, Any], following: Sequence[UUID]) -> dict[UUID, Money]:
    """Give each partner the value of its own work packages; without packages divide evenly."""
    if terms.get("work_packages") is None:
        return whole_value(terms, following)
    value = Money.parse(terms["value"])
    shares = dict.fromkeys(following, Decimal(0))
    for package in terms["work_packages"]:
        firm = UUID(package["firm"])
        if firm in shares:
            shares[firm] += _share(package)
    return {firm: portion(value, share) for firm, share in shares.items() if share}


def _share(package: Mapping[str, Any]) -> Decimal:
    return Decimal(str(package["share"]))


JOINT_ORDER = Kind(
    name="joint_order",
    summary="Several firms deliver one customer's order together, from procurement to delivery.",
    leading=Role("lead"),
    following=Role("partner", most=MOST_PARTIES),
    fields=(
        Field("value", Amount(positive=True), "value of the whole order, without VAT", required=True),
        Field("period", Period(), "from the start of work to delivery", required=True),
        Field("customer_sector", Text(100), "sector of the customer, never its name", personal=True),
        Field(
            "work_packages",
            Rows(
                (
                    Field("stage", Choice(STAGES), "stage of the work", required=True),
                    Field("firm", Firm(), "the party that does it", required=True),
                    Field("share", Number(high=1), "its share of the value, 0 to 1", required=True),
                )
            ),
            "who does which stage, with shares that add up to 1",
        ),
    ),
    evidence="order confirmation, delivery note or invoice",
    rules=shares_add_up,
    divide=by_work_packages,
)
