"""What every request of the access table is about, and what it sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from ledger.outbox import attempts, states
from ledger.outbox.attempts import Attempt
from ledger.subscriptions.database import writing
from tests.api.jobs import ANY, GOOD, OFFER, PERIOD, body, confirmed, consent, euros, finished, propose, step
from tests.intake.papers import UBL

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.world import World

STEP = "/v1/collaborations/<uuid:id_>/"
COMPLETED = {"completed_on": "2025-11-07"}
PAPER = {"sha256": "ef" * 32, "media_type": "application/pdf", "title": "Delivery note 7"}
AMENDED = {"terms": {"value": euros("1.00"), "period": PERIOD}}


def _proposed(world: World) -> str:
    return propose(world.alpha, body("subcontract", world.alpha, world.beta))


def _agreed(world: World) -> str:
    job = _proposed(world)
    step(world.beta, job, "acceptances")
    return job


def _finished(world: World) -> str:
    return confirmed(world.alpha, world.beta)


def _disputed(world: World) -> str:
    job = _finished(world)
    step(world.alpha, job, "disputes", {"reason": "It was scrap."})
    return job


def _offer(world: World) -> str:
    return str(world.alpha.record("/capacity-offers", OFFER, idempotency_key=uuid4().hex)["id"])


def _consent(world: World) -> str:
    return consent(world.alpha, world.bank, f"loan {uuid4()}")


def _referral(world: World) -> str:
    sent = {"firm": world.alpha.id, "purpose": "machine loan"}
    return str(world.bank.record("/referrals", sent)["id"])


def _acted_for(world: World) -> str:
    """Alpha, for whom the office has entered something."""
    headcount = {"year": 2024, "employees": 40, "apprentices": 2}
    world.office.record(f"/firms/{world.alpha.id}/headcounts", headcount)
    return world.alpha.id


def _network(world: World) -> str:
    """One that nobody calls from: those who do would lose their keys."""
    return str(world.operator.record("/networks", {"name": "Example"})["id"])


def _key(world: World) -> str:
    return str(world.alpha.record("/keys", {"role": "firm", "subject": world.alpha.id})["id"])


def _webhook(world: World) -> str:
    """A webhook of alpha's that something was sent to, and nobody listened."""
    made = world.alpha.record("/webhooks", {"url": "https://hooks.example.org/ledger"})
    tried = Attempt(1, "consent.granted", world.clock.now, "unreachable", None, 3)
    with writing(world.house.log_engine) as connection:
        states.begin(connection, UUID(made["id"]), made["position"])
        attempts.note(connection, UUID(made["id"]), tried)
    return str(made["id"])


def _account(world: World) -> str:
    return str(world.alpha.record("/accounts", _person(world))["id"])


def _person(world: World) -> dict[str, Any]:
    """Somebody to invite for alpha, under an address that nobody has."""
    address = f"clerk-{uuid4()}@alpha.example"
    return {"role": "firm", "subject": world.alpha.id, "name": "Clerk", "email": address}


# The thing that a row is about, made anew for every caller: by the end of the rule, or else by its noun.
THINGS: dict[str, Callable[[World], str]] = {
    f"{STEP}acceptances": _proposed,
    f"{STEP}declines": _proposed,
    f"{STEP}completion": _agreed,
    f"{STEP}amendments": _agreed,
    f"{STEP}withdrawal": _agreed,
    f"{STEP}disputes/": _disputed,
    "/v1/collaborations": _finished,
    "/v1/networks/<uuid:network>/handover": _network,
    "/v1/networks": lambda world: world.office.id,
    "/v1/banks": lambda world: world.bank.id,
    "/v1/firms/<uuid:firm>/acted-for": _acted_for,
    "/v1/firms": lambda world: world.alpha.id,
    "/v1/consents": _consent,
    "/v1/capacity-offers": _offer,
    "/v1/referrals": _referral,
    "/v1/keys": _key,
    "/v1/events": _consent,
    "/v1/webhooks": _webhook,
    "/v1/accounts": _account,
}


def thing(world: World, rule: str) -> str | None:
    """Return the id of what the rule is about, None when it is about nothing of alpha's."""
    made = next((make for beginning, make in THINGS.items() if rule.startswith(beginning)), None)
    return made(world) if made else None


def sent(world: World, row: str, caller: str) -> dict[str, Any]:
    """Return what is sent: the same for everybody, but that a coordinator says for which firm it acts."""
    if row == "POST /v1/invoices":
        return {"data": UBL, "content_type": "application/xml"}
    content = _content(world).get(row)
    acts = row.startswith(f"POST {STEP}") and not row.endswith("settlement")
    if acts and caller in ("office", "other_office"):
        content = {**(content or {}), "firm": world.beta.id}
    keyed = {"idempotency_key": uuid4().hex} if row in ("POST /v1/collaborations", "POST /v1/capacity-offers") else {}
    changing = row.startswith(("PUT", "PATCH", f"POST {STEP}")) or row.endswith("handover")
    conditional = {"if_match": ANY} if changing else {}
    return {"json": content, **keyed, **conditional}


def _content(world: World) -> dict[str, dict[str, Any]]:
    job = finished(world.alpha, world.beta, assessments=[])
    return {
        "POST /v1/networks": {"name": "Example"},
        "POST /v1/networks/<uuid:network>/handover": {"office": "Example agency"},
        "POST /v1/banks": {"name": "Example"},
        "POST /v1/firms": {"name": "Example", "country": "DE"},
        "PATCH /v1/firms/<uuid:firm>": {"town": f"Town {uuid4()}"},
        "POST /v1/firms/<uuid:firm>/verification": {"register": "R", "extract": "E", "on": "2026-02-20"},
        "PUT /v1/firms/<uuid:firm>/disclosure": {"to_banks": "named"},
        "POST /v1/firms/<uuid:firm>/headcounts": {"year": 2025, "employees": 42, "apprentices": 3},
        "POST /v1/collaborations": job,
        "POST /v1/collaborations/batch": {"items": [{**job, "key": uuid4().hex}]},
        f"POST {STEP}completion": COMPLETED,
        f"POST {STEP}assessments": {"about": world.alpha.id, **GOOD},
        f"POST {STEP}amendments": AMENDED,
        f"POST {STEP}evidence": PAPER,
        f"POST {STEP}disputes": {"reason": "It was scrap."},
        f"POST {STEP}disputes/<int:number>/answers": {"statement": "It was not."},
        f"POST {STEP}disputes/<int:number>/settlement": {"outcome": "upheld"},
        "POST /v1/capacity-offers": {**OFFER, "firm": world.alpha.id},
        "POST /v1/consents": {"bank": world.bank.id, "purpose": "machine loan", "until": "2026-06-30"},
        "POST /v1/referrals": {"firm": world.alpha.id, "purpose": "machine loan"},
        "POST /v1/referrals/<uuid:referral>/outcome": {"granted": False},
        "POST /v1/referrals/<uuid:referral>/presentations": {"disclose": ["score"]},
        "POST /v1/verifications": {"token": "eyJ~"},
        "POST /v1/webhooks": {"url": "https://hooks.example.org/ledger"},
        "POST /v1/accounts": _person(world),
        "POST /v1/keys": {"role": "firm", "subject": world.alpha.id},
    }
