"""The files of a study are read as they are written down, or refused in one line that says what right looks like."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scripts.benchmarks.__main__ import main
from scripts.benchmarks.trust.lines import Unreadable
from scripts.benchmarks.trust.ratings import Rating, earliest, read_labels, read_ratings, read_seeds, study

RATINGS = "a,b,10,0\nb,a,-1,86400\na,b,1,259199\n"


def file(folder: Path, text: str, name: str = "R.csv") -> Path:
    """A file with that text."""
    path = folder / name
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize("header", ["", "source,target,rating,time\n", "\ufeffSource,Target,Rating,Time\r\n"])
def test_ratings_with_and_without_a_header(tmp_path: Path, header: str) -> None:
    """Ids are any text; empty lines and ratings of oneself are left out."""
    text = header + '"Meyer, Söhne",7,-2.5,1e3\r\n\r\n7,7,10,5\r\n'
    assert read_ratings(file(tmp_path, text)) == [Rating("Meyer, Söhne", "7", -2.5, 1000.0)]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a,b,1,0\na,b,1\n", 2, "3 fields"),
        ("a,b,1,0,x\n", 1, "5 fields"),
        ("a,b,1,0\na,b,good,0\n", 2, "rating 'good' is no number"),
        ("a,b,1,yesterday\n", 1, "time 'yesterday' is no number"),
        ("a,b,1,0\na,b,nan,0\n", 2, "rating 'nan' is no number"),
        ("a,b,11,0\n", 1, "rating 11"),
        ("a,b,0,0\n", 1, "rating 0"),
        (",b,1,0\n", 1, "a firm without an id"),
    ],
)
def test_bad_ratings_are_refused_by_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    """The error names the file, the line, what is wrong and what is right, on one line."""
    path = file(tmp_path, text)
    with pytest.raises(Unreadable) as refused:
        read_ratings(path)
    assert str(refused.value).startswith(f"{path}, line {line}: {what}; right is source,target,rating,time")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"source,target,rating,time\n", b"a,a,1,0\n", b"\xff\xfe", b'a,"b,1,0'])
def test_a_file_without_ratings_is_refused(tmp_path: Path, content: bytes) -> None:
    """Empty, only a header, only ratings of oneself, no text, an open quotation."""
    path = tmp_path / "R.csv"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=r"R\.csv.*; right (is|are) .*source,target,rating,time"):
        read_ratings(path)


def test_labels(tmp_path: Path) -> None:
    """Minus one is a fraud; firms of both kinds are needed."""
    assert read_labels(file(tmp_path, "firm,label\n7,-1\n8,+1\n8,1\n")) == {"7": True, "8": False}
    for text, what in (
        ("7,-1\n", "firms of one label or none"),
        ("7,-1\n8,0\n", "line 2: label 0"),
        ("7,-1\n7,1\n", "line 2: firm 7 was labelled otherwise before"),
        ("7,-1\n8,good\n", "line 2: label 'good' is no number"),
    ):
        with pytest.raises(Unreadable, match=what):
            read_labels(file(tmp_path, text))


def test_seeds(tmp_path: Path) -> None:
    """Without a group the i-th is of group i mod 5, whatever the others say."""
    read = read_seeds(file(tmp_path, "firm,group\na,chamber\nb\nc,\nd,2\ne\nf\ng\n"))
    groups = ["chamber", "1", "2", "2", "4", "0", "1"]
    assert read == list(zip("abcdefg", groups, strict=True))
    with pytest.raises(Unreadable, match="no firms"):
        read_seeds(file(tmp_path, "firm\n"))


def test_the_earliest_raters_come_first() -> None:
    """By the time of their first rating, not by its place in the file."""
    ratings = [Rating("late", "x", 1, 9), Rating("early", "x", 1, 8), Rating("late", "y", 1, 3), Rating("x", "y", 1, 4)]
    assert earliest(ratings) == [("late", "0"), ("x", "1"), ("early", "2")]


def test_a_rating_is_a_report_on_a_job(tmp_path: Path) -> None:
    """The larger the rating, the larger the job; ages are whole days before the latest rating."""
    found = study(read_ratings(file(tmp_path, RATINGS)), {"a": False, "c": True}, [("b", "x"), ("d", "y"), ("b", "x")])
    reports = found.network.reports
    assert reports.quality.tolist() == [1, 0, 1]
    assert reports.weight.tolist() == pytest.approx([10**0.5, 1, 1])
    assert reports.age.tolist() == [2, 1, 0]
    assert (found.network.firms, found.network.groups) == (4, ((1,), (3,)))
    assert (found.labelled.tolist(), found.fraud.tolist()) == ([0, 2], [False, True])


def test_evidence_of_a_pair_is_added_up(tmp_path: Path) -> None:
    """It fades by half in 1,460 days, and what is bad counts five quarters."""
    pairs = study(read_ratings(file(tmp_path, RATINGS)), {}, []).network.pairs
    assert (pairs.starts.tolist(), pairs.rater.tolist()) == ([0, 1, 2], [1, 0])
    np.testing.assert_allclose(pairs.good, [0, 10**0.5 * 2 ** (-2 / 1460) + 1])
    np.testing.assert_allclose(pairs.bad, [1.25 * 2 ** (-1 / 1460), 0])


@pytest.mark.parametrize("which", ["--ratings", "--labels"])
def test_the_command_refuses_what_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], which: str
) -> None:
    """With one line and the exit code of a wrong option, before anything is measured."""
    assert main(["trust", which, str(tmp_path / "none.csv")]) == 2
    told = capsys.readouterr()
    assert told.err.startswith("scripts/bench: ")
    assert "; right is " in told.err
    assert (told.err.count("\n"), told.out) == (1, "")
