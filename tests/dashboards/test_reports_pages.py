"""The yearly report: the same figures on the page and in three files, and the same bytes; training and capacity."""

from __future__ import annotations

import csv
import zipfile
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from ledger.dashboards import paper
from ledger.web.languages import LANGUAGES
from tests.api.jobs import body, confirmed, propose, step
from tests.api.world import World
from tests.dashboards.people import Person, person

TITLES = {
    "en": "Report to the council, 2024",
    "de": "Bericht an den Rat 2024",
    "da": "Rapport til byrådet 2024",
}
UNCONFIRMED = {
    "/training?year=2024": {
        "en": "No shared training is confirmed in 2024.",
        "de": "Für 2024 ist keine gemeinsame Schulung bestätigt.",
        "da": "Intet fælles kursus er bekræftet i 2024.",
    },
    "/capacity?year=2024": {
        "en": "No shared capacity is confirmed in 2024.",
        "de": "Für 2024 ist keine geteilte Kapazität bestätigt.",
        "da": "Ingen delt kapacitet er bekræftet i 2024.",
    },
}
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
needs_pango = pytest.mark.skipif(not paper.available(), reason="Pango is not installed: apt-get install libpango-1.0-0")


SECURE = "Secure jobs and a stronger location"


def worked(world: World) -> Person:
    """A year with a subcontract, a training, a loan of capacity, and headcounts; return the office."""
    confirmed(world.alpha, world.beta)
    for firm, employees in ((world.alpha, 4_321), (world.beta, 20)):
        firm.record(f"/firms/{firm.id}/headcounts", {"year": 2024, "employees": employees, "apprentices": 7})
    for kind in ("shared_training", "capacity_sharing"):
        job = propose(world.alpha, body(kind, world.alpha, world.beta, completed_on="2024-11-08"))
        step(world.beta, job, "acceptances")
    return person(world, "office")


def cells(workbook: bytes) -> list[list[str]]:
    """The figures' sheet as rows of texts."""
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        shared = [
            "".join(one.itertext())
            for one in ET.fromstring(archive.read("xl/sharedStrings.xml"))  # noqa: S314 - ours
        ]
        sheet = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - ours
    return [[_cell(cell, shared) for cell in row] for row in sheet.iter(f"{SHEET}row")]


def _cell(cell: ET.Element, shared: list[str]) -> str:
    value = cell.findtext(f"{SHEET}v") or ""
    return shared[int(value)] if cell.get("t") == "s" else value


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_read_in_every_language(world: World, language: str) -> None:
    """Also of a year in which nothing was."""
    office = worked(world)
    office.language = language
    assert TITLES[language] in office.text("/reports/2024")
    assert office.get("/reports/2019").status_code == 200


@needs_pango
def test_every_format_tells_the_same_figures(world: World) -> None:
    """Line by line: those of the CSV stand in the workbook, on the page and in the PDF."""
    office = worked(world)
    rows = list(csv.reader(StringIO(office.get("/reports/2024.csv").text.lstrip("\ufeff"))))
    book = [[*row, *[""] * (5 - len(row))] for row in cells(office.get("/reports/2024.xlsx").data)]
    assert [[*row[:3], *map(_number, row[3:])] for row in book[1:]] == [
        [*row[:3], *map(_number, row[3:])] for row in rows[1:]
    ]
    page = office.text("/reports/2024")
    reader = PdfReader(BytesIO(office.get("/reports/2024.pdf").data))
    text = " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())
    for _heading, name, _unit, *_figures in rows[1:]:
        assert name in page
        assert name in text
    assert "48,200" in page
    assert "48,200" in text
    assert ["Division of labour; machines and staff used evenly", "Volume of subcontracts", "EUR", "48200", "0"] in rows
    assert [SECURE, "Employees of member firms", "number", "4341", ""] in rows
    assert [SECURE, "Apprentices among them", "number", "14", ""] in rows
    assert [SECURE, "Member firms that reported them", "number", "2", "0"] in rows
    assert "4,341" in page
    assert "4,341" in text


def _number(text: str) -> float | None:
    return float(text) if text else None


@needs_pango
@pytest.mark.parametrize("ending", ["pdf", "xlsx", "csv"])
def test_the_same_report_has_the_same_bytes(world: World, ending: str) -> None:
    """No clock and no chance goes into a file."""
    office = worked(world)
    first, again = (office.get(f"/reports/2024.{ending}") for _ in range(2))
    assert first.status_code == 200
    assert first.data == again.data


@needs_pango
def test_the_pdf_is_tagged(world: World) -> None:
    """With its language and title."""
    reader = PdfReader(BytesIO(worked(world).get("/reports/2024.pdf?lang=de").data))
    catalogue: Any = reader.root_object
    assert bool(catalogue["/MarkInfo"]["/Marked"])
    assert catalogue["/Lang"] == "de"
    assert TITLES["de"] in str(reader.metadata and reader.metadata.title)


def test_without_pango_the_page_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a page of its own, with the way back."""
    monkeypatch.setattr(paper, "available", lambda: False)
    answer = person(world, "office").get("/reports/2024.pdf")
    assert answer.status_code == 503
    assert 'href="/reports/2024"' in answer.text


def test_what_a_firm_typed_is_no_formula(world: World) -> None:
    """Neither in a table of a page nor anywhere in the workbook."""
    sent = body("shared_training", world.alpha, world.beta, completed_on="2024-11-08")
    sent["terms"]["topic"] = "=cmd()"
    step(world.beta, propose(world.alpha, sent), "acceptances")
    assert "'=cmd()" in person(world, "office").get("/training.csv?year=2024").text


@pytest.mark.parametrize("path", UNCONFIRMED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_without_says_so(world: World, path: str, language: str) -> None:
    """And how it fills."""
    assert UNCONFIRMED[path][language] in person(world, "office", language).text(path)


def test_shared_work_is_added_up(world: World) -> None:
    """Hours times people by topic and quarter; hours lent by sector."""
    office = worked(world)
    training = office.get("/training.json?year=2024").json
    assert (training["hours"], training["trainees"], training["topics"][0]["topic"]) == (32.0, 2, "Welding")
    capacity = office.get("/capacity.json?year=2024").json
    assert (capacity["hours"], capacity["sectors"][0]["quarters"]) == (37.5, [0, 0, 0, 37.5])
    for path in ("/training?year=2024", "/capacity?year=2024"):
        assert "Example beta" in office.text(path)


@pytest.mark.parametrize("path", ["/reports/2027", "/reports/1", "/training?year=abc", "/capacity?year=%DA%F9"])
def test_a_year_that_cannot_be_does_not_exist(world: World, path: str) -> None:
    """Neither one to come nor none at all."""
    assert person(world, "office").get(path).status_code == 404


def test_the_report_of_the_running_year_is_led_to(world: World) -> None:
    """From the navigation."""
    assert person(world, "office").get("/reports").location == "/reports/2026"
