"""Every factor, and every reason for no score, has its sentences in each language, with the figures of the ledger."""

from __future__ import annotations

from typing import Any

import pytest
from flask import g

from ledger.dashboards import reasons
from ledger.dashboards.formats import MINUS
from ledger.projections.trust.parameters import Dimension
from ledger.web.languages import LANGUAGES
from tests.api.world import World

COUNTS: dict[str, dict[str, Any]] = {
    "base": {},
    "on_time": {"yes": 6, "no": 2},
    "accepted": {"yes": 6, "no": 2},
    "paid": {"yes": 6, "no": 2, "credit_references": 1},
    "rating": {"count": 3, "mean": 4.5},
    "disputes": {"open": 1, "settled": 2, "in_favour": 1, "against": 1},
}


def factor(code: str, gain: float | None = 1.26, cost: float | None = 2.04, **counts: Any) -> dict[str, Any]:
    """A factor as the trust query gives it."""
    return {"code": code, "because": {**COUNTS[code], **counts}, "change": {"gain": gain, "cost": cost}}


def spoken(world: World, language: str, one: Any, *given: Any) -> Any:
    """What a sentence is in this language."""
    with world.app.test_request_context():
        g.language = language
        return one(*given)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", COUNTS)
def test_every_factor_has_its_sentences(world: World, code: str, language: str) -> None:
    """What the ledger shows and what would change it, in figures as the language writes them."""
    assert {"base", *Dimension} == COUNTS.keys()
    said = spoken(world, language, reasons.factor, factor(code))
    assert said.shows
    if code != "base":
        assert ("2.0" if language == "en" else "2,0") in said.changes
    if language != "en":
        assert said != spoken(world, "en", reasons.factor, factor(code))


def test_what_nobody_speaks_of_is_said_to_be_so(world: World) -> None:
    """No zeros out of zero, and no cost where nothing is bad."""
    silent = factor("on_time", 1.26, None, yes=0, no=0)
    told = ("No partner has said anything about it yet", "One more good answer from a new partner: +1.3 points.")
    assert spoken(world, "en", reasons.factor, silent) == told
    references = spoken(world, "en", reasons.factor, factor("paid", 1.0, None, yes=0, no=0, credit_references=2))
    assert references.shows == "2 credit references"
    none = factor("disputes", None, None, open=0, settled=0)
    assert spoken(world, "en", reasons.factor, none) == ("No disputes", "Nothing to do: none weighs on the score")
    assert spoken(world, "en", reasons.factor, factor("rating", count=0, mean=None)).shows == told[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_for_no_score_says_what_helps(world: World, language: str) -> None:
    """Each of the four, different from the others."""
    lacks = [{"code": code, "have": 2, "need": 3} for code in ("partners", "said", "believed_partners", "believed")]
    told = [spoken(world, language, reasons.missing, lack) for lack in lacks]
    assert len({reason.shows for reason in told}) == len(lacks)
    assert all(reason.changes for reason in told)


def test_points_carry_their_sign(world: World) -> None:
    """Also none at all."""
    assert spoken(world, "de", lambda: [reasons.points(one) for one in (1.26, -0.3, 0.01)]) == [
        "+1,3",
        f"{MINUS}0,3",
        "±0,0",
    ]
