"""How gunicorn runs the ledger; every number comes from `Settings`, every reason stands beside its line."""

from __future__ import annotations

import logging
import os
from typing import Any

from gunicorn.glogging import Logger

from ledger.config import Settings
from ledger.logs import JsonLines

settings = Settings.from_environment()


class JsonLogger(Logger):
    """gunicorn's logger, writing the ledger's JSON lines to standard error."""

    def setup(self, cfg: Any) -> None:
        """Put the formatter on every handler that gunicorn has made."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonLines())
            handler.addFilter(_without_addresses)


def _without_addresses(record: logging.LogRecord) -> bool:
    """Replace gunicorn's own lines that quote the client."""
    if str(record.msg).startswith("Invalid request from ip="):
        record.msg, record.args = "A request was refused that is not HTTP as we speak it", ()
    elif str(record.msg).startswith("Error handling request"):
        record.msg, record.args = "Error handling a request", ()
    return True


bind = f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}"


def processes() -> int:
    """How many processes: SQLite has one writer, and one process with threads beats eight in its queue."""
    if not settings.database_url.startswith("postgresql"):
        return 1
    return settings.workers or min(2 * (os.cpu_count() or 1), 8)


worker_class = "gthread"
workers = processes()
threads = settings.threads
# A ledger opens its connections itself; a connection shared by a fork answers the wrong process.
preload_app = False

# gunicorn 27 opens a control socket unless told not to; nobody here needs to command a running server.
control_socket_disable = True

# A thread blocked for longer than any answer may take is a fault: reads wait 10 s at most.
timeout = 60
graceful_timeout = 30
# A proxy uses a connection again; an idle one costs no thread.
keepalive = 5
worker_connections = 1000

# An API key, an idempotency key and an `If-Match` fit many times over.
limit_request_line = 4094
limit_request_fields = 50
limit_request_field_size = 4096

logger_class = JsonLogger
accesslog = None  # the application writes a line for each answer, with its request id and without addresses
errorlog = "-"
loglevel = settings.log_level.lower()
