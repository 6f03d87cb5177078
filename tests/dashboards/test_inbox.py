"""The inbox: what lies in it, what a firm does with it, and what it answers when a step is not possible."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from ledger.upkeep.confirmations import Confirming
from tests.api.jobs import GOOD, body, confirmed, euros, finished, propose, step, terms
from tests.api.world import World
from tests.dashboards.people import Person, person

VIEWS = ("todo", "waiting", "disputed", "done")


def views(somebody: Person, more: str = "") -> dict[str, int]:
    """How much lies in each view."""
    counts: dict[str, int] = somebody.get(f"/inbox.json?{more}").json["counts"]
    return counts


def opened(somebody: Person, job: str, more: str = "") -> Any:
    """The open job as the page's JSON tells of it."""
    return somebody.get(f"/inbox/{job}.json?{more}").json["open"]


def taken(somebody: Person, job: str, name: str, **fields: Any) -> Any:
    """Send a form from the job's page, on the version that it shows."""
    found = opened(somebody, job)["job"]
    shown = {"version": found["version"], "position": found["position"], **fields}
    return somebody.send(f"/inbox/{job}", f"/inbox/{job}/{name}", **shown)


def history(world: World, firm: str) -> list[str]:
    """The jobs that count for a firm."""
    caller = world.caller(firm)
    found = caller.read(f"/firms/{caller.id}/history")["items"]
    return [job["id"] for job in found if job["confirmed"]]


def a_minute_later(world: World) -> None:
    """The worker sends what is due."""
    world.clock.forward(seconds=61)
    Confirming(world.house.ledger, world.house.confirmations).look()


@pytest.fixture
def job(world: World) -> str:
    """A finished job that alpha recorded with beta."""
    return propose(world.alpha, finished(world.alpha, world.beta))


def test_each_view_holds_what_it_says(either_world: World) -> None:
    """On both databases, for each side, all views together hold every job once."""
    world = either_world
    alpha, beta = person(world, "alpha"), person(world, "beta")
    asked = propose(world.alpha, finished(world.alpha, world.beta))
    agreed = confirmed(world.alpha, world.beta)
    contested = confirmed(world.alpha, world.beta)
    step(world.alpha, contested, "disputes", {"reason": "Not so"})
    refused = propose(world.alpha, finished(world.alpha, world.beta))
    step(world.beta, refused, "declines")
    said = propose(world.alpha, body("credit_reference", world.alpha, world.beta))
    assert views(alpha) == {"todo": 0, "waiting": 1, "disputed": 1, "done": 3}
    assert views(beta) == {"todo": 1, "waiting": 0, "disputed": 1, "done": 3}
    found = {view: [item["id"] for item in beta.get(f"/inbox.json?view={view}").json["items"]] for view in VIEWS}
    assert found == {"todo": [asked], "waiting": [], "disputed": [contested], "done": [said, refused, agreed]}
    assert views(person(world, "gamma")) == dict.fromkeys(VIEWS, 0)


def test_each_participant_is_asked_until_it_has_answered(either_world: World) -> None:
    """A training counts for those who have confirmed; it still waits for the others, and not for who declined."""
    world = either_world
    training = propose(world.alpha, body("shared_training", world.alpha, world.beta, world.gamma, world.delta))
    step(world.beta, training, "acceptances")
    step(world.delta, training, "declines")
    found = {name: views(person(world, name)) for name in ("alpha", "beta", "gamma", "delta")}
    assert [name for name, each in found.items() if each["todo"]] == ["gamma"]
    assert [name for name, each in found.items() if each["waiting"]] == ["alpha", "beta"]
    assert [name for name, each in found.items() if each["done"]] == ["delta"]


def test_the_past_is_shown_as_it_was(either_world: World) -> None:
    """As of an event before the answer, it still waits."""
    world = either_world
    propose(world.alpha, finished(world.alpha, world.beta))
    before = world.house.ledger.head()
    step(world.beta, person(world, "beta").get("/inbox.json").json["items"][0]["id"], "acceptances")
    beta = person(world, "beta")
    assert views(beta)["todo"] == 0
    assert views(beta, f"as_of_position={before}")["todo"] == 1


