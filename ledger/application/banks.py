"""Commands on banks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stdnum import bic as bic_numbers
from stdnum.exceptions import ValidationError

from ledger.application.access import require
from ledger.application.ledger import digest
from ledger.domain.actor import Role
from ledger.domain.bank import Bank
from ledger.domain.errors import Fault, InvalidIdentifier
from ledger.domain.identifiers import check_all
from ledger.domain.ids import identify

if TYPE_CHECKING:
    from ledger.application.ledger import Ledger, Receipt
    from ledger.domain.actor import Actor


def register(
    ledger: Ledger,
    actor: Actor,
    key: str,
    *,
    name: str,
    country: str | None = None,
    bic: str | None = None,
    lei: str | None = None,
) -> Receipt:
    """Register a bank; for the operator. Raise `InvalidIdentifier` when its BIC or LEI is wrong."""
    require(actor, Role.OPERATOR)
    bank = Bank.register(
        identify("bank", key),
        ledger.stamp(actor),
        name,
        country=country,
        bic=_bic(bic),
        lei=check_all({"lei": lei}, pointer="").get("lei"),
        digest=digest(name=name, country=country, bic=bic, lei=lei),
    )
    return ledger.create(bank)


def _bic(number: str | None) -> str | None:
    try:
        return str(bic_numbers.validate(number)) if number else None
    except ValidationError as error:
        detail = "A BIC has eight or eleven letters and digits, such as “AGRIFRPP882”."
        raise InvalidIdentifier(detail, faults=[Fault("/bic", detail)]) from error
