"""Terms of every kind, mutated field by field as the kind declares them."""

from __future__ import annotations

import copy
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.domain.errors import InvalidTerms
from ledger.domain.kinds.catalogue import KINDS
from ledger.domain.kinds.kind import Kind
from tests.api.hostile.agreed import euros, terms
from tests.api.hostile.exchange import Answer, Request
from tests.api.hostile.mutations import places
from tests.api.hostile.poison import VALUES
from tests.api.hostile.world import World

FIRM, PARTNER = "6f1c7d0a-6a4e-4b8e-9d0f-3f6b1c2a4d10", "7f1c7d0a-6a4e-4b8e-9d0f-3f6b1c2a4d10"
SCALARS = (
    st.sampled_from(VALUES).map(copy.deepcopy)
    | st.text(max_size=20)
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["from", "to", "amount", "currency", "firm"]), inner)
    ),
    max_leaves=6,
)
UNUSUAL = settings(
    deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@st.composite
def mutated(draw: st.DrawFn, kind: Kind, firm: str, partner: str) -> dict[str, Any]:
    """Valid terms of a kind with one to three places changed, left out or added."""
    made = terms(kind.name, firm, partner)
    for _ in range(draw(st.integers(1, 3))):
        container, name = draw(st.sampled_from(list(places(made)) or [(made, "x")]))
        how = draw(st.sampled_from(("change", "change", "change", "leave out", "add")))
        if how == "change":
            container[name] = copy.deepcopy(draw(ANYTHING))
        elif how == "leave out":
            del container[name]
        elif isinstance(container, dict):
            container[draw(st.sampled_from([*(field.name for field in kind.fields), "unknown"]))] = draw(ANYTHING)
    return made


def accepted(kind: Kind, agreed: Any, parties: Any) -> dict[str, Any] | None:
    """The terms in their normal form, None when they are refused for what stands in them."""
    try:
        return kind.read_terms(agreed, parties)
    except InvalidTerms as error:
        if not all(fault.pointer.startswith("/terms") for fault in error.faults):
            raise
    return None


def proposed(world: World, kind: str, agreed: Any) -> Answer:
    """Propose a collaboration on these terms."""
    request = Request("POST", "/v1/collaborations", "firm", body=world.proposal(kind, terms=agreed))
    return world.answer(request.with_header("Idempotency-Key", str(uuid4())))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_terms_are_read_or_refused(kind: Kind) -> None:
    """Whatever the terms are, the kind returns them in their normal form, or names the places that are wrong."""
    firms = (UUID(FIRM), UUID(PARTNER))
    parties: Any = [{"firm": firm, "role": role.name} for firm, role in zip(firms, kind.roles, strict=True)]

    @UNUSUAL
    @given(agreed=mutated(kind, FIRM, PARTNER) | ANYTHING)
    def read(agreed: Any) -> None:
        normal = accepted(kind, agreed, parties)
        if normal is not None:
            assert kind.read_terms(normal, parties) == normal
            kind.links(parties, normal)

    read()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_mutated_terms_are_recorded_or_refused(world: World, kind: Kind) -> None:
    """The same through the whole service; what was recorded breaks no read model, and is read back."""

    @settings(UNUSUAL, max_examples=40)
    @given(agreed=mutated(kind, world.ids["firm"], world.ids["partner"]))
    def send(agreed: Any) -> None:
        answer = proposed(world, kind.name, agreed)
        assert answer.status in {201, 400, 422}, answer.text
        if answer.status == 201:
            id_ = answer.json["id"]
            accepted = Request(
                "POST", f"/v1/collaborations/{id_}/acceptances", "partner", body={}, headers=(("If-Match", "*"),)
            )
            world.answer(accepted)
            assert world.answer(Request("GET", f"/v1/collaborations/{id_}", "partner")).status == 200

    send()
    for path in ("history", "partners", "trust"):
        assert world.answer(Request("GET", f"/v1/firms/{world.ids['partner']}/{path}", "partner")).status == 200
    assert world.failures() == []


@pytest.mark.parametrize(
    "amount",
    *[
        [
            "-0",
            "-1",
            "1e5",
            "٣",
            "1" * 40,
            "0." + "1" * 40,
            "1.005",
            "01",
            "+1",
            "1,5",
            "1_0",
            " 1",
            "",
            "NaN",
            "Infinity",
            "0x1",
            "0",
            "0.00",
        ]
    ],
)
def test_amounts_are_plain_decimals(world: World, amount: str) -> None:
    """An amount in any other spelling, without a value, or with more places than the currency, is pointed at."""
    agreed = terms("subcontract", world.ids["firm"], world.ids["partner"])
    answer = proposed(world, "subcontract", {**agreed, "value": euros(amount)})
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/terms/value/amount")


@pytest.mark.parametrize(
    "money",
    [None, "1 EUR", 1, [], {}, {"amount": "1"}, {**euros(), "x": 1}, {"amount": 1, "currency": "EUR"}],
    ids=repr,
)
def test_money_is_an_amount_in_a_currency(world: World, money: Any) -> None:
    """Anything else is refused at its place."""
    agreed = terms("subcontract", world.ids["firm"], world.ids["partner"])
    answer = proposed(world, "subcontract", {**agreed, "value": money})
    assert answer.status == 422
    assert answer.json["errors"][0]["pointer"].startswith("/terms/value")


@pytest.mark.parametrize(
    "day",
    ["0000-00-00", "2026-02-30", "9999-12-32", "2024-1-1", "٢\u0660٢٤-\u0660\u0661-\u0660\u0661", "", "yesterday"],
)
def test_days_of_terms_are_days(world: World, day: str) -> None:
    """A day that no calendar has is pointed at."""
    answer = proposed(world, "exchange_visit", {"on": day})
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/terms/on")


def test_days_at_the_ends_of_the_calendar_break_nothing(world: World) -> None:
    """The first and the last day that there is may stand in terms; every read goes on."""
    for kind, name in (("exchange_visit", "on"), ("credit_reference", "since"), ("credit_reference", "last_sale")):
        for day in ("0001-01-01", "9999-12-31"):
            agreed = {**terms(kind, world.ids["firm"], world.ids["partner"]), name: day}
            assert proposed(world, kind, agreed).status in {201, 422}
    for period in ({"from": "0001-01-01", "to": "9999-12-31"}, {"from": "9999-12-31", "to": "9999-12-31"}):
        body = world.proposal("joint_development", completed_on=None)
        body["terms"]["period"] = period
        sent = Request("POST", "/v1/collaborations", "firm", body=body).with_header("Idempotency-Key", str(uuid4()))
        assert world.answer(sent).status in {201, 422}
    assert world.failures() == []
    for firm in ("firm", "partner"):
        assert world.answer(Request("GET", f"/v1/firms/{world.ids[firm]}/trust", firm)).status == 200
