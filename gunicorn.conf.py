"""How gunicorn runs the ledger; every number comes from `Settings`, every reason stands beside its line."""

from __future__ import annotations

import json
import logging
import os
import shutil
import socket
import tempfile
from http import HTTPStatus
from typing import Any

from gunicorn import util
from gunicorn.glogging import Logger

from ledger.api.titles import TITLES
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


# An API key, an idempotency key and an `If-Match` fit many times over.
limit_request_line = 4094
limit_request_fields = 50
limit_request_field_size = 4096
LIMITS = (
    f"HTTP/1.1 is expected, with a request line of at most {limit_request_line} bytes, at most {limit_request_fields} "
    f"headers of at most {limit_request_field_size} bytes each, and one way to say where the body ends."
)


def _write_problem(client: socket.socket, status: int, _reason: str, _message: str) -> None:
    """Answer what is not HTTP with a problem as everywhere; gunicorn's own answer is HTML and quotes the request."""
    if status == HTTPStatus.NOT_IMPLEMENTED:  # a transfer coding that nobody knows is the client's mistake as well
        status = HTTPStatus.BAD_REQUEST
    ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    code = "internal" if ours else "malformed"
    detail = "Something went wrong on our side." if ours else LIMITS
    body = {"type": f"/docs#{code}", "title": TITLES[code][0], "status": status, "detail": detail, "code": code}
    text = json.dumps(body)
    head = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: application/problem+json\r\n"
    util.write_nonblock(client, f"{head}Content-Length: {len(text)}\r\nConnection: close\r\n\r\n{text}".encode())


# gunicorn has no setting for it.
util.write_error = _write_problem

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


# Each web process counts for itself in a file there, and any of them is asked for the sum. The library looks for the
# folder when it is imported, which no process does before it is forked.
counted = tempfile.mkdtemp(prefix="ledger-metrics-")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = counted


def on_exit(_server: Any) -> None:
    """Throw the figures away with the last process."""
    shutil.rmtree(counted, ignore_errors=True)


def post_worker_init(worker: Any) -> None:
    """Let live streams end when the process is told to stop: it would wait for each of them."""
    worker.wsgi.extensions["stopping"] = lambda: not worker.alive


# gunicorn 27 opens a control socket unless told not to; nobody here needs to command a running server.
control_socket_disable = True

# A thread blocked for longer than any answer may take is a fault: reads wait 10 s at most.
timeout = 60
graceful_timeout = 30
# A proxy uses a connection again; an idle one costs no thread.
keepalive = 5
worker_connections = 1000

logger_class = JsonLogger
accesslog = None  # the application writes a line for each answer, with its request id and without addresses
errorlog = "-"
loglevel = settings.log_level.lower()
