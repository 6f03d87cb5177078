"""A sole proprietor who has left traces everywhere, and what is kept of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql
from sqlalchemy import select

from ledger.projections.catalogue import PROJECTIONS
from tests.api.jobs import GOOD, body, confirmed, consent, propose, step

if TYPE_CHECKING:
    from tests.api.callers import Caller
    from tests.api.world import World

SECRETS = ("Sørensen", "Neumünster", "DE136695976", "Gießharz", "Angebot 77", "Extrakt 9", "Maschinenkredit", "Laptop")
PAPER = {"sha256": "ab" * 32, "media_type": "application/pdf", "title": "Angebot 77 von Sørensen"}


def leave_traces(world: World) -> Caller:
    """Let a sole proprietor write something into every field that can hold it."""
    identity = {
        "name": "Sørensen Metallbau",
        "town": "Neumünster",
        "identifiers": {"vat": "DE136695976"},
        "capabilities": ["Gießharz"],
        "country": "DE",
        "sole_proprietor": True,
    }
    id_ = world.office.record("/firms", identity)["id"]
    verification = {"register": "Handelsregister", "extract": "Extrakt 9", "on": "2026-02-20"}
    world.office.record(f"/firms/{id_}/verification", verification)
    key = world.office.record("/keys", {"role": "firm", "subject": id_, "label": "Sørensens Laptop"})["key"]
    firm = world.holding(str(key), str(id_))
    _work(world, firm)
    consent(firm, world.bank, "Maschinenkredit")
    firm.send("PUT", f"/firms/{id_}/disclosure", {"to_banks": "named"}, if_match="*")
    referral = world.bank.record("/referrals", {"firm": id_, "purpose": "Maschinenkredit"})["id"]
    loan = {"granted": True, "amount_band": "under_50k", "currency": "EUR"}
    world.bank.record(f"/referrals/{referral}/outcome", loan)
    world.bank.read(f"/firms/{id_}")
    world.house.follower.catch_up()
    return firm


def _work(world: World, firm: Caller) -> None:
    named = {**body("subcontract", firm, world.beta), "title": "Gießharz für Sørensen"}
    named["terms"] = {**named["terms"], "order_reference": "Angebot 77"}
    job = propose(firm, named)
    step(firm, job, "evidence", PAPER)
    step(world.beta, job, "acceptances")
    step(firm, job, "amendments", {"terms": named["terms"], "title": "Gießharz, zweiter Anlauf"})
    declined = propose(world.beta, body("subcontract", world.beta, firm))
    step(firm, declined, "declines", {"reason": "Sørensen war in Neumünster"})
    comment = {"about": world.beta.id, **GOOD, "comment": "Gießharz war gut"}
    done = confirmed(firm, world.beta, assessments=[comment])
    step(firm, done, "disputes", {"reason": "Sørensen sagt nein"})
    step(world.beta, done, "disputes/1/answers", {"statement": "Doch."})
    settlement = {"outcome": "upheld", "note": "Sørensen hat sich geirrt"}
    step(world.office, done, "disputes/1/settlement", settlement)
    theirs = confirmed(world.beta, firm)
    step(world.beta, theirs, "disputes", {"reason": "Zu spät."})
    step(firm, theirs, "disputes/1/answers", {"statement": "Neumünster ist weit."})


def read_models(world: World) -> dict[str, list[Any]]:
    """Every row of every read model."""
    tables = [table for projection in PROJECTIONS for table in projection.metadata.sorted_tables]
    with world.house.engine.begin() as connection:
        rows = {table.name: [repr(tuple(row)) for row in connection.execute(select(table))] for table in tables}
    return {name: sorted(found) for name, found in rows.items()}


def stored(world: World, backups: Path) -> Iterator[tuple[str, bytes]]:
    """Everything that is kept: all files beside the log and a backup of each, or all tables of the database."""
    url = world.house.settings.database_url
    if url.startswith("sqlite:///"):
        folder = Path(url.removeprefix("sqlite:///")).parent
        for database in folder.glob("*.db"):
            with closing(sqlite3.connect(database)) as connection:
                connection.execute("VACUUM INTO ?", (str(backups / database.name),))
                yield f"dump of {database.name}", "\n".join(connection.iterdump()).encode()
        files = [path for kept in (folder, backups) for path in kept.rglob("*") if path.is_file()]
        yield from ((str(path), path.read_bytes()) for path in files)
        return
    with psycopg.connect(url) as connection:
        query = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'ledger_keys')"
        for schema, table in connection.execute(query).fetchall():
            every_row = sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(schema, table))
            rows = connection.execute(every_row).fetchall()
            yield table, "\n".join(row[0] for row in rows).encode()


def traces(world: World, backups: Path) -> list[tuple[str, str]]:
    """Where one of the proprietor's words can be found, as it is or as JSON writes it."""
    written = [(word, form.encode()) for word in SECRETS for form in (word, json.dumps(word)[1:-1])]
    return [(place, word) for place, content in stored(world, backups) for word, form in written if form in content]
