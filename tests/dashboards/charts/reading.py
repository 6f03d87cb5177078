"""Reads a picture back: its elements, their coordinates, its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

ACROSS, DOWN = ("x", "x1", "x2", "cx", "width"), ("y", "y1", "y2", "cy", "height")
NUMBER = re.compile(r"-?\d+(\.\d+)?%?")
COORDINATES = (*ACROSS, *DOWN, "r", "rx", "dx", "stroke-width")


def read(picture: str) -> etree._Element:
    """Return the picture as a tree; one that is not well-formed is not read."""
    return etree.fromstring(str(picture))


def own_elements(root: etree._Element) -> Iterator[etree._Element]:
    """Return the elements whose places are places in the picture: not those in a frame of their own scale."""
    for element in root.iterdescendants():
        if not any(above.get("viewBox") or above.get("overflow") for above in element.iterancestors("svg")):
            yield element


def settings(element: etree._Element) -> dict[str, str]:
    """Return the attributes of an element."""
    return {str(name): str(value) for name, value in element.attrib.items()}


def all_of(root: etree._Element, tag: str, look: str = "") -> list[etree._Element]:
    """Return the elements of a tag that have a class."""
    return [element for element in root.iter(tag) if not look or look in element.get("class", "").split()]


def words(root: etree._Element) -> list[str]:
    """Return what is written in the picture, top to bottom as drawn."""
    return [element.text or "" for element in root.iter("text")]


def outside(root: etree._Element) -> list[str]:
    """Return what reaches out of the picture, or is no number."""
    height = float(root.get("height", "0"))
    found = []
    for element in [root, *own_elements(root)]:
        for name, value in settings(element).items():
            if name in COORDINATES and (not NUMBER.fullmatch(value) or not _inside(name, value, height)):
                found.append(f"{element.tag} {name}={value}")
        found += [f"{element.tag} ends at {end}" for end in _ends(element, height)]
    return found


def _ends(element: etree._Element, height: float) -> Iterator[str]:
    """Return where a rectangle or a circle ends, if that is past the frame."""
    if element.tag == "rect" and not element.get("transform"):
        low, across = (
            _amount(element, "y") + _amount(element, "height"),
            _amount(element, "x") + _amount(element, "width"),
        )
        if low > height + 0.02 or (element.get("width", "").endswith("%") and across > 100.02):
            yield f"{low} {across}"
    if element.tag == "circle":
        top, low = (_amount(element, "cy") + side * _amount(element, "r") for side in (-1, 1))
        if top < -0.02 or low > height + 0.02:
            yield f"{top} {low}"


def _amount(element: etree._Element, name: str) -> float:
    return float(element.get(name, "0").rstrip("%"))


def _inside(name: str, value: str, height: float) -> bool:
    amount = float(value.rstrip("%"))
    if name in ACROSS:
        return 0 <= amount <= (100 if value.endswith("%") else 300)
    return name == "dx" or 0 <= amount <= height
