"""What holds for every kind of the catalogue, derived from its declaration."""

from __future__ import annotations

from copy import deepcopy
from itertools import combinations
from typing import Any
from uuid import UUID

import pytest

from ledger.domain.collaboration import Collaboration, Proposal
from ledger.domain.errors import InvalidParties, InvalidTerms
from ledger.domain.kinds.catalogue import BY_NAME, KINDS
from ledger.domain.kinds.kind import Acceptance, Kind, Measure
from ledger.domain.kinds.terms import Field, Rows, fields_schema
from tests.domain.given import ALPHA, STRANGER, now, refused
from tests.domain.kinds.examples import EXAMPLES, parties
from tests.domain.kinds.json_schema import fits, flaws

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def fields_of(kind: Kind) -> list[tuple[list[Any], Field]]:
    """Return every field, also those within the first row of a list, with the way to it."""
    found: list[tuple[list[Any], Field]] = []
    for field in kind.fields:
        found.append(([field.name], field))
        if isinstance(field.type, Rows):
            found.extend(([field.name, 0, inner.name], inner) for inner in field.type.fields)
    return found


every_field = pytest.mark.parametrize(
    ("kind", "way", "field"),
    [
        pytest.param(kind, way, field, id=f"{kind.name}-{'-'.join(map(str, way))}")
        for kind in KINDS
        for way, field in fields_of(kind)
    ],
)


def changed(terms: dict[str, Any], way: list[Any], **value: object) -> dict[str, Any]:
    """Return the terms with the field at the end of this way removed, or with another value."""
    copy = deepcopy(terms)
    place: Any = copy
    for step in way[:-1]:
        place = place[step]
    del place[way[-1]]
    if value:
        place[way[-1]] = value["to"]
    return copy


def pointer(way: list[Any]) -> str:
    """Return the pointer to the field at the end of this way."""
    return "/terms/" + "/".join(map(str, way))


def test_the_catalogue_and_the_examples_agree() -> None:
    """Every kind has an example, and its name leads to it."""
    assert list(EXAMPLES) == [kind.name for kind in KINDS]
    assert {name: kind.name for name, kind in BY_NAME.items()} == {name: name for name in EXAMPLES}


@every_kind
def test_the_example_gives_every_field(kind: Kind) -> None:
    """So the tests below leave none out."""
    assert set(EXAMPLES[kind.name]) == {field.name for field in kind.fields}


@every_kind
def test_the_example_is_valid(kind: Kind) -> None:
    """It reads into its normal form, and the normal form reads into itself."""
    read = kind.read_terms(EXAMPLES[kind.name], parties(kind))
    assert read == EXAMPLES[kind.name]
    assert kind.read_terms(read, parties(kind)) == read


@every_kind
def test_required_fields_suffice(kind: Kind) -> None:
    """What is not required may be left out, or stated as unknown."""
    required = {field.name for field in kind.fields if field.required}
    few = {name: value for name, value in EXAMPLES[kind.name].items() if name in required}
    assert kind.read_terms(few, parties(kind)) == few
    unknown = dict.fromkeys(EXAMPLES[kind.name])
    assert kind.read_terms({**unknown, **few}, parties(kind)) == few


@every_field
def test_a_missing_required_field_is_pointed_to(kind: Kind, way: list[Any], field: Field) -> None:
    """Absent and null are the same; what is not required may be absent."""
    without = changed(EXAMPLES[kind.name], way)
    null = changed(EXAMPLES[kind.name], way, to=None)
    if not field.required:
        kind.read_terms(without, parties(kind))
        return
    for terms in (without, null):
        with refused(InvalidTerms, pointer=pointer(way)):
            kind.read_terms(terms, parties(kind))


@pytest.mark.parametrize(
    "value", [True, "", " ", -1, 1e300, [], {}, [[]], "\u0663", {"amount": "-1.00", "currency": "EUR"}]
)
@every_field
def test_a_wrong_value_is_pointed_to(kind: Kind, way: list[Any], field: Field, value: object) -> None:
    """Whatever JSON stands in a field, it is read or refused with a pointer into that field."""
    try:
        read = kind.read_terms(changed(EXAMPLES[kind.name], way, to=value), parties(kind))
    except InvalidTerms as error:
        assert all(fault.pointer.startswith(pointer(way)) for fault in error.faults)  # noqa: PT017 - or it is read
    else:
        assert value == "\u0663"
        assert type(field.type).__name__ == "Text"
        assert read


@every_kind
def test_an_unknown_field_is_refused(kind: Kind) -> None:
    """A misspelt field is not passed over in silence."""
    with refused(InvalidTerms, pointer="/terms/colour"):
        kind.read_terms({**EXAMPLES[kind.name], "colour": "blue"}, parties(kind))


@pytest.mark.parametrize("terms", [None, [], "terms", 3])
@every_kind
def test_terms_are_an_object(kind: Kind, terms: object) -> None:
    """Anything else is one fault of the whole."""
    with refused(InvalidTerms, pointer="/terms"):
        kind.read_terms(terms, parties(kind))


