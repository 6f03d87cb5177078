"""Claims leave the signed part and come back into their place, or stay unknown."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.delivery.disclosures import Hiding, digest, reveal
from tests.delivery.tokens import disclosure

DOCUMENT = {"name": "A", "score": {"value": 78, "why": ["x", "y"]}, "partners": [{"id": 1}, {"id": 2}], "empty": []}
PLACES = {("score",), ("score", "why"), ("partners", "*"), ("empty",)}
ALGORITHM = {"_sd_alg": "sha-256"}


@pytest.fixture
def hiding() -> Hiding:
    """What may be kept back of the document, with plain salts."""
    return Hiding(PLACES, lambda place: "/".join(place).encode())


def test_everything_comes_back(hiding: Hiding) -> None:
    """With every disclosure the claims are the document, whatever the order."""
    signed = {**hiding.hide(DOCUMENT), **ALGORITHM}
    for texts in ([one.text for one in hiding.made], [one.text for one in reversed(hiding.made)]):
        shown, places = reveal(signed, texts)
        assert shown == DOCUMENT
        assert set(places) == {("score",), ("score", "why"), ("partners", "0"), ("partners", "1"), ("empty",)}


def test_what_is_kept_back_leaves_no_trace_but_digests(hiding: Hiding) -> None:
    """Neither the name of a claim nor an entry's value stands in the signed part."""
    signed = hiding.hide(DOCUMENT)
    assert signed.keys() == {"name", "partners", "_sd"}
    assert [entry.keys() for entry in signed["partners"]] == [{"..."}, {"..."}]
    assert signed["_sd"] == sorted(signed["_sd"])
    assert reveal({**signed, **ALGORITHM}, []) == ({"name": "A", "partners": []}, [])


def test_an_entry_is_shown_alone(hiding: Hiding) -> None:
    """The second of two, without the first."""
    signed = {**hiding.hide(DOCUMENT), **ALGORITHM}
    (second,) = (one.text for one in hiding.made if one.place == ("partners", "1"))
    assert reveal(signed, [second])[0]["partners"] == [{"id": 2}]


def test_the_example_of_the_rfc_has_its_digest() -> None:
    """RFC 9901, section 4.2.3."""
    text = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
    assert digest(text) == "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
    assert reveal({"_sd": [digest(text)], **ALGORITHM}, [text])[0] == {"family_name": "Möbius"}


@pytest.mark.parametrize(
    ("content", "claims"),
    [
        (["s", "_sd", 1], {}),
        (["s", "...", 1], {}),
        (["s", "name", 1], {"name": 2}),
        (["s", 1, 2], {}),
        (["s", 2], {}),
        ([1, "name", 2], {}),
        (["s"], {}),
        ("s", {}),
        ({}, {}),
    ],
)
def test_a_disclosure_that_cannot_be_is_refused(content: Any, claims: dict[str, Any]) -> None:
    """Names that mean something else, a claim that is there already, another number of parts."""
    text = disclosure(*content) if isinstance(content, list) else disclosure(content)
    with pytest.raises(ValueError, match=r"."):
        reveal({**claims, "_sd": [digest(text)], **ALGORITHM}, [text])


def test_a_digest_stands_once_and_names_its_hash() -> None:
    """RFC 9901, section 7.1: a digest that is met twice, or one of another hash, makes the whole invalid."""
    text = disclosure("s", "name", 1)
    for claims in (
        {"_sd": [digest(text), digest(text)], **ALGORITHM},
        {"_sd": [digest(text)], "deeper": {"_sd": [digest(text)]}, **ALGORITHM},
        {"_sd": [digest(text)], "_sd_alg": "sha-512"},
        {"_sd": [digest(text)]},
    ):
        with pytest.raises(ValueError, match=r"."):
            reveal(claims, [text])
