"""Small damages to a valid request; the same random numbers give the same request."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from tests.api.hostile import poison
from tests.api.hostile.exchange import Request

# What is known to be read somewhere, besides what a request has already.
QUERY_NAMES = (
    *("limit", "cursor", "as_of", "as_of_position", "min_position", "q", "country", "sector", "capability"),
    *("firm", "kind", "state", "from", "to", "wait", "unknown", "size"),
)
SCALARS = (
    "NaN",
    "Infinity",
    "-Infinity",
    "1e400",
    "-1e400",
    str(poison.HUGE),
    "0" * 50,
    "1" * 41,
    '"\\ud800"',
    "01",
    "'a'",
    "",
)
Place = tuple[Any, Any]  # a container and the name or index in it


@dataclass(frozen=True)
class Pool:
    """What the ledger knows: things to confuse with each other."""

    ids: Sequence[str]
    callers: Sequence[str]
    cursors: Sequence[str]


def mutate(request: Request, random: Random, pool: Pool) -> Request:
    """Return the request with one to three damages."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        request = random.choice(MUTATIONS)(request, random, pool)
    return _bounded(request)


def places(body: Any) -> Iterator[Place]:
    """Every place of a JSON document that a value stands in."""
    named = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for name, value in list(named):
        yield body, name
        yield from places(value)


def _bounded(request: Request) -> Request:
    """Keep the seconds that a caller asks to wait below what counts as slow."""
    if isinstance(request.query, str):
        return request
    kept = tuple((name, value) for name, value in request.query if name != "wait" or value.strip("+ 0123456789.eE_"))
    return replace(request, query=(*kept, ("wait", "0.05")) if kept != request.query else kept)


# -- the body -------------------------------------------------------------------------------------------------


def _value(request: Request, random: Random, pool: Pool) -> Request:
    """Another value in one place of the body."""
    body, found = _copied(request)
    if found:
        container, name = random.choice(found)
        container[name] = random.choice((_poison(random), random.choice(pool.ids), copy.deepcopy(body)))
    return replace(request, body=body)


def _leave_out(request: Request, random: Random, _: Pool) -> Request:
    """One value less."""
    body, found = _copied(request)
    if found:
        container, name = random.choice(found)
        del container[name]
    return replace(request, body=body)


def _add(request: Request, random: Random, _: Pool) -> Request:
    """One field more, unknown or of another place."""
    body, found = _copied(request)
    objects = [body, *(container[name] for container, name in found)]
    into = random.choice([one for one in objects if isinstance(one, dict)] or [{}])
    names = (
        "unknown",
        "",
        "a/b~c",
        "__proto__",
        "a" * 101,
        "\ud800",
        "id",
        "network",
        "firm",
        "terms",
        "state",
        "\u202e",
    )
    into[random.choice(names)] = _poison(random)
    return replace(request, body=body)


