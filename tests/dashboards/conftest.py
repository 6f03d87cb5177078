"""The worlds of the interface serve the pages as well."""

from __future__ import annotations

from tests.api.conftest import either_world, template, world

__all__ = ["either_world", "template", "world"]
