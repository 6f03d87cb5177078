"""The colours of the charts: what each class means, and its value in the light palette, which paper uses."""

from __future__ import annotations

import re
from functools import cache

KINDS = 8  # colours that stay apart for every eye; further groups take tints of the same

# tokens.css says the same, and the dark values beside it (tests/dashboards/charts/test_palette.py).
LIGHT: dict[str, str] = {
    "--page": "#f5f6f8",
    "--surface": "#ffffff",
    "--ink": "#17202b",
    "--muted": "#4b5765",
    "--sunken": "#eef2f7",
    "--line": "#dfe4ea",
    "--edge": "#7e8895",
    "--brand": "#173f75",
    "--brand-soft": "#eaeff6",
    "--on-brand": "#ffffff",
    "--focus": "#2563c9",
    "--good": "#0b6b50",
    "--good-soft": "#e3f3ee",
    "--bad": "#a3400c",
    "--bad-soft": "#fbece4",
    "--warn": "#7a5600",
    "--warn-soft": "#fdf3d6",
    "--hill": "#cfd6df",
    "--band": "#c9d8eb",
    "--band-strong": "#7189ac",
    "--link": "#b6bfca",
    "--cat-1": "#173f75",
    "--cat-2": "#a84a12",
    "--cat-3": "#15866a",
    "--cat-4": "#d56c98",
    "--cat-5": "#8a79ea",
    "--cat-6": "#a0941a",
    "--cat-7": "#48261a",
    "--cat-8": "#8a1fd0",
    "--heat-1": "#e1e7ee",
    "--heat-2": "#bccade",
    "--heat-3": "#8ea3c4",
    "--heat-4": "#3f649a",
    "--heat-5": "#173f75",
    "--font": 'Inter,system-ui,"Liberation Sans",Arial,sans-serif',
    **{f"--type-{size}": f"{size}px" for size in (12, 13, 15, 17, 22, 28, 34, 52)},
    **{f"--space-{size}": f"{size}px" for size in (4, 8, 12, 16, 24, 32, 48)},
    "--radius-6": "6px",
    "--radius-12": "12px",
}

# Class -> what it sets. charts.css says the same to browsers; for PDF the values become attributes.
PAINT: dict[str, dict[str, str]] = {
    **{f"k{number}": {"color": f"var(--cat-{number})", "fill": "currentColor"} for number in range(1, KINDS + 1)},
    "t2": {"fill": "color-mix(in srgb,currentColor 60%,var(--surface))", "stroke": "currentColor"},
    "t3": {"fill": "color-mix(in srgb,currentColor 25%,var(--surface))", "stroke": "currentColor"},
    "c-open": {"fill": "var(--surface)", "stroke": "currentColor", "stroke-width": "1.6"},
    "c-wait": {"fill": "none", "stroke": "currentColor", "stroke-width": "1.6", "stroke-dasharray": "2.2 2.2"},
    "c-ring": {"fill": "none", "stroke": "var(--ink)", "stroke-width": "1.6"},
    "c-so-far": {"fill-opacity": ".55"},
    "c-grid": {"stroke": "var(--line)"},
    "c-axis": {"stroke": "var(--edge)"},
    "c-zero": {"stroke": "var(--ink)"},
    "c-tick": {"fill": "var(--muted)", "font-size": "var(--type-12)"},
    "c-name": {"fill": "var(--ink)", "font-size": "var(--type-12)"},
    "c-strong": {"fill": "var(--ink)", "font-size": "var(--type-13)", "font-weight": "600"},
    "c-halo": {"stroke": "var(--surface)", "stroke-width": "3", "stroke-linejoin": "round"},
    "c-track": {"fill": "var(--brand-soft)"},
    "c-rest": {"fill": "var(--hill)"},
    "c-hill": {"fill": "var(--hill)"},
    "c-band": {"fill": "var(--band)"},
    "c-band-strong": {"fill": "var(--band-strong)"},
    "c-score": {"fill": "var(--brand)", "stroke": "var(--surface)", "stroke-width": "3"},
    "c-median": {"stroke": "var(--ink)", "stroke-dasharray": "2.5 2.5"},
    "c-bracket": {"fill": "none", "stroke": "var(--brand)", "stroke-width": "1.5"},
    "c-spark": {"fill": "none", "stroke": "var(--brand)", "stroke-width": "1.5", "stroke-linejoin": "round"},
    "c-brand": {"fill": "var(--brand)"},
    "c-up": {"fill": "var(--good)"},
    "c-down": {"fill": "var(--bad)"},
    "c-edge": {"fill": "none", "stroke": "var(--link)"},
    "c-cross": {"fill": "none", "stroke": "var(--cat-2)", "stroke-opacity": ".7"},
    "c-node": {"stroke": "var(--surface)"},
    "c-pale": {"fill-opacity": ".2", "stroke-opacity": ".2"},
}

_MIX = re.compile(r"color-mix\(in srgb,(#\w{6}) (\d+)%,(#\w{6})\)")


@cache
def attributes(classes: str) -> str:
    """Return what the classes set, as attributes with the colours of paper."""
    merged: dict[str, str] = {}
    for name in classes.split():
        merged |= PAINT.get(name, {})
    colour = merged.pop("color", "var(--ink)")
    return "".join(f' {name}="{_resolved(value, colour)}"' for name, value in merged.items())


def stylesheet() -> str:
    """Return the tokens with their light values alone, for WeasyPrint, which knows no light-dark()."""
    return ":root{" + ";".join(f"{name}:{value}" for name, value in LIGHT.items()) + "}"


def _resolved(value: str, colour: str) -> str:
    value = value.replace("currentColor", colour)
    value = re.sub(r"var\((--[\w-]+)\)", lambda token: LIGHT[token[1]], value)
    return _MIX.sub(lambda mix: _mixed(mix[1], int(mix[2]) / 100, mix[3]), value)


def _mixed(colour: str, part: float, ground: str) -> str:
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(ground[1:]), strict=True)
    return "#" + "".join(f"{round(part * above + (1 - part) * below):02x}" for above, below in pairs)
