"""Colours: paper and browser agree, everything can be read, and kinds stay apart for every eye."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from ledger.dashboards.charts.palette import LIGHT, PAINT, attributes, stylesheet
from tests.house.tree import ROOT

Colours = npt.NDArray[np.float64]

STATIC = ROOT / "ledger/dashboards/static"
TOKENS_CSS, CHARTS_CSS = ((STATIC / name).read_text(encoding="utf-8") for name in ("tokens.css", "charts.css"))
DECLARED = dict(re.findall(r"(--[\w-]+):((?:light-dark\([^)]*\)|[^;}])+)", TOKENS_CSS.split("}")[0]))
PAIR = re.compile(r"light-dark\((#\w{6}),(#\w{6})\)")
THEMES = {
    theme: {name: pair[place] for name, value in DECLARED.items() if (pair := PAIR.fullmatch(value))}
    for place, theme in ((1, "light"), (2, "dark"))
}
KINDS = [f"--cat-{number}" for number in range(1, 9)]
THEME = pytest.mark.parametrize("theme", sorted(THEMES))

# Text on its ground: 4.5 (WCAG 2.2, 1.4.3).
TEXTS = [
    *((ink, ground) for ink in ("--ink", "--muted") for ground in ("--surface", "--page", "--brand-soft")),
    *(
        (ink, ground)
        for ink in ("--brand", "--focus", "--good", "--bad", "--warn")
        for ground in ("--surface", "--page")
    ),
    *((f"--{mood}", f"--{mood}-soft") for mood in ("good", "bad", "warn", "brand")),
    *(("--ink", f"--{mood}-soft") for mood in ("good", "bad", "warn")),
    ("--on-brand", "--brand"),
    *(("--ink", f"--heat-{step}") for step in (1, 2, 3)),
    *(("--on-brand", f"--heat-{step}") for step in (4, 5)),
]
# What has to be seen to understand a picture, on its ground: 3 (WCAG 2.2, 1.4.11).
MARKS = [(mark, "--surface") for mark in (*KINDS, "--brand", "--good", "--bad", "--edge", "--band-strong")]

# Machado, Oliveira, Fernandes (2009), severity 1, on linear colours.
EYES = {
    "all cones": np.eye(3),
    "no long": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no middle": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no short": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
APART = 14  # CIE 1976 difference; the six of the design keep 14.2 among themselves


def test_paper_has_the_light_values_of_the_stylesheet() -> None:
    """One table for paper, one file for browsers, the same tokens in both."""
    assert {name: THEMES["light"].get(name, _in_pixels(value)) for name, value in DECLARED.items()} == LIGHT
    assert stylesheet().startswith(":root{--page:#f5f6f8;")


def test_the_stylesheet_says_what_the_attributes_say() -> None:
    """A class means the same on paper and on the page, in the same order of precedence."""
    rules = re.findall(r"^\.([\w-]+)\{([^}]*)\}$", CHARTS_CSS, re.MULTILINE)
    said = {name: dict(one.split(":") for one in body.split(";")) for name, body in rules[: len(PAINT)]}
    assert said == PAINT
    assert list(said) == list(PAINT)


def test_attributes_are_resolved() -> None:
    """Variables, the current colour and mixtures become plain colours; the later class wins."""
    assert attributes("k1") == ' fill="#173f75"'
    assert attributes("k2 c-open") == ' fill="#ffffff" stroke="#a84a12" stroke-width="1.6"'
    assert attributes("k1 t3") == ' fill="#c5cfdc" stroke="#173f75"'


@THEME
def test_texts_can_be_read(theme: str) -> None:
    """Axe does not see the text in a picture, so the tokens themselves are measured."""
    tokens = THEMES[theme]
    weak = {pair: round(contrast(*(tokens[name] for name in pair)), 2) for pair in TEXTS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@THEME
def test_marks_can_be_seen(theme: str) -> None:
    """Bars, dots and lines stand out from their ground."""
    tokens = THEMES[theme]
    weak = {pair: round(contrast(*(tokens[name] for name in pair)), 2) for pair in MARKS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


@THEME
@pytest.mark.parametrize("eye", EYES)
def test_kinds_stay_apart_for_every_eye(theme: str, eye: str) -> None:
    """Eight colours, every two of them, without one of the three sorts of cones as well."""
    seen = {name: lab(linear(THEMES[theme][name]) @ EYES[eye].T) for name in KINDS}
    close = {
        pair: distance
        for pair in combinations(KINDS, 2)
        if (distance := round(float(np.linalg.norm(seen[pair[0]] - seen[pair[1]])), 1)) < APART
    }
    assert close == {}


def test_the_stylesheets_stay_small() -> None:
    """A page has 30 kB for everything."""
    assert len(TOKENS_CSS.encode()) + len(CHARTS_CSS.encode()) <= 9000


def _in_pixels(value: str) -> str:
    """Return a length as paper has it: what follows the reader's font size on a page follows none there."""
    rem = re.fullmatch(r"([\d.]+)rem", value)
    return f"{float(rem[1]) * 16:g}px" if rem else value


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG."""
    low, high = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def linear(colour: str) -> Colours:
    """Return a colour as amounts of light."""
    parts = np.frombuffer(bytes.fromhex(colour[1:]), np.uint8) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(light: Colours) -> Colours:
    """Return light as CIE L*a*b*, in which distance is difference to the eye."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ np.clip(light, 0, 1) / [0.9505, 1, 1.089]
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])
