"""A page as a test reads it."""

from __future__ import annotations

from html.parser import HTMLParser


class Reader(HTMLParser):
    """Notes the anchors, links, elements and words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.elements.append((tag, given))
        self.anchors += [value for value in [given.get("id")] if value]
        self.links += [value for value in [given.get("href"), given.get("src")] if value]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def given(self, name: str) -> list[str]:
        """Every value of an attribute, in order."""
        return [value for _, given in self.elements if (value := given.get(name))]
