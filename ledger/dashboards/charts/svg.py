"""The pen that writes SVG: classes for the page, attributes for PDF; whatever comes from outside is escaped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from markupsafe import Markup, escape

from ledger.dashboards.charts.palette import LIGHT, attributes
from ledger.dashboards.charts.parts import Caption

_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML has no way to write these
_PLAIN = re.compile(r"[\w.,%#() -]*")  # nothing to escape: most values are places and numbers


Settings = dict[str, str | float | None]


class Medium(Enum):
    """Where a chart is drawn for."""

    PAGE = "page"
    PDF = "pdf"  # WeasyPrint ignores the page's stylesheet inside inline SVG


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes elements for one medium."""

    medium: Medium

    @property
    def on_page(self) -> bool:
        """Whether a reader may hover, click and walk."""
        return self.medium is Medium.PAGE

    def draw(self, tag: str, look: str = "", *inside: str, **settings: str | float | None) -> Markup:
        """Return an element: its tag, its classes, what is inside, its attributes."""
        painted = (f' class="{look}"' if self.on_page else attributes(look)) if look else ""
        placed = "".join(
            [f' {_spelled(name)}="{_value(value)}"' for name, value in settings.items() if value is not None]
        )
        content = "".join(map(said, inside))
        element = f"<{tag}{painted}{placed}>{content}</{tag}>" if content else f"<{tag}{painted}{placed}/>"
        return Markup(element)  # nosec B704 # noqa: S704 - whatever is not markup was escaped above

    def text(self, look: str, words: str, x: str | float, y: float, anchor: str | None = None) -> Markup:
        """Return words at a place; they start there unless an anchor says otherwise."""
        return self.draw("text", look, words, x=x, y=y, text_anchor=anchor)

    def moved(self, x: float, y: float, *inside: str, look: str = "", **settings: str | float | None) -> Markup:
        """Return elements moved by pixels: how a place in per cent keeps its distance from an edge."""
        return self.draw("g", look, *inside, transform=f"translate({number(x)} {number(y)})", **settings)

    def chart(self, caption: Caption, height: float, *inside: str, **settings: str | float | None) -> Markup:
        """Return the whole picture with its name; it is as wide as its place unless a width is set."""
        names = f"{caption.id}-title", f"{caption.id}-text"
        # A tagged PDF takes its alternative text from the title alone.
        title = caption.title if self.on_page else f"{caption.title}. {caption.text}"
        about = self.draw("title", "", title, id=names[0]), self.draw("desc", "", caption.text, id=names[1])
        frame: Settings = {
            "width": "100%",
            "height": height,
            "role": "img",
            "aria_labelledby": " ".join(names),
            **settings,
        }
        return self._frame(*about, *inside, **frame, font_family=self._font())

    def mark(self, words: str, height: float, *inside: str) -> Markup:
        """Return a picture for which the words stand beside it: hidden from readers, named in a tagged PDF."""
        if self.on_page:
            return self._frame(*inside, width="100%", height=height, aria_hidden="true")
        return self._frame(self.draw("title", "", words), *inside, width="100%", height=height, role="img")

    def _frame(self, *inside: str, **settings: str | float | None) -> Markup:
        """Return a picture with its class, for the stylesheet reaches the picture itself on paper as well."""
        return self.draw("svg", "", *inside, **{"class": "chart", **settings})

    def _font(self) -> str | None:
        return None if self.on_page else LIGHT["--font"]


def number(value: float) -> str:
    """Return a coordinate with at most two places, in every locale with a point."""
    return str(value) if isinstance(value, int) else f"{round(value, 2) + 0.0:.10g}"


def per_cent(value: float) -> str:
    """Return a place between the left edge, 0, and the right one, 100."""
    return f"{number(min(max(value, 0), 100))}%"


def said(words: str) -> Markup:
    """Return words so that they are nothing but words."""
    return words if isinstance(words, Markup) else escape(_NO_XML.sub("", words))


@cache
def _spelled(name: str) -> str:
    return name.replace("_", "-")


def _value(value: str | float) -> str:
    if not isinstance(value, str):
        return number(value)
    return value if _PLAIN.fullmatch(value) else said(value)
