"""A network's past, imported as an operator types it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from ledger.domain.collaboration import State
from ledger.domain.kinds.catalogue import KINDS
from ledger.imports import workers
from tests.commands.typed import Ran, Run
from tests.imports.books import table
from tests.imports.office import DAY, PAPER, Office, office
from tests.service import ROOT, descendants

# As `ledger` is typed, with another length from which a file is long.
TYPED = (
    "import sys; from ledger import cli; from ledger.imports import workers; workers.LONG = {}; sys.exit(cli.main())"
)
EVERY_KIND = [kind.name for kind in KINDS]


def write(path: Path, bodies: list[dict[str, Any]]) -> Path:
    """Write records in the format that the name of the file says."""
    lines = [json.dumps(body) for body in bodies]
    path.write_text(table(bodies) if path.suffix == ".csv" else "\n".join(lines) + "\n", encoding="utf-8")
    return path


def past(of: Office) -> list[dict[str, Any]]:
    """One record of every kind."""
    return [of.job(f"{kind}-1", kind, evidence=[PAPER]) for kind in EVERY_KIND]


def counts(ran: Ran) -> str:
    """The last line that a run says."""
    return ran.out.splitlines()[-1]


@pytest.mark.parametrize("name", ["past.csv", "past.ndjson"])
def test_a_past_is_recorded_once(run: Run, database_url: str, tmp_path: Path, name: str) -> None:
    """Tried first, then recorded with its own dates; the same file again adds nothing."""
    with office(database_url) as of:
        file = write(tmp_path / name, [{**body, "recorded_on": DAY} for body in past(of)])
        typed = ("import", file, "--network", of.network)
        head = of.house.ledger.head()
        ran = run(*typed, "--dry-run", database_url=database_url)
        assert (ran.code, counts(ran)) == (
            0, "8 records: 8 new, 0 there already, 0 wrong; nothing was recorded, this was a dry run."
        )  # fmt: skip
        assert of.house.ledger.head() == head
        assert counts(run(*typed)) == "8 records: 8 new, 0 there already, 0 wrong."
        assert counts(run(*typed)) == "8 records: 0 new, 8 there already, 0 wrong."
        assert [job.kind_name for job in of.jobs()] == EVERY_KIND
        (first, *_) = [event for _, event in of.house.store.read(head, 1)]
        assert (str(first.happened_on), str(first.actor)) == (DAY, f"coordinator:{of.network}")


def test_what_partners_confirmed_is_the_offices_word(run: Run, database_url: str, tmp_path: Path) -> None:
    """It is taken over only when it is asked for and shown by a document, and every event says who said so."""
    with office(database_url) as of:
        agreed: dict[str, Any] = {
            "confirmed": [{"firm": str(of.beta), "on": "2024-11-12"}],
            "recorded_on": "2024-11-08",
        }
        file = write(tmp_path / "past.ndjson", [of.job("a", evidence=[PAPER], **agreed), of.job("b", **agreed)])
        typed = ("import", file, "--network", of.network)
        refused = run(*typed, database_url=database_url)
        assert (refused.code, refused.out.count("/confirmed: Partners' confirmations")) == (1, 2)
        ran = run(*typed, "--confirmed")
        assert "line 2, /evidence: A confirmation from old books needs the document" in ran.out
        assert counts(ran) == "2 records: 1 new, 0 there already, 1 wrong."
        assert of.recorded("a").state is State.COMPLETED
        events = [event for _, event in of.house.store.read(0, 100) if event.originator_id == of.recorded("a").id]
        assert [(type(event).TOPIC.partition(".")[2], str(event.happened_on)) for event in events] == [
            ("proposed", "2024-11-08"), ("accepted", "2024-11-12"), ("confirmed", "2024-11-12")
        ]  # fmt: skip
        assert {event.actor for event in events} == {f"coordinator:{of.network}"}
        assert {event.timestamp.date() for event in events} == {of.house.ledger.clock().date()}


def test_without_a_confirmation_partners_are_asked(run: Run, sqlite_url: str, tmp_path: Path) -> None:
    """A record is a proposal."""
    with office(sqlite_url) as of:
        run("import", write(tmp_path / "past.csv", [of.job("a")]), "--network", of.network, database_url=sqlite_url)
        assert of.recorded("a").state is State.PROPOSED


def test_every_fault_is_told_by_line_and_column(run: Run, sqlite_url: str, tmp_path: Path) -> None:
    """All of them at once; a dry run and a run say the same, and what is right is recorded."""
    with office(sqlite_url) as of:
        good, wrong = of.job("good"), of.job("wrong", completed_on="31.02.2024")
        wrong["terms"] = {**wrong["terms"], "value": {"amount": "1,5", "currency": "euros"}}
        wrong["parties"][1]["firm"] = "DE123"
        again, two = of.job("good", title="Another"), of.job("two", kind="exchange_visit", on_time="maybe")
        del two["on_time"]
        file = write(tmp_path / "past.csv", [good, wrong, again, two])
        text = file.read_text(encoding="utf-8").replace("2024-10-01", "someday")
        file.write_text("\ufeff" + text + 'x,"unclosed', encoding="utf-8")
        tried = run("import", file, "--network", of.network, "--dry-run", database_url=sqlite_url)
        assert tried.out.splitlines()[:-1] == [
            "line 3, column B (subcontractor): No firm of this network has the id, register or VAT number “DE123”.",
            'line 3, column N (completed_on): A calendar day such as "2026-11-06" is expected.',
            "line 3, column G (value.currency): The currency is an ISO 4217 code such as EUR or DKK.",
            "line 4, column C (key): Line 2 has this key already; each record has its own.",
            'line 5, column Q (on): A calendar day such as "2026-11-06" is expected.',
            "line 6: This is no CSV: unexpected end of data.",
        ]
        assert of.jobs() == []
        ran = run("import", file, "--network", of.network)
        assert (ran.code, ran.out.splitlines()[:-1]) == (1, tried.out.splitlines()[:-1])
        assert [job.title for job in of.jobs()] == [good["title"]]


def test_another_content_under_a_key_is_refused(run: Run, database_url: str, tmp_path: Path) -> None:
    """It names the line; the others are known or recorded."""
    with office(database_url) as of:
        typed = ("import", tmp_path / "past.ndjson", "--network", of.network)
        write(tmp_path / "past.ndjson", [of.job("a"), of.job("b")])
        run(*typed, database_url=database_url)
        write(tmp_path / "past.ndjson", [of.job("a"), of.job("b", title="Another"), of.job("c")])
        for more in (["--dry-run"], []):
            ran = run(*typed, *more)
            assert "line 2: This idempotency key was used for another content" in ran.out
            assert "3 records: 1 new, 1 there already, 1 wrong" in counts(ran)


def test_a_document_makes_one_job(run: Run, database_url: str, tmp_path: Path) -> None:
    """Whether it was recorded before or stands twice in the file; the others of the batch are recorded."""
    with office(database_url) as of:
        typed = ("import", tmp_path / "past.ndjson", "--network", of.network)
        bound = {"document": PAPER["sha256"]}
        write(tmp_path / "past.ndjson", [of.job("a", **bound)])
        assert run(*typed, database_url=database_url).code == 0
        jobs = [of.job("b"), of.job("c", title="Another", **bound), of.job("d", title="More", **bound), of.job("e")]
        write(tmp_path / "past.ndjson", jobs)
        for more in (["--dry-run"], []):
            ran = run(*typed, *more)
            assert "line 2: A job was recorded from this document" in ran.out
            assert "line 3, /document: Line 2 has this document already" in ran.out
            assert "4 records: 2 new, 0 there already, 2 wrong" in counts(ran)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"[" * 40, "The body is nested deeper than 20 levels."),
        (b'{"key": "a", "key": "b"}', "An object has the same name twice."),
        (b'{"key": "\\ud800"}', "/key: The character U+D800 is not allowed here."),
        (b'{"key": "a\\u0000b"}', "/key: The character U+0000 is not allowed here."),
        ('{"title": "a\u202eb"}'.encode(), "/title: The character U+202E is not allowed here."),
        (b'{"key": "\xff"}', "The body is not UTF-8 (byte 9)."),
        (b'{"key": NaN}', "NaN is not JSON."),
        (b'{"key": 1,}', "character 11: "),
        (b"17", "A JSON object is expected."),
    ],
)
def test_hostile_lines_are_told_of(run: Run, sqlite_url: str, tmp_path: Path, line: bytes, said: str) -> None:
    """Each is a fault of its own line, and the next one is read."""
    with office(sqlite_url) as of:
        file = tmp_path / "past.ndjson"
        file.write_bytes(line + b"\n\n" + json.dumps(of.job("a")).encode())
        ran = run("import", file, "--network", of.network, database_url=sqlite_url)
        assert ran.out.startswith("line 1")
        assert said in ran.out.splitlines()[0]
        assert counts(ran) == "2 records: 1 new, 0 there already, 1 wrong."


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (b"a\x00b", "The character U+0000 is not allowed here."),
        ("a\u202eb".encode(), "The character U+202E is not allowed here."),
        (b"M\xfcller", "This is not UTF-8; save the table as “CSV UTF-8”."),
        (b"x" * 10_001, "A cell has at most 10000 characters."),
    ],
)
def test_hostile_cells_are_told_of(run: Run, sqlite_url: str, tmp_path: Path, cell: bytes, said: str) -> None:
    """By line and column."""
    with office(sqlite_url) as of:
        file = write(tmp_path / "past.csv", [of.job("a", title="TITLE"), of.job("b", title="=1+1")])
        file.write_bytes(file.read_bytes().replace(b"TITLE", cell))
        ran = run("import", file, "--network", of.network, database_url=sqlite_url)
        assert ran.out.splitlines()[0] == f"line 2, column E (title): {said}"
        assert of.recorded("b").title == "=1+1"


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("", "line 1: The first line names the columns; key, kind, title is missing."),
        ("key,kind,title,title", "line 1: “title” is there twice."),
        ("key,kind,title,valeu.amount", "line 1: “valeu.amount” is no column; is value.amount meant?"),
        ("key,kind,title,work_packages.0.firm", "line 1: “work_packages.0.firm” is no column"),
        ("key,kind,title," + ",".join(["x"] * 2000), "line 1: A table has at most 2000 columns."),
        ("x" * 1_000_001, "line 1: A line has at most 1000000 bytes"),
    ],
)
def test_a_heading_that_makes_no_sense_ends_it(
    run: Run, sqlite_url: str, tmp_path: Path, heading: str, said: str
) -> None:
    """Nothing is read under it."""
    with office(sqlite_url) as of:
        file = tmp_path / "past.csv"
        file.write_text(f"{heading}\n1,subcontract,A job\n", encoding="utf-8")
        ran = run("import", file, "--network", of.network, database_url=sqlite_url)
        assert (ran.code, ran.out.startswith(said)) == (1, True), ran.out[:300]


def test_what_cannot_be_begun_is_said(run: Run, sqlite_url: str, tmp_path: Path) -> None:
    """No such network, no such file, no format that the name tells."""
    with office(sqlite_url) as of:
        file = write(tmp_path / "past.ndjson", [])
        for typed in ((file, of.alpha), (tmp_path / "none.csv", of.network), (tmp_path, of.network)):
            assert run("import", typed[0], "--network", typed[1], database_url=sqlite_url).code == 2
        assert counts(run("import", file, "--network", of.network)) == "0 records: 0 new, 0 there already, 0 wrong."


@pytest.mark.slow
@pytest.mark.parametrize("longest", [10_000_000, 0], ids=["alone", "processes"])
def test_a_killed_import_goes_on(database_url: str, tmp_path: Path, longest: int) -> None:
    """Kill -9 in the middle, then again: nothing twice, nothing lost, no half record, and no process is left behind."""
    with office(database_url) as of:
        confirmed = [{"firm": str(of.beta), "on": "2024-11-12"}]
        jobs = [of.job(f"job-{n}", evidence=[PAPER], confirmed=confirmed) for n in range(3000)]
        file = write(tmp_path / "past.ndjson", jobs)
        typed = [sys.executable, "-c", TYPED.format(longest), "import", str(file), "--network", str(of.network)]
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("LEDGER_")}
        command = ([*typed, "--confirmed"], {**inherited, "LEDGER_DATABASE_URL": database_url})
        family = killed_in_the_middle(of, *command)
        deadline = time.monotonic() + 60
        while any(Path(f"/proc/{pid}").exists() for pid in family) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(Path(f"/proc/{pid}").exists() for pid in family)
        there = len(of.jobs())
        assert 0 < there < len(jobs)
        again = subprocess.run(command[0], cwd=ROOT, env=command[1], capture_output=True, text=True, check=True)
        assert again.stdout == f"3000 records: {3000 - there} new, {there} there already, 0 wrong.\n"
        versions = [job.version for job in of.jobs()]
        assert versions == [3] * len(jobs)  # proposed, accepted, confirmed


def killed_in_the_middle(of: Office, typed: list[str], environment: dict[str, str]) -> list[int]:
    """Kill an import as soon as something of it is recorded; return the processes that it had started."""
    head, silence, deadline = of.house.ledger.head(), subprocess.DEVNULL, time.monotonic() + 120
    with subprocess.Popen(typed, cwd=ROOT, env=environment, stdout=silence, stderr=silence) as it:
        while of.house.ledger.head() == head and it.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        family = list(descendants(it.pid))
        it.send_signal(signal.SIGKILL)
    return family


def test_processes_say_what_one_says(
    run: Run, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long file is shared among them, and what is wrong is told in the order of its lines."""
    monkeypatch.setattr(workers, "LONG", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with office(database_url) as of:
        jobs = [of.job(f"job-{n}", title=f"Job {n}") for n in range(1200)]
        jobs[700]["terms"], jobs[30]["kind"] = {}, "marriage"
        typed = ("import", write(tmp_path / "past.ndjson", jobs), "--network", of.network)
        ran = run(*typed, database_url=database_url)
        lines = [line.partition(",")[0] for line in ran.out.splitlines()]
        assert lines == ["line 31", "line 701", "line 701", "1200 records: 1198 new"]
        assert counts(run(*typed)) == "1200 records: 0 new, 1198 there already, 2 wrong."
        assert {job.title for job in of.jobs()} == {f"Job {n}" for n in range(1200)} - {"Job 30", "Job 700"}
