"""Recording a job on a page: every kind, everything that can be wrong with it, invoices, and once is once."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from ledger import intake
from ledger.app import create_app
from ledger.dashboards.remark_words import REMARKS
from ledger.domain.kinds.catalogue import BY_NAME
from tests.api.invoices import trade
from tests.api.jobs import euros
from tests.api.world import World
from tests.dashboards.people import Person, person
from tests.intake.papers import CREDIT_NOTE, UBL

KEY = re.compile(r'name="key" value="([^"]*)"')
PERIOD = {"terms-period-from": "2024-09-16", "terms-period-to": "2024-11-08"}
VALUE = {"terms-value-amount": "48,200.00", "terms-value-currency": "EUR"}
JOB = {"kind": "subcontract", "shown": "subcontract", "role": "contractor", "title": "Gear housings", **PERIOD, **VALUE}
LINKS = re.compile(r'<li><a href="#([^"]*)">')


def key(somebody: Person) -> str:
    """The key of a form that was just opened."""
    found = KEY.search(somebody.text("/record"))
    assert found
    return found[1]


def send(somebody: Person, **fields: Any) -> Any:
    """Send the form with a key of its own."""
    return somebody.send("/record", "/record", **{"key": str(uuid4()), **fields})


def recorded(world: World, answer: Any) -> Any:
    """The job that was recorded, as the firm's own reading of it."""
    assert answer.status_code == 303, re.findall(r'class="fault"[^>]*>([^<]*)', answer.text)
    job = answer.location.partition("/inbox/")[2].partition("?")[0]
    return world.alpha.read(f"/collaborations/{job}")


def test_a_job_is_recorded_once_however_often_it_is_sent(world: World) -> None:
    """A double click answers with the same job; other contents under the same key are refused."""
    alpha = person(world, "alpha")
    job = {**JOB, "key": key(alpha), "partner": "Example beta"}
    first, second = send(alpha, **job), send(alpha, **job)
    assert first.location == second.location
    assert "view=waiting&done=recorded" in first.location
    assert "Your partner is asked to confirm it" in alpha.text(first.location)
    changed = send(alpha, **{**job, "title": "Something else"})
    assert changed.status_code == 422
    assert "This form was sent with other contents before" in changed.text
    assert alpha.get("/inbox.json").json["counts"]["waiting"] == 1
    found = recorded(world, first)
    assert (found["title"], found["terms"]["value"]) == ("Gear housings", euros("48200.00"))
    assert [party["role"] for party in found["parties"]] == ["contractor", "subcontractor"]
    assert person(world, "beta").get("/inbox.json").json["counts"]["todo"] == 1


OF_KINDS: dict[str, dict[str, str]] = {
    "joint_order": {
        **VALUE,
        **PERIOD,
        "terms-work_packages-0-stage": "engineering",
        "terms-work_packages-0-firm": "SELF",
        "terms-work_packages-0-share": "0.4",
        "terms-work_packages-1-stage": "assembly",
        "terms-work_packages-1-firm": "partner",
        "terms-work_packages-1-share": "0.6",
    },
    "subcontract": {**VALUE, **PERIOD, "terms-process": "Milling"},
    "shared_training": {
        "terms-topic": "Welding",
        "terms-hours": "16.5",
        "terms-trainees-0-firm": "partner",
        "terms-trainees-0-trainees": "3",
    },
    "credit_reference": {"terms-since": "2019-05-01", "terms-terms_days": "30", "terms-days_beyond_terms": "5"},
    "joint_purchase": {
        "terms-goods": "Steel",
        "terms-purchases-0-firm": "partner",
        "terms-purchases-0-volume-amount": "1,000",
        "terms-purchases-0-volume-currency": "DKK",
    },
    "capacity_sharing": {"terms-resource": "machine", "terms-hours": "37.5"},
    "joint_development": {"terms-programme": "Lighter housings"},
    "exchange_visit": {"terms-on": "2025-10-01", "terms-people": "12"},
}