def test_erased_words_are_not_shown(either_world: World) -> None:
    """Titles and reasons of an erased firm are gone from the inbox as from everywhere."""
    world = either_world
    job = propose(world.alpha, finished(world.alpha, world.beta, title="A title to forget"))
    beta = person(world, "beta")
    assert "A title to forget" in beta.text(f"/inbox/{job}")
    answer = world.operator.send("DELETE", f"/firms/{world.alpha.id}/personal-data")
    assert answer.status_code < 300, answer.text
    for path in ("/inbox", f"/inbox/{job}", "/inbox.csv"):
        assert "A title to forget" not in beta.get(path).text


def test_recorded_confirmed_and_in_both_histories(world: World, job: str) -> None:
    """The story: alpha records, beta finds it, confirms, and after a minute it counts for both."""
    beta = person(world, "beta")
    page = beta.text("/inbox")
    assert "Example alpha says you worked together. Is that right?" in page
    assert 'data-count="inbox.page">1<' in page
    answer = taken(beta, job, "confirm", view="todo")
    assert (answer.status_code, answer.location) == (303, "/inbox?view=todo&done=confirmed")
    page = beta.text(answer.location)
    assert "Undo (" in page
    assert views(beta)["todo"] == 0
    assert (history(world, "alpha"), history(world, "beta")) == ([], [])
    a_minute_later(world)
    assert (history(world, "alpha"), history(world, "beta")) == ([job], [job])
    assert "Undo" not in beta.text("/inbox")
    assert views(beta)["done"] == 1


def test_a_confirmation_is_taken_back(world: World, job: str) -> None:
    """Within the minute it waits again; after it, the page says that it is too late."""
    beta = person(world, "beta")
    taken(beta, job, "confirm")
    assert opened(beta, job)["undo_seconds"] > 50
    assert "Confirm as recorded" not in beta.text(f"/inbox/{job}")
    answer = beta.send("/inbox", f"/inbox/{job}/undo")
    assert "done=undone" in answer.location
    assert "taken back" in beta.text(answer.location)
    assert views(beta)["todo"] == 1
    taken(beta, job, "confirm")
    a_minute_later(world)
    assert "too-late" in beta.send("/inbox", f"/inbox/{job}/undo").location


def test_without_a_minute_it_is_sent_at_once(world: World, job: str) -> None:
    """LEDGER_UNDO_SECONDS=0."""
    world.house.confirmations.seconds = 0
    taken(person(world, "beta"), job, "confirm")
    assert history(world, "beta") == [job]


def test_a_confirmation_that_came_to_nothing_is_told(world: World, job: str) -> None:
    """The record was corrected within the minute."""
    beta = person(world, "beta")
    taken(beta, job, "confirm")
    step(
        world.alpha,
        job,
        "amendments",
        {"terms": {**terms("subcontract", world.alpha, world.beta), "process": "Milling"}},
    )
    a_minute_later(world)
    assert "Your confirmation was not sent" in beta.text(f"/inbox/{job}")
    assert views(beta)["todo"] == 1


def test_ones_own_record_of_the_same_job_stands_beside(world: World, job: str) -> None:
    """Lines that differ are marked, with by how much; the list says that something differs."""
    own = {**finished(world.beta, world.alpha)}
    own["parties"] = [{"firm": world.alpha.id, "role": "contractor"}, {"firm": world.beta.id, "role": "subcontractor"}]
    theirs = opened(person(world, "beta"), job)["job"]
    own["parties"] = [{name: party[name] for name in ("firm", "role")} for party in theirs["parties"]]
    own["terms"] = {**theirs["terms"], "value": euros("40000.00")}
    propose(world.beta, {**own, "assessments": []})
    beta = person(world, "beta")
    page = beta.text(f"/inbox/{job}")
    assert "Differs from yours" in page
    assert page.count('<td class="differs">') == 2
    assert "€8,200" in page
    assert "You recorded what seems to be the same job" in page


def test_a_correction_asks_the_others_again(world: World, job: str) -> None:
    """The form is filled in with their terms; what was changed is sent."""
    beta = person(world, "beta")
    form = beta.text(f"/inbox/{job}?do=correct")
    assert 'value="48200.00"' in form
    found = opened(beta, job)["job"]
    given = {f"terms-period-{end}": found["terms"]["period"][end] for end in ("from", "to")}
    fields = {"title": "Corrected", "terms-value-amount": "40,000.50", "terms-value-currency": "EUR", **given}
    answer = taken(beta, job, "correct", **fields, completed_on=found["completed_on"])
    assert answer.status_code == 303, answer.text
    corrected = opened(person(world, "alpha"), job)["job"]
    assert (corrected["title"], corrected["terms"]["value"]) == ("Corrected", euros("40000.50"))
    assert (views(beta)["waiting"], views(person(world, "alpha"))["todo"]) == (1, 1)


