"""Errors: one root, four families, a stable code each."""

from __future__ import annotations

import re

import pytest

from ledger.domain import errors
from ledger.domain.errors import Conflict, Fault, Forbidden, Invalid, LedgerError, NotFound

FAMILIES = (Invalid, Forbidden, NotFound, Conflict)
ALL = [error for error in vars(errors).values() if isinstance(error, type) and issubclass(error, LedgerError)]


@pytest.mark.parametrize("error", [error for error in ALL if error is not LedgerError])
def test_every_error_belongs_to_one_family(error: type[LedgerError]) -> None:
    """The family decides the status, so there is exactly one."""
    assert len([family for family in FAMILIES if issubclass(error, family)]) == 1


def test_codes_are_unique() -> None:
    """A client tells errors apart by their code alone."""
    codes = [error.code for error in ALL]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("error", ALL)
def test_every_error_says_when_it_happens(error: type[LedgerError]) -> None:
    """A code is kebab case of the class's own, and the docstring says when it happens."""
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", vars(error)["code"])
    assert error.__doc__


def test_an_error_carries_its_detail_and_faults() -> None:
    """Detail and faults are kept as they were given, and the detail is the text."""
    fault = Fault("/terms/value", "Missing.")
    error = Invalid("Missing.", faults=[fault])
    assert (str(error), error.detail, error.faults) == ("Missing.", "Missing.", (fault,))


def test_an_error_may_have_no_faults() -> None:
    """Where no field is to blame there are no faults."""
    assert NotFound("There is no such thing.").faults == ()