@pytest.mark.parametrize("kind", BY_NAME)
def test_every_kind_is_recorded_from_its_own_fields(world: World, kind: str) -> None:
    """The form of a kind asks for each of its terms; what it sends is what the kind takes."""
    alpha = person(world, "alpha")
    page = alpha.text(f"/record?kind={kind}")
    assert [field.name for field in BY_NAME[kind].fields if f'id="terms-{field.name}' not in page] == []
    fields = {name: world.alpha.id if text == "SELF" else text for name, text in OF_KINDS[kind].items()}
    answer = send(alpha, kind=kind, shown=kind, title="A job", partner="Example beta", **fields)
    found = recorded(world, answer)
    assert (found["kind"], {party["firm"] for party in found["parties"]}) == (kind, {world.alpha.id, world.beta.id})
    for rows in (value for value in found["terms"].values() if isinstance(value, list)):
        assert rows[-1]["firm"] == world.beta.id


def test_everything_wrong_is_told_at_once_and_nothing_is_lost(world: World) -> None:
    """The summary leads to each field in the order of the form; what was typed stands there again."""
    alpha = person(world, "alpha")
    wrong = {**JOB, "title": "", "terms-value-amount": "much", "terms-period-to": "", "completed_on": "2099-01-01"}
    answer = send(alpha, **wrong, **{"terms-process": "CNC turning"})
    assert answer.status_code == 422
    order = ["partner", "title", "terms-value-amount", "terms-period-to", "completed_on"]
    assert LINKS.findall(answer.text) == order
    for id_ in LINKS.findall(answer.text):
        assert f'id="{id_}"' in answer.text
        assert f'id="{id_}-fault"' in answer.text
    for kept in ('value="much"', 'value="CNC turning"', 'value="2099-01-01"', 'value="2024-09-16"'):
        assert kept in answer.text
    assert world.house.ledger.head() == world.events()


def test_an_empty_form_says_what_is_missing(world: World) -> None:
    """Of every kind, and every link leads to a field."""
    alpha = person(world, "alpha")
    for kind in BY_NAME:
        answer = send(alpha, kind=kind, shown=kind)
        assert answer.status_code == 422
        links = LINKS.findall(answer.text)
        assert {"partner", "title"} <= set(links)
        assert [id_ for id_ in links if f'id="{id_}"' not in answer.text] == [], kind


def test_faults_and_figures_are_the_reader_s(world: World) -> None:
    """German: commas are read and written as such, and faults are told in German."""
    alpha = person(world, "alpha", "de")
    answer = send(alpha, **{**JOB, "title": "", "terms-value-amount": "48.200,50"})
    assert "Geben Sie dem Auftrag einen kurzen Titel." in answer.text
    assert 'value="48.200,50"' in answer.text
    found = recorded(world, send(alpha, **{**JOB, "partner": "Example beta", "terms-value-amount": "48.200,50"}))
    assert found["terms"]["value"] == euros("48200.50")


def test_a_partner_is_found_by_steps(world: World) -> None:
    """A part of a name finds the nearest to choose from; several can take part, and one can be taken away."""
    alpha = person(world, "alpha")
    answer = send(alpha, **JOB, partner="example", step="find")
    assert answer.status_code == 200
    assert "Which of these do you mean?" in answer.text
    assert f'name="partner-{world.beta.id}"' in answer.text
    assert f'name="partner-{world.alpha.id}"' not in answer.text
    assert f'name="partner-{world.omega.id}"' not in answer.text
    assert 'value="Gear housings"' in answer.text
    assert "Several firms fit" in send(alpha, **JOB, partner="example").text
    assert "No firm fits" in send(alpha, **JOB, partner="nobody of that name").text
    assert send(alpha, **JOB, **{f"partner-{world.beta.id}": "on"}).status_code == 303
    both = {f"partner-{world.beta.id}": "on", f"partner-{world.gamma.id}": "on"}
    order = {**JOB, "kind": "joint_order", "shown": "joint_order", "role": "lead"}
    assert len(recorded(world, send(alpha, **order, **both))["parties"]) == 3
    assert send(alpha, **JOB, **both).status_code == 422  # a subcontract is between two


def test_another_kind_shows_its_fields_first(world: World) -> None:
    """A form that was filled in as another kind is not recorded as this one; what fits both stays."""
    alpha = person(world, "alpha")
    answer = send(alpha, **{**JOB, "kind": "exchange_visit"}, partner="Example beta")
    assert answer.status_code == 200
    assert 'id="terms-people"' in answer.text
    assert 'value="Gear housings"' in answer.text
    more = send(alpha, **{**JOB, "kind": "joint_order", "shown": "joint_order", "step": "rows"})
    assert 'id="terms-work_packages-2-share"' in more.text


