"""Answers of pages made small on the way, for slow lines."""

from __future__ import annotations

import gzip

from flask import Response, request

LEAST = 1000  # bytes; below it the header costs more than it saves
LEVEL = 6
TEXT = ("text/", "application/json", "image/svg")


def compress(response: Response) -> Response:
    """Compress a text for browsers that read gzip.

    A secret in a page must differ at each answer, or its length would tell of it (BREACH): see `sessions.masked`.
    """
    response.vary.add("Accept-Encoding")
    wanted = request.accept_encodings["gzip"] > 0 and not response.direct_passthrough
    if wanted and (response.mimetype or "").startswith(TEXT) and not response.is_streamed:
        body = response.get_data()
        if len(body) >= LEAST and "Content-Encoding" not in response.headers:
            response.set_data(gzip.compress(body, LEVEL, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
    return response
