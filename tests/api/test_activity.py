"""What a network's office reads over HTTP of all its firms together."""

from __future__ import annotations

from tests.api.callers import refused
from tests.api.jobs import confirmed, step
from tests.api.world import World


def test_the_office_reads_what_happened(world: World) -> None:
    """The latest first, in pages, narrowed by what, by kind and by firm."""
    job = confirmed(world.alpha, world.beta)
    path = f"/networks/{world.office.id}/activity"
    latest = world.office.read(f"{path}?kind=subcontract")["items"]
    assert [one["what"] for one in latest] == ["confirmed", "recorded"]
    assert latest[0]["collaboration"] == job
    assert [one["name"] for one in latest[0]["firms"]] == ["Example alpha", "Example beta"]
    step(world.alpha, job, "disputes", {"reason": "It was scrap."})
    assert [one["by"] for one in world.office.read(f"{path}?what=disputed")["items"]] == [world.alpha.id]
    assert [one["what"] for one in world.office.read(f"{path}?firm={world.gamma.id}")["items"]] == ["admitted"]
    first = world.office.read(f"{path}?limit=1")
    second = world.office.read(f"{path}?limit=1&cursor={first['next']}")
    assert first["items"][0]["position"] > second["items"][0]["position"]
    refused(world.office.get(f"{path}?what=erased"), 422, "invalid-request", "/what")


def test_the_office_reads_its_figures(world: World) -> None:
    """Confirmed work alone; members without a partner with a suggestion or none."""
    confirmed(world.alpha, world.beta)
    path = f"/networks/{world.office.id}/indicators"
    found = world.office.read(f"{path}?months=24")
    figures = {one["code"]: one["value"] for one in found["figures"]}
    assert (figures["confirmed_jobs"], figures["firms_with_partner"]) == (1, 2)
    assert (found["isolated_count"], found["members"]) == (2, 4)
    assert {one["name"] for one in found["isolated"]} == {"Example gamma", "Example delta"}
    assert len(found["by_month"]) == len(found["sparkline_months"]) == 24
    assert [one["volume"]["currency"] for one in found["currencies"]] == ["EUR"]
    danish = world.office.read(f"{path}?country=DK&months=3")
    assert (danish["members"], danish["figures"][0]["value"]) == (1, 0)
    refused(world.office.get(f"{path}?months=5"), 422, "invalid-request", "/months")


def test_the_office_reads_the_map(world: World) -> None:
    """Pairs are there at once; places once it is drawn."""
    confirmed(world.alpha, world.beta)
    path = f"/networks/{world.office.id}/map"
    found = world.office.read(path)
    assert ([edge["jobs"] for edge in found["edges"]], found["snapshot"], found["alone_count"]) == ([1], None, 2)
    assert found["nodes"][0]["x"] is None
    world.office.record(f"/networks/{world.office.id}/epochs", {})
    assert world.office.read(path)["nodes"][0]["x"] is not None
    refused(world.office.get(f"{path}?focus={world.omega.id}"), 404, "not-found")


def test_the_office_reads_a_year(world: World) -> None:
    """Beside the one before; what banks have done stands in it once they have."""
    job = confirmed(world.alpha, world.beta)
    year = world.office.read(f"/collaborations/{job}")["business_date"][:4]
    found = world.office.read(f"/networks/{world.office.id}/reports/{year}")
    kinds = {one["kind"]: one for one in found["this"]["kinds"]}
    assert (kinds["subcontract"]["jobs"], kinds["joint_order"]["jobs"], found["before"]["confirmed_jobs"]) == (1, 0, 0)
    assert (found["banks"], found["this"]["members"]) == (None, found["this"]["members"])
    refused(world.office.get(f"/networks/{world.office.id}/reports/9999"), 404, "not-found")


def test_the_year_tells_how_many_people_work_there(world: World) -> None:
    """The sum over the firms that told, and how many those are; nothing where none did."""
    for firm, employees in ((world.alpha, 42), (world.beta, 8)):
        firm.record(f"/firms/{firm.id}/headcounts", {"year": 2025, "employees": employees, "apprentices": 3})
    found = world.office.read(f"/networks/{world.office.id}/reports/2026")
    assert found["before"]["headcounts"] == {"firms": 2, "employees": 50, "apprentices": 6}
    assert found["this"]["headcounts"] == {"firms": 0, "employees": None, "apprentices": None}
