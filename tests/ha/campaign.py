"""Faults done to a cluster under load, and every acknowledged event looked for; `scripts/ha` is the command."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ledger.store import EventStore
from ledger.store.leaves import Stored
from tests.ha import following, network, tools
from tests.ha.answers import Answer, silence
from tests.ha.checking import Verdict, check
from tests.ha.cluster import Cluster, running
from tests.ha.company import Company, writing
from tests.ha.faults import FAULTS, LOSING, QUICK, Fault

AT_ONCE = 20_000  # events read
BETWEEN = 3.0  # seconds of undisturbed writing before each fault and after it


@dataclass
class Campaign:
    """What was found."""

    faults: int = 0
    failovers: int = 0  # after which another machine took the writes
    verdict: Verdict = field(default_factory=Verdict)
    complaints: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        """Tell the person waiting, and keep it."""
        self.said.append(line)
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def play(faults: Sequence[Fault], found: tools.Tools, *, synchronous: bool = True, keep: bool = False) -> Campaign:
    """Do all these faults to a new cluster, one after the other."""
    campaign = Campaign()
    with (
        tempfile.TemporaryDirectory(prefix="ledger-ha-answers-") as folder,
        running(found, synchronous=synchronous, keep=keep) as cluster,
    ):
        _prepare(cluster.url)
        with writing(cluster.url, Path(folder)) as company:
            for fault in faults:
                _suffer(campaign, cluster, company, fault)
            company.rest()
            _finish(campaign, cluster, company.answers())
    return campaign


def _prepare(url: str) -> None:
    store = EventStore.open(url)
    store.migrate()
    store.close()
    following.prepare(url)


def _suffer(campaign: Campaign, cluster: Cluster, company: Company, fault: Fault) -> None:
    company.wait_writing(time.monotonic())
    time.sleep(BETWEEN)
    before, began = cluster.primary().number, time.monotonic()
    undo = fault.inject(cluster)
    time.sleep(max(0.0, began + fault.held - time.monotonic()))
    undo()
    cluster.wait_healthy()
    company.wait_writing(time.monotonic())
    time.sleep(BETWEEN)
    ended, answers = time.monotonic(), company.answers()
    after = cluster.primary().number
    campaign.faults += 1
    campaign.failovers += after != before
    campaign.verdict = check(_log(cluster.url), answers)
    meanwhile = [one for one in answers if one.answered > began]
    campaign.say(
        f"{fault.name}: primary {before} → {after}; "
        f"no event acknowledged for {silence(answers, began, ended):.1f} s, "
        f"by the slowest writer for {_slowest(answers, began, ended):.1f} s, "
        f"longest call {max(one.answered - one.asked for one in meanwhile):.1f} s; so far {campaign.verdict}"
    )


def _slowest(answers: Sequence[Answer], began: float, ended: float) -> float:
    writers = {one.writer for one in answers}
    return max(silence([one for one in answers if one.writer == writer], began, ended) for writer in writers)


def _finish(campaign: Campaign, cluster: Cluster, answers: Sequence[Answer]) -> None:
    """Hold everything against the log once more, on each machine, and the read model as well."""
    log = _log(cluster.url)
    campaign.verdict = check(log, answers, whole=True)
    campaign.complaints = [*campaign.verdict.complaints, *following.differences(cluster.url)]
    for node in cluster.standbys():
        if not _same(cluster.standby_url(node), log):
            campaign.complaints.append(f"machine {node.number} has another log than the primary")
    campaign.say(f"{campaign.faults} faults, {campaign.failovers} failovers: {campaign.verdict}")
    for complaint in campaign.complaints[:20]:
        campaign.say(f"  {complaint}")


def _same(url: str, log: Sequence[Stored]) -> bool:
    """Whether a machine comes to hold the same log, within seconds."""
    for _ in range(20):
        if _log(url) == list(log):
            return True
        time.sleep(0.5)
    return False


def _log(url: str) -> list[Stored]:
    store, log = EventStore.open(url), list[Stored]()
    try:
        while more := store.read_stored(log[-1].position if log else 0, AT_ONCE):
            log += more
        return log
    finally:
        store.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a campaign; return 1 when an acknowledged event was lost, or when the control loses none."""
    parser = argparse.ArgumentParser(prog="scripts/ha", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two faults and no control, about two minutes")
    parser.add_argument("--rounds", type=int, default=1, metavar="N", help="how often each fault is done (1)")
    parser.add_argument("--only", metavar="WORD", default="", help="only faults with this in their name")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="order of the faults; 0 leaves it (0)")
    parser.add_argument("--control", choices=("too", "alone", "not"), default="too", help="asynchronous replication")
    parser.add_argument("--keep", action="store_true", help="keep the servers' logs and data")
    options = parser.parse_args(arguments)
    try:
        return _run(options, tools.find())
    except (tools.Missing, network.Claimed) as reason:
        sys.stderr.write(f"No cluster can be played here: {reason}.\n")
        return 2


def _run(options: argparse.Namespace, found: tools.Tools) -> int:
    failed = False
    if options.control != "alone":
        faults = [one for one in (QUICK if options.quick else FAULTS) if options.only in one.name] * options.rounds
        if options.seed:
            random.Random(options.seed).shuffle(faults)  # noqa: S311
        failed |= bool(play(faults, found, keep=options.keep).complaints)
    if options.control == "alone" or (options.control == "too" and not options.quick):
        sys.stdout.write("Control: the same cluster with asynchronous replication, which must lose events.\n")
        failed |= play(LOSING, found, synchronous=False, keep=options.keep).verdict.lost == 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
