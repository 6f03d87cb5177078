"""The peer of a query: the same SELECTs through bare psycopg, and an empty answer of Flask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from flask import Flask, Response, jsonify
from sqlalchemy import event

from tests.api.world import World


@contextmanager
def client(world: World, ask: Callable[[], None]) -> Iterator[Callable[[], object]]:
    """Hear which tables of read models a query asks, and yield what asks them the same in one transaction."""
    statements = _heard(world, ask)
    app = Flask(__name__)
    with psycopg.connect(world.house.settings.database_url, autocommit=True) as connection:

        @app.get("/")
        def answer() -> Response:
            with connection.transaction():
                for statement, parameters in statements:
                    connection.execute(statement.encode(), parameters).fetchall()
            return jsonify({})

        asking = app.test_client()
        yield lambda: asking.get("/")


def _heard(world: World, ask: Callable[[], None]) -> list[tuple[str, Any]]:
    heard: list[tuple[str, Any]] = []

    def note(*said: Any) -> None:
        statement, parameters = said[2], said[3]
        if statement.startswith(("SELECT", "WITH")) and "checkpoints" not in statement:
            heard.append((statement, parameters))

    world.house.follower.catch_up()
    event.listen(world.house.engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(world.house.engine, "before_cursor_execute", note)
    return heard
