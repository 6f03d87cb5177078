"""Credentials that were lately seen to open: whose requests they bring is known before the log is asked again."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock

MOST = 10_000


class Familiar:
    """Callers by what they present. It opens nothing: it says only under whom a request is counted."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._callers: OrderedDict[bytes, str] = OrderedDict()
        self._lock = Lock()

    def of(self, credential: str) -> str | None:
        """Return who presents this, as far as it is known here."""
        return self._callers.get(_digest(credential))

    def note(self, credential: str, caller: str) -> None:
        """Note that this has opened; what has long been noted goes when there is no room."""
        with self._lock:
            self._callers[_digest(credential)] = caller
            while len(self._callers) > self._most:
                self._callers.popitem(last=False)

    def forget(self, credential: str) -> None:
        """Note that this opens nothing, or no longer."""
        with self._lock:
            self._callers.pop(_digest(credential), None)


def _digest(credential: str) -> bytes:
    return hashlib.sha256(credential.encode("utf-8", "surrogateescape")).digest()
