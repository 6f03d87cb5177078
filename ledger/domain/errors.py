"""Everything the ledger may answer instead of doing what it was asked, in four families.

`Invalid` (the request itself is wrong), `Forbidden` (the caller may not), `NotFound` (nothing there for this
caller), `Conflict` (right in itself, but not now). Each error has a stable `code`; docs/errors.md lists them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: `pointer` is a JSON pointer (RFC 6901) into the request's body, "" for the whole."""

    pointer: str
    detail: str


def step(name: str) -> str:
    """Return a name as one step of a JSON pointer."""
    return "/" + name.replace("~", "~0").replace("/", "~1")


class LedgerError(Exception):
    """The root: nothing else leaves the domain or the application on purpose."""

    code: ClassVar[str] = "ledger-error"

    def __init__(self, detail: str, *, faults: Sequence[Fault] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.faults = tuple(faults)


class Invalid(LedgerError):
    """The request can never succeed as it stands; `faults` point at what to mend."""

    code = "invalid"


class InvalidRequest(Invalid):
    """The body, the query or a header does not have the documented shape."""

    code = "invalid-request"


class InvalidIdentifier(Invalid):
    """A register number, VAT id, CVR or LEI fails its format or its check digit."""

    code = "invalid-identifier"


class InvalidMoney(Invalid):
    """An amount is no decimal string, has too many digits, or its currency is not an ISO 4217 code."""

    code = "invalid-money"


class UnknownKind(Invalid):
    """The kind of collaboration is not in the catalogue."""

    code = "unknown-kind"


class InvalidParties(Invalid):
    """Parties are missing, repeated, of another network, or in roles that the kind does not have."""

    code = "invalid-parties"


class InvalidTerms(Invalid):
    """The terms do not fit what the kind asks for."""

    code = "invalid-terms"


class InvalidDate(Invalid):
    """A business date lies in the future, or an end before its beginning."""

    code = "invalid-date"


class InvalidAssessment(Invalid):
    """An assessment is about oneself, an outsider, repeated, empty, or in measures that the kind does not have."""

    code = "invalid-assessment"


class InvalidEvidence(Invalid):
    """A document's SHA-256, media type or title is not one, or the document is attached already."""

    code = "invalid-evidence"


class InvalidHeadcount(Invalid):
    """A headcount is of a year to come or long ago, below zero, too large, or has more apprentices than employees."""

    code = "invalid-headcount"


class InvalidConsent(Invalid):
    """A consent names no existing bank, or ends before it begins or too far ahead."""

    code = "invalid-consent"


class InvalidDocument(Invalid):
    """A document is no invoice that the ledger can read."""

    code = "invalid-document"


class DocumentTooLarge(Invalid):
    """A document is larger, deeper or fuller than any invoice needs to be."""

    code = "document-too-large"


class WeakPassword(Invalid):
    """A password is too short, too uniform, or made of what anybody would try first."""

    code = "weak-password"


class IdempotencyKeyReused(Invalid):
    """The same idempotency key came before with another content."""

    code = "idempotency-key-reused"


class Forbidden(LedgerError):
    """The caller is known and sees the thing, but this is not theirs to do."""

    code = "forbidden"


class NotPermitted(Forbidden):
    """The caller's role does not include this command."""

    code = "not-permitted"


class ScopeMissing(Forbidden):
    """The key is narrowed to scopes that leave this out, or would pass on more than it has."""

    code = "scope-missing"


class NotAParty(Forbidden):
    """The firm takes no part in this collaboration, or not the part that this step asks for."""

    code = "not-a-party"


class ConsentMissing(Forbidden):
    """The firm has not given this bank its consent for this purpose, or it has ended."""

    code = "consent-missing"


class SignInRefused(Forbidden):
    """E-mail address and password do not open an account: the answer does not tell which of them is wrong."""

    code = "sign-in-refused"


class TooManyAttempts(Forbidden):
    """Too many attempts to sign in have failed, for this e-mail address or from this network address; wait."""

    code = "too-many-attempts"

    def __init__(self, detail: str, seconds: int) -> None:
        super().__init__(detail)
        self.seconds = seconds


class NotFound(LedgerError):
    """There is no such thing, or not for this caller: the answer does not tell which."""

    code = "not-found"


class Conflict(LedgerError):
    """The request is right in itself but does not fit what is recorded by now."""

    code = "conflict"


class VersionConflict(Conflict):
    """Somebody else changed it first; load it again and decide anew."""

    code = "version-conflict"


class StateConflict(Conflict):
    """The step does not follow from the present state, for example completing what was declined."""

    code = "state-conflict"


class AlreadyAnswered(Conflict):
    """This firm has accepted or declined already."""

    code = "already-answered"


class DocumentAlreadyRecorded(Conflict):
    """Another job was recorded from the same document."""

    code = "document-already-recorded"


class AddressTaken(Conflict):
    """The e-mail address, or the identity at an issuer, belongs to another account."""

    code = "address-taken"
