#!/usr/bin/env python3
"""Check a signed referral offline.

verify_referral.py referral.jwt jwks.json [--status-list FILE] [--issuer URL] [--log-key VKEY] [--at TIME]

Needs Python and the package cryptography, and nothing of the ledger: no server, no account, no network. jwks.json is
what the ledger serves at /.well-known/jwks.json; keep a copy beside the referral, and it can be checked for ever. The
status list, from the address that the referral names, tells whether it was revoked by the time the list was signed.
What it proves of the log (docs/proofs.md) is worked out as well: that its own event and those behind it are under the
head that it names; with a line of /v1/log/key also that the log signed that head.

Ends with 0 for a genuine referral that is in force, 1 for one that is not to be relied on, 2 when it cannot tell.
docs/referrals.md explains the format. This file is written apart from the server's own check, so that either finds the
other's mistakes.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import re
import sys
import time
import zlib
from datetime import datetime, timezone
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

REFERRAL, STATUS_LIST = "dc+sd-jwt", "statuslist+jwt"
CONTENT = "urn:collaboration-ledger:referral:1"
JWS = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
SIZE = 32  # bytes of a number of P-256
MOST_BITS = 1 << 27  # a list that unpacks to more is none of ours
SKEW = 60  # seconds that two clocks may differ
GENUINE, UNRELIABLE, UNTOLD = 0, 1, 2


class Refused(Exception):
    """The token is not to be relied on; `claims` are there when it is signed by the ledger all the same."""

    def __init__(self, verdict: str, detail: str, claims: dict | None = None) -> None:
        super().__init__(detail)
        self.verdict, self.detail, self.claims = verdict, detail, claims


def verify(
    token: str,
    jwks: dict,
    *,
    status_list: str | None = None,
    issuer: str | None = None,
    log_keys: tuple[str, ...] = (),
    now: float,
) -> dict:
    """Return what a referral discloses; raise `Refused`, with the verdict in the words of the server."""
    signed, *disclosures = token.strip().split("~")
    if not disclosures or disclosures.pop():
        raise Refused("tampered", "it does not end with a tilde")
    claims = disclosed(opened(signed, jwks, REFERRAL), disclosures)
    if claims.get("vct") != CONTENT:
        raise Refused("tampered", "it is another document than a referral")
    prove(claims, log_keys)
    if issuer is not None and claims.get("iss") != issuer:
        raise Refused("not_in_force", f"it was issued by {claims.get('iss')}", claims)
    if claims["iat"] > now + SKEW:
        raise Refused("not_in_force", "it is not in force yet", claims)
    if status_list is not None and revoked(claims, status_list.strip(), jwks, now):
        raise Refused("revoked", "it has been revoked", claims)
    if claims["exp"] <= now:
        raise Refused("expired", f"it expired at {moment(claims['exp'])}", claims)
    return claims


def opened(jws: str, jwks: dict, typ: str) -> dict:
    """Return what was signed with ES256 by a key of the set; nothing in the token chooses another way."""
    try:
        if not JWS.fullmatch(jws):
            raise ValueError("not three parts of base64url")
        header, payload, signature = (decoded(part) for part in jws.split("."))
        told = json.loads(header)
        if not isinstance(told, dict) or told.keys() != {"alg", "typ", "kid"} or told["alg"] != "ES256":
            raise ValueError("not signed with ES256 and nothing else")
        if told["typ"] != typ or len(signature) != 2 * SIZE:
            raise ValueError(f"not a {typ}")
        key = public_key(jwks, told["kid"])
        numbers = (int.from_bytes(half, "big") for half in (signature[:SIZE], signature[SIZE:]))
        key.verify(encode_dss_signature(*numbers), jws.rpartition(".")[0].encode(), ec.ECDSA(SHA256()))
        return json.loads(payload)
    except InvalidSignature:
        raise Refused("tampered", "the signature does not fit the content") from None
    except (ValueError, RecursionError) as error:
        raise Refused("tampered", f"it is no token as the ledger signs them: {error}") from None


def public_key(jwks: dict, kid: object) -> ec.EllipticCurvePublicKey:
    """Return the key of this name."""
    found = [key for key in jwks["keys"] if key.get("kid") == kid and key.get("kty") == "EC" and key["crv"] == "P-256"]
    if not found:
        raise Refused("unknown_key", f"no key in the set is called {kid}")
    x, y = (int.from_bytes(decoded(found[0][name]), "big") for name in ("x", "y"))
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def disclosed(claims: dict, disclosures: list[str]) -> dict:
    """Return the claims with every disclosure in the place of its digest (RFC 9901, section 7.1)."""
    try:
        if claims.pop("_sd_alg", None) != "sha-256":
            raise ValueError("another hash than SHA-256")
        by_digest = {digest(one): json.loads(decoded(one)) for one in disclosures}
        met: list[str] = []
        shown = placed(claims, by_digest, met)
    except (ValueError, RecursionError, TypeError) as error:
        raise Refused("tampered", f"a disclosure is none: {error}") from None
    used = [one for one in met if one in by_digest]
    if len(met) != len(set(met)) or len(used) != len(disclosures) or len(by_digest) != len(disclosures):
        raise Refused("tampered", "a disclosure does not belong to it, or is there twice")
    return shown


def placed(value: object, by_digest: dict, met: list[str]) -> object:
    """Return the value with what was disclosed in it, at any depth; note the digests that were met."""
    if isinstance(value, list):
        return [placed(one, by_digest, met) for entry in value for one in entries(entry, by_digest, met)]
    if not isinstance(value, dict):
        return value
    shown = {name: placed(one, by_digest, met) for name, one in value.items() if name != "_sd"}
    for one in value.get("_sd", []):
        met.append(one)
        if one in by_digest:
            _, name, hidden = by_digest[one]
            if name in shown or name in ("_sd", "..."):
                raise ValueError(f"{name} twice")
            shown[name] = placed(hidden, by_digest, met)
    return shown


def entries(entry: object, by_digest: dict, met: list[str]) -> list:
    """Return an entry of a list: itself, what was disclosed of it, or nothing."""
    if not isinstance(entry, dict) or "..." not in entry:
        return [entry]
    met.append(entry["..."])
    if entry["..."] not in by_digest:
        return []
    _, hidden = by_digest[entry["..."]]
    return [hidden]


def prove(claims: dict, log_keys: tuple[str, ...]) -> None:
    """Work out what it proves of the log; raise `Refused` unless everything leads to the head that it names."""
    if "log" not in claims:
        if "events" in claims:
            raise Refused("tampered", "it proves events of no log")
        return
    try:
        note = claims["log"]["checkpoint"]
        origin, size, root = note.partition("\n\n")[0].split("\n")
        head = int(size), base64.b64decode(root, validate=True)
        if log_keys and not any(signed_head(note, origin, key) for key in log_keys):
            raise ValueError("the head is not signed with a key of the log that you gave")
        for one in claims["log"]["proofs"]:
            tree = {one["leaf_index"]: hashed(one["leaf_hash"])}
            if climbed(one["leaf_index"], head[0], tree, [hashed(step) for step in one["hashes"]]) != head[1]:
                raise ValueError(f"the event at position {one['position']} is not under the head")
        if "events" in claims:
            prove_events(claims["events"], claims["log"]["proofs"][-1], *head)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError) as error:
        raise Refused("tampered", f"what it proves of the log does not hold: {error}") from None


def prove_events(events: dict, last: dict, size: int, root: bytes) -> None:
    """Work the head's root out of the events behind it: each hash belongs to a place, none is missing or left."""
    positions, indices = [one[0] for one in events["leaves"]], [one[1] for one in events["leaves"]]
    if positions != sorted(set(positions)) or indices != sorted(set(indices)):
        raise ValueError("its events are not in the order of the log")
    if (positions[-1], indices[-1]) != (last["position"], last["leaf_index"]):
        raise ValueError("its events are not those up to its own")
    if not 0 <= indices[0] <= indices[-1] < size < 1 << 63:
        raise ValueError("there are no such events in the log")
    leaves = {index: hashed(found) for _, index, found in events["leaves"]}
    rest = [hashed(found) for found in events["nodes"]][::-1]
    if shared(0, size, sorted(leaves), leaves, rest) != root or rest:
        raise ValueError("its events are not under the head")