def test_of_a_file_only_the_fingerprint_is_kept(world: World) -> None:
    """It outlives a faulty form without being sent again; an emptied title takes it away."""
    alpha = person(world, "alpha")
    sha256 = hashlib.sha256(b"a delivery note").hexdigest()
    file = (BytesIO(b"a delivery note"), "papers/note.pdf", "application/pdf")
    answer = send(alpha, **{**JOB, "title": ""}, file=file)
    assert sha256 in answer.text
    assert 'value="note.pdf"' in answer.text
    kept = {"evidence-0-sha256": sha256, "evidence-0-media_type": "application/pdf", "evidence-0-title": "Note"}
    found = recorded(world, send(alpha, **JOB, **kept, partner="Example beta"))
    assert found["evidence"] == [{"sha256": sha256, "media_type": "application/pdf", "title": "Note"}]
    without = recorded(world, send(alpha, **JOB, **{**kept, "evidence-0-title": ""}, partner="Example beta"))
    assert without["evidence"] == []


def test_finished_work_is_assessed_in_the_same_form(world: World) -> None:
    """Sealed until the partner has answered; without a day of completion it is refused, and kept."""
    alpha = person(world, "alpha")
    said = {"assessment-partner-on_time": "yes", "assessment-partner-rating": "4", "partner": "Example beta"}
    assert "completed_on" in LINKS.findall(send(alpha, **JOB, **said).text)
    found = recorded(world, send(alpha, **JOB, **said, completed_on="2024-11-08"))
    (assessment,) = found["assessments"]
    assert (assessment["about"], assessment["on_time"], assessment["rating"]) == (world.beta.id, True, 4)


def test_an_invoice_fills_the_form_and_the_form_records_it(world: World) -> None:
    """Nothing is recorded before; the document counts once, whoever sends it."""
    world.clock.forward(days=300)
    made = trade(world, UBL)
    seller = person(replace(world, ring={**world.ring, "seller": (made.seller.id, "")}), "seller")
    head = world.house.ledger.head()
    page = seller.send("/record", "/record/invoice", invoice=(BytesIO(UBL), "invoice.xml"))
    assert page.status_code == 200
    assert "Read from the invoice" in page.text
    assert 'value="48200.00"' in page.text
    assert 'value="Invoice 2026-117: Gear housings, second batch"' in page.text
    assert world.house.ledger.head() == head
    inputs = re.findall(r"<input([^>]*)>", page.text.split('id="form"')[1])
    fields = {
        name[1]: value[1]
        for text in inputs
        if 'type="file"' not in text and ('type="radio"' not in text or " checked" in text)
        if (name := re.search(r' name="([^"]*)"', text)) and (value := re.search(r' value="([^"]*)"', text))
    }
    fields |= {f"partner-{made.buyer.id}": "on", "terms-value-currency": "EUR", "title": "Corrected"}
    fields.pop("csrf")
    answer = seller.send("/record", "/record", **fields)
    assert answer.status_code == 303, LINKS.findall(answer.text)
    job = answer.location.partition("/inbox/")[2].partition("?")[0]
    found = made.seller.read(f"/collaborations/{job}")
    assert (found["title"], found["document"]) == ("Corrected", hashlib.sha256(UBL).hexdigest())
    again = seller.send("/record", "/record", **{**fields, "key": str(uuid4()), "title": "Again"})
    assert again.status_code == 409
    assert "recorded from this invoice already" in again.text


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [
        ("de", "Rechnung G-2026-9", "Das Dokument ist eine Gutschrift"),
        ("da", "Faktura G-2026-9", "Dokumentet er en kreditnota"),
        ("en", "Invoice G-2026-9", "The document is a credit note"),
    ],
)
def test_a_draft_speaks_the_reader_s_language(world: World, language: str, title: str, said: str) -> None:
    """Its title, and what to look at in it."""
    alpha = person(world, "alpha", language)
    page = alpha.send("/record", "/record/invoice", invoice=(BytesIO(CREDIT_NOTE), "invoice.xml")).text
    assert f'value="{title}' in page
    assert said in page
    assert '<ul class="lines">' in page  # and not as a passage in English


