"""The demonstration network: a made-up network of five years, recorded with the same commands as everybody's."""

from __future__ import annotations

from ledger.demo.demonstration import Demonstration
from ledger.demo.fill import FULL, SMALL, Size, fill

__all__ = ["FULL", "SMALL", "Demonstration", "Size", "fill"]
