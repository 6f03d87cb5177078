"""The OpenAPI 3.1 document, made of the contracts that the endpoints were declared with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apispec import APISpec
from flask import Blueprint, Flask, current_app, jsonify

from ledger.api.components import add_shapes, add_surroundings
from ledger.api.converter import Plugin
from ledger.api.endpoint import Contract, endpoint
from ledger.api.operations import operation, path_of
from ledger.api.scopes import needed
from ledger.web.schemas.collaborations import BatchItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Response

bp = Blueprint("openapi", __name__)
VERSION = "1"
ABOUT = """Joint work of firms in a production network, confirmed by both sides, and what a bank may know of it.

Every answer names the place in the log that it is true for, in Ledger-Position. What a caller may not see does not
exist for it: it gets 404. /docs explains the rest, and every error code."""
# In the order of reading: the blueprints, and what they are called outside.
TAGS = {
    "networks": "Networks and banks",
    "epochs": "Epochs of the trust score",
    "firms": "Firms",
    "personal_data": "Personal data",
    "collaborations": "Collaborations",
    "steps": "Steps of a collaboration",
    "consents": "Consents",
    "referrals": "Referrals",
    "offers": "Capacity offers",
    "activity": "Overview of a network",
    "benefits": "What firms have of it",
    "verifications": "Verification",
    "well_known": "Public keys",
    "keys": "Keys",
    "accounts": "Accounts of people",
    "invoices": "Invoices",
    "events": "Event feed",
    "webhooks": "Webhooks",
    "log": "Proofs of the log",
    "openapi": "This document",
    "health": "Health",
    "metrics": "Figures for Prometheus",
}


@endpoint(bp, "/openapi.json", Contract("GET", "This interface, described", "anyone", answer="OpenAPI", public=True))
def show() -> Response:
    """Show the OpenAPI document."""
    return jsonify(document())


def document() -> dict[str, Any]:
    """Return the document of the running application; it is made once."""
    kept = current_app.extensions
    if "openapi" not in kept:
        kept["openapi"] = build(current_app)
    made: dict[str, Any] = kept["openapi"]
    return made


def build(app: Flask) -> dict[str, Any]:
    """Make the document of an application."""
    spec = APISpec("Collaboration ledger", VERSION, "3.1.0", plugins=[Plugin()], **_frame())
    add_shapes(spec)
    add_surroundings(spec)
    spec.components.schema("BatchItem", schema=BatchItem)
    for rule, name, contract, words in contracts(app):
        described = {"operationId": name.replace(".", "_"), "tags": [TAGS[name.split(".")[0]]]}
        described |= operation(rule, contract, words)
        if not contract.public:
            described["x-scopes"] = list(needed(name, contract.method))
        spec.path(path_of(rule), operations={contract.method.lower(): described})
    return dict(spec.to_dict())


def contracts(app: Flask) -> Iterator[tuple[str, str, Contract, str]]:
    """Yield rule, endpoint name, contract and words of every view that was declared with a contract."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        contract = getattr(view, "contract", None)
        if contract is not None:
            yield rule.rule, rule.endpoint, contract, (view.__doc__ or "").strip()


def _frame() -> dict[str, Any]:
    return {
        "info": {"description": ABOUT, "license": {"name": "Apache License 2.0", "identifier": "Apache-2.0"}},
        "servers": [{"url": "/"}],
        "security": [{"key": []}],
        "tags": [{"name": tag} for tag in TAGS.values()],
        "externalDocs": {"url": "/docs"},
    }