def test_every_remark_has_words() -> None:
    """And each of them finds what it names in what the remark says."""
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(intake.__file__).parent.glob("*.py"))
    assert set(REMARKS) == set(re.findall(r'Remark\(\s*"([a-z-]+)"', sources))


def test_what_is_no_invoice_is_told(world: World) -> None:
    """And what needs a look comes as a warning beside the form."""
    alpha = person(world, "alpha")
    for content in (b"", b"no invoice", b"<Invoice/>"):
        answer = alpha.send("/record", "/record/invoice", invoice=(BytesIO(content), "invoice.xml"))
        assert answer.status_code == 422
        assert "This is no invoice that the ledger can read" in answer.text
    assert "credit note" in alpha.send("/record", "/record/invoice", invoice=(BytesIO(CREDIT_NOTE), "i.xml")).text


def test_documents_may_be_larger_than_anything_else(world: World) -> None:
    """Up to LEDGER_DOCUMENT_LIMIT; beyond it 413, as a page."""
    settings = replace(world.house.settings, body_limit=1_000, document_limit=8_000)
    narrow = replace(world.house, settings=settings)
    alpha = person(replace(world, house=narrow, app=create_app(narrow)), "alpha")
    assert send(alpha, **JOB, partner="Example beta", file=(BytesIO(b"x" * 2_000), "plan.pdf")).status_code == 303
    answer = alpha.send("/record", "/record/invoice", invoice=(BytesIO(b"x" * 9_000), "plan.pdf"))
    assert (answer.status_code, answer.mimetype) == (413, "text/html")
    assert alpha.send("/record", f"/inbox/{uuid4()}/confirm", message="x" * 2_000).status_code == 413


def test_the_office_records_for_a_firm(world: World) -> None:
    """It chooses the firm first; the partner reads who entered it."""
    office = person(world, "office")
    assert "For which firm?" in office.text("/record")
    for_alpha = {"for": world.alpha.id}
    assert "You act for Example alpha." in office.text(f"/record?for={world.alpha.id}")
    answer = office.send(f"/record?for={world.alpha.id}", "/record", **JOB, **for_alpha, partner="Example beta")
    assert f"for={world.alpha.id}" in answer.location
    assert recorded(world, answer)["recorded_by"].startswith(f"coordinator:{world.office.id} account:")
    assert "Entered for Example alpha: The network office" in person(world, "beta").text("/inbox")


def test_nobody_records_for_others(world: World) -> None:
    """Other firms and other networks' firms are not there; a form without its secret is refused."""
    alpha, office = person(world, "alpha"), person(world, "office")
    assert send(alpha, **JOB, **{"for": world.beta.id}).status_code == 404
    assert office.send("/inbox", "/record", **JOB).status_code == 422
    assert office.send("/inbox", "/record", **JOB, **{"for": world.omega.id}).status_code == 404
    assert alpha.client.post("/record", data=JOB).status_code == 403
    assert alpha.client.post("/record/invoice", data={}).status_code == 403
    assert send(alpha, **JOB, **{f"partner-{world.omega.id}": "on"}).status_code == 422
    assert send(alpha, **JOB, **{f"partner-{world.alpha.id}": "on"}).status_code == 422


def test_hostile_forms_do_no_harm(world: World) -> None:
    """Names and values that no browser sends: a fault each, never an error of ours."""
    alpha = person(world, "alpha")
    odd = {
        "kind": "nothing",
        "key": "\u0000",
        "title": "a\u202eb",
        "partner": "\u0000",
        "role": "king",
        "partner-x": "on",
        "terms-work_packages-99999999999999-share": "1",
        "terms-work_packages-²-share": "1",
        "terms-value-amount": "9" * 5000,
        "terms-value-currency": "XXX",
        "completed_on": "0000-99-99",
        "evidence-0-sha256": "zz",
        "evidence-0-title": "x",
        "assessment-partner-defects": "-1",
    }
    answer = send(alpha, **odd)
    assert answer.status_code == 422
    assert send(alpha, **{**JOB, "terms-value-amount": "1e9999999", "partner": "Example beta"}).status_code == 422
    assert alpha.get("/record?kind=%00").status_code == 200
