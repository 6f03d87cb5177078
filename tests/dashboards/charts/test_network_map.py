"""The map of firms, the rack below it, the bubbles of communities."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ledger.dashboards.charts import bubbles, network_map
from ledger.dashboards.charts.labels import NARROW, WIDE, Spot, _box, _meet, place
from ledger.dashboards.charts.network import Edge
from ledger.dashboards.charts.network_map import Firm, NetworkMap
from ledger.dashboards.charts.parts import Key
from ledger.dashboards.charts.shapes import line_sample, sample
from ledger.dashboards.charts.svg import Medium
from tests.dashboards.charts.examples import BUBBLES, CAPTION, MAPS
from tests.dashboards.charts.reading import all_of, read, words

FIRMS = (
    Firm("a", "Ahrens & Co", "/firms/a", "DE", 0, "Ahrens & Co, Kiel", 0, 0, 1, "Metal"),
    Firm("b", "Bruun", "/firms/b", "DK", 1, "Bruun, Kolding", 1, 0.5, 4, "Electrical"),
    Firm("c", "Cegielski", "/firms/c", "PL", 0, "Cegielski, Poznan", 0.5, 1, 0, "Metal"),
)
ALONE = (Firm("d", "Dahl", "/firms/d", "DK", 8, "Dahl, Haderslev", group="Wood"),)
CHART = NetworkMap(CAPTION, FIRMS, (Edge("a", "b", 3, crosses=True), Edge("a", "c", 1)), ALONE, "1 firm alone")
COMMUNITIES = (
    bubbles.Community("x", "Around Ahrens", "/network?focus=x", 0.2, 0.5, 100, "Around Ahrens, 100 firms", "100"),
    bubbles.Community("y", "Around Bruun", "/network?focus=y", 0.8, 0.5, 4, "Around Bruun, 4 firms", "4 firms", 1),
)


def test_the_country_is_a_shape() -> None:
    """Circle, square, diamond: nobody needs to see colours for it."""
    by_name = {link.findtext("title"): link for link in all_of(read(network_map.network_map(CHART)), "a")}
    assert by_name["Ahrens & Co, Kiel"].find("circle") is not None
    assert by_name["Bruun, Kolding"].find("rect") is not None
    assert by_name["Cegielski, Poznan"].find("svg/path") is not None


def test_firms_are_links_with_a_name() -> None:
    """Those of the rack as well."""
    links = all_of(read(network_map.network_map(CHART)), "a")
    assert {link.get("href") for link in links} == {"/firms/a", "/firms/b", "/firms/c", "/firms/d"}
    assert all(link.findtext("title") for link in links)


def test_a_broker_is_larger() -> None:
    """The area grows with betweenness; who links nobody still can be seen."""
    root = read(network_map.network_map(CHART))
    assert all_of(root, "circle", "k1")[0].get("r") == "7"
    assert all_of(root, "rect", "k2")[0].get("width") == str(round(2 * 10.5 * 0.89, 2))


def test_lines_across_the_border_have_their_own_look() -> None:
    """And three jobs make a thicker line than one."""
    paths = all_of(read(network_map.network_map(CHART)), "path")[:2]
    looks = [(path.get("class"), path.get("stroke-width"), path.get("d")) for path in paths]
    assert looks == [("c-edge", "1", "M30 16L500 404"), ("c-cross", "1.6", "M30 16L970 210")]
    lines = all_of(read(network_map.network_map(CHART, Medium.PDF)), "line")
    assert [(line.get("x1"), line.get("x2"), line.get("y2")) for line in lines[:2]] == [
        ("3%", "50%", "404"),
        ("3%", "97%", "210"),
    ]


def test_a_focus_pales_all_but_its_neighbourhood() -> None:
    """Only its own names are written, its own first."""
    root = read(network_map.network_map(replace(CHART, focus="c")))
    assert [link.findtext("title") for link in all_of(root, "a", "c-pale")] == ["Bruun, Kolding"]
    assert words(root) == ["Cegielski", "Ahrens & Co", "1 firm alone"]


def test_more_groups_than_colours_take_tints() -> None:
    """The ninth is a tint of the first."""
    assert network_map.legend(CHART) == (Key("k1", "Metal"), Key("k2", "Electrical"), Key("k1 t2", "Wood"))


def test_the_table_names_partners_and_jobs() -> None:
    """Firms alone are in it, with nobody."""
    table = network_map.table(CHART, ("Firm", "Country", "Sector", "Partners"))
    assert table.rows == (
        ("Ahrens & Co", "DE", "Metal", "Bruun (3), Cegielski (1)"),
        ("Bruun", "DK", "Electrical", "Ahrens & Co (3)"),
        ("Cegielski", "PL", "Metal", "Ahrens & Co (1)"),
        ("Dahl", "DK", "Wood", "–"),
    )


@given(MAPS)
def test_the_order_of_firms_and_edges_does_not_matter(chart: NetworkMap) -> None:
    """The map stays put, whatever order a database returns."""
    other = replace(chart, firms=chart.firms[::-1], edges=chart.edges[::-1])
    assert network_map.network_map(other) == network_map.network_map(chart)
    header = ("", "", "", "")
    assert network_map.table(other, header) == network_map.table(chart, header)


@given(MAPS)
def test_the_table_has_every_firm_of_the_picture(chart: NetworkMap) -> None:
    """A row a link."""
    rows = network_map.table(chart, ("", "", "", "")).rows
    assert len(rows) == len(all_of(read(network_map.network_map(chart)), "a"))


SPOTS = st.lists(
    st.builds(Spot, st.floats(3, 97), st.floats(16, 404), st.floats(3, 38), st.text("abc", min_size=1, max_size=25)),
    max_size=25,
)


@given(SPOTS)
def test_no_name_lies_on_another(spots: list[Spot]) -> None:
    """On a desk and on a phone, and all within the picture."""
    names = place(spots, spots, 420)
    for width, shown in ((WIDE, names), (NARROW, [name for name in names if name.narrow])):
        boxes = [_box(name, width) for name in shown]
        assert not any(_meet(one, other) for at, one in enumerate(boxes) for other in boxes[:at])
        assert all(left >= 0 and right <= width and top >= 0 and foot <= 420 for left, top, right, foot in boxes)


def test_a_bubble_is_as_large_as_its_community() -> None:
    """By area; the number stands in it where it has room."""
    root = read(bubbles.bubbles(bubbles.Bubbles(CAPTION, COMMUNITIES, (Edge("x", "y", 2),))))
    assert [circle.get("r") for circle in all_of(root, "circle")] == ["38", "12.4"]
    assert words(root) == ["100", "Around Ahrens", "Around Bruun"]


@given(BUBBLES)
def test_the_table_has_every_community(chart: bubbles.Bubbles) -> None:
    """A row a bubble."""
    rows = bubbles.table(chart, ("Community", "Firms", "Jobs with")).rows
    assert len(rows) == len(all_of(read(bubbles.bubbles(chart)), "circle"))


def test_a_legend_shows_shapes_and_lines() -> None:
    """They stand beside their words, so readers pass them over."""
    drawn = [read(sample("DK", "Denmark")), *(read(line_sample("", crosses=crosses)) for crosses in (True, False))]
    assert [root.get("aria-hidden") for root in drawn] == ["true"] * 3
    assert [root[0].get("class") for root in drawn] == ["c-ring", "c-cross", "c-edge"]
    assert read(sample("DK", "Denmark", Medium.PDF)).findtext("title") == "Denmark"
