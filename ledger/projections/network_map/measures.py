"""In which units a snapshot is kept, and how far it goes."""

from __future__ import annotations

A_THOUSAND, A_MILLION = 1_000, 1_000_000
EXACT = 500  # firms up to which their measures are exact
DRAWN = EXACT  # firms up to which each has a place of its own
