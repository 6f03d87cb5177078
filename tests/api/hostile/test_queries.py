"""What stands behind the question mark: positions, times, cursors, pages and words that are none."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from urllib.parse import quote

import pytest

from ledger.api.openapi import contracts
from tests.api.hostile import poison
from tests.api.hostile.exchange import Answer, Request
from tests.api.hostile.seeds import seeds
from tests.api.hostile.world import World

FIRMS = Request("GET", "/v1/firms")


def asked(world: World, name: str, value: str) -> Answer:
    """List firms with one argument."""
    return world.answer(replace(FIRMS, query=((name, value),)))


def refused(answer: Answer, name: str) -> bool:
    """Whether the answer points at the argument."""
    return answer.status == 422 and answer.json["errors"][0]["pointer"] == f"/{name}"


@pytest.mark.parametrize("word", poison.WORDS, ids=lambda word: ascii(word)[:20])
def test_every_argument_of_every_read_takes_any_word(world: World, word: str) -> None:
    """Every argument that any endpoint declares, with any word: refused where it is wrong, never a fault of ours."""
    declared = {name: contract.query for _, name, contract, _ in contracts(world.app) if contract.query is not None}
    for seed in seeds(world):
        for field in declared[seed.name].fields.values() if seed.name in declared else ():
            name = str(field.data_key or field.name)
            given = () if isinstance(seed.query, str) else seed.query
            others = tuple(pair for pair in given if pair[0] != name)
            if name != "wait":  # a caller may wait for ten seconds
                world.answer(replace(seed, query=(*others, (name, word))))


@pytest.mark.parametrize("raw", poison.RAW_QUERIES, ids=lambda raw: raw[:20])
def test_any_text_may_stand_behind_the_question_mark(world: World, raw: str) -> None:
    """A query that is hardly one is refused or understood."""
    assert world.answer(replace(FIRMS, query=raw)).status in {200, 400, 422}


@pytest.mark.parametrize("name", ["as_of_position", "min_position", "limit"])
@pytest.mark.parametrize(
    "number", ["-1", "1_0", "٣", "+1", "1.0", "1e2", "0x1", "", " 1", "9" * 20, "9" * 400, "9" * 5000, "nan"]
)
def test_numbers_are_plain(world: World, name: str, number: str) -> None:
    """A number is written in plain digits and within its bounds; other spellings that Python knows are refused."""
    assert refused(asked(world, name, number), name)


def test_pages_are_bounded(world: World) -> None:
    """A page has 1 to 200 rows; the answer to any other number says so."""
    for limit in ("0", "201", "9223372036854775808"):
        answer = asked(world, "limit", limit)
        assert refused(answer, "limit")
        assert "200" in answer.json["detail"]
    assert (asked(world, "limit", "1").status, asked(world, "limit", "200").status) == (200, 200)


@pytest.mark.parametrize("wait", ["nan", "NaN", "inf", "-inf", "Infinity", "-1", "10.1", "1e400", "9" * 400, "", "x"])
def test_waiting_is_bounded(world: World, wait: str) -> None:
    """Nobody waits for ever, or for less than no time."""
    assert refused(asked(world, "wait", wait), "wait")


@pytest.mark.parametrize(
    "time",
    *[
        [
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59-14:00",
            str(10**30),
            "0000-00-00T00:00:00Z",
            "2024-01-01",
            "now",
            "",
        ]
    ],
)
def test_times_beyond_the_calendar_are_refused(world: World, time: str) -> None:
    """A time that no calendar has, also in UTC, is refused with an example of one."""
    answer = asked(world, "as_of", time)
    assert refused(answer, "as_of")
    assert "2026-11-06T12:00:00Z" in answer.json["detail"]


def test_the_past_begins_empty_and_the_future_is_refused(world: World) -> None:
    """Before the first event there was nothing; what lies ahead has no answer yet."""
    assert asked(world, "as_of", "0001-01-01T00:00:00Z").json["items"] == []
    assert asked(world, "as_of_position", "0").json["items"] == []
    for name, ahead in (("as_of", "9999-12-31T23:59:59Z"), ("as_of_position", str(2**63 - 1))):
        assert asked(world, name, ahead).status == 422


@pytest.mark.parametrize(
    "day",
    [
        "0000-00-00",
        "2026-02-30",
        "9999-12-32",
        "2026-1-1",
        "20260101",
        "٢\u0660٢٦-\u0660\u0661-\u0660\u0661",
        "2026-01-01T00:00:00Z",
    ],
)
def test_days_are_days(world: World, day: str) -> None:
    """A day that no calendar has, or in another spelling, is refused with an example of one."""
    answer = world.answer(Request("GET", "/v1/collaborations", "firm", (("from", day),)))
    assert refused(answer, "from")
    assert "2026-11-06" in answer.json["detail"]


def test_all_days_of_the_calendar_are_days(world: World) -> None:
    """The first and the last day that there is are bounds like others."""
    for path in (
        f"/v1/firms/{world.ids['firm']}/history",
        f"/v1/firms/{world.ids['firm']}/partners",
        "/v1/collaborations",
    ):
        query = (("from", "0001-01-01"), ("to", "9999-12-31"))
        assert world.answer(Request("GET", path, "firm", query)).status == 200


@pytest.mark.parametrize(
    ("word", "found"), [("%", 0), ("_", 0), ("\\", 0), ("%%", 0), ("' OR 1=1 --", 0), ("xampl", 4)]
)
def test_searching_takes_letters_as_they_are(world: World, word: str, found: int) -> None:
    """Signs that a database gives a meaning to have none here."""
    assert len(asked(world, "q", word).json["items"]) == found


@pytest.mark.parametrize(
    "q", ["a" * 201, poison.LONG, poison.BIDI, "", " ", "a\nb", "a\x00b"], ids=lambda q: ascii(q)[:20]
)
def test_words_to_search_for_are_bounded(world: World, q: str) -> None:
    """A word is one line of 1 to 200 letters."""
    assert refused(asked(world, "q", q), "q")


@pytest.mark.parametrize("raw", ["q=%ff", "q=%ed%a0%80", "q=%c0%80"])
def test_bytes_that_are_no_text_are_refused(world: World, raw: str) -> None:
    """Bytes that are not UTF-8 stand for nothing that could be found."""
    answer = world.answer(replace(FIRMS, query=raw))
    assert (answer.status, answer.json["code"]) == (400, "malformed")


def test_an_argument_is_given_once_and_known(world: World) -> None:
    """An argument that is repeated or unknown is pointed at."""
    assert refused(world.answer(replace(FIRMS, query="q=a&q=b")), "q")
    assert refused(world.answer(replace(FIRMS, query="unknown=1")), "unknown")


def damaged(cursor: str) -> list[str]:
    """The cursor with a letter changed, in each place and in several ways."""
    return [cursor[:n] + letter + cursor[n + 1 :] for n in range(len(cursor)) for letter in "A_z=é"]


def forged(*values: object) -> str:
    """A cursor of these values."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


