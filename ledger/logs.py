"""Logs as JSON lines, without personal data: routes instead of addresses, no queries, no bodies."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

# Built once: `json.dumps` would build one for every line.
_written = json.JSONEncoder(ensure_ascii=False).encode
FIELDS = ("request_id", "method", "route", "status", "milliseconds")


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record as one JSON object."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line.update({name: getattr(record, name) for name in FIELDS if hasattr(record, name)})
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return _written(line)


def configure(level: str) -> None:
    """Send all logs to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # The invoice library logs what stands in documents.
    logging.getLogger("factur-x").setLevel(logging.CRITICAL)
