"""People invited by the operator."""

from __future__ import annotations

from uuid import uuid4

from ledger.domain.account import account_of
from tests.commands.typed import Run


def test_a_person_is_invited_and_once_more(run: Run, database_url: str) -> None:
    """`accounts invite` prints the link and nothing else; for the same address it is a new one to the same account."""
    run("migrate", database_url=database_url)
    asked = ("accounts", "invite", "--role", "operator", "--name", "Operations", "--email", "ops@example.org")
    ran, again = run(*asked), run(*asked)
    assert (ran.code, ran.err, again.code) == (0, "", 0)
    tokens = [one.out.strip().rpartition("/invitation/")[2] for one in (ran, again)]
    assert account_of(tokens[0]) == account_of(tokens[1])
    assert tokens[0] != tokens[1]
    elsewhere = run("accounts", "invite", "--role", "bank", "--subject", uuid4(), *asked[4:])
    assert "one person has one account" in elsewhere.err
