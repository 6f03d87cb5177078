"""What is answered of a network as a whole: activity, figures, map, yearly report."""

from __future__ import annotations

from ledger.api.schemas.answers.shapes import (
    COUNT,
    DAY,
    ID,
    MONIES,
    POSITION,
    SHARE,
    TEXT,
    TIME,
    TRUE_AT,
    YES,
    Shape,
    by_name,
    many,
    nullable,
    one_of,
    ref,
    said,
    shape,
)
from ledger.domain.collaboration import Outcome
from ledger.projections.activity.feed import WHAT

NUMBER: Shape = {"type": "number"}
HOURS: Shape = {"type": "number", "minimum": 0}
MONTH: Shape = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}
SECTOR = said(nullable(TEXT), "a NACE division, null where none was told")
NAME = said(nullable(TEXT), "what it is called")
WHO: Shape = {"firm": ID, "name": NAME, "sector": SECTOR, "country": TEXT}
BY_COUNTRY = said(by_name(COUNT), "confirmed jobs among firms of one country alone")
COORDINATE = said(nullable(NUMBER), "-1 to 1")

EVENTS: dict[str, Shape] = {
    "NetworkEvent": shape(
        "Something that happened in a network.",
        {
            "position": POSITION,
            "what": one_of(*WHAT),
            "kind": nullable(TEXT),
            "collaboration": nullable(ID),
            "by": said(nullable(ID), "the firm that acted, if one did"),
            "outcome": nullable(one_of(*Outcome)),
            "firms": many(shape("A firm.", {"firm": ID, "name": NAME, "role": TEXT}, optional=("role",))),
            "happened_on": DAY,
            "recorded_at": TIME,
        },
    )
}

FIGURES: dict[str, Shape] = {
    "Figure": shape(
        "A headline figure. Compared are whole months: in the running one little is confirmed yet.",
        {
            "code": TEXT,
            "unit": one_of("jobs", "firms", "share", "days", "hours"),
            "value": said(nullable(NUMBER), "of all months; a share or a median of nothing is null"),
            "of": said(COUNT, "how many there are in all"),
            "compared": said(nullable(NUMBER), "of the whole months"),
            "before": said(nullable(NUMBER), "of the same months a year before"),
            "change": said(nullable(NUMBER), "the difference of the two"),
            "monthly": many(nullable(NUMBER)),
            "list": said(one_of("activity", "collaborations", "firms"), "where what it counts is listed"),
            "query": said(TEXT, "the query string of that list"),
        },
        optional=("of",),
    ),
    "MonthOfKinds": shape(
        "Confirmed jobs of a month by kind.",
        {
            "month": MONTH,
            "partial": said(YES, "it is still running"),
            "kinds": by_name(COUNT),
            "total": COUNT,
            "claimed": said(COUNT, "recorded, and not confirmed"),
            "query": TEXT,
        },
    ),
    "IsolatedFirm": shape(
        "A member without a confirmed partner in these months.",
        {
            **WHO,
            "last_month": said(nullable(MONTH), "with a partner"),
            "admitted_month": MONTH,
            "suggestion": nullable(ref("SuggestedPartner")),
        },
    ),
    "SuggestedPartner": shape(
        "Whom it could work with: the firm with the most partners, near, in the sector that works most with its own.",
        {**WHO, "partners": COUNT, "rule": one_of("complementary_sector"), "jobs_between_sectors": COUNT},
    ),
    "Broker": shape("A firm that many ways between others pass.", {**WHO, "partners": COUNT, "betweenness": SHARE}),
    "Indicators": shape(
        "How a network does.",
        {
            "network": ID,
            "months": COUNT,
            "sector": nullable(TEXT),
            "country": nullable(TEXT),
            "period": shape("First and last day.", {"from": DAY, "to": DAY}),
            "sparkline_months": said(many(MONTH), "what `monthly` belongs to"),
            "figures": many(ref("Figure")),
            "claimed": COUNT,
            "members": COUNT,
            "by_month": many(ref("MonthOfKinds")),
            "kinds": many(TEXT),
            "sectors": many(
                shape(
                    "A sector.",
                    {"sector": SECTOR, "jobs": COUNT, "members": COUNT, "active": COUNT, "query": nullable(TEXT)},
                ),
            ),
            "border": shape(
                "Work across borders.", {"crossing": COUNT, "domestic": BY_COUNTRY, "share": nullable(SHARE)}
            ),
            "quarters": many(
                shape(
                    "A calendar quarter.",
                    {
                        "quarter": TEXT,
                        "partial": YES,
                        "training_hours": HOURS,
                        "trainees": COUNT,
                        "capacity_hours": HOURS,
                    },
                )
            ),
            "currencies": many(
                shape(
                    "Sums in one currency.",
                    dict.fromkeys(("volume", "compared", "before", "saving"), ref("Money")),
                )
            ),
            "isolated": many(ref("IsolatedFirm")),
            "isolated_count": COUNT,
            "pairs": many(
                shape("Jobs that link firms of two sectors.", {"one": SECTOR, "other": SECTOR, "jobs": COUNT})
            ),
            "brokers": many(ref("Broker")),
            **TRUE_AT,
        },
    ),
}

