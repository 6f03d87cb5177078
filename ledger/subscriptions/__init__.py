"""Catching up: read models follow the event log, each at its own checkpoint."""
