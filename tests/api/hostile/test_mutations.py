"""Thousands of damaged requests, the same in every run; `scripts/fuzz` sends as many as one has time for."""

from __future__ import annotations

from pathlib import Path

from tests.api.hostile.campaign import Tally, numbers, play
from tests.api.hostile.exchange import Answer, Request, complaint

REQUESTS = 4000


def test_mutated_requests_are_answered(tmp_path: Path) -> None:
    """No damage to a valid request gives an answer of 500 or above, none is slow, no read model fails."""
    tally = Tally()
    play(tmp_path, REQUESTS, numbers("ledger"), tally)
    assert tally.complaints == [], tally.report()
    assert tally.statuses.total() == REQUESTS
    assert len(tally.endpoints) > 40, "hardly any endpoint was reached"
    assert min(tally.statuses[status] for status in (200, 201, 400, 401, 404, 405, 409, 415, 422, 428)) > 0


def test_bad_answers_are_noticed() -> None:
    """What the fuzzer looks for is found: answers of 500 or above, slow ones, pages instead of problems, redirects."""
    request = Request("GET", "/v1/firms")
    good = '{"type": "/docs#a", "title": "a", "status": 400, "detail": "a", "code": "a"}'
    assert complaint(request, Answer(400, "application/problem+json", good, 0.1)) is None
    assert complaint(request, Answer(500, "application/problem+json", good.replace("400", "500"), 0.1))
    assert complaint(request, Answer(400, "application/problem+json", good, 2.1))
    assert complaint(request, Answer(400, "text/html", "<p>no</p>", 0.1))
    assert complaint(
        request, Answer(400, "application/problem+json", good.replace('"detail": "a"', '"detail": ""'), 0.1)
    )
    assert complaint(request, Answer(308, "text/html", "", 0.1))
