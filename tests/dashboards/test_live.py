"""An open page hears that something is new, until its reader has signed out."""

from __future__ import annotations

from tests.api.jobs import finished, propose
from tests.api.world import World
from tests.dashboards.people import person


def test_a_page_hears_of_what_its_reader_may_see(world: World) -> None:
    """The position alone, of an event without a name: what it is the page fetches by itself."""
    reader = person(world, "beta")
    lines = reader.get("/live").response
    first = next(iter(lines))
    assert b"retry:" in (first if isinstance(first, bytes) else first.encode())
    propose(world.alpha, finished(world.alpha, world.beta))
    world.house.follower.catch_up()
    heard = next(line for line in lines if b"data" in (line if isinstance(line, bytes) else line.encode()))
    text = heard.decode() if isinstance(heard, bytes) else heard
    assert text == f"id: {world.house.ledger.head()}\ndata: {world.house.ledger.head()}\n\n"


def test_without_room_a_page_hears_nothing(world: World) -> None:
    """And asks again later: that is no error."""
    places = world.house.settings.streams
    open_pages = [person(world, "beta").get("/live") for _ in range(places)]
    assert person(world, "beta").get("/live").status_code == 204
    for page in open_pages:
        page.close()
    assert person(world, "beta").get("/live").status_code == 200