MAP: dict[str, Shape] = {
    "NetworkMap": shape(
        "Who works with whom.",
        {
            "network": ID,
            "drawn": one_of("firms", "communities", "neighbourhood"),
            "focus": nullable(ID),
            "year": nullable(COUNT),
            "years": many(COUNT),
            "snapshot": nullable(ref("MapSnapshot")),
            "nodes": many(ref("MapNode")),
            "edges": many(shape("Two firms.", {"one": ID, "other": ID, "jobs": COUNT, "crossing": YES})),
            "bubbles": many(ref("MapBubble")),
            "ties": many(shape("Pairs between two communities.", {"one": ID, "other": ID, "pairs": COUNT})),
            "alone": said(many(shape("A firm without a partner.", WHO)), "the first of them"),
            "alone_count": COUNT,
            **TRUE_AT,
        },
    ),
    "MapSnapshot": shape(
        "When the map was drawn.",
        {"position": POSITION, "taken_at": TIME, "firms": COUNT, "pairs": COUNT, "components": COUNT},
    ),
    "MapNode": shape(
        "A firm on the map; without a place until the map is drawn next.",
        {
            **WHO,
            "x": COORDINATE,
            "y": COORDINATE,
            "partners": COUNT,
            "jobs": COUNT,
            "betweenness": said(nullable(SHARE), "of the shortest ways between two others, how many pass it"),
            "community": nullable(ID),
            "component": nullable(COUNT),
        },
    ),
    "MapBubble": shape(
        "A community, called by the firm in it with the most partners.",
        {
            "community": ID,
            "name": NAME,
            "x": NUMBER,
            "y": NUMBER,
            "firms": COUNT,
            "inside": said(COUNT, "pairs within it"),
            "countries": by_name(COUNT),
            "sectors": by_name(COUNT),
        },
    ),
}

REPORT: dict[str, Shape] = {
    "YearlyReport": shape(
        "A network's year beside the one before.",
        {
            "network": ID,
            "year": COUNT,
            "partial": said(YES, "it is still running"),
            "this": ref("NetworkYear"),
            "before": ref("NetworkYear"),
            "banks": said(
                {"type": ["object", "null"]},
                "looks, referrals and loans, as the year of NetworkBenefits; null for none",
            ),
            **TRUE_AT,
        },
    ),
    "NetworkYear": shape(
        "A year.",
        {
            "year": COUNT,
            **dict.fromkeys(("confirmed_jobs", "claimed", "firms_with_partner", "members"), COUNT),
            "crossing_share": nullable(SHARE),
            "days_to_confirm": nullable(HOURS),
            "disputed_share": nullable(SHARE),
            "kinds": many(
                shape(
                    "A kind of joint work.",
                    {
                        "kind": TEXT,
                        "jobs": COUNT,
                        "crossing": COUNT,
                        "training_hours": HOURS,
                        "trainees": COUNT,
                        "capacity_hours": HOURS,
                        "volume": MONIES,
                        "saving": MONIES,
                    },
                )
            ),
            "sectors": many(shape("A sector.", {"sector": SECTOR, "jobs": COUNT})),
            "crossing": COUNT,
            "domestic": BY_COUNTRY,
            "disputes": shape(
                "Raised and settled in the year.", dict.fromkeys(("raised", *(one.value for one in Outcome)), COUNT)
            ),
            "headcounts": shape(
                "What firms said of their staff, added up; null where none did.",
                {"firms": COUNT, "employees": nullable(COUNT), "apprentices": nullable(COUNT)},
            ),
        },
    ),
}

ACTIVITY: dict[str, Shape] = {**EVENTS, **FIGURES, **MAP, **REPORT}