LISTS = [
    ("/v1/firms", "office"),
    ("/v1/networks", "operator"),
    ("/v1/collaborations", "firm"),
    ("/v1/keys", "operator"),
]


@pytest.mark.parametrize(("path", "caller"), LISTS)
def test_damaged_cursors_are_refused_or_lead_somewhere(world: World, path: str, caller: str) -> None:
    """A cursor with a changed letter, or of another list, is refused or begins a page; it opens nothing else."""
    pages = [world.answer(Request("GET", one, who, (("limit", "1"),))) for one, who in LISTS]
    own = pages[[one for one, _ in LISTS].index(path)].json["next"]
    for cursor in [*damaged(own)[::3], *(page.json["next"] for page in pages)]:
        answer = world.answer(Request("GET", path, caller, f"limit=1&cursor={quote(cursor)}"))
        assert answer.status in {200, 422}


@pytest.mark.parametrize(
    "cursor",
    *[
        [
            *(
                "x",
                "W10",
                "bnVsbA",
                "AAAA",
                "=",
                "%00",
                "é",
                "a" * 2001,
                "W" * 2000,
                forged(),
                forged(None, None),
                forged([], {}),
            ),
            *(
                forged("\x00", "x"),
                forged("\ud800", "x"),
                forged("a", 10**400),
                forged("a", "a", "a"),
                forged("9" * 5000, "a"),
            ),
            *(
                forged("0001-01-01T00:00:00+14:00", "x"),
                forged("9999-12-31T23:59:59-14:00", "x"),
                forged("a", "0" * 31),
            ),
            base64.urlsafe_b64encode(b"[" * 1400).decode(),
        ]
    ],
    ids=lambda cursor: cursor[:24],
)
def test_forged_cursors_are_refused(world: World, cursor: str) -> None:
    """What is no cursor of the list is refused, on every list."""
    lists = {rule.rule for rule in world.app.url_map.iter_rules() if rule.rule in {path for path, _ in LISTS}}
    assert len(lists) == len(LISTS)
    for path, caller in LISTS:
        assert world.answer(Request("GET", path, caller, (("cursor", cursor),))).status == 422


@pytest.mark.parametrize(
    "time", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2024-01-01T00:00:00", "", "1"]
)
def test_cursors_of_times_hold_times(world: World, time: str) -> None:
    """A list that is ordered by time takes no cursor with a time that no calendar has."""
    query = (("cursor", forged(time, world.ids["firm"])),)
    assert world.answer(Request("GET", "/v1/keys", "operator", query)).status == 422
