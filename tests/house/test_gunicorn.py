"""What gunicorn is told, and what its logs hold."""

from __future__ import annotations

import json
import logging
import runpy
from typing import Any

import pytest

from ledger.logs import JsonLines
from tests.house.tree import ROOT


def configuration(monkeypatch: pytest.MonkeyPatch, **settings: str) -> dict[str, Any]:
    """Read gunicorn.conf.py as gunicorn does, with these settings in the environment."""
    for name, value in settings.items():
        monkeypatch.setenv(f"LEDGER_{name}", value)
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")  # it sets another, which must not outlive the test
    told = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    told["on_exit"](None)
    return told


def line(told: dict[str, Any], message: str, *arguments: object) -> dict[str, Any]:
    """One line of gunicorn's own log, as it is written."""
    record = logging.LogRecord("gunicorn.error", logging.WARNING, "", 0, message, arguments, None)
    assert told["_without_addresses"](record)
    text = JsonLines().format(record)
    assert "\n" not in text
    entry: dict[str, Any] = json.loads(text)
    return entry


def test_sqlite_has_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLite one process with threads serves, whatever else is asked for."""
    told = configuration(monkeypatch, DATABASE_URL="sqlite:///var/ledger.db", WORKERS="8", THREADS="4")
    assert (told["workers"], told["threads"], told["worker_class"]) == (1, 4, "gthread")


def test_postgresql_has_several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """On PostgreSQL the number of processes follows the cores, up to eight, or the setting."""
    assert 2 <= configuration(monkeypatch, DATABASE_URL="postgresql://db/ledger")["workers"] <= 8
    assert configuration(monkeypatch, WORKERS="3")["workers"] == 3


def test_server_cannot_be_commanded(monkeypatch: pytest.MonkeyPatch) -> None:
    """No control socket is opened, and nothing is loaded before the fork."""
    told = configuration(monkeypatch, HOST="::1", PORT="8001")
    assert told["control_socket_disable"] is True
    assert told["preload_app"] is False
    assert told["bind"] == "[::1]:8001"


def test_log_is_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands in a message, a log line is one JSON object."""
    told = configuration(monkeypatch)
    assert line(told, "Booting %s", 'a "worker"\nhere')["message"] == 'Booting a "worker"\nhere'


def test_log_names_no_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address, a header or a query string that gunicorn would write is left out, and its access log is off."""
    told = configuration(monkeypatch)
    refused = line(told, "Invalid request from ip=192.0.2.7: Invalid HTTP Header: 'Authorization'")
    failed = line(told, "Error handling request %s %s", "GET", "/v1/firms?q=a+name")
    assert "192.0.2.7" not in json.dumps(refused)
    assert "a+name" not in json.dumps(failed)
    assert told["accesslog"] is None
