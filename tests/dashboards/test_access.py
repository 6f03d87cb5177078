"""The access table of pages holds: for every page and every caller, and a page without a row fails."""

from __future__ import annotations

import pytest

from tests.api.world import World
from tests.dashboards.access_table import EVERYBODY, TABLE
from tests.dashboards.people import person
from tests.dashboards.rules import is_page

IN_THE_WORLD = {"nobody": None, "firm": "alpha", "bank": "bank", "coordinator": "office", "operator": "operator"}
BESIDE = ("_json", "_csv")


def test_every_page_has_a_row(world: World) -> None:
    """And no row is about a page that is gone."""
    served = {
        f"{method} {rule.rule}"
        for rule in world.app.url_map.iter_rules()
        if is_page(rule) and not rule.endpoint.endswith(BESIDE)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert served == TABLE.keys()


@pytest.mark.parametrize("row", [row for row in TABLE if "<" not in row and TABLE[row] != EVERYBODY])
@pytest.mark.parametrize("who", EVERYBODY)
def test_nobody_else_gets_in(world: World, row: str, who: str) -> None:
    """Whoever is not signed in is led to signing in; for others the page does not exist."""
    method, path = row.split()
    somebody = person(world, IN_THE_WORLD[who])
    answer = somebody.get(path) if method == "GET" else somebody.send("/login", path)
    if who == "nobody":
        assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/login")
    else:
        assert (answer.status_code == 404) == (who not in TABLE[row])


def test_no_page_opens_to_a_key(world: World) -> None:
    """What programs present, good or expired, is not looked at here: it leads to signing in, as nothing does."""
    for row in (row for row in TABLE if row.startswith("GET") and "<" not in row and TABLE[row] != EVERYBODY):
        answer = world.alpha.client.get(row.split()[1], headers={"Authorization": f"Bearer {world.alpha.key}"})
        assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/login"), row
