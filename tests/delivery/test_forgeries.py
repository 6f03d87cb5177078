"""Nothing but what the ledger signed passes, by its own check and by the one that knows nothing of it."""

from __future__ import annotations

import hmac
from datetime import timedelta
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from ledger.delivery import signing as signatures
from ledger.delivery.encoding import encoded, written
from ledger.delivery.signing import sign
from ledger.store.signing_keys import SigningKeys
from tests.delivery.checks import CHECKS, Check
from tests.delivery.tokens import DOCUMENT, LATER, NOW, disclosure, forged, header, keys, published, signing, token

FLIPS = 3_000
NEVER = [b"", b"\0" * 64, b"\xff" * 64]


@pytest.fixture(scope="module")
def ring() -> SigningKeys:
    """The ledger's keys."""
    return keys()


@pytest.fixture(params=CHECKS)
def check(request: pytest.FixtureRequest, ring: SigningKeys) -> Check:
    """Either check."""
    return CHECKS[request.param](ring)


def test_what_the_ledger_signed_passes(check: Check, ring: SigningKeys) -> None:
    """Whole, or with a part disclosed, or with nothing that could be kept back."""
    whole = token(ring)
    assert {check(whole), check(token(ring, "score")), check(whole.partition("~")[0] + "~")} == {"genuine"}


def test_every_flipped_bit_is_found(check: Check, ring: SigningKeys) -> None:
    """Wherever it is: in the header, the payload, the signature, a disclosure or a tilde."""
    whole, random = token(ring).encode(), Random(9901)  # noqa: S311 - the same bits in every run
    bits = sorted(random.sample(range(len(whole) * 8), FLIPS))
    assert len(bits) == FLIPS
    passed = []
    for bit in bits:
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        if check(flipped.decode("latin-1")) not in ("tampered", "unknown_key"):
            passed.append(bit)
    assert passed == []


def test_every_bit_of_the_last_letter_of_a_signature_counts(check: Check, ring: SigningKeys) -> None:
    """Base64url leaves four bits of it unused: there are sixteen spellings, and fifteen are refused."""
    signed, _, rest = token(ring).partition("~")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    assert [letter for letter in letters if check(f"{signed[:-1]}{letter}~{rest}") == "genuine"] == [signed[-1]]


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "", "ES256K", "ES384", "RS256", "EdDSA", "es256", None])
def test_another_algorithm_is_refused(check: Check, ring: SigningKeys, algorithm: str | None) -> None:
    """Whatever the token asks for, with its signature or without one."""
    told = {**header(token(ring)), "alg": algorithm}
    assert {check(forged(token(ring), told)), *(check(forged(token(ring), told, one)) for one in NEVER)} == {"tampered"}


def test_the_public_key_is_no_secret_to_sign_with(check: Check, ring: SigningKeys) -> None:
    """HS256 with the published key as its secret, in each spelling that somebody could have taken."""
    told, public = {**header(token(ring)), "alg": "HS256"}, signing(ring).key
    head = encoded(written(told))
    payload = token(ring).split(".")[1]
    for known in (public.as_pem(private=False), written(public.as_dict(private=False)), public.as_der(private=False)):
        made = hmac.digest(known, f"{head}.{payload}".encode(), "sha256")
        assert check(forged(token(ring), told, made)) == "tampered"


def test_a_header_says_three_things(check: Check, ring: SigningKeys) -> None:
    """Type, algorithm, key; nothing critical, no key of its own, no address of one."""
    told, public = header(token(ring)), signing(ring).key.as_dict(private=False)
    extras = ({"crit": ["exp"]}, {"b64": False, "crit": ["b64"]}, {"jwk": public}, {"jku": "https://evil.example"})
    others = ({"typ": "jwt"}, {"typ": "statuslist+jwt"}, {"typ": None}, {"kid": None}, {"kid": [told["kid"]]})
    found = {check(forged(token(ring), {**told, **change})) for change in (*extras, *others)}
    assert found <= {"tampered", "unknown_key"}
    assert {check(forged(token(ring), {**told, **change})) for change in (*extras, *others[:3])} == {"tampered"}
    bare = {name: value for name, value in told.items() if name != "kid"}
    assert check(forged(token(ring), bare)) == "tampered"


def test_a_header_of_ones_own_is_refused_though_the_key_is_right(check: Check, ring: SigningKeys) -> None:
    """Signed by us for another use: of another type, or naming another algorithm."""
    claims = {"iss": "x", "iat": 1, "exp": 2}
    assert check(sign(signing(ring), "jwt", claims) + "~") == "tampered"
    assert check(sign(signing(ring), "dc+sd-jwt", claims) + "~") == "tampered"


