"""The settings of a command: what is typed goes before the environment, and is checked like it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from ledger.config import PREFIX, Settings


def settings_of(options: argparse.Namespace) -> Settings:
    """Read the settings; raise `ConfigError`."""
    names = ("database_url", "host", "port")
    given = {name: getattr(options, name) for name in names if getattr(options, name, None) is not None}
    if getattr(options, "data", None) is not None:
        given.setdefault("database_url", f"sqlite:///{Path(options.data) / 'ledger.db'}")
        given["signing_keys"] = str(Path(options.data) / "signing")
        if getattr(options, "database_url", None) is None:
            given["personal_keys_url"] = ""  # beside the log in DIR, wherever those of another log lie
    elif hasattr(options, "data"):
        options.data = "var"
    if "database_url" in given:
        given["views_url"] = given["sessions_url"] = ""  # those of another log are none of this one
    return Settings.from_environment({**os.environ, **{PREFIX + name.upper(): text for name, text in given.items()}})
