"""What was seen to open is remembered, and nothing else is."""

from __future__ import annotations

from ledger.sessions.familiar import Familiar


def test_what_has_opened_is_known_until_it_opens_no_more() -> None:
    """By itself alone; to forget what nobody knows does no harm."""
    familiar = Familiar()
    assert familiar.of("a key") is None
    familiar.note("a key", "somebody")
    assert (familiar.of("a key"), familiar.of("another")) == ("somebody", None)
    familiar.forget("a key")
    familiar.forget("a key")
    assert familiar.of("a key") is None


def test_there_is_room_for_so_many() -> None:
    """The first goes; what nobody could send in a header as text is a credential like any other."""
    familiar = Familiar(2)
    for name in ("one", "two", "\udcff"):
        familiar.note(name, name)
    assert [familiar.of(name) for name in ("one", "two", "\udcff")] == [None, "two", "\udcff"]
