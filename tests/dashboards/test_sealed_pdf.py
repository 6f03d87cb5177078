"""The sealed file of a referral: one page, the same bytes each time, valid for a stranger, holding the token."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
import segno
from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from ledger.dashboards import paper
from ledger.dashboards.referral_sheet import qr
from ledger.intake.sealed_pdf import attached_token
from ledger.web.languages import LANGUAGES
from tests.api.test_signed_referrals import asked, signed
from tests.api.world import World
from tests.dashboards.people import person

PDF = "application/pdf"


def printed(world: World, referral: str, language: str = "en") -> bytes:
    """The file as the bank's system gets it."""
    answer = world.bank.get(referral, Accept=PDF, Accept_Language=language)
    assert (answer.status_code, answer.content_type) == (200, PDF), answer.text
    return bytes(answer.data)


def certificate(world: World) -> Any:
    """The published certificate."""
    return x509.Certificate.load(pem.unarmor(world.anyone.get(".well-known/referral-certificates.pem").data)[2])


def validated(sealed: bytes, world: World) -> Any:
    """What pyHanko says of a seal, trusting the published certificate and nothing else."""
    seal = PdfFileReader(BytesIO(sealed)).embedded_signatures[0]
    with ThreadPoolExecutor(1) as apart:  # it begins an event loop; the browser tests have one in this thread
        return apart.submit(validate_pdf_signature, seal, ValidationContext(trust_roots=[certificate(world)])).result()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_page_and_the_same_each_time(world: World, language: str) -> None:
    """In every language; the page and the API give the same file, with the same token in it."""
    referral = asked(world)
    first = printed(world, referral, language)
    assert len(PdfReader(BytesIO(first)).pages) == 1
    assert printed(world, referral, language) == first
    assert person(world, "bank", language).get(f"{referral}.pdf?lang={language}").data == first
    assert attached_token(first) == signed(world.bank, referral)


def test_it_is_sealed_in_an_event_loop_too(world: World) -> None:
    """Whoever serves us may be in one already."""
    referral = asked(world)

    async def within() -> bytes:
        return printed(world, referral)

    with ThreadPoolExecutor(1) as apart:
        assert validated(apart.submit(asyncio.run, within()).result(), world).bottom_line


def test_its_seal_is_good_and_breaks_with_a_change(world: World) -> None:
    """Validated against the published certificate alone."""
    sealed = printed(world, asked(world))
    found = validated(sealed, world)
    assert (found.bottom_line, found.coverage.name) == (True, "ENTIRE_FILE")
    at = sealed.index(b"stream") + 200
    changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
    assert not validated(changed, world).intact


def test_whoever_holds_the_file_checks_it(world: World) -> None:
    """By choosing it at /verify; a file without a token is none."""
    file = printed(world, asked(world))
    client = world.app.test_client()
    world.house.follower.catch_up()
    text = client.post("/verify", data={"file": (BytesIO(file), "referral.pdf")}).text
    assert "Genuine and in force" in text
    assert "Example alpha" in text
    empty = client.post("/verify", data={"file": (BytesIO(b"%PDF-1.7 nothing"), "x.pdf")}).text
    assert "Paste a referral first" in empty


def test_without_pango_the_page_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """And everything else works."""

    def missing(name: str) -> Any:
        raise OSError(name)

    referral = asked(world)
    monkeypatch.setattr(paper, "import_module", missing)
    answer = person(world, "bank").get(f"{referral}.pdf")
    assert answer.status_code == 503
    assert "PDF is not available here" in answer.text
    assert person(world, "bank").get(referral).status_code == 200


def test_the_code_leads_to_the_referral() -> None:
    """Each dark module of the matrix is drawn."""
    address = "http://ledger.example/verify/1"
    drawn = segno.make(address, error="m", micro=False)
    assert qr(address).startswith("<svg")
    assert f"0 0 {drawn.symbol_size(border=2)[0] * 2}" in qr(address)
