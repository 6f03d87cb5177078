"""The peer: a small Flask app that records as the event sourcing library documents it, by `Application.save`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from flask import Flask, request


class Job(Aggregate):
    """A finished job, with what ours records of one."""

    @event("Proposed")
    def __init__(self, kind: str, title: str, parties: list[Any], completed_on: str, details: dict[str, Any]) -> None:
        self.kind, self.title, self.parties = kind, title, parties
        self.completed_on, self.details = completed_on, details


class Jobs(Application[UUID]):
    """The library finds its database in the environment."""

    def propose(self, **said: Any) -> tuple[UUID, int]:
        """Record a job; return its id and its position."""
        job = Job(**said)
        recordings = self.save(job)
        return job.id, recordings[-1].notification.id


def create() -> Flask:
    """Build the app."""
    app, jobs = Flask(__name__), Jobs()

    @app.post("/v1/collaborations")
    def propose() -> tuple[dict[str, Any], int]:
        body = request.get_json()
        said = {name: body.pop(name) for name in ("kind", "title", "parties", "completed_on")}
        id_, position = jobs.propose(**said, details=body)
        return {"id": str(id_), "version": 1, "position": position, "state": "proposed"}, 201

    @app.get("/health/live")
    def live() -> dict[str, Any]:
        return {}

    return app
