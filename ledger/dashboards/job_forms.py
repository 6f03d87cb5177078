"""The form of a job and the body of `POST /v1/collaborations`: drawn from what was sent, filled in from a draft."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from ledger.dashboards import assessment_forms
from ledger.dashboards.term_forms import read, written
from ledger.domain.collaboration import MOST_DOCUMENTS, Proposal
from ledger.domain.errors import Fault, Invalid, InvalidRequest
from ledger.domain.event import check_past
from ledger.domain.evidence import LONGEST_TITLE, MEDIA_TYPE
from ledger.domain.kinds.catalogue import KINDS, kind_named
from ledger.domain.kinds.kind import MOST_PARTIES
from ledger.web.json_body import unsafe_text
from ledger.web.schemas.collaborations import CollaborationBody
from ledger.web.schemas.loading import load

if TYPE_CHECKING:
    from datetime import datetime

    from werkzeug.datastructures import FileStorage

    from ledger.dashboards.sent import Sent

BODY = CollaborationBody()
KEY = re.compile(r"[0-9a-f-]{36}", re.ASCII)  # as the form was shown with
BLOCK = 65_536
PARTNER = "partner"  # in the list of firms: the partner that has no name yet
KEPT = ("sha256", "media_type", "title")
UNNAMED = "application/octet-stream"


@dataclass(slots=True)
class Drawn:
    """A job as a form says it: values to show again, the partners' ids, and firms that may be meant."""

    values: dict[str, str] = field(default_factory=dict)
    partners: list[str] = field(default_factory=list)
    candidates: list[dict[str, Any]] = field(default_factory=list)
    body: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def proposal(self, body: Mapping[str, Any]) -> Proposal:
        """Return what is recorded."""
        named = {name: value for name, value in body.items() if name not in ("document", "proposed_by")}
        return Proposal(**named, document=body.get("document"))


def drawn(form: Sent, firm: UUID, files: Iterable[FileStorage], seek: Callable[[str], list[dict[str, Any]]]) -> Drawn:
    """Return the job that a form says; a partner who is only called by a name is looked up."""
    values = dict(form.values)
    values["kind"] = values["kind"] if values.get("kind") in {kind.name for kind in KINDS} else KINDS[0].name
    if not KEY.fullmatch(values.get("key", "")):
        values["key"] = str(uuid4())
    job = Drawn(values=values, partners=[each for each in _chosen(form) if each != str(firm)])
    words = form.text("partner")
    if words:
        _look_up(job, words, [one for one in seek(words) if one["id"] != str(firm)])
    job.faults += _keep_files(values, files)
    job.body = _body(job, firm)
    return job


def loaded(job: Drawn, now: datetime, faults: list[Fault]) -> dict[str, Any] | None:
    """Load the body; add every fault that can be told before it is recorded, so that all are told at once."""
    body = None
    try:
        body = dict(load(BODY, job.body))
    except InvalidRequest as error:
        faults += [fault for fault in error.faults if not _tells_again(fault, faults)]
    for check in (_check_terms, _check_day):
        try:
            check(job, body, now)
        except Invalid as error:
            faults += error.faults
    return body


def from_draft(draft: Mapping[str, Any], firm: UUID) -> tuple[dict[str, str], list[str]]:
    """Return the values of a form for what was read from an invoice, and the partners among its parties."""
    kind = kind_named(draft["kind"])
    role = next((party["role"] for party in draft["parties"] if party["firm"] == str(firm)), "")
    partners = [party["firm"] for party in draft["parties"] if party["firm"] not in (None, str(firm))]
    values = {
        **written(kind.fields, draft["terms"]),
        **_evidence_values(draft["evidence"]),
        "kind": kind.name,
        "shown": kind.name,
        "title": draft["title"],
        "role": role,
        "completed_on": draft.get("completed_on", ""),
        "document": draft["document"],
    }
    return values, partners


def _chosen(form: Sent) -> list[str]:
    found = [name.removeprefix("partner-") for name, text in form.values.items() if text == "on" and _is_partner(name)]
    return found[:MOST_PARTIES]


def _is_partner(name: str) -> bool:
    try:
        return name.startswith("partner-") and str(UUID(name.removeprefix("partner-"))) == name[len("partner-") :]
    except ValueError:
        return False


def _look_up(job: Drawn, words: str, found: list[dict[str, Any]]) -> None:
    """Take the one firm that is meant; of several, and of none, let the reader say."""
    exact = [one for one in found if str(one["name"]).casefold() == words.casefold()]
    meant = exact or found
    if len(meant) == 1:
        job.partners = list(dict.fromkeys((*job.partners, str(meant[0]["id"]))))
        job.values["partner"] = ""
    elif not all(str(one["id"]) in job.partners for one in meant) or not meant:
        job.candidates = meant
        if not any(str(one["id"]) in job.partners for one in meant):
            job.faults.append(Fault("/parties", "choose" if meant else "nobody"))


