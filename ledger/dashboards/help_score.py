"""The page that explains the score to people at firms and banks in their language; its numbers are the method's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ledger.dashboards.blueprint import pages
from ledger.dashboards.frame import render
from ledger.dashboards.words import language
from ledger.domain.assessment import BEST_RATING
from ledger.domain.sealing import SEALED_FOR
from ledger.projections.trust.explanation import CONFIDENCE, ENOUGH, GRADES, LEVEL
from ledger.projections.trust.parameters import (
    BACKED,
    BAD_SIDE,
    GOOD_CEILING,
    HALF_LIFE,
    METHOD,
    TYPICAL,
    Dimension,
)
from ledger.projections.trust.posterior import Posterior, together, under_ceiling
from ledger.projections.trust.reports import WORST_DELAY
from ledger.projections.trust.strength import ONE, job_weight

if TYPE_CHECKING:
    from flask import Response

bp = pages("help")
# A point within a number, and between its thousands.
MARKS: Mapping[str, tuple[str, str]] = {"en": (".", ","), "de": (",", "."), "da": (",", ".")}
HOW_MANY = (1, 3, 5, 10)  # typical jobs that went well, for the table


@bp.get("/help/score")
def score() -> Response:
    """Show the page in the reader's language."""
    return render(f"help/score.{language()}.html", **_shown(language()))


def _shown(language: str) -> dict[str, Any]:
    written = _written(language)
    return {"written": written, **_bounds(), **_numbers(written)}


def _bounds() -> dict[str, Any]:
    """Return grades from the worst to the best, each with its lowest score and where the next one begins."""
    lowest = [(round(least), name) for least, name in reversed(GRADES)]
    ends = [least for least, _ in lowest[1:]] + [100]
    return {
        "grades": [(name, least, end) for (least, name), end in zip(lowest, ends, strict=True)],
        "confidences": [(letter, round(evidence), firms) for evidence, firms, letter in CONFIDENCE],
    }


def _numbers(written: Callable[[float, int], str]) -> dict[str, Any]:
    alone = 100 * (GOOD_CEILING + 1) / (GOOD_CEILING + 2)
    return {
        "newcomer": round(_reached(0, 0)),
        "alone": alone,
        "alone_written": written(alone, 1),
        "counterparties": ENOUGH,
        "sealed_days": SEALED_FOR.days,
        "half_life_years": HALF_LIFE // 365,
        "best_rating": BEST_RATING,
        "worst_delay": WORST_DELAY,
        "heavier": round(100 * BAD_SIDE[0] / BAD_SIDE[1] - 100),
        "backed": round(100 * float(BACKED) - 100),
        "typical": written(round(100 * 10 ** (4 * float(TYPICAL)), -3), 0),
        "largest": written(float(1 / TYPICAL), 1),
        "valueless": written(job_weight(None, backed=False) / ONE, 2),
        "sure": round(100 * LEVEL),
        "evidence": round(CONFIDENCE[-1][0]),
        "growth": [(jobs, written(_reached(jobs, 1), 1), written(_reached(1, jobs), 1)) for jobs in HOW_MANY],
        "method": METHOD,
    }


def _reached(partners: int, jobs: int) -> float:
    """Return a newcomer's score when so many partners, each believed in full, praise so many typical jobs each."""
    nothing = dict.fromkeys(Dimension, 0.0)
    one = under_ceiling(Posterior({**nothing, Dimension.ACCEPTED: float(jobs)}, nothing))
    return together({str(partner): one for partner in range(partners)}).score


def _written(language: str) -> Callable[[float, int], str]:
    point, thousands = MARKS[language]

    def written(number: float, places: int) -> str:
        return f"{number:,.{places}f}".translate({ord("."): point, ord(","): thousands})

    return written