def test_another_key_is_unknown(check: Check) -> None:
    """A token of another ledger names a key that was never ours."""
    assert check(token(keys())) == "unknown_key"


def test_another_key_under_our_name_is_found(check: Check, ring: SigningKeys) -> None:
    """Whoever writes our key's name into a header has not got the key."""
    told, stranger = header(token(ring)), ec.generate_private_key(ec.SECP256R1())
    payload = token(ring).split(".")[1]
    made = stranger.sign(f"{encoded(written(told))}.{payload}".encode(), ec.ECDSA(SHA256()))
    numbers = b"".join(number.to_bytes(32, "big") for number in decode_dss_signature(made))
    assert check(forged(token(ring), told, numbers)) == "tampered"


def test_a_payload_of_another_referral_is_found(check: Check, ring: SigningKeys) -> None:
    """Signature and content belong together."""
    other = signatures.sign(signing(ring), "dc+sd-jwt", {"position": 111}).split(".")
    head, _, rest = token(ring).partition("~")
    assert check(f"{head.split('.')[0]}.{other[1]}.{head.split('.')[2]}~{rest}") == "tampered"


def test_disclosures_belong_to_their_referral(check: Check, ring: SigningKeys) -> None:
    """One of another referral, of one's own, or twice is refused; one less is the holder's right."""
    signed, *shown, _ = token(ring).split("~")
    foreign = token(keys()).split("~")[1]
    made = disclosure("salt", "trust", {"score": 100})
    for texts in ([*shown, foreign], [*shown, made], [made, *shown[1:]], [*shown, shown[0]], [*shown, ""]):
        assert check("~".join([signed, *texts, ""])) == "tampered", texts[-1]
    assert check("~".join([signed, *reversed(shown), ""])) == "genuine"
    assert check("~".join([signed, shown[0], ""])) == "genuine"


def test_a_disclosure_within_one_that_is_kept_back_has_no_place(check: Check, ring: SigningKeys) -> None:
    """The factors without the score that they belong to."""
    factors = set(token(ring, "factors").split("~")) - set(token(ring, "score").split("~"))
    signed = token(ring).partition("~")[0]
    assert check("~".join([signed, *factors, ""])) == "tampered"


@pytest.mark.parametrize(
    "text", ["", "~", "~~", "hello", "a.b.c", "a.b.c~", "eyJ.eyJ.eyJ~", "{}~", "\0~", "ÿ.ÿ.ÿ~", "…"]
)
def test_what_is_no_token_is_refused(check: Check, text: str) -> None:
    """Any text is answered."""
    assert check(text) == "tampered"


def test_a_missing_tilde_or_a_foreign_binding_is_refused(check: Check, ring: SigningKeys) -> None:
    """A referral is not bound to a key of its holder; whatever stands in that place is not ours."""
    whole = token(ring)
    assert {check(whole[:-1]), check(whole + whole.partition("~")[0]), check(whole.partition("~")[0])} == {"tampered"}


@pytest.mark.parametrize("name", CHECKS)
def test_time_is_judged_from_the_token(name: str, ring: SigningKeys) -> None:
    """Valid to the end of its last day, and not before it was issued; another issuer's is not in force here."""
    assert CHECKS[name](ring, LATER - timedelta(seconds=1))(token(ring)) == "genuine"
    assert CHECKS[name](ring, LATER)(token(ring)) == "expired"
    assert CHECKS[name](ring, NOW - timedelta(days=1))(token(ring)) == "not_in_force"
    assert CHECKS[name](ring, NOW, "https://other.example")(token(ring)) == "not_in_force"


@pytest.mark.parametrize("name", CHECKS)
def test_rotation_leaves_the_past_alone(name: str) -> None:
    """What the old key signed stays genuine; what is signed anew names the new one."""
    ring = keys()
    before = token(ring)
    ring.rotate(signing(ring).purpose)
    after = token(ring)
    assert header(before)["kid"] != header(after)["kid"] == signing(ring).kid
    assert len(published(ring)) == 2
    assert {CHECKS[name](ring)(before), CHECKS[name](ring)(after)} == {"genuine"}


def test_the_same_referral_is_the_same_to_the_byte(ring: SigningKeys) -> None:
    """Salts and signature follow from key and content; another key's are others."""
    assert token(ring) == token(ring)
    assert token(ring).partition("~")[0] == token(ring, "score").partition("~")[0]
    assert token(ring).split("~")[1] != token(keys()).split("~")[1]
    assert DOCUMENT["firm"]["name"] == "Örtlich & Søn"
