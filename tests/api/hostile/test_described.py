"""Requests made up from the OpenAPI document, right ones and wrong ones: the service does what the document says."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from schemathesis.engine import from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished
from werkzeug.serving import make_server

from tests.api.hostile.seeds import seeds
from tests.api.hostile.world import World

if TYPE_CHECKING:
    from schemathesis.engine.recorder import ScenarioRecorder

# CI makes up the same few for each operation; scripts/fuzz makes up many, and tries every bound of every field.
LONG = "LEDGER_FUZZ_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("LEDGER_FUZZ_EXAMPLES", "8"))
SEED = int(os.environ.get("LEDGER_FUZZ_SEED", "1"))
# Each answer is held against the document besides: its status, content type, headers and body.
CHECKS = {
    # 504 is what the document promises for a position that is not there yet.
    "not_a_server_error": {"expected-statuses": ["2xx", "4xx", 504]},
    # 422: no schema says which firms there are, which fields exclude each other, that a text has no control characters,
    # or that whole numbers are written without a point.
    "positive_data_acceptance": {"expected-statuses": ["2xx", 401, 403, 404, 409, 412, 422, 504]},
    "negative_data_rejection": {"expected-statuses": ["4xx"]},
    "missing_required_header": {"expected-statuses": ["4xx"]},  # 428 without If-Match
}
# Of a batch each item stands or falls by itself: the answer to wrong ones is 200, with a problem for each.
# The bounds of an item's fields are tried where it is recorded alone.
BATCH = {
    "include-operation-id": "collaborations_propose_batch",
    "checks": {"negative_data_rejection": {"enabled": False}},
    "phases": {"coverage": {"enabled": False}},
}


@pytest.fixture
def address(world: World) -> Iterator[str]:
    """Where the ledger answers, with read models that are up to date."""

    def application(environ: Any, start: Any) -> Any:
        world.house.follower.catch_up()
        return world.app(environ, start)

    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@schemathesis.hook
def before_call(_: Any, case: Any, __: Any) -> None:
    """Wait for no position: most are never there."""
    waited = str((case.query or {}).get("wait"))
    if waited.replace(".", "").isdecimal() and float(waited) <= 10:
        case.query["wait"] = "0"


def test_the_document_is_kept(world: World, address: str) -> None:
    """No answer is 5xx or other than described; what the document forbids is refused, the rest is understood."""
    complaints: list[str] = []
    answered = 0
    for event in from_schema(_described(world, address)).execute():
        if isinstance(event, ScenarioFinished):
            complaints += _failures(event.recorder)
            answered += len(event.recorder.interactions)
        elif isinstance(event, NonFatalError | FatalError):
            complaints.append(str(event))
    assert complaints == [], "\n".join(complaints[:20])
    assert answered > 300


def _described(world: World, address: str) -> Any:
    """The document, and for each of its operations a caller who may."""
    settings = {
        "seed": SEED,
        "generation": {"max-examples": EXAMPLES, "database": "none", "no-shrink": True},
        # tests/api/test_model.py knows the order of steps
        "phases": {"coverage": {"enabled": LONG}, "stateful": {"enabled": False}},
        "checks": CHECKS,
        "operations": [BATCH],
    }
    schema = schemathesis.openapi.from_url(f"{address}/v1/openapi.json", config=schemathesis.Config.from_dict(settings))
    callers = {seed.name.replace(".", "_"): world.keys[seed.caller] for seed in seeds(world)}

    @schema.auth()
    class Key:
        def get(self, case: Any, _: Any) -> str:
            return callers[case.operation.definition.raw["operationId"]]

        def set(self, case: Any, key: str, _: Any) -> None:
            if key:
                case.headers["Authorization"] = f"Bearer {key}"

    return schema


def _failures(recorder: ScenarioRecorder) -> Iterator[str]:
    for checks in recorder.checks.values():
        for check in checks:
            if check.failure_info is not None:
                yield f"{recorder.label}: {check.failure_info.failure}\n{check.failure_info.code_sample[:1000]}\n"
