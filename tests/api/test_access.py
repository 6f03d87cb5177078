"""The access table holds: for every endpoint and every caller, and an endpoint without a row fails."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest

from tests.api.access_scene import sent, thing
from tests.api.access_table import CALLERS, rows
from tests.api.callers import Caller
from tests.api.jobs import ANY, consent
from tests.api.world import World
from tests.dashboards.rules import is_page

ROWS = rows()
ARGUMENT = re.compile(r"<uuid:\w+>")
ASKED = {
    "GET /v1/collaborations": "?firm={alpha}",  # a bank must say so
    "GET /v1/events": "?limit=200",
    "GET /v1/events/stream": "?after=0",
    "GET /v1/log/proofs/inclusion": "?position=1",
    "GET /v1/log/proofs/consistency": "?first=1",
}
# What happened to the thing, without its name: any item shows it.
NAMELESS = (
    "GET /v1/networks/<uuid:network>/activity",
    "GET /v1/collaborations/<uuid:id_>/events",
    "GET /v1/firms/<uuid:firm>/access-log",
    "GET /v1/firms/<uuid:firm>/acted-for",
    "GET /v1/banks/<uuid:bank>/query-log",
    "GET /v1/webhooks/<uuid:webhook>/deliveries",
)


def test_every_endpoint_has_a_row(world: World) -> None:
    """And no row is about an endpoint that is gone."""
    rules = [rule for rule in world.app.url_map.iter_rules() if not is_page(rule)]
    methods = {(method, rule.rule) for rule in rules for method in rule.methods or ()}
    assert {f"{method} {rule}" for method, rule in methods if method not in ("HEAD", "OPTIONS")} == ROWS.keys()


def _caller(world: World, name: str) -> Caller:
    return world.anyone if name == "anyone" else world.caller(name)


def answer_to(world: World, row: str, caller: Caller, name: str, about: str | None) -> Any:
    """What this caller is answered who sends what one of this name sends."""
    method, rule = row.split()
    address = (
        ARGUMENT.sub(about or "", rule)
        .replace("<int:number>", "1")
        .replace("<int:year>", "2025")
        .replace("<path:tile>", "0/000.p/1")
    )
    path = address.removeprefix("/v1") if address.startswith("/v1") else address.removeprefix("/")
    query = ASKED.get(row, "").format(alpha=world.alpha.id)
    return caller.send(method, path + query, **sent(world, row, name))


def _answer(world: World, row: str, name: str, about: str | None) -> Any:
    return answer_to(world, row, _caller(world, name), name, about)


def unnamed(answer: Any) -> Any:
    """An answer without the id of its request."""
    if not answer.is_json:
        return answer.text
    return {name: value for name, value in answer.json.items() if name != "request_id"}


def _shows(answer: Any, row: str, about: str | None) -> bool:
    if about is None or not row.startswith("GET"):
        return True
    return bool(answer.json.get("items")) if row in NAMELESS else about in answer.text


@pytest.mark.parametrize("row", ROWS)
def test_everybody_may_what_the_table_says(world: World, row: str) -> None:
    """A 200 shows what was asked for or no trace of it; a 404 is the same for what does not exist."""
    consent(world.alpha, world.bank)
    world.bank.read(f"/firms/{world.alpha.id}")
    found = {}
    for name in CALLERS:
        about = thing(world, row.split()[1])
        answer = _answer(world, row, name, about)
        trace = answer.status_code != 200 or _shows(answer, row, about)
        found[name] = f"{answer.status_code}{'' if trace else '-'}"
        if answer.status_code == 404:
            assert unnamed(answer) == unnamed(_answer(world, row, name, str(uuid4())))
    assert found == ROWS[row]


def test_an_office_that_has_handed_over_is_nobody(world: World) -> None:
    """Its key is answered at every endpoint as no key is."""
    consent(world.alpha, world.bank)
    about = {row: thing(world, row.split()[1]) for row in ROWS}
    body = {"office": "Example agency"}
    world.operator.record(f"/networks/{world.office.id}/handover", body, if_match=ANY)
    found = {row: _answer(world, row, "office", about[row]).status_code for row in ROWS}
    assert found == {row: int(ROWS[row]["anyone"]) for row in ROWS}
