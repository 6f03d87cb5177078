"""How a command is named, described and found again when it is typed."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from ledger.config import Settings

if TYPE_CHECKING:
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no other name


class NotPossible(Exception):
    """A command cannot do what it was asked, with what it was given."""


Command: TypeAlias = Callable[[Settings, Any], int]


def add(commands: Commands, name: str, command: Command) -> argparse.ArgumentParser:
    """Add a command; its docstring is its help."""
    described = commands.add_parser(name, help=command.__doc__, description=command.__doc__)
    described.set_defaults(command=command)
    return described
