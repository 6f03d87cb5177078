"""All kinds in one visible tuple; a new kind is one file and one line here."""

from __future__ import annotations

from ledger.domain.errors import Fault, UnknownKind
from ledger.domain.kinds.capacity_sharing import CAPACITY_SHARING
from ledger.domain.kinds.credit_reference import CREDIT_REFERENCE
from ledger.domain.kinds.exchange_visit import EXCHANGE_VISIT
from ledger.domain.kinds.joint_development import JOINT_DEVELOPMENT
from ledger.domain.kinds.joint_order import JOINT_ORDER
from ledger.domain.kinds.joint_purchase import JOINT_PURCHASE
from ledger.domain.kinds.kind import Kind
from ledger.domain.kinds.shared_training import SHARED_TRAINING
from ledger.domain.kinds.subcontract import SUBCONTRACT

KINDS: tuple[Kind, ...] = (
    JOINT_ORDER,
    SUBCONTRACT,
    SHARED_TRAINING,
    CREDIT_REFERENCE,
    JOINT_PURCHASE,
    CAPACITY_SHARING,
    JOINT_DEVELOPMENT,
    EXCHANGE_VISIT,
)
# The terms that are free text, by whatever kind: an amendment does not say of which kind it is.
PERSONAL_TERMS = frozenset(field.name for kind in KINDS for field in kind.fields if field.personal)
BY_NAME = {kind.name: kind for kind in KINDS}


def kind_named(name: str) -> Kind:
    """Return the kind of this name; raise `UnknownKind` that lists the known ones."""
    if name not in BY_NAME:
        detail = f"“{name[:40]}” is no kind; known are {', '.join(BY_NAME)}."
        raise UnknownKind(detail, faults=[Fault("/kind", detail)])
    return BY_NAME[name]
