"""The year of the network: how often each kind of joint work comes up in which month."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ledger.demo.jobs.capacity_sharing import capacity_sharing
from ledger.demo.jobs.credit_reference import credit_reference
from ledger.demo.jobs.exchange_visit import exchange_visit
from ledger.demo.jobs.joint_development import joint_development
from ledger.demo.jobs.joint_order import joint_order
from ledger.demo.jobs.joint_purchase import joint_purchase
from ledger.demo.jobs.shared_training import shared_training
from ledger.demo.jobs.subcontract import subcontract

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger.demo.job import Job
    from ledger.demo.world import World

    # What a kind invents on the present day; None when nobody is there for it yet.
    Inventor: TypeAlias = Callable[[World], Job | None]

# How often each kind comes up in a month; the first number is for January.
SEASONS: tuple[tuple[Inventor, tuple[float, ...]], ...] = (
    (subcontract, (34, 42, 52, 50, 48, 46, 30, 28, 52, 58, 56, 30)),
    (joint_order, (8, 10, 13, 13, 12, 11, 6, 6, 13, 14, 13, 6)),
    (capacity_sharing, (6, 7, 9, 10, 12, 13, 12, 8, 9, 8, 6, 3)),
    (credit_reference, (9, 8, 8, 8, 8, 8, 5, 4, 8, 9, 9, 7)),
    (joint_development, (2, 2, 2, 1, 1, 2, 0, 0, 2, 2, 2, 1)),
    (shared_training, (10, 9, 4, 0, 0, 0, 0, 0, 0, 2, 8, 5)),
    (joint_purchase, (0, 3, 7, 7, 3, 0, 0, 0, 0, 0, 0, 0)),
    (exchange_visit, (0, 1, 3, 4, 5, 4, 0, 1, 5, 4, 1, 0)),
)
