"""Deterministic ids: the same key asks for the same aggregate, so that a repeated request collides in the store."""

from __future__ import annotations

from uuid import UUID, uuid5

ROOT = UUID("6e1c7d0a-6a4e-5b8e-9d0f-3f6b1c2a4d10")  # namespace of what stands above the networks; never change it


def identify(noun: str, key: str, network: UUID | None = None) -> UUID:
    """Return the id of the aggregate that this noun and key name within a network (or above all of them)."""
    return uuid5(network or ROOT, f"{noun}:{key}")
