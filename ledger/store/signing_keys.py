"""The keys that the ledger signs with: files beside the log, never in it. Losing one loses no proof, only its future.

A file `<purpose>-<number>.pem` holds a private key (PKCS #8) while it is in use, and its public half afterwards:
what was signed with it verifies for ever. The highest number is in use. Beside a referral's key lies its certificate,
`<purpose>-<number>.crt`, for the PDF files that it seals.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeAlias, cast

from joserfc.jwk import ECKey, OKPKey

from ledger.store.certificates import certificate

Key: TypeAlias = ECKey | OKPKey

NAME = re.compile(r"(?P<purpose>log|referral)-(?P<number>\d{4})\.pem")


class Purpose(StrEnum):
    """What a key signs; the log's heads with Ed25519 (C2SP), referrals with ES256 (what banks' libraries know)."""

    LOG = "log"
    REFERRAL = "referral"

    def generate(self) -> Key:
        """Return a new key."""
        return OKPKey.generate_key("Ed25519") if self is Purpose.LOG else ECKey.generate_key("P-256")

    def read(self, pem: bytes) -> Key:
        """Return the key in a file, private or public."""
        return OKPKey.import_key(pem) if self is Purpose.LOG else ECKey.import_key(pem)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key and the name that signatures give it: its RFC 7638 thumbprint."""

    purpose: Purpose
    number: int
    key: Key

    @property
    def kid(self) -> str:
        """The name."""
        return self.key.thumbprint()


class SigningKeys:
    """The keys in a folder; without one they live as long as this object does, for a ledger in memory."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._made: dict[str, bytes] = {}

    def ensure(self) -> None:
        """Make the first key of every purpose unless there is one; racing processes end up with the same."""
        for purpose in Purpose:
            if not self.published(purpose):
                self._keep(purpose, 1)
        self._certify()

    def current(self, purpose: Purpose) -> SigningKey:
        """Return the key to sign with; raise `LookupError` when there is none: `ensure` makes it."""
        found = self.published(purpose)
        if not found or not found[0].key.is_private:
            raise LookupError(f"there is no private key for {purpose} in {self._folder}; `ledger migrate` makes one")
        return found[0]

    def published(self, purpose: Purpose) -> list[SigningKey]:
        """Return every key there ever was, the newest first: who verifies needs them all."""
        named = ((NAME.fullmatch(name), pem) for name, pem in self._files().items())
        numbered = [(int(match["number"]), pem) for match, pem in named if match and match["purpose"] == purpose]
        return [SigningKey(purpose, number, purpose.read(pem)) for number, pem in sorted(numbered, reverse=True)]

    def rotate(self, purpose: Purpose) -> SigningKey:
        """Begin to sign with a new key, and keep only the public half of the one before."""
        before = self.current(purpose)
        self._keep(purpose, before.number + 1)
        self._write(_name(purpose, before.number), before.key.as_pem(private=False))
        self._certify()
        return self.current(purpose)

    def certificate(self, key: SigningKey) -> bytes:
        """Return the certificate of a referral's key as PEM; raise `LookupError` when there is none."""
        found = self._files("crt").get(_name(key.purpose, key.number, "crt"))
        if found is None:
            raise LookupError(
                f"there is no certificate for {key.purpose} in {self._folder}; `ledger migrate` makes one"
            )
        return found

    def certificates(self) -> list[bytes]:
        """Return every certificate there ever was, the newest first."""
        return [pem for _, pem in sorted(self._files("crt").items(), reverse=True)]

    def _certify(self) -> None:
        """Make the certificate of the key in use unless there is one; of a public half nobody can."""
        key = self.published(Purpose.REFERRAL)[0]
        if key.key.is_private:
            pem = certificate(cast("ECKey", key.key), key.kid, datetime.now(UTC))
            self._write(_name(key.purpose, key.number, "crt"), pem, new=True)

    def _keep(self, purpose: Purpose, number: int) -> None:
        self._write(_name(purpose, number), purpose.generate().as_pem(private=True), new=True)

    def _files(self, ending: str = "pem") -> Mapping[str, bytes]:
        if self._folder is None:
            return {name: held for name, held in self._made.items() if name.endswith(ending)}
        return {path.name: path.read_bytes() for path in self._folder.glob(f"*.{ending}")}

    def _write(self, name: str, pem: bytes, *, new: bool = False) -> None:
        """Write a file at once, so that nobody reads half a key; a new one never replaces one that is there."""
        if self._folder is None:
            self._made[name] = self._made.get(name, pem) if new else pem
            return
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with NamedTemporaryFile(dir=self._folder, delete=False) as file:  # readable for its owner alone
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        if not new:
            Path(file.name).replace(self._folder / name)
            return
        try:
            os.link(file.name, self._folder / name)
        except FileExistsError:  # another process was first, and its key is as good
            pass
        finally:
            Path(file.name).unlink()


def _name(purpose: Purpose, number: int, ending: str = "pem") -> str:
    return f"{purpose}-{number:04}.{ending}"
