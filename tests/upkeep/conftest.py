"""The worlds of the interface serve here as well."""

from __future__ import annotations

from tests.api.conftest import either_world

__all__ = ["either_world"]
