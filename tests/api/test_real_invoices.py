"""Every real document that is at hand, from the upload to both firms' histories."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ledger.config import Settings
from tests.api.callers import Clock, refused
from tests.api.conftest import Template
from tests.api.invoices import Trade, confirm, drafted, send, trade
from tests.api.world import World, opened

INVOICES = Path(__file__).parents[3] / "shared" / "data" / "invoices"
DOCUMENTS = sorted(path for path in INVOICES.glob("*/*") if path.suffix in (".xml", ".pdf"))
pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not DOCUMENTS, reason="no real invoices at ../shared/data/invoices"),
]


@pytest.fixture(scope="module")
def market(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for all documents: each brings a network of its own."""
    folder = tmp_path_factory.mktemp("market")
    shutil.copytree(template.folder, folder, dirs_exist_ok=True)
    clock = Clock()
    clock.now = template.now
    settings = Settings(database_url=f"sqlite:///{folder}/ledger.db", freshness_seconds=0.0)
    made = opened(settings, clock, dict(template.ring))
    yield made
    made.house.close()


def _scores(made: Trade) -> list[Any]:
    scores = [firm.read(f"/firms/{firm.id}/trust") for firm in (made.buyer, made.seller)]
    return [{name: score[name] for name in score if name not in ("position", "as_of")} for score in scores]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_real_document_becomes_one_confirmed_job(market: World, path: Path) -> None:
    """Or, when it states no value of work, a clear refusal."""
    made = trade(market, path.read_bytes())
    first, partner = (made.buyer, made.seller) if len(path.name) % 2 else (made.seller, made.buyer)
    answer = made.draft(first)
    draft = answer["draft"]
    assert [party["firm"] for party in draft["parties"]] == [made.buyer.id, made.seller.id]
    assert made.draft(partner) == answer
    if "value" not in draft["terms"]:
        _refused(made, answer)
        return
    before, scores = market.events(), _scores(made)
    job = send(first, draft, "one").json
    again = [send(first, draft, key) for key in ("one", "two")]
    assert [(one.status_code, one.json) for one in again] == [(201, job)] * 2
    assert job["id"] in refused(send(partner, draft, "one"), 409, "document-already-recorded")
    assert market.events() == before + 2  # the job, and the document that it was recorded from
    assert _scores(made) == scores
    confirm(partner, job["id"])
    changed = _scores(made)
    assert [score["facts"]["confirmed_jobs"] for score in changed] == [1, 1]
    for firm in (first, partner):
        _stands_in_history(firm, job["id"], made, draft)


def _stands_in_history(firm: Any, job: str, made: Trade, draft: dict[str, Any]) -> None:
    history = firm.read(f"/firms/{firm.id}/history")
    (item,) = history["items"]
    assert (item["id"], item["state"], item["business_date"]) == (job, "completed", draft["completed_on"])
    ((volume,), value) = history["summary"]["volume"], made.invoice.total
    assert volume["currency"] == made.invoice.currency
    assert value is not None
    assert Decimal(volume["amount"]) == value.quantize(Decimal("0.01"))


def _refused(made: Trade, answer: dict[str, Any]) -> None:
    """The draft has said why there is no value, and is refused at that place."""
    assert made.invoice.credit_note or (made.invoice.total or 0) <= 0
    assert any(warning.get("pointer") == "/terms/value" for warning in answer["warnings"])
    refused(send(made.seller, answer["draft"], "x"), 422, "invalid-terms", "/terms/value")


@pytest.mark.parametrize("path", DOCUMENTS[::7], ids=lambda path: path.name)
def test_parties_of_another_network_are_not_found(market: World, path: Path) -> None:
    """The same document gives a draft with open places to those who do not know them."""
    trade(market, path.read_bytes())
    answer = drafted(market.omega, path.read_bytes()).json
    assert [party["firm"] for party in answer["draft"]["parties"]] == [None, None]
    unknown = [warning["pointer"] for warning in answer["warnings"] if warning["code"] == "party-unknown"]
    assert unknown == ["/parties/0/firm", "/parties/1/firm"]
    assert set(unknown) <= {fault["pointer"] for fault in send(market.omega, answer["draft"], "x").json["errors"]}