def _body(job: Drawn, firm: UUID) -> dict[str, Any]:
    values, kind = job.values, kind_named(job.values["kind"])
    leads = values.get("role") != kind.following.name
    roles = (kind.leading.name, kind.following.name)
    own, theirs = roles if leads else reversed(roles)
    parties = [{"firm": str(firm), "role": own}]
    for place, partner in enumerate(job.partners):
        parties.append({"firm": partner, "role": theirs if leads or place == 0 else own})
    terms = _with_partner(read(kind.fields, values), job.partners)
    said = [(partner, _assessment(values, partner, place)) for place, partner in enumerate(job.partners)]
    body = {
        "kind": kind.name,
        "title": values.get("title", ""),
        "parties": parties,
        "terms": terms,
        "evidence": _evidence(values),
        "assessments": [{**given, "about": partner} for partner, given in said if given],
        "completed_on": None if kind.is_statement else values.get("completed_on") or None,
        "document": values.get("document") or None,
    }
    return {name: value for name, value in body.items() if value not in (None, [])}


def _assessment(values: Mapping[str, str], partner: str, place: int) -> dict[str, Any] | None:
    """Return what is said of a partner: under its id, or as of the partner who had no name yet."""
    given = assessment_forms.read(values, f"assessment-{partner}")
    return given or (assessment_forms.read(values, f"assessment-{PARTNER}") if place == 0 else None)


def _with_partner(terms: dict[str, Any], partners: Sequence[str]) -> dict[str, Any]:
    """Put the first partner in the place of the one that had no name when the lines were filled in."""
    for rows in (value for value in terms.values() if isinstance(value, list)):
        for row in rows:
            if row.get("firm") == PARTNER and partners:
                row["firm"] = partners[0]
    return terms


def _check_terms(job: Drawn, body: Mapping[str, Any] | None, now: datetime) -> None:  # noqa: ARG001
    kind = kind_named(job.body["kind"])
    parties: Any = [{**party, "firm": str(party["firm"])} for party in job.body["parties"]]
    if job.partners:
        kind.check_parties(parties)
    kind.read_terms(job.body["terms"], parties)


def _check_day(job: Drawn, body: Mapping[str, Any] | None, now: datetime) -> None:
    day = body.get("completed_on") if body else _day(job.body.get("completed_on"))
    check_past(day, now, "/completed_on")
    if job.body.get("assessments") and "completed_on" not in job.body:
        detail = "Assessments are given of finished work."
        raise InvalidRequest(detail, faults=[Fault("/completed_on", detail)])


def _day(text: str | None) -> date | None:
    """Return a day though the rest of the body is faulty; what is no day has its fault already."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _tells_again(fault: Fault, faults: Iterable[Fault]) -> bool:
    return fault.pointer.startswith("/parties") and any(one.pointer == "/parties" for one in faults)


def _keep_files(values: dict[str, str], files: Iterable[FileStorage]) -> list[Fault]:
    """Put fingerprint, type and title of new files among the values; of the contents nothing is kept."""
    known = _evidence(values)
    for file in files:
        if file.filename:
            known.append(_described(file))
    _replace(values, _evidence_values(known[:MOST_DOCUMENTS]))
    return [Fault("evidence", wrong) for one in known if (wrong := unsafe_text(one["title"]))]


def _described(file: FileStorage) -> dict[str, str]:
    found = hashlib.sha256()
    while block := file.stream.read(BLOCK):
        found.update(block)
    kind = file.mimetype.lower()
    title = (file.filename or "").replace("\\", "/").rpartition("/")[2].strip()[:LONGEST_TITLE]
    return {"sha256": found.hexdigest(), "media_type": kind if MEDIA_TYPE.fullmatch(kind) else UNNAMED, "title": title}


def _evidence(values: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the documents among the values; one without a title was taken away."""
    found = ({name: values.get(f"evidence-{n}-{name}", "") for name in KEPT} for n in range(MOST_DOCUMENTS))
    return [one for one in found if one["sha256"] and one["title"]]


def _evidence_values(documents: Iterable[Mapping[str, str]]) -> dict[str, str]:
    return {f"evidence-{n}-{name}": one[name] for n, one in enumerate(documents) for name in KEPT}


def _replace(values: dict[str, str], evidence: Mapping[str, str]) -> None:
    for name in [name for name in values if name.startswith("evidence-")]:
        del values[name]
    values.update(evidence)