def test_a_faulty_correction_keeps_what_was_typed(world: World, job: str) -> None:
    """Everything wrong is told at once, each at its field."""
    beta = person(world, "beta")
    typed = {"title": "Mine", "terms-value-amount": "much", "terms-value-currency": "EUR"}
    answer = taken(beta, job, "correct", **typed)
    assert answer.status_code == 422
    assert 'href="#terms-value-amount"' in answer.text
    assert 'href="#terms-period-from"' in answer.text
    assert 'value="much"' in answer.text
    assert 'value="Mine"' in answer.text


def test_declining_says_why(world: World, job: str) -> None:
    """In the words that were chosen, and the message."""
    beta = person(world, "beta")
    assert "It was recorded twice" in beta.text(f"/inbox/{job}?do=decline")
    assert taken(beta, job, "decline", why="twice", message="See May").status_code == 303
    alpha = person(world, "alpha")
    assert opened(alpha, job)["job"]["state"] == "declined"
    assert "It was recorded twice. See May" in alpha.text(f"/inbox/{job}")


def test_a_dispute_is_raised_and_answered(world: World) -> None:
    """A reason is asked for; the others answer it in their inbox, once."""
    agreed = confirmed(world.alpha, world.beta)
    beta, alpha = person(world, "beta"), person(world, "alpha")
    answer = taken(beta, agreed, "dispute")
    assert answer.status_code == 422
    assert 'href="#why"' in answer.text
    assert taken(beta, agreed, "dispute", why="other", message="The value is wrong").status_code == 303
    assert views(alpha)["disputed"] == 1
    page = alpha.text(f"/inbox/{agreed}?view=disputed")
    assert "The value is wrong" in page
    assert "Your answer" in page
    assert taken(alpha, agreed, "disputes/1/answer").status_code == 422
    assert taken(alpha, agreed, "disputes/1/answer", statement="It is right").status_code == 303
    assert "It is right" in beta.text(f"/inbox/{agreed}")
    assert taken(alpha, agreed, "disputes/1/answer", statement="Again").status_code == 409
    assert taken(alpha, agreed, "disputes/7/answer", statement="None").status_code == 404


def test_work_is_completed_and_assessed(world: World) -> None:
    """Sealed at first: the other side sees that there is one, and not what it says."""
    ongoing = propose(world.alpha, body("subcontract", world.alpha, world.beta))
    step(world.beta, ongoing, "acceptances")
    beta, alpha = person(world, "beta"), person(world, "alpha")
    assert taken(beta, ongoing, "complete", completed_on="2099-01-01").status_code == 422
    assert taken(beta, ongoing, "complete", completed_on="2024-11-08").status_code == 303
    assert "14 days" in beta.text(f"/inbox/{ongoing}?do=assess")
    nothing = taken(beta, ongoing, "assess", about=world.alpha.id)
    assert nothing.status_code == 422
    given = {"assessment-on_time": "yes", "assessment-rating": "2", "assessment-comment": "Hardly again"}
    assert taken(beta, ongoing, "assess", about=world.alpha.id, **given).status_code == 303
    assert "Hardly again" in beta.text(f"/inbox/{ongoing}")
    assert "Hardly again" not in alpha.text(f"/inbox/{ongoing}")
    assert "Sealed" in alpha.text(f"/inbox/{ongoing}")
    step(world.alpha, ongoing, "assessments", {"about": world.beta.id, **GOOD})
    assert "Hardly again" in alpha.text(f"/inbox/{ongoing}")


def test_who_recorded_it_takes_it_back(world: World, job: str) -> None:
    """And nobody else is offered that, or can."""
    alpha, beta = person(world, "alpha"), person(world, "beta")
    assert "Withdraw…" in alpha.text(f"/inbox/{job}?view=waiting")
    assert "Withdraw…" not in beta.text(f"/inbox/{job}")
    assert taken(beta, job, "withdraw").status_code == 403
    assert taken(alpha, job, "withdraw", message="My mistake").status_code == 303
    assert opened(beta, job)["job"]["state"] == "withdrawn"


