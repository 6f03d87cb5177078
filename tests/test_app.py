"""What holds for every answer, whatever was asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ledger.api.problems import problem
from ledger.app import HEADERS, create_app
from ledger.config import Settings
from ledger.services import build

PATHS = ["/health/live", "/v1/openapi.json", "/docs", "/v1/firms", "/v1/nothing", "/", "/v1/firms?limit=x"]


@pytest.fixture
def app(sqlite_url: str) -> Iterator[Flask]:
    """The application on an empty ledger."""
    house = build(Settings(database_url=sqlite_url))
    house.migrate()
    yield create_app(house)
    house.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A caller without a key."""
    return app.test_client()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE", "OPTIONS"])
def test_every_answer_carries_the_security_headers(client: FlaskClient, method: str, path: str) -> None:
    """Good answers and refusals alike; a page may say for itself what it shows, but not leave it open."""
    answer = client.open(path, method=method)
    assert answer.status_code < 500
    assert set(HEADERS) <= set(answer.headers.keys())
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_every_answer_has_an_id_of_its_own(client: FlaskClient) -> None:
    """The caller cannot choose it, so it cannot pass as somebody else's."""
    chosen = "6e1c7d0a-6a4e-5b8e-9d0f-3f6b1c2a4d10"
    ids = [client.get("/health/live", headers={"X-Request-Id": chosen}).headers["X-Request-Id"] for _ in range(3)]
    assert len({UUID(one) for one in ids} - {UUID(chosen)}) == 3


def test_an_unknown_address_is_a_problem(client: FlaskClient) -> None:
    """404 as a problem document that carries the request's id."""
    answer = client.get("/v1/no/such/thing")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert answer.json is not None
    assert answer.json["code"] == "not-found"
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]


def test_an_unknown_method_is_a_problem_that_names_the_known(client: FlaskClient) -> None:
    """405 with `Allow`."""
    answer = client.put("/v1/firms")
    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


def test_a_fault_of_ours_tells_nothing(app: Flask) -> None:
    """500 as a problem without what was raised."""

    def broken() -> str:
        raise RuntimeError("open-sesame")

    app.add_url_rule("/broken", "broken", broken)
    answer = app.test_client().get("/broken")
    assert (answer.status_code, answer.content_type) == (500, "application/problem+json")
    assert "open-sesame" not in answer.text


def test_documents_may_be_larger_than_other_bodies(sqlite_url: str) -> None:
    """Each limit stands for its own kind of request."""
    house = build(Settings(database_url=sqlite_url, body_limit=10, document_limit=100))
    app = create_app(house)
    for path, limit in (("/v1/invoices", 100), ("/v1/collaborations", 10)):
        with app.test_request_context(path, method="POST", data=b"x"):
            app.preprocess_request()
            from flask import request  # noqa: PLC0415 - of this context

            assert request.max_content_length == limit
    house.close()


def test_an_answer_does_not_depend_on_a_slash_at_the_end(client: FlaskClient) -> None:
    """`/v1/firms/` is `/v1/firms`."""
    assert client.get("/v1/firms/").status_code == client.get("/v1/firms").status_code == 401


def test_an_app_is_built_from_the_environment(monkeypatch: pytest.MonkeyPatch, sqlite_url: str, tmp_path: Path) -> None:
    """As gunicorn does, without a house of its own."""
    monkeypatch.setenv("LEDGER_DATABASE_URL", sqlite_url)
    monkeypatch.setattr("ledger.app.configure", lambda _level: None)
    app = create_app()
    assert app.extensions["house"].settings.database_url == sqlite_url
    assert app.test_client().get("/health/live").json == {"status": "alive"}
    app.extensions["house"].close()


def test_a_ledger_without_tables_answers_unavailable(sqlite_url: str) -> None:
    """503, and it does not make the tables itself."""
    house = build(Settings(database_url=sqlite_url))
    answer = create_app(house).test_client().get("/health/ready")
    house.close()
    assert (answer.status_code, answer.json["status"] if answer.json else None) == (503, "unavailable")


def test_a_title_is_in_the_caller_s_language(app: Flask) -> None:
    """English, German and Danish; English for everybody else."""
    titles = {}
    for language in ("de-AT", "da", "fr"):
        with app.test_request_context("/", headers={"Accept-Language": language}):
            body = problem(404, "not-found", "There is no such thing.").json
            assert body is not None
            titles[language] = body["title"]
    assert titles == {"de-AT": "Nicht gefunden", "da": "Ikke fundet", "fr": "Not found"}
