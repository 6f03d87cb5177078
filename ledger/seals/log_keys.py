"""The keys of the log's signed heads, as the signing needs them."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ledger.store.signing_keys import Purpose, SigningKeys


def signing(keys: SigningKeys) -> Ed25519PrivateKey:
    """Return the key in use; raise `LookupError` when there is none."""
    found = keys.current(Purpose.LOG).key.private_key
    if not isinstance(found, Ed25519PrivateKey):
        raise LookupError("the log's key is no private Ed25519 key")  # noqa: TRY004 - as for a key that is missing
    return found


def verifying(keys: SigningKeys) -> list[Ed25519PublicKey]:
    """Return every public key there ever was, the newest first."""
    found = [key.key.public_key for key in keys.published(Purpose.LOG)]
    return [key for key in found if isinstance(key, Ed25519PublicKey)]
