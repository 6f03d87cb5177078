"""What is true of every chart, whatever its figures and words are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.dashboards.charts.palette import PAINT
from ledger.dashboards.charts.svg import Medium
from tests.dashboards.charts.examples import DRAWN
from tests.dashboards.charts.reading import outside, read
from tests.dashboards.charts.reading import settings as attributes
from tests.house.tree import ROOT

STYLES = (ROOT / "ledger/dashboards/static/charts.css").read_text(encoding="utf-8")
KNOWN = {*PAINT, *re.findall(r"\.([a-z][\w-]*)", STYLES)}
CHARTS = pytest.mark.parametrize("name", sorted(DRAWN))
MEDIA = st.sampled_from(Medium)


@CHARTS
@settings(max_examples=60)
@given(data=st.data(), medium=MEDIA)
def test_a_picture_is_well_formed_and_keeps_inside_its_frame(name: str, data: st.DataObject, medium: Medium) -> None:
    """Every coordinate is a number within the picture, and all words are words."""
    picture = data.draw(DRAWN[name])(medium)
    assert outside(read(picture)) == []


@CHARTS
@settings(max_examples=30)
@given(data=st.data())
def test_a_page_gets_classes_that_the_stylesheet_knows(name: str, data: st.DataObject) -> None:
    """No style attribute, which the content security policy would refuse, and no class without a rule."""
    root = read(data.draw(DRAWN[name])(Medium.PAGE))
    classes = {one for element in root.iter() for one in element.get("class", "").split()}
    assert classes <= KNOWN
    assert not [element for element in root.iter() if element.get("style") or element.get("fill")]


@CHARTS
@settings(max_examples=30)
@given(data=st.data())
def test_paper_gets_attributes_alone(name: str, data: st.DataObject) -> None:
    """No class, no variable and no link: WeasyPrint knows none of them inside a picture."""
    picture = data.draw(DRAWN[name])(Medium.PDF)
    root = read(picture)
    assert not [element for element in root.iterdescendants() if element.get("class") or element.tag == "a"]
    settings_ = {
        value for element in root.iter() for name, value in attributes(element).items() if name in ("fill", "stroke")
    }
    assert all(value == "none" or re.fullmatch("#[0-9a-f]{6}", value) for value in settings_)


@CHARTS
@settings(max_examples=30)
@given(data=st.data(), medium=MEDIA)
def test_a_picture_has_a_name_or_is_hidden(name: str, data: st.DataObject, medium: Medium) -> None:
    """Who does not see it hears its title, unless the words stand beside it already."""
    root = read(data.draw(DRAWN[name])(medium))
    if root.get("aria-hidden") == "true":
        return
    assert root.get("role") in ("img", "group")
    assert root.find("title") is not None
    ids = {element.get("id") for element in root.iter()} - {None}
    assert set(root.get("aria-labelledby", "").split()) <= ids


@CHARTS
@settings(max_examples=15)
@given(data=st.data(), medium=MEDIA)
def test_the_same_figures_give_the_same_picture(name: str, data: st.DataObject, medium: Medium) -> None:
    """To the byte: reports and referrals are compared."""
    draw = data.draw(DRAWN[name])
    assert draw(medium) == draw(medium)
