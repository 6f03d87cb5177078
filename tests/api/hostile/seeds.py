"""A valid request for every endpoint: what mutations begin with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from ledger.domain.kinds.catalogue import KINDS
from tests.api.hostile.agreed import terms
from tests.api.hostile.exchange import Request
from tests.api.hostile.world import OFFERED, PURPOSE, World

INVOICE = (Path(__file__).parents[2] / "documents" / "invoice_cii.xml").read_bytes()
DAY = "2024-11-08"
HOOK = "https://hooks.example.org/ledger"
EVIDENCE = {"media_type": "application/pdf", "title": "Delivery note"}


def seeds(world: World) -> list[Request]:
    """Valid requests on the present stock, at least one for each endpoint."""
    return [*_admission(world), *_recording(world), *_steps(world), *_disclosure(world), *_reads(world)]


def _post(name: str, path: str, caller: str, body: Any, *headers: tuple[str, str]) -> Request:
    return Request("POST", f"/v1{path}", caller, body=body, headers=headers, name=name)


def _admission(world: World) -> list[Request]:
    ids, key = world.ids, ("Idempotency-Key", world.unused())
    firm = {**world.firm(), "name": world.unused()}
    extract = {"register": "Handelsregister", "extract": "2024-17", "on": DAY}
    return [
        _post("networks.found", "/networks", "operator", {"name": world.unused(), "office": "Office"}, key),
        _post(
            "networks.register",
            "/banks",
            "operator",
            {"name": world.unused(), "country": "FR", "bic": "AGRIFRPP882", "lei": "213800KUD8LAJWSQ9D15"},
            key,
        ),
        _post(
            *("networks.hand_over", f"/networks/{ids['spare_network']}/handover", "operator"),
            {"office": world.unused()},
            ("If-Match", "*"),
        ),
        _post("epochs.close", f"/networks/{ids['network']}/epochs", "office", {}, key),
        _post("firms.admit", "/firms", "office", firm, key),
        replace(_post("firms.update", f"/firms/{ids['third']}", "office", firm, ("If-Match", "*")), method="PATCH"),
        _post("firms.verify", f"/firms/{ids['firm']}/verification", "office", extract),
        _post(
            *("firms.report_headcount", f"/firms/{ids['firm']}/headcounts", "firm"),
            {"year": 2025, "employees": 42, "apprentices": 3},
        ),
        _post(
            "keys.issue",
            "/keys",
            "office",
            {
                "role": "firm",
                "subject": ids["third"],
                "label": "office",
                "expires_at": "2099-01-01T00:00:00+01:00",
                "scopes": ["read", "record"],
            },
        ),
        _post(
            *("keys.rotate", f"/keys/{ids['old_key']}/rotation", "office"),
            {"grace_hours": 24, "expires_at": "2099-01-01T00:00:00+01:00"},
        ),
        _post("webhooks.register", "/webhooks", "bank", {"url": HOOK, "types": ["ledger.consent.withdrawn"]}),
        _post("webhooks.redeliver", f"/webhooks/{ids['webhook']}/deliveries/1/redelivery", "firm", None),
        Request("DELETE", f"/v1/webhooks/{ids['spare_webhook']}", "firm", name="webhooks.remove"),
        Request("DELETE", f"/v1/keys/{ids['spare_key']}", "office", name="keys.revoke"),
        _post(
            "accounts.invite",
            "/accounts",
            "office",
            {
                "role": "firm",
                "subject": ids["third"],
                "position": "owner",
                "name": "Desk",
                "email": f"{world.unused()}@example.org",
                "language": "da",
            },
        ),
        _post("accounts.invite_again", f"/accounts/{ids['account']}/invitation", "office", None),
        Request("DELETE", f"/v1/accounts/{ids['spare_account']}", "office", name="accounts.close"),
        Request("DELETE", f"/v1/accounts/{ids['spare_account']}/personal-data", "office", name="accounts.erase"),
        Request("DELETE", f"/v1/firms/{ids['spare_firm']}/personal-data", "office", name="personal_data.erase"),
        Request("POST", "/v1/invoices", "firm", raw=INVOICE, content_type="application/xml", name="invoices.read"),
    ]


def _recording(world: World) -> list[Request]:
    firm, partner = world.ids["firm"], world.ids["partner"]
    made = []
    for kind in KINDS:
        measured = {measure.value: {"defects": 0, "rating": 4}.get(measure.value, True) for measure in kind.measures}
        assessed = [{"about": partner, **measured, "comment": "Well done"}] if measured else []
        agreed = terms(kind.name, firm, partner)
        body = world.proposal(kind.name, terms=agreed, assessments=assessed, proposed_by=firm)
        key = ("Idempotency-Key", world.unused())
        made.append(_post("collaborations.propose", "/collaborations", "firm", body, key))
    document = world.proposal(document=world.unused().encode().hex().rjust(64, "0"))
    items = [{**world.proposal(), "key": world.unused()}, {**world.proposal("exchange_visit"), "key": world.unused()}]
    return [
        *made,
        _post("collaborations.propose", "/collaborations", "office", document, ("Idempotency-Key", world.unused())),
        _post("collaborations.propose_batch", "/collaborations/batch", "firm", {"items": items}),
    ]


def _steps(world: World) -> list[Request]:
    ids, match = world.ids, ("If-Match", "*")
    agreed = terms("subcontract", ids["firm"], ids["partner"])
    backed = {**EVIDENCE, "sha256": world.unused().encode().hex().rjust(64, "0")}
    assessed = {"about": ids["firm"], "on_time": True, "accepted": True, "paid_on_time": True, "comment": "Prompt"}
    steps: list[tuple[str, str, str, str, Any]] = [
        ("accept", "proposed", "acceptances", "partner", {"firm": ids["partner"]}),
        ("decline", "declinable", "declines", "partner", {"reason": "Not ours"}),
        ("complete", "running", "completion", "firm", {"completed_on": DAY}),
        ("assess", "finished", "assessments", "partner", assessed),
        ("amend", "amendable", "amendments", "firm", {"terms": agreed, "title": "Second batch", "completed_on": DAY}),
        ("attach_evidence", "documented", "evidence", "firm", backed),
        ("withdraw", "withdrawable", "withdrawal", "firm", {"reason": "An error"}),
        ("dispute", "contestable", "disputes", "firm", {"reason": "Two pieces\nwere missing"}),
        ("answer", "answerable", "disputes/1/answers", "partner", {"statement": "They were not"}),
        (
            *("settle", "settleable", "disputes/1/settlement", "office"),
            {"outcome": "amended", "note": "Agreed", "terms": agreed},
        ),
    ]
    return [
        _post(f"steps.{name}", f"/collaborations/{ids[on]}/{path}", caller, body, match)
        for name, on, path, caller, body in steps
    ]


def _disclosure(world: World) -> list[Request]:
    ids, key = world.ids, ("Idempotency-Key", world.unused())
    given = {"bank": ids["other_bank"], "purpose": world.unused(), "until": "2027-01-31"}
    asked = {"firm": ids["firm"], "purpose": PURPOSE}
    loan = {"granted": True, "amount_band": "50k_250k", "currency": "EUR"}
    return [
        replace(
            _post(
                "firms.disclose", f"/firms/{ids['firm']}/disclosure", "firm", {"to_banks": "named"}, ("If-Match", "*")
            ),
            method="PUT",
        ),
        _post("consents.grant", "/consents", "firm", given),
        _post("offers.offer", "/capacity-offers", "firm", OFFERED, key),
        Request("DELETE", f"/v1/capacity-offers/{ids['offer']}", "firm", name="offers.withdraw"),
        Request("DELETE", f"/v1/consents/{ids['spare_consent']}", "firm", name="consents.withdraw"),
        _post("referrals.issue", "/referrals", "bank", asked, key),
        _post("referrals.report_outcome", f"/referrals/{ids['referral']}/outcome", "bank", loan),
        _post("referrals.present", f"/referrals/{ids['referral']}/presentations", "firm", {"disclose": ["score"]}),
        _post("verifications.verify", "/verifications", "nobody", {"token": world.token()}),
        Request(
            *("POST", "/verify", "nobody"),
            raw=urlencode({"token": world.token()}).encode(),
            content_type="application/x-www-form-urlencoded",
            name="verify.verdict",
        ),
        Request("DELETE", f"/v1/referrals/{ids['spare_referral']}", "office", name="referrals.revoke"),
    ]


def _reads(world: World) -> list[Request]:
    ids, firm = world.ids, world.ids["firm"]
    listed = (("limit", "2"),)
    period = (("from", "2024-01-01"), ("to", "2024-12-31"))
    sought = (("q", "exam"), ("country", "DE"), ("sector", "25"), ("capability", "welding"), *listed)
    narrowed = (("firm", firm), ("kind", "subcontract"), ("state", "completed"), *period, *listed)
    reads: list[tuple[str, str, str, tuple[tuple[str, str], ...]]] = [
        ("networks.networks_page", "/networks", "operator", listed),
        ("networks.network_one", f"/networks/{ids['network']}", "firm", ()),
        ("networks.banks_page", "/banks", "firm", listed),
        ("networks.bank_one", f"/banks/{ids['bank']}", "firm", ()),
        ("networks.query_log", f"/banks/{ids['bank']}/query-log", "bank", listed),
        ("benefits.of_network", f"/networks/{ids['network']}/benefits", "office", ()),
        ("benefits.of_firm", f"/firms/{firm}/benefits", "firm", ()),
        ("activity.activity", f"/networks/{ids['network']}/activity", "office", (("what", "confirmed"), *listed)),
        ("activity.indicators", f"/networks/{ids['network']}/indicators", "office", (("months", "3"),)),
        ("activity.show_map", f"/networks/{ids['network']}/map", "office", (("focus", firm), ("year", "2024"))),
        ("activity.report", f"/networks/{ids['network']}/reports/2024", "office", ()),
        ("firms.page", "/firms", "office", sought),
        ("firms.one", f"/firms/{firm}", "bank", ()),
        ("firms.history", f"/firms/{firm}/history", "bank", (("kind", "subcontract"), *period, *listed)),
        ("firms.partners", f"/firms/{firm}/partners", "bank", period),
        ("firms.score", f"/firms/{firm}/trust", "firm", ()),
        ("firms.access_log", f"/firms/{firm}/access-log", "firm", listed),
        ("firms.acted_for", f"/firms/{firm}/acted-for", "firm", listed),
        ("personal_data.held", f"/firms/{firm}/personal-data", "firm", ()),
        ("collaborations.page", "/collaborations", "bank", narrowed),
        ("collaborations.one", f"/collaborations/{ids['finished']}", "bank", (("min_position", "1"), ("wait", "0.1"))),
        ("collaborations.events", f"/collaborations/{ids['finished']}/events", "partner", listed),
        ("offers.page", "/capacity-offers", "firm", (("direction", "free"), ("resource", "staff"), *listed)),
        ("consents.page", "/consents", "firm", (("as_of_position", "9"), *listed)),
        ("consents.one", f"/consents/{ids['consent']}", "bank", ()),
        ("referrals.page", "/referrals", "bank", listed),
        ("referrals.one", f"/referrals/{ids['referral']}", "bank", ()),
        ("keys.page", "/keys", "operator", listed),
        ("keys.one", f"/keys/{ids['spare_key']}", "office", ()),
        ("accounts.page", "/accounts", "operator", listed),
        ("accounts.one", f"/accounts/{ids['account']}", "office", ()),
        ("accounts.held", f"/accounts/{ids['account']}/personal-data", "office", ()),
        ("events.page", "/events", "firm", (("after", "3"), *listed)),
        ("events.stream", "/events/stream", "bank", (("after", "3"),)),
        ("webhooks.page", "/webhooks", "firm", listed),
        ("webhooks.one", f"/webhooks/{ids['webhook']}", "firm", ()),
        ("webhooks.deliveries", f"/webhooks/{ids['webhook']}/deliveries", "firm", listed),
        ("verifications.status", "/status-lists/1", "nobody", ()),
        ("log.checkpoint", "/log/checkpoint", "nobody", ()),
        ("log.key", "/log/key", "nobody", ()),
        ("log.inclusion", "/log/proofs/inclusion", "nobody", (("position", "3"), ("size", "4"))),
        ("log.consistency", "/log/proofs/consistency", "nobody", (("first", "2"), ("second", "4"))),
        ("log.leaves", "/log/leaves", "nobody", (("from", "1"), ("to", "3"))),
        ("log.show_tile", "/log/tile/0/000.p/4", "nobody", ()),
        ("openapi.show", "/openapi.json", "nobody", ()),
    ]
    versioned = [Request("GET", f"/v1{path}", caller, query, name=name) for name, path, caller, query in reads]
    health = [Request("GET", f"/health/{name}", "nobody", name=f"health.{name}") for name in ("live", "ready")]
    pages = [
        Request("GET", path, "nobody", name=name)
        for name, path in (
            ("metrics.show", "/metrics"),
            ("docs.page", "/docs"),
            ("docs.style", "/docs/style.css"),
            ("well_known.keys", "/.well-known/jwks.json"),
            ("well_known.certificates", "/.well-known/referral-certificates.pem"),
        )
    ]
    return [*versioned, *health, *pages]
