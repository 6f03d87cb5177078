"""The valid requests that mutations begin with."""

from __future__ import annotations

from collections.abc import Iterator

from tests.api.hostile.seeds import seeds
from tests.api.hostile.world import World
from tests.dashboards.rules import is_page

FORM = "verify.verdict"  # anybody may send it, so it is tried like an endpoint


def endpoints(world: World) -> Iterator[str]:
    """Every endpoint for programs; the forms of pages are tried where their pages are."""
    return (rule.endpoint for rule in world.app.url_map.iter_rules() if not is_page(rule) or rule.endpoint == FORM)


def test_every_endpoint_has_a_valid_request(world: World) -> None:
    """An endpoint without a seed would not be fuzzed at all."""
    assert {seed.name for seed in seeds(world)} == set(endpoints(world))


def test_valid_requests_are_accepted(world: World) -> None:
    """What mutations begin with is right before it is mutated."""
    refused = {f"{seed}": answer.text for seed in seeds(world) if (answer := world.answer(seed)).status >= 300}
    assert refused == {}