@every_kind
def test_every_fault_is_reported_at_once(kind: Kind) -> None:
    """Whoever fills a form mends everything in one go."""
    required = [field.name for field in kind.fields if field.required]
    with pytest.raises(InvalidTerms) as raised:
        kind.read_terms({"colour": "blue"}, parties(kind))
    faults = {fault.pointer for fault in raised.value.faults}
    assert faults == {"/terms/colour", *(f"/terms/{name}" for name in required)}


@every_kind
def test_a_wrong_role_is_refused(kind: Kind) -> None:
    """The refusal points to the party and names the right roles."""
    wrong = parties(kind)
    wrong[1] = {"firm": wrong[1]["firm"], "role": "bystander"}
    with pytest.raises(InvalidParties, match=f"{kind.leading.name} and {kind.following.name}") as raised:
        kind.check_parties(wrong)
    assert raised.value.faults[0].pointer == "/parties/1/role"


@every_kind
def test_both_roles_are_taken(kind: Kind) -> None:
    """Nobody works together alone, and no role takes more firms than it has room for."""
    kind.check_parties(parties(kind))
    for role in kind.roles:
        with refused(InvalidParties, pointer="/parties"):
            kind.check_parties([party for party in parties(kind) if party["role"] != role.name])
        crowd = [{"firm": UUID(int=1000 + n), "role": role.name} for n in range(role.most + 1)]
        with refused(InvalidParties, pointer="/parties"):
            kind.check_parties([*(p for p in parties(kind) if p["role"] != role.name), *crowd])  # type: ignore[list-item]


@every_kind
def test_a_firm_takes_one_role(kind: Kind) -> None:
    """Nobody works for himself."""
    with refused(InvalidParties, pointer="/parties/1/firm"):
        kind.check_parties([{"firm": ALPHA, "role": role.name} for role in kind.roles])


@every_kind
def test_firms_named_in_terms_are_parties(kind: Kind) -> None:
    """Terms speak of the parties alone, however their ids are written."""
    for field in kind.fields:
        if not isinstance(field.type, Rows):
            continue
        way = [field.name, 0, "firm"]
        for other in (str(STRANGER), "nobody", ""):
            with refused(InvalidTerms, pointer=pointer(way)):
                kind.read_terms(changed(EXAMPLES[kind.name], way, to=other), parties(kind))
        firm = EXAMPLES[kind.name][field.name][0]["firm"]
        read = kind.read_terms(changed(EXAMPLES[kind.name], way, to=firm.upper()), parties(kind))
        assert read == EXAMPLES[kind.name]


@every_kind
def test_the_schema_is_one_and_the_example_fits(kind: Kind) -> None:
    """What the documentation says is accepted is accepted, and every required field is required there."""
    schema = fields_schema(kind.fields)
    assert list(flaws(schema)) == []
    assert fits(EXAMPLES[kind.name], schema)
    assert not fits({**EXAMPLES[kind.name], "colour": "blue"}, schema)
    for field in kind.fields:
        assert list(flaws(field.type.schema())) == []
        assert fits(changed(EXAMPLES[kind.name], [field.name]), schema) is not field.required


@every_kind
def test_links_run_from_the_leading_to_each_following_party(kind: Kind) -> None:
    """Nobody else worked with each other; values are not negative and within the whole."""
    links = kind.links(parties(kind), EXAMPLES[kind.name])
    leading, *following = [party["firm"] for party in parties(kind)]
    assert [(link.leading, link.following) for link in links] == [(leading, firm) for firm in following]
    assert all(link.value is None or link.value.amount >= 0 for link in links)


@every_kind
def test_nothing_links_one_side_alone(kind: Kind) -> None:
    """Without both sides there was no joint work."""
    for role in kind.roles:
        one_side = [party for party in parties(kind) if party["role"] == role.name]
        assert kind.links(one_side, EXAMPLES[kind.name]) == []


@every_kind
def test_it_is_recorded_and_confirmed_as_declared(kind: Kind) -> None:
    """Nothing counts before the acceptances that the kind asks for, and everything does after them."""
    proposal = Proposal(kind.name, "Example", parties(kind), EXAMPLES[kind.name])
    record = Collaboration.propose(UUID(int=1), now(), ALPHA, proposal)
    others = [party["firm"] for party in parties(kind)][1:]
    assert bool(record.confirmed) is (kind.acceptance is Acceptance.NONE)
    for n, firm in enumerate(others if kind.acceptance is not Acceptance.NONE else []):
        record.accept(now(), firm)
        expected = {Acceptance.ALL: n + 2 if firm == others[-1] else 0, Acceptance.EACH: n + 2}
        assert len(record.confirmed) == expected[kind.acceptance]


def test_declarations_are_well_formed() -> None:
    """Names are unique, roles differ, measures and proposers are known, helps are given."""
    for one, other in combinations(KINDS, 2):
        assert one.name != other.name
    for kind in KINDS:
        assert kind.leading.name != kind.following.name
        assert kind.leading.most == 1
        assert set(kind.measures) <= set(Measure)
        assert set(kind.proposers) <= {role.name for role in kind.roles}
        assert kind.summary.endswith(".")
        assert kind.evidence
        assert all(field.help for _, field in fields_of(kind))
