"""Sealing a PDF file with the key of referrals: PAdES, and the same bytes each time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any, cast

from asn1crypto import keys, pem, x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc.jwk import ECKey
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ledger.store.signing_keys import SigningKey

FIELD = "Seal"
RESERVED = 8192  # bytes for the signature; an estimate would need a trial signature
ID = 16  # bytes


class _Deterministic(SimpleSigner):
    """ES256 as RFC 6979 signs it, as `signing` does for tokens."""

    private: ec.EllipticCurvePrivateKey

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        """Return the signature."""
        assert digest_algorithm == "sha256"  # nosec B101 # noqa: S101 - `seal` asks for nothing else
        return self.private.sign(data, ec.ECDSA(SHA256(), deterministic_signing=True))


class _AtTime(PdfSigner):
    """A signer whose clock stands: a seal says when the referral was issued, not when somebody asked for it."""

    at: datetime

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:  # noqa: FBT001, FBT002
        """Begin to sign."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


class _Update(IncrementalPdfFileWriter):
    """The update that holds the seal, without clock and chance; the library offers no way to set them."""

    def __init__(self, document: bytes, at: datetime) -> None:
        super().__init__(BytesIO(document))
        second = sha256(document + at.isoformat().encode()).digest()[:ID]
        self._document_id[1] = generic.ByteStringObject(second)

    def _update_meta(self) -> None:
        """Leave title and dates as they are: a seal is no other version."""


def seal(document: bytes, key: SigningKey, certificate: bytes, at: datetime) -> bytes:
    """Return the document sealed at this time; what is sealed cannot be changed without breaking the seal."""
    metadata = PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    signer = _AtTime(metadata, _signer(key, certificate))
    signer.at = at
    out = BytesIO()
    # The library signs in an event loop of its own, and a thread that is in one already may not begin another.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(signer.sign_pdf, _Update(document, at), output=out, bytes_reserved=RESERVED).result()
    return out.getvalue()


def _signer(key: SigningKey, certificate: bytes) -> SimpleSigner:
    _, _, der = pem.unarmor(certificate)
    private = cast("ECKey", key.key)
    signer = _Deterministic(
        signing_cert=x509.Certificate.load(der),
        signing_key=keys.PrivateKeyInfo.load(private.as_der(private=True)),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
    signer.private = cast("ec.EllipticCurvePrivateKey", private.private_key)
    return signer
