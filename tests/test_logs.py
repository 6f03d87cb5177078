"""Logs: JSON lines that name no person."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from ledger.logs import JsonLines, configure
from tests.api.conftest import template, world
from tests.api.jobs import finished
from tests.api.proprietor import SECRETS, leave_traces
from tests.api.world import World

__all__ = ["template", "world"]


@pytest.fixture
def lines() -> Iterator[Any]:
    """What was logged since the last look; logging is as it was afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers.clear()  # `configure` closes what it finds, and pytest's own are needed again
    configure("INFO")
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    assert handler.stream is sys.stderr
    handler.setStream(written := io.StringIO())

    def since() -> list[dict[str, Any]]:
        said = written.getvalue()
        written.seek(0)
        written.truncate()
        return [json.loads(line) for line in said.splitlines()]

    yield since
    root.handlers[:] = handlers
    root.setLevel(level)


def test_an_answer_is_one_line(lines: Any, world: World) -> None:
    """With its request id, method, route, status and time, and nothing else."""
    lines()
    answer = world.alpha.get(f"/firms/{world.alpha.id}")
    (line,) = lines()
    assert set(line) == {
        *("at", "level", "logger", "message"),
        *("request_id", "method", "route", "status", "milliseconds"),
    }
    assert (line["method"], line["route"], line["status"]) == ("GET", "/v1/firms/<uuid:firm>", 200)
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert 0 < line["milliseconds"] < 60_000


def test_lines_hold_nothing_of_the_request(lines: Any, world: World) -> None:
    """No id, query, key, name or text, neither of a good request nor of a bad one."""
    title = "Housings for the private customer"
    world.alpha.get("/firms?q=example+alpha&country=DE")
    world.alpha.post("/collaborations", finished(world.alpha, world.beta, title=title), idempotency_key="own-key-7")
    world.alpha.post("/collaborations", {"title": title, "surprise": title}, idempotency_key="own-key-8")
    world.alpha.send("POST", "/collaborations", data=b'{"title": "' + title.encode(), idempotency_key="own-key-9")
    world.holding("cl_secret-secret").get(f"/firms/{world.alpha.id}?q=example")
    world.alpha.get("/unknown/example-alpha?q=example")
    text = json.dumps(lines())
    secret = world.ring["alpha"][1]
    for private in (title, "example", "own-key", secret, "cl_", "country", world.alpha.id, world.beta.id):
        assert private not in text, private
    assert text.count('"answered"') == 6


def test_a_whole_story_leaves_nobody_s_name(lines: Any, world: World) -> None:
    """Somebody writes into every field, is invited, signs in wrongly and rightly, looks around, and is looked at."""
    firm = leave_traces(world)
    person = {"name": "Sørensen", "email": "front@sorensen.example", "role": "firm", "position": "owner"}
    link = urlsplit(world.operator.record("/accounts", {**person, "subject": firm.id})["invitation"]).path
    browser = world.app.test_client()
    for path in (link, "/login", "/mine?name=Sørensen", f"/firms/{firm.id}", "/nowhere/Sørensen"):
        browser.get(path)
    browser.post("/login", data={"email": person["email"], "password": "Sørensens Katze"})
    browser.post(link, data={"password": "Sørensens Katze", "again": "Sørensens Katze"})
    text = json.dumps(lines(), ensure_ascii=False)
    assert text.count('"answered"') > 20
    token = link.rpartition("/")[2]
    private = (*SECRETS, "sorensen", "Katze", token, firm.key, "cl_", firm.id, world.beta.id, "127.0.0.1", "DE13669")
    assert [one for one in private if str(one) in text] == []


def test_whatever_is_said_stays_one_line(lines: Any) -> None:
    """A line break in a message cannot forge a second entry."""
    logging.getLogger("ledger.tests").warning("first\n%s", '{"level": "error"}')
    (line,) = lines()
    assert (line["level"], line["logger"]) == ("warning", "ledger.tests")
    assert line["message"] == 'first\n{"level": "error"}'


def test_a_fault_brings_its_trace() -> None:
    """Inside the same line."""
    try:
        raise ValueError("broken")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "unhandled", (), sys.exc_info())
    line = json.loads(JsonLines().format(record))
    assert "ValueError: broken" in line["trace"]


def test_the_level_is_obeyed(lines: Any) -> None:
    """Below it nothing is written."""
    logging.getLogger("ledger.tests").debug("quiet")
    assert lines() == []


def test_the_invoice_library_is_silent(lines: Any) -> None:
    """It would log what stands in documents."""
    logging.getLogger("factur-x").error("Seller: somebody")
    assert lines() == []
