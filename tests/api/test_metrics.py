"""Figures for whoever watches: the same stand as readiness tells, and every answer counted."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

from ledger.projections.catalogue import PROJECTIONS
from tests.api.jobs import finished, propose
from tests.api.test_health import stopped
from tests.api.world import World

ROUTE = "/v1/networks"


def figures(world: World) -> dict[tuple[str, ...], float]:
    """Every figure by its name and the values of its labels."""
    answer = world.app.test_client().get("/metrics")  # which lets no read model catch up first
    assert answer.status_code == 200, answer.text
    assert answer.content_type.startswith("text/plain; version=")
    families = text_string_to_metric_families(answer.text)
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def test_they_say_where_everything_stands(world: World) -> None:
    """The log's position, and what seals and read models lag behind."""
    world.house.sealer.look()
    world.anyone.get("health/ready")
    propose(world.alpha, finished(world.alpha, world.beta))
    told = figures(world)
    assert told[("ledger_log_available",)] == 1
    assert told[("ledger_log_position",)] == world.house.ledger.head()
    assert (told[("ledger_sealing_lag",)], told[("ledger_sealing_stopped",)]) == (1, 0)
    lags = {name[1]: lag for name, lag in told.items() if name[0] == "ledger_projection_lag"}
    assert lags == {one.key: 1 for one in PROJECTIONS}
    assert told[("ledger_projection_failed", PROJECTIONS[0].key)] == 0


def test_they_say_that_sealing_has_stopped(world: World) -> None:
    """As readiness does."""
    stopped(world)
    assert figures(world)[("ledger_sealing_stopped",)] == 1


def test_every_answer_is_counted_by_its_route(world: World) -> None:
    """With its status; nothing that a caller may make up becomes a name: no address, no method of nobody's."""
    before = figures(world)
    world.anyone.get("/networks")
    world.operator.get("/networks")
    world.app.test_client().open("/nobody/has/this?q=1", method="BREW")
    after = figures(world)

    def more(*name: str) -> float:
        return after[name] - before.get(name, 0)

    assert more("ledger_http_requests_total", "GET", ROUTE, "401") == 1
    assert more("ledger_http_requests_total", "GET", ROUTE, "200") == 1
    assert more("ledger_http_requests_total", "", "", "404") == 1
    assert more("ledger_http_request_seconds_count", ROUTE) == 2
    assert not any("nobody" in part or "BREW" in part for name in after for part in name)
