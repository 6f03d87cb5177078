"""Everything that pages say is said in German and Danish as well, once, and with the same places to fill."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.dashboards.catalogues import Message, said, translated

PLACE = re.compile(r"%\((\w+)\)s|%\((\w+)\)d|%%")
OTHERS = ("de", "da")


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated_once(language: str) -> None:
    """No message is missing, none is left over, none stands in two catalogues."""
    every = (entry.id for _, catalogue in translated(language) for entry in catalogue if entry.id)
    entries = Counter[Message](one if isinstance(one, str) else tuple(one) for one in every)
    found = said()
    assert {str(message): where for message, where in found.items() if message not in entries} == {}
    assert [message for message in entries if message not in found] == []
    assert [message for message, times in entries.items() if times > 1] == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_are_whole(language: str) -> None:
    """None is empty, unsure, or loses a place that is filled in."""
    wrong = []
    for file, catalogue in translated(language):
        for entry in catalogue:
            texts = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
            meant = entry.id if isinstance(entry.id, tuple | list) else (entry.id,)
            places = {*PLACE.findall(" ".join(meant))} - {("num", ""), ("", "num")}
            lost = [text for text in texts if not text or not places <= {*PLACE.findall(text)}]
            if entry.id and (lost or entry.fuzzy):
                wrong.append((file.name, entry.id))
    assert wrong == []