def shared(low: int, high: int, wanted: list, leaves: dict, rest: list) -> bytes:
    """Return the hash over a part of the tree: told where no leaf of it is known, worked out where one is."""
    if not wanted:
        return rest.pop()
    if high - low == 1:
        return leaves[low]
    middle = low + (1 << (high - low - 1).bit_length() - 1)
    left = shared(low, middle, [one for one in wanted if one < middle], leaves, rest)
    return over(left, shared(middle, high, [one for one in wanted if one >= middle], leaves, rest))


def climbed(index: int, size: int, tree: dict, path: list) -> bytes | None:
    """Return the root that a path leads to from its leaf, RFC 9162 section 2.1.3.2; None when it leads nowhere."""
    place, last, found = index, size - 1, tree[index]
    if not 0 <= place <= last:
        return None
    for step in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            found = over(step, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = over(found, step)
        place, last = place >> 1, last >> 1
    return None if last else found


def signed_head(note: str, origin: str, key: str) -> bool:
    """Tell whether this key of the log (a C2SP verifier key) has signed the head."""
    text, _, lines = note.partition("\n\n")
    name, _, encoded = key.strip().split("+", 2)
    public = base64.b64decode(encoded, validate=True)
    known = hashlib.sha256(origin.encode() + b"\n" + public).digest()[:4]
    for line in lines.splitlines():
        signature = base64.b64decode(line.rpartition(" ")[2], validate=True)
        if name != origin or public[:1] != b"\x01" or signature[:4] != known:
            continue
        try:
            ed25519.Ed25519PublicKey.from_public_bytes(public[1:]).verify(signature[4:], f"{text}\n".encode())
        except InvalidSignature:
            continue
        return True
    return False


def over(left: bytes, right: bytes) -> bytes:
    """Return the hash over two parts of the tree."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def hashed(text: str) -> bytes:
    """Return a hash as the log writes it."""
    found = base64.b64decode(text, validate=True)
    if len(found) != SIZE:
        raise ValueError("not a hash")
    return found


def revoked(claims: dict, status_list: str, jwks: dict, now: float) -> bool:
    """Tell whether the status list says so; raise `LookupError` when it cannot tell."""
    place = claims["status"]["status_list"]
    try:
        told = opened(status_list, jwks, STATUS_LIST)
    except Refused as refused:
        raise LookupError(f"the status list is {refused.verdict}: {refused.detail}") from None
    if told["sub"] != place["uri"]:
        raise LookupError(f"the status list is that of {told['sub']}, the referral names {place['uri']}")
    if told["exp"] <= now:
        raise LookupError(
            f"the status list was good until {moment(told['exp'])}: fetch it anew, or give its time in --at"
        )
    unpacking = zlib.decompressobj()
    bits = unpacking.decompress(decoded(told["status_list"]["lst"]), MOST_BITS)
    if told["status_list"]["bits"] != 1 or place["idx"] >= len(bits) * 8:
        raise LookupError("the status list is shorter than the referral's place on it")
    return bool(bits[place["idx"] // 8] >> (place["idx"] % 8) & 1)


def digest(text: str) -> str:
    """Return the digest of a disclosure."""
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """Return what is encoded as base64url, in its one spelling."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError(str(error)) from None
    if base64.urlsafe_b64encode(data).decode().rstrip("=") != text:
        raise ValueError("base64url in another spelling")
    return data


def moment(seconds: float) -> str:
    """Return a time as people read it."""
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat()  # noqa: UP017 - for Pythons older than the ledger's


def main() -> int:
    """Print the verdict and what is disclosed; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("token", type=Path, help="the file that holds the referral")
    parser.add_argument("jwks", type=Path, help="the file that holds the ledger's public keys")
    parser.add_argument("--status-list", type=Path, metavar="FILE", help="the status list that the referral names")
    parser.add_argument("--issuer", metavar="URL", help="the ledger that it must be from")
    parser.add_argument("--log-key", action="append", default=[], metavar="VKEY", help="may be given several times")
    parser.add_argument("--at", metavar="TIME", help="judge as of this time, such as 2026-11-06T12:00:00+00:00")
    options = parser.parse_args()
    try:
        now = datetime.fromisoformat(options.at).timestamp() if options.at else time.time()
        token, jwks = options.token.read_text("utf-8"), json.loads(options.jwks.read_text("utf-8"))
        listed = options.status_list.read_text("utf-8") if options.status_list else None
        given = {"status_list": listed, "issuer": options.issuer, "log_keys": tuple(options.log_key)}
        claims = verify(token, jwks, **given, now=now)
    except Refused as refused:
        print(f"{refused.verdict}: {refused.detail}")
        if refused.claims:
            print(json.dumps(refused.claims, indent=2, ensure_ascii=False))
        return UNRELIABLE
    except (OSError, ValueError, KeyError, TypeError, LookupError, zlib.error) as error:
        print(f"cannot tell: {error}", file=sys.stderr)
        return UNTOLD
    print(f"genuine: issued by {claims['iss']} at {moment(claims['iat'])}, valid until {moment(claims['exp'])}")
    if listed is None:
        print(f"whether it was revoked is not checked; the status list is at {claims['status']['status_list']['uri']}")
    if "events" in claims:
        proved, count = len(claims["events"]["leaves"]), claims["events"]["count"]
        print(f"{proved} of the {count} events behind it are proved to be under the log's head that it names")
    print(json.dumps(claims, indent=2, ensure_ascii=False))
    return GENUINE


if __name__ == "__main__":
    sys.exit(main())
