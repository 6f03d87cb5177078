"""Selective disclosure (RFC 9901): what a claim says moves out of the signed part, which keeps its digest.

A place is the names that lead to a claim; `*` stands for every entry of a list.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from ledger.delivery.encoding import decoded, encoded, written

Place = tuple[str, ...]

EVERY = "*"
HASH = "sha-256"
DIGESTS, ENTRY, NAMED_HASH = "_sd", "...", "_sd_alg"
OF_CLAIM, OF_ENTRY = 3, 2  # salt, name, value; an entry of a list has no name


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What the holder may show or keep back: its place, and the text that the digest is taken of."""

    place: Place
    text: str


@dataclass(slots=True)
class Hiding:
    """Moves claims out of a document; the salt of a place keeps its value from being guessed from the digest."""

    places: Collection[Place]
    salt: Callable[[Place], bytes]
    made: list[Disclosure] = field(default_factory=list)

    def hide(self, value: Any, at: Place = ()) -> Any:
        """Return the value without what can be kept back; a claim within one that is hidden is hidden twice."""
        if isinstance(value, list):
            return [self._entry(one, (*at, str(n)), hidden=(*at, EVERY) in self.places) for n, one in enumerate(value)]
        if not isinstance(value, dict):
            return value
        inner = {name: self.hide(one, (*at, name)) for name, one in value.items()}
        hidden = [name for name in inner if (*at, name) in self.places]
        shown = {name: one for name, one in inner.items() if name not in hidden}
        digests = [self._digest((*at, name), name, inner[name]) for name in hidden]
        return {**shown, DIGESTS: sorted(digests)} if digests else shown  # sorted, so that the order tells nothing

    def _entry(self, value: Any, at: Place, *, hidden: bool) -> Any:
        inner = self.hide(value, at)
        return {ENTRY: self._digest(at, inner)} if hidden else inner

    def _digest(self, at: Place, *content: Any) -> str:
        text = encoded(written([encoded(self.salt(at)), *content]))
        self.made.append(Disclosure(at, text))
        return digest(text)


@dataclass(slots=True)
class Showing:
    """Puts what was disclosed back into its place."""

    by_digest: dict[str, list[Any]]
    places: list[Place] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def show(self, value: Any, at: Place = ()) -> Any:
        """Return the value with what was disclosed, and without the digests of what was not."""
        if isinstance(value, list):
            return [shown for n, one in enumerate(value) for shown in self._entries(one, (*at, str(n)))]
        if not isinstance(value, dict):
            return value
        shown = {name: self.show(one, (*at, name)) for name, one in value.items() if name != DIGESTS}
        for one in value.get(DIGESTS, []):
            self._put(shown, one, at)
        return shown

    def _put(self, shown: dict[str, Any], one: str, at: Place) -> None:
        found = self._found(one, OF_CLAIM)
        if found is None:
            return
        _, name, value = found
        if not isinstance(name, str) or name in (DIGESTS, ENTRY) or name in shown:
            raise ValueError("a disclosure for a claim that cannot be")
        self.places.append((*at, name))
        shown[name] = self.show(value, (*at, name))

    def _entries(self, value: Any, at: Place) -> list[Any]:
        if not isinstance(value, dict) or ENTRY not in value:
            return [self.show(value, at)]
        found = self._found(value[ENTRY], OF_ENTRY)
        if found is None or len(value) > 1:
            return []
        self.places.append(at)
        return [self.show(found[1], at)]

    def _found(self, one: str, parts: int) -> list[Any] | None:
        self.seen[one] += 1
        found = self.by_digest.get(one)
        if found is not None and len(found) != parts:
            raise ValueError("a disclosure in the wrong place")
        return found


def digest(text: str) -> str:
    """Return the digest of a disclosure."""
    return encoded(sha256(text.encode()).digest())


def reveal(claims: dict[str, Any], texts: Sequence[str]) -> tuple[dict[str, Any], list[Place]]:
    """Return the claims with what was disclosed, and its places; raise `ValueError` unless each text has its place."""
    if claims.get(NAMED_HASH) != HASH:
        raise ValueError("another hash than ours")
    showing = Showing({digest(text): _read(text) for text in texts})
    shown = showing.show({name: value for name, value in claims.items() if name != NAMED_HASH})
    used = sum(showing.seen[one] for one in showing.by_digest)
    if len(texts) != len(showing.by_digest) or used != len(texts) or max(showing.seen.values(), default=0) > 1:
        raise ValueError("a disclosure without a place, or twice")
    return shown, showing.places


def _read(text: str) -> list[Any]:
    found = json.loads(decoded(text))
    if not isinstance(found, list) or len(found) not in (OF_ENTRY, OF_CLAIM) or not isinstance(found[0], str):
        raise ValueError("no disclosure")
    return found