def _repeat(request: Request, random: Random, _: Pool) -> Request:
    """One list with a value repeated, now and then very often."""
    body, found = _copied(request)
    lists = [container[name] for container, name in found if isinstance(container[name], list) and container[name]]
    if lists and len(json.dumps(body)) < poison.A_LARGE_BODY:
        chosen = random.choice(lists)
        value = random.choice(chosen)
        # A megabyte a thousand times would only be cut off at the limit, after it had filled the fuzzer's memory.
        fits = max(1, 3 * poison.A_LARGE_BODY // (len(json.dumps(value)) + 1))
        again = min(fits, random.choice((1, 1, 2, 49, 100, 101, 1001)))
        chosen.extend(copy.deepcopy(value) for _ in range(again))
    return replace(request, body=body)


def _scalar(request: Request, random: Random, _: Pool) -> Request:
    """A value that Python's writer of JSON would not write."""
    body, found = _copied(request)
    if not found:
        return request
    container, name = random.choice(found)
    container[name] = "@@here@@"
    raw = json.dumps(body).replace('"@@here@@"', random.choice(SCALARS))
    return replace(request, raw=raw.encode())


def _twice(request: Request, random: Random, _: Pool) -> Request:
    """A name twice in an object."""
    payload = request.payload() or b"{}"
    return replace(
        request, raw=payload.replace(b"{", random.choice((b'{"firm": 1, "firm": 1, ', b'{"a": 1, "a": 1, ')), 1)
    )


def _bytes(request: Request, random: Random, _: Pool) -> Request:
    """A few bytes lost, changed or put in."""
    payload = bytearray(request.payload() or b"{}")
    for _n in range(random.choice((1, 1, 2, 10))):
        at = random.randrange(len(payload) + 1)
        payload[at : at + random.choice((0, 1, 5))] = random.choice(
            (b"", random.randbytes(1), b"\\", b'"', b"{", b"\xff", b"\x00")
        )
    return replace(request, raw=bytes(payload))


def _cut(request: Request, random: Random, _: Pool) -> Request:
    """The end is missing."""
    payload = request.payload() or b"{}"
    return replace(request, raw=payload[: random.randrange(len(payload) + 1)])


def _other_body(request: Request, random: Random, _: Pool) -> Request:
    """Another body altogether; the longest ones seldom, they cost the test more than the service."""
    short = [body for body in poison.BODIES if len(body) < 10_000]
    return replace(request, raw=random.choice(poison.BODIES if random.random() < 0.1 else short))


# -- everything else ------------------------------------------------------------------------------------------


def _query(request: Request, random: Random, pool: Pool) -> Request:
    """Another value behind the question mark."""
    given = list(request.query) if not isinstance(request.query, str) else []
    name = random.choice([*QUERY_NAMES, *(name for name, _ in given)])
    value = random.choice((random.choice(poison.WORDS), random.choice(pool.ids), _damaged(random, pool)))
    kept = [pair for pair in given if pair[0] != name or random.random() < 0.1]  # now and then twice
    return replace(request, query=(*kept, (name, value)))


def _raw_query(request: Request, random: Random, _: Pool) -> Request:
    """Something that is hardly a query."""
    return replace(request, query=random.choice(poison.RAW_QUERIES))


def _damaged(random: Random, pool: Pool) -> str:
    """A cursor of this or another list, whole or with a few letters changed."""
    cursor = list(random.choice(pool.cursors))
    for _ in range(random.choice((0, 1, 1, 3))):
        cursor[random.randrange(len(cursor))] = random.choice("ABCxyz019-_=+/ é")
    return "".join(cursor)


def _header(request: Request, random: Random, _: Pool) -> Request:
    """A header that is none."""
    name = random.choice(list(poison.HEADERS))
    value = random.choice(poison.HEADERS[name])
    if name == "Content-Type":
        return replace(request, content_type=value)
    return request.with_header(name, value)


def _without_header(request: Request, random: Random, _: Pool) -> Request:
    """One header less."""
    return replace(request, headers=tuple(pair for pair in request.headers if random.random() < 0.5))


def _path(request: Request, random: Random, pool: Pool) -> Request:
    """Another step in the address."""
    steps = request.path.split("/")
    at = random.randrange(1, len(steps))
    steps[at] = random.choice((random.choice(poison.PATHS), random.choice(pool.ids), f"{steps[at]}/{steps[at]}"))
    return replace(request, path="/".join(steps))


def _other_id(request: Request, random: Random, pool: Pool) -> Request:
    """The address of something else that exists."""
    ids = set(pool.ids)
    steps = [random.choice(pool.ids) if step in ids else step for step in request.path.split("/")]
    return replace(request, path="/".join(steps))


def _method(request: Request, random: Random, _: Pool) -> Request:
    return replace(request, method=random.choice(poison.METHODS))


def _caller(request: Request, random: Random, pool: Pool) -> Request:
    return replace(request, caller=random.choice(pool.callers))


def _poison(random: Random) -> Any:
    """A value of its own: what is damaged further must not change what others get."""
    return copy.deepcopy(random.choice(poison.VALUES))


def _copied(request: Request) -> tuple[Any, list[Place]]:
    body = copy.deepcopy(request.body) if request.body is not None else {}
    return body, list(places(body))


MUTATIONS: tuple[Callable[[Request, Random, Pool], Request], ...] = (
    *(_value,) * 8,
    *(_query,) * 4,
    *(_header,) * 3,
    *(_leave_out, _add, _repeat, _scalar, _twice, _bytes, _cut, _other_body),
    *(_raw_query, _without_header, _path, _other_id, _method, _caller),
)
