"""The firms of a network for its office: a list to search, and one firm with everything that is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import request

from ledger.dashboards import headcount_forms, work_parts
from ledger.dashboards.asked import asked
from ledger.dashboards.blueprint import pages
from ledger.dashboards.exports import Table
from ledger.dashboards.faces import called
from ledger.dashboards.labels import COUNTRIES, KINDS, MARKS, STATES
from ledger.dashboards.mine import shown_score
from ledger.dashboards.office import network_of_office
from ledger.dashboards.page import Page, viewer
from ledger.dashboards.page import page as showing
from ledger.dashboards.reading import opened
from ledger.dashboards.registers import IDENTIFIERS
from ledger.dashboards.sectors import sector_choices, sector_name
from ledger.dashboards.settings_users import POSITIONS
from ledger.dashboards.settings_users import STATES as USER_STATES
from ledger.dashboards.standing import standing
from ledger.dashboards.words import gettext as _
from ledger.domain.actor import Role
from ledger.projections.accounts import queries as accounts
from ledger.projections.activity import membership
from ledger.projections.collaborations import queries as collaborations
from ledger.projections.firms import queries as firms
from ledger.projections.partnerships import queries as partnerships
from ledger.projections.trust import queries as trust
from ledger.web.counted import counted_firms
from ledger.web.schemas.queries import MembersQuery

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.subscriptions.reading import Reading

bp = pages("members")
A_PAGE, EXPORTED, JOBS, USERS = 25, 200, 10, 50
SOUGHT = ("q", "country", "sector", "capability", "cursor")
FIGURE = ("worked_from", "worked_to", "admitted_to")
VERIFIED, UNVERIFIED, ALONE = "verified", "unverified", "without-partner"
QUERY = MembersQuery(only=(*SOUGHT, *FIGURE))
ROOMS = ("firms", "activity", "trust")
OF_ONE = ("firms", "trust", "partnerships", "collaborations", "accounts", "activity")


@showing(bp, "/firms", Role.COORDINATOR, csv=True)
def page() -> Page:
    """List the firms that are sought."""
    whole = (request.endpoint or "").endswith("_csv")
    with opened(*ROOMS) as reading:
        shown, after = (list(_every(reading)), None) if whole else _some(reading, A_PAGE, asked(QUERY).get("cursor"))
        data = {"firms": shown, "next": after, "total": firms.total(reading, viewer().actor, **_which(reading))}
        more = {
            "sought": {name: request.args.get(name, "") for name in (*SOUGHT, "state", "scores", *FIGURE)},
            "sectors": sector_choices(_("Every sector")),
            "countries": [("", _("Every country")), *COUNTRIES.items()],
            "states": [("", _("All")), *_states().items()],
            "country_names": COUNTRIES,
        }
        return Page("firms.html", data, standing(reading), lambda: _table(shown), more)


@showing(bp, "/firms/<uuid:firm>", Role.COORDINATOR, csv=True)
def one(firm: UUID) -> Page:
    """Show a firm; its table is its joint work."""
    return shown(firm, {}, {})


def shown(firm: UUID, typed: dict[str, str], faults: dict[str, str]) -> Page:
    """Return the page of a firm, with what is wrong with a form on it."""
    with opened(*OF_ONE) as reading:
        data = told(reading, firm)
        more = {
            **shown_score(data["trust"]),
            "parts_of": work_parts.parts(data["partners"]["items"]),
            "registers": IDENTIFIERS,
            "countries": COUNTRIES,
            "sector": sector_name(data["firm"]["nace"]),
            "kinds": KINDS,
            "states": STATES,
            "marks": MARKS,
            "positions": POSITIONS,
            "user_states": USER_STATES,
            "done": request.args.get("done", ""),
            "faults": faults,
            "typed": typed,
            "usual_year": headcount_forms.usual_year(reading.time),
        }
        table = _jobs(data["jobs"])
        return Page("firm.html", data, standing(reading), table, more, status=422 if faults else 200)


def told(reading: Reading, firm: UUID) -> dict[str, Any]:
    """Return everything that the office is told of a firm; raise `NotFound`."""
    actor, network = viewer().actor, network_of_office()
    jobs = collaborations.page(reading, actor, firm=firm, limit=JOBS, cursor=request.args.get("cursor"))
    return {
        "firm": firms.one(reading, actor, firm),
        "trust": trust.score(reading, actor, firm),
        "member": membership.members(reading, actor, network, [firm])[firm],
        "partners": partnerships.partners(reading, actor, firm),
        "jobs": jobs.items,
        "next": jobs.next,
        "users": accounts.page(reading, actor, subject=firm, limit=USERS).items,
    }


def _states() -> dict[str, str]:
    return {VERIFIED: _("Verified"), UNVERIFIED: _("Not verified yet"), ALONE: _("No partner for a year")}


def _some(reading: Reading, limit: int, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    actor, network = viewer().actor, network_of_office()
    found = firms.page(reading, actor, **_which(reading), limit=limit, cursor=cursor)
    ids = [UUID(firm["id"]) for firm in found.items]
    members = membership.members(reading, actor, network, ids)
    scores = trust.scores(reading, actor, network, ids) if request.args.get("scores") else {}
    return [_row(firm, members, scores) for firm in found.items], found.next


def _which(reading: Reading) -> dict[str, Any]:
    """Return which firms are sought, by what is known of each and by what a figure counts."""
    actor, network, state = viewer().actor, network_of_office(), request.args.get("state", "")
    query = asked(QUERY)
    which = {name: text for name, text in query.items() if name in SOUGHT and name != "cursor"}
    if state in (VERIFIED, UNVERIFIED):
        which["verified"] = state == VERIFIED
    among = [membership.without_partner(reading, actor, network)] if state == ALONE else []
    among += [counted_firms(reading, actor, network, query)] if query.keys() & {*FIGURE} else []
    return {**which, "among": set.intersection(*map(set, among))} if among else which


def _row(firm: dict[str, Any], members: dict[UUID, Any], scores: dict[UUID, float | None]) -> dict[str, Any]:
    id_ = UUID(firm["id"])
    kept = {name: firm[name] for name in ("id", "name", "town", "country", "nace", "verified")}
    scored = {"score": scores[id_]} if scores else {}
    return {**kept, **members[id_], "sector": sector_name(firm["nace"]), **scored}


def _every(reading: Reading) -> Iterator[dict[str, Any]]:
    cursor: str | None = None
    while True:
        rows, cursor = _some(reading, EXPORTED, cursor)
        yield from rows
        if cursor is None:
            return


def _table(shown: list[dict[str, Any]]) -> Table:
    scored = bool(request.args.get("scores"))
    header = (
        _("Firm"),
        _("Town"),
        _("Country"),
        _("Sector"),
        "NACE",
        _("Verified"),
        _("Partners"),
        _("Last joint work"),
    )
    rows = [
        (
            *(one["name"], one["town"], one["country"], one["sector"], one["nace"]),
            *(_("yes") if one["verified"] else _("no"), one["partners"], one["last_month"]),
            *((one["score"] if one["score"] is None else round(one["score"], 1),) if scored else ()),
        )
        for one in shown
    ]
    return Table("firms", (*header, *((_("Score"),) if scored else ())), rows)


def _jobs(jobs: list[dict[str, Any]]) -> Table:
    rows = [
        (job["business_date"], KINDS[job["kind"]], job["title"], STATES[job["state"]], _others(job)) for job in jobs
    ]
    header = (_("Date"), _("Kind"), _("Title"), _("State"), _("Parties"))
    return Table("joint-work", header, [tuple(str(cell) for cell in row) for row in rows])


def _others(job: dict[str, Any]) -> str:
    return ", ".join(called(party) for party in job["parties"])
