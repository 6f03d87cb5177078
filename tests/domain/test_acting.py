"""Whose word an event is: that of the firm that it names, whoever gave it."""

from __future__ import annotations

from uuid import UUID

import pytest

from ledger.domain.acting import WORDS, speaks
from ledger.domain.actor import Actor, Role, of_office, parts
from ledger.domain.collaboration import Collaboration, Outcome
from tests.domain.given import NETWORK
from tests.stories import by, confirmed_job, firm_id

OFFICE = Actor(Role.COORDINATOR, NETWORK, NETWORK)
ALPHA, BETA = firm_id("alpha"), firm_id("beta")


def test_a_firm_speaks_in_what_it_says() -> None:
    """Also where the office enters it; a confirmation only follows, and a settlement is the office's own word."""
    job = confirmed_job(ALPHA, BETA)
    job.dispute(by(OFFICE, 2), BETA, "It was scrap.")
    job.settle(by(OFFICE, 3), 1, Outcome.UPHELD)
    said = {type(one): speaks(one) for one in job.collect_events()}
    assert said[Collaboration.Proposed] == ALPHA
    assert said[Collaboration.Accepted] == said[Collaboration.Disputed] == BETA
    assert said[Collaboration.Confirmed] is said[Collaboration.Settled] is None


@pytest.mark.parametrize("event", WORDS, ids=lambda event: event.TOPIC)
def test_the_field_is_there(event: type) -> None:
    """Every event of the list names its firm where the list says so."""
    assert WORDS[event] in {name for base in event.__mro__ for name in vars(base).get("__annotations__", {})}


def test_an_actor_is_taken_apart() -> None:
    """As it was written into an event: whose it is, and which person's."""
    account = UUID(int=7)
    person = Actor(Role.COORDINATOR, NETWORK, NETWORK, account)
    assert parts(str(person)) == (str(NETWORK), str(account))
    assert parts(str(OFFICE)) == (str(NETWORK), "")
    assert parts("operator:") == ("", "")
    assert (of_office(str(person)), of_office(f"firm:{ALPHA}")) == (True, False)
