"""A small ledger behind the whole application, with a caller of every role and something in every state."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes
from uuid import UUID

from flask.testing import FlaskClient

from ledger.app import create_app
from ledger.application import keys
from ledger.config import Settings
from ledger.domain.kinds.catalogue import BY_NAME
from ledger.domain.kinds.kind import Acceptance
from ledger.outbox import attempts, states
from ledger.outbox.attempts import Attempt
from ledger.services import build
from ledger.subscriptions.database import writing
from tests.api.hostile.agreed import terms
from tests.api.hostile.exchange import Answer, Request, complaint
from tests.callers import finished_job

PURPOSE = "working capital"
OFFERED = {"direction": "free", "resource": "machine", "what": "Lathe", "from": "2026-11-02", "to": "2027-01-31"}


class World:
    """A ledger in a folder. The read models are brought up to date before each request, so nothing waits for them."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        made = Settings(
            database_url=f"sqlite:///{folder}/ledger.db",
            freshness_seconds=0.0,
            stream_seconds=0.0,
            requests_per_minute=0,  # every answer is about the request itself
            **settings,
        )
        self.house = build(made)
        self.house.migrate()
        self.app = create_app(self.house)
        self.client: FlaskClient = self.app.test_client(use_cookies=False)
        self.keys = {"operator": keys.issue_first(self.house.ledger, "tests"), "nobody": ""}
        self.ids: dict[str, str] = {}
        self._numbers = count()
        self._populate()
        self.house.sealer.look()

    def close(self) -> None:
        """Close every connection."""
        self.house.close()

    def send(self, request: Request) -> Answer:
        """Send a request and return what came back."""
        self.house.follower.catch_up()
        key = self.keys[request.caller]
        headers = [("Authorization", f"Bearer {key}")] if key else []
        given = {name.lower() for name, _ in request.headers}
        sent = [pair for pair in headers if pair[0].lower() not in given] + list(request.headers)
        payload = request.payload()
        # A client reads what follows two slashes as the name of a host; a server gets it as a path.
        path = unquote_to_bytes(request.path).decode("latin-1")
        doubled = {"PATH_INFO": path} if path.startswith("//") else {}
        began = time.perf_counter()
        response = self.client.open(
            "/" if doubled else request.path,
            environ_overrides=doubled,
            method=request.method,
            query_string=request.query_string(),
            headers=sent,
            data=payload,
            content_type=request.content_type if payload is not None else None,
        )
        text = response.get_data().decode(errors="replace")  # some answers are bytes
        response.close()
        return Answer(response.status_code, response.mimetype or "", text, time.perf_counter() - began)

    def answer(self, request: Request) -> Answer:
        """Send a request; raise `AssertionError` unless the answer is as every answer should be."""
        answer = self.send(request)
        wrong = complaint(request, answer)
        assert wrong is None, f"{request}\n{wrong}"
        return answer

    def make(self, path: str, body: Any, caller: str, **headers: str) -> dict[str, Any]:
        """Record something; it must be accepted."""
        pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        answer = self.answer(Request("POST", path, caller, body=body, headers=pairs))
        assert answer.status == 201, answer.text
        made: dict[str, Any] = answer.json
        return made

    def unused(self) -> str:
        """A key, title or name that was not used before."""
        return f"unused-{next(self._numbers)}"

    def token(self) -> str:
        """The referral as the bank holds it, signed."""
        accepted = (("Accept", "application/dc+sd-jwt"),)
        return self.answer(Request("GET", f"/v1/referrals/{self.ids['referral']}", "bank", headers=accepted)).text

    def failures(self) -> list[str]:
        """The read models that some recorded event has broken."""
        self.house.follower.catch_up()
        return [f"{stand.key}: {stand.error}" for stand in self.house.follower.stand() if stand.error]

    # -- what there is ----------------------------------------------------------------------------------------

    def proposal(self, kind: str = "subcontract", **changes: Any) -> dict[str, Any]:
        """A valid body for POST /collaborations, recorded by the firm for its partner."""
        firm, partner = self.ids["firm"], self.ids["partner"]
        body = {**finished_job(firm, partner, self.unused()), "kind": kind, "assessments": []}
        leading, following = (role.name for role in BY_NAME[kind].roles)
        body["parties"] = [{"firm": firm, "role": leading}, {"firm": partner, "role": following}]
        body["terms"] = terms(kind, firm, partner)
        if BY_NAME[kind].acceptance is Acceptance.NONE:
            body["completed_on"] = None  # a statement is not completed
        return {**body, **changes}

    def collaboration(self, *steps: str) -> str:
        """A new collaboration that has gone through these steps."""
        body = self.proposal() if "completion" not in steps else self.proposal(completed_on=None)
        id_: str = self.make("/v1/collaborations", body, "firm", Idempotency_Key=self.unused())["id"]
        bodies: dict[str, tuple[str, Any]] = {
            "acceptances": ("partner", {}),
            "disputes": ("firm", {"reason": "Late"}),
        }
        for step in steps:
            if step in bodies:
                caller, sent = bodies[step]
                self.make(f"/v1/collaborations/{id_}/{step}", sent, caller, If_Match="*")
        return id_

    def stock(self) -> None:
        """Put something fresh in every state, for requests that change it, and give the consent again."""
        for name, steps in {
            "proposed": (),
            "declinable": (),
            "withdrawable": (),
            "amendable": (),
            "documented": (),
            "running": ("completion", "acceptances"),
            "finished": ("acceptances",),
            "contestable": ("acceptances",),
            "answerable": ("acceptances", "disputes"),
            "settleable": ("acceptances", "disputes"),
        }.items():
            self.ids[name] = self.collaboration(*steps)
        self.ids["consent"] = self._consent("bank", PURPOSE)
        self.ids["offer"] = self.make("/v1/capacity-offers", OFFERED, "firm", Idempotency_Key=self.unused())["id"]
        self.ids["spare_consent"] = self._consent("other_bank", self.unused())
        self.ids["referral"] = self._referral()
        self.ids["spare_referral"] = self._referral()
        self.ids["spare_firm"] = self.make("/v1/firms", self.firm(), "office")["id"]
        self._without_webhooks()
        self.ids["webhook"], self.ids["spare_webhook"] = self._webhook(), self._webhook()
        self.ids["spare_key"] = self._key("firm", self.ids["firm"])[0]
        self.ids["old_key"] = self._key("firm", self.ids["firm"])[0]
        self.ids["account"], self.ids["spare_account"] = self._account(), self._account()

    def _populate(self) -> None:
        for network, office in (("network", "office"), ("other_network", "other_office")):
            self.ids[network] = self.make("/v1/networks", {"name": "Example network"}, "operator")["id"]
            self._hold(office, "coordinator", self.ids[network])
        self.ids["spare_network"] = self.make("/v1/networks", {"name": "Example network"}, "operator")["id"]
        for firm, office in (
            ("firm", "office"),
            ("partner", "office"),
            ("third", "office"),
            ("stranger", "other_office"),
        ):
            self.ids[firm] = self.make("/v1/firms", self.firm(), office)["id"]
            self._hold(firm, "firm", self.ids[firm])
        for bank in ("bank", "other_bank"):
            self.ids[bank] = self.make("/v1/banks", {"name": "Example bank"}, "operator")["id"]
            self._hold(bank, "bank", self.ids[bank])
        self.stock()

    @staticmethod
    def firm() -> dict[str, Any]:
        """A valid body for POST /firms with every field."""
        return {
            "name": "Example firm",
            "legal_form": "GmbH",
            "country": "DE",
            "town": "Flensburg",
            "nace": "25.62",
            "identifiers": {"handelsregister": "Kiel HRB 1234 NM", "vat": "DE136695976", "lei": None},
            "capabilities": ["CNC turning", "welding"],
            "sole_proprietor": False,
        }

    def _hold(self, caller: str, role: str, subject: str) -> None:
        self.keys[caller] = self._key(role, subject)[1]

    def _key(self, role: str, subject: str) -> tuple[str, str]:
        issued = self.make("/v1/keys", {"role": role, "subject": subject}, "operator")
        return issued["id"], issued["key"]

    def _account(self) -> str:
        sent = {"role": "firm", "subject": self.ids["firm"], "name": "Desk", "email": f"{self.unused()}@example.org"}
        account: str = self.make("/v1/accounts", sent, "operator")["id"]
        return account

    def _consent(self, bank: str, purpose: str) -> str:
        until = (datetime.now(UTC) + timedelta(days=300)).date().isoformat()
        body = {"bank": self.ids[bank], "purpose": purpose, "until": until}
        given: str = self.make("/v1/consents", body, "firm")["id"]
        return given

    def _without_webhooks(self) -> None:
        """Remove those of before: a caller has so many at most."""
        for one in self.send(Request("GET", "/v1/webhooks", "firm")).json["items"]:
            self.send(Request("DELETE", f"/v1/webhooks/{one['id']}", "firm"))

    def _webhook(self) -> str:
        """A webhook that something was sent to, and nobody listened."""
        made = self.make("/v1/webhooks", {"url": "https://hooks.example.org/ledger"}, "firm")
        tried = Attempt(1, "consent.granted", datetime.now(UTC), "unreachable", None, 3)
        with writing(self.house.log_engine) as connection:
            states.begin(connection, UUID(made["id"]), made["position"])
            attempts.note(connection, UUID(made["id"]), tried)
        return str(made["id"])

    def _referral(self) -> str:
        body = {"firm": self.ids["firm"], "purpose": PURPOSE}
        issued: str = self.make("/v1/referrals", body, "bank", Idempotency_Key=self.unused())["id"]
        return issued
