"""How many events go into one transaction: what is there when little is, thousands when much is."""

from __future__ import annotations

# Seconds: longer transactions keep others from the tables; those of a quarter of that waste commits.
LONG = 0.2
LEAST, FIRST, MOST = 50, 200, 5_000


class Pace:
    """Doubles while batches are short, halves when one was long; a test may say how many at most."""

    def __init__(self, most: int = MOST, long: float = LONG) -> None:
        self._most = most
        self._long = long
        self.size = min(FIRST, most)

    def took(self, events: int, seconds: float) -> None:
        """Hear how long a batch took; one that was not full says nothing of larger ones."""
        if seconds > self._long:
            self.size = max(min(LEAST, self._most), self.size // 2)
        elif seconds < self._long / 4 and events >= self.size:
            self.size = min(self._most, self.size * 2)
