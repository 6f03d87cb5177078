"""A certificate for a key that seals PDF files: PDF readers know signers by X.509, and we vouch for ourselves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from joserfc.jwk import ECKey

LASTS = timedelta(days=3652)  # ten years
SKEW = timedelta(days=1)  # that the clock of whoever checks may be behind
SERIAL = 19  # bytes, below the most that RFC 5280 allows
SIGNS = dict.fromkeys(
    (
        *("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign"),
        *("crl_sign", "encipher_only", "decipher_only"),
    ),
    False,
)


def certificate(key: ECKey, kid: str, made_at: datetime) -> bytes:
    """Return a self-signed certificate for a private key as PEM; from the same moment it is the same again."""
    private = cast("ec.EllipticCurvePrivateKey", key.private_key)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, "Collaboration ledger, referrals"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, kid),
        ]
    )
    begins = made_at.replace(microsecond=0) - SKEW
    built = (
        x509.CertificateBuilder(subject_name=name, issuer_name=name, public_key=private.public_key())
        .serial_number(_serial(kid))
        .not_valid_before(begins)
        .not_valid_after(begins + LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **SIGNS), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
    )
    return built.sign(private, SHA256(), ecdsa_deterministic=True).public_bytes(Encoding.PEM)


def _serial(kid: str) -> int:
    return int.from_bytes(kid.encode()[:SERIAL], "big")