def test_whoever_comes_second_sees_both_versions(world: World, job: str) -> None:
    """409 with the page itself: what it says now, what was shown, and everything that was typed."""
    beta = person(world, "beta")
    seen = opened(beta, job)["job"]
    changed = {**seen["terms"], "value": euros("47000.00")}
    step(world.alpha, job, "amendments", {"terms": changed})
    shown = {"version": seen["version"], "position": seen["position"]}
    answer = beta.send(f"/inbox/{job}", f"/inbox/{job}/decline", **shown, why="other", message="Never happened")
    assert answer.status_code == 409
    for words in ("Somebody was first", "€47,000", "€48,200", "Never happened"):
        assert words in answer.text
    assert beta.send(f"/inbox/{job}", f"/inbox/{job}/confirm", **shown).status_code == 409
    assert world.house.confirmations.of(UUID(world.beta.id)) == []


def test_a_step_that_is_no_longer_open_answers_409(world: World) -> None:
    """With the job as it stands now."""
    agreed = confirmed(world.alpha, world.beta)
    answer = taken(person(world, "beta"), agreed, "decline", why="never")
    assert answer.status_code == 409
    assert "Here is how it stands now" in answer.text


def test_the_office_acts_for_a_firm(world: World) -> None:
    """It says for whom; what it records is told to be entered by the office."""
    office = person(world, "office")
    job = propose(world.office, {**finished(world.alpha, world.beta), "proposed_by": world.alpha.id, "assessments": []})
    assert "Example beta" in office.text("/inbox")
    for_beta = f"for={world.beta.id}"
    assert views(office, for_beta)["todo"] == 1
    page = office.text(f"/inbox/{job}?{for_beta}")
    assert "Entered for Example alpha: The network office" in page
    answer = office.send(f"/inbox/{job}?{for_beta}", f"/inbox/{job}/confirm", **{"for": world.beta.id})
    assert for_beta in answer.location
    a_minute_later(world)
    assert history(world, "beta") == [job]
    assert office.get("/inbox?q=gamma").text.count("Example beta") == 0


def test_nobody_looks_into_the_inbox_of_others(world: World, job: str) -> None:
    """Other firms' ids, firms of other networks, ids that nobody has, and what is no id at all: 404, as a page."""
    gamma, office, other = person(world, "gamma"), person(world, "office"), person(world, "other_office")
    beta = person(world, "beta")
    paths = {
        f"/inbox/{job}": gamma,
        f"/inbox/{job}?for={world.beta.id}": gamma,
        f"/inbox?for={world.alpha.id}": beta,
        f"/inbox/{uuid4()}": beta,
        "/inbox/nothing": beta,
        f"/inbox/{job}?for={world.gamma.id}": office,
        f"/inbox?for={world.omega.id}": office,
        "/inbox?for=nobody": office,
        f"/inbox?for={world.beta.id}": other,
    }
    assert {path: who.get(path).status_code for path, who in paths.items()} == dict.fromkeys(paths, 404)
    assert office.get(f"/inbox/{job}").status_code == 422  # it says for which firm
    for name in ("confirm", "decline", "correct", "dispute", "complete", "assess", "withdraw", "disputes/1/answer"):
        assert gamma.send("/inbox", f"/inbox/{job}/{name}").status_code == 404, name
    assert world.house.confirmations.of(UUID(world.gamma.id)) == []


@pytest.mark.parametrize("name", ["confirm", "undo", "decline", "correct", "dispute", "complete", "assess", "withdraw"])
def test_a_form_from_elsewhere_is_refused(world: World, job: str, name: str) -> None:
    """Without the secret of the page: 403."""
    beta = person(world, "beta")
    assert beta.client.post(f"/inbox/{job}/{name}").status_code == 403


def test_hostile_values_do_no_harm(world: World, job: str) -> None:
    """Unknown views and forms, numbers that are none, characters that nobody should see."""
    beta = person(world, "beta")
    for query in ("view=%00", "view=all&do=explode", "do=assess&about=x", "done=%3Cscript%3E"):
        assert beta.get(f"/inbox/{job}?{query}").status_code == 200
    assert beta.get("/inbox?cursor=abc").status_code == 422
    odd = {"version": "9" * 30, "position": "-1"}
    assert beta.send(f"/inbox/{job}", f"/inbox/{job}/decline", **odd, message="a\u202eb").status_code == 422
    assert "<script>" not in beta.text(f"/inbox/{job}?done=<script>alert(1)</script>")


def test_the_list_is_a_file_as_well(world: World, job: str) -> None:
    """CSV with the same rows."""
    assert job in person(world, "beta").get("/inbox.csv").text
