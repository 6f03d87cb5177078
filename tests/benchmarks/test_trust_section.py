"""The section writes the rows that were agreed, beside peers that are measured in the same run."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from scripts.benchmarks.__main__ import main
from scripts.benchmarks.report import as_json, table
from scripts.benchmarks.trust import otc, rows, section, speed
from scripts.benchmarks.trust.accuracy import Accuracy
from scripts.benchmarks.trust.effects import Effects
from scripts.benchmarks.trust.large import Size, in_networkx, in_rustworkx, large
from scripts.benchmarks.trust.one_firm import apply, weighed

ATTACKS = {"worst_promotion", "worst_slander", "wrong_seed", "exit_rank_kept", "ring_one_vouch_each"}
SPEED = {"epoch", "scores", "apply", "read"}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything measured once, in networks of hardly any size."""
    monkeypatch.setattr(section, "QUICK", section.Effort(1, 1))
    monkeypatch.setattr(section, "SIMULATED", (50,))
    monkeypatch.setattr(speed, "QUICK", Size(500, 2_000))
    monkeypatch.setattr(speed, "QUICK_NETWORKX", Size(200, 1_000))
    monkeypatch.setattr("scripts.benchmarks.trust.one_firm.OFTEN", 10)


def study(folder: Path) -> list[str]:
    """Three files as options; among twenty honest firms two frauds."""
    firms = range(20)
    ratings = [f"{a},{b},{-5 if b < 2 else 5},{1000 * a}" for a in firms for b in firms if a != b]
    files = {
        "ratings": ratings,
        "labels": [f"{firm},{-1 if firm < 2 else 1}" for firm in firms],
        "seeds": [f"{firm}" for firm in firms[10:]],
    }
    for name, text in files.items():
        (folder / f"{name}.csv").write_text("\n".join(text), encoding="utf-8")
    return [option for name in files for option in (f"--{name}", str(folder / f"{name}.csv"))]


@pytest.mark.usefixtures("small")
def test_a_study_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All rows are there, under their names, each with the ratios to its peers."""
    out = tmp_path / "out.json"
    assert main(["trust", "--quick", "--json", str(out), *study(tmp_path)]) == 0
    written = json.loads(out.read_text(encoding="utf-8"))
    assert list(written) == ["trust"]
    found = written["trust"]
    simulated = {f"{name}, 50 firms" for name in ATTACKS}
    assert {"auc", "ap", "wrong_seed", *SPEED, *simulated} <= set(found)
    assert found["auc"]["value"] == 1
    assert {"mean", "Beta", "EigenTrust", "BAD", "FGA", "REV2"} <= set(found["auc"]["ratio"])
    assert set(found["epoch"]["ratio"]) == {"spmv", "rustworkx", "networkx"}
    assert [found[name]["unit"] for name in ("epoch", "apply", "read")] == ["ms", "µs", "µs"]
    assert "finding 2 frauds among 20 labelled firms" in capsys.readouterr().out


@pytest.mark.usefixtures("small")
def test_without_data_the_rest_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what is missing is said."""
    monkeypatch.setattr(otc, "LABELS", tmp_path / "none.csv")
    out = tmp_path / "out.json"
    assert main(["trust", "--quick", "--json", str(out)]) == 0
    assert set(json.loads(out.read_text(encoding="utf-8"))["trust"]) >= SPEED
    told = capsys.readouterr().out
    assert f"left out: accuracy and attacks on Bitcoin OTC, for there is no {tmp_path}/none.csv" in told


def test_a_ring_that_moved_fails_the_run() -> None:
    """Without a bridge nothing at all may be gained, however little."""
    effects: Effects = {"isolated ring of 3": {"ours": [0.0, 1e-9], "mean": [50.0, 70.0]}}
    found = rows.of_effects(effects, "")
    assert found["worst_promotion"].failures == {"isolated ring of 3 has moved": 1}
    assert "FAILED isolated ring of 3 has moved: 1" in table(found)


def test_figures_below_one_keep_their_digits() -> None:
    """In the text and in the file; a peer with nothing has no ratio."""
    found = rows.of_accuracy({"ours": Accuracy(0.95294, 0.955), "mean": Accuracy(0.0, 0.95)})
    assert " 0.9529 " in table(found)
    written = json.loads(as_json({"trust": found}))["trust"]
    assert written["auc"] == {"value": 0.9529, "unit": "0-1", "ratio": {}}
    assert written["ap"]["ratio"] == {"mean": 1.0053}


def test_large_networks_are_skewed_and_the_same_for_all() -> None:
    """Nobody reports on itself, raters rise within a subject, and each peer gets every pair."""
    pairs = large(Size(1_000, 5_000)).pairs
    subject = np.repeat(np.arange(pairs.firms), np.diff(pairs.starts))
    assert (np.diff(subject * pairs.firms + pairs.rater) > 0).all()
    assert not (subject == pairs.rater).any()
    assert np.diff(pairs.starts).max() > 20 * len(pairs.rater) / pairs.firms
    edges = set(zip(pairs.rater.tolist(), subject.tolist(), strict=True))
    assert edges == set(in_networkx(pairs).edges) == set(in_rustworkx(pairs).edge_list())


def test_what_is_timed_adds_up() -> None:
    """A report that is applied stands in its rater's sums, exactly."""
    sums: dict[tuple[str, str], list[int]] = {("rater", "subject"): [0, 0]}
    apply(sums)
    apply(sums)
    good, bad = sums["rater", "subject"]
    parts = weighed(0).values()
    assert (good, bad) == (2 * sum(part[0] for part in parts), 2 * sum(part[1] for part in parts))
    assert min(good, bad) > 0
