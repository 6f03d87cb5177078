"""A consent, the referral that a bank asks for under it, its paper, its check, and its end, in a real browser."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.acts import BUILDER, Enter, firm_of, in_every_language, said
from tests.browser.reader import Reader
from tests.service import ROOT

pytestmark = pytest.mark.xdist_group("browser")  # one process: the demonstration is filled and served once

OFFLINE = ROOT / "scripts/verify_referral.py"
A4 = (595, 842)  # points


def give_consent(page: Page, bank: str, purpose: str) -> str:
    """Let a bank look, and return the address where that is withdrawn."""
    page.goto("/consents/new")
    page.locator("#bank").select_option(bank)
    page.locator("#purpose").fill(purpose)
    page.locator("#until").fill(f"{datetime.now(UTC).date() + timedelta(days=30)}")
    page.locator("main form button.primary").click()
    row = page.locator("tr", has_text=purpose)
    return str(row.locator("a").get_attribute("href"))


def ask_for_referral(page: Page, firm: str, purpose: str) -> str:
    """Ask for a referral as a bank does, and return its id."""
    page.goto("/referrals")
    page.locator("#q").fill(firm)
    page.locator("form[role=search] button").click()
    found = page.locator("ul.found li", has_text=firm)
    found.locator("select").select_option(purpose)
    found.locator("button").click()
    page.wait_for_url(re.compile(r"/referrals/[0-9a-f-]{36}"))
    return page.url.split("/referrals/")[1][:36]


def fetched(page: Page, link: str, to: Path) -> Path:
    """Fetch what a link of the page leads to, and return where it lies."""
    answer = page.context.request.get(str(page.locator(link).get_attribute("href")))
    assert answer.ok
    to.write_bytes(answer.body())
    return to


def offline(token: Path, keys: Path) -> subprocess.CompletedProcess[str]:
    """Check a referral without the ledger."""
    command = [sys.executable, str(OFFLINE), str(token), str(keys)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def verdict(reader: Reader, address: str, language: str) -> str:
    """Return how the page that a QR code leads to marks a referral, for somebody who is not signed in."""
    reader.sit_down(language=language).goto(address)
    return str(reader.window.locator("#standing").get_attribute("class"))


@in_every_language
def test_a_referral_from_consent_to_revocation(enter: Enter, reader: Reader, tmp_path: Path, language: str) -> None:
    """One sheet of paper that anybody can check, offline as well, until the firm declares it void."""
    bank, owner, purpose = reader.site.login("bank"), enter("firm", BUILDER, language=language), f"Lathe, {language}"
    consent = give_consent(owner, bank["subject"], purpose)
    officer = enter("bank", language=language)
    id_ = ask_for_referral(officer, firm_of(owner), purpose)

    officer.goto(f"/referrals/{id_}")
    sheets = PdfReader(io.BytesIO(officer.pdf(prefer_css_page_size=True, print_background=True))).pages
    assert [tuple(round(side) for side in sheet.mediabox[2:]) for sheet in sheets] == [A4]
    address = str(officer.locator("[data-copy]").get_attribute("data-copy"))
    assert address == f"{reader.site.url}/verify/{id_}"
    assert "good" in verdict(reader, address, language)

    assert said(officer, f"/referrals/{id_}.json")["id"] == id_
    paper = fetched(officer, f'a[href^="/referrals/{id_}.pdf"]', tmp_path / "referral.pdf")
    assert len(PdfReader(paper).pages) == 1
    token = fetched(officer, f'a[href^="/referrals/{id_}.jwt"]', tmp_path / "referral.jwt")
    keys = tmp_path / "jwks.json"
    keys.write_text(json.dumps(said(officer, "/.well-known/jwks.json")), encoding="utf-8")
    checked = offline(token, keys)
    assert (checked.returncode, checked.stdout[:8]) == (0, "genuine:")

    owner.goto("/consents")
    owner.locator(f'a[href="/consents/referrals/{id_}/revoke"]').click()
    owner.locator("main form button.danger").click()
    expect(owner.locator(".note.good")).to_be_visible()
    assert "bad" in verdict(reader, address, language)
    owner.goto(consent)
    owner.locator("main form button.danger").click()
    expect(owner.locator(".note.good")).to_be_visible()
    assert officer.goto(f"/referrals/{id_}").status == 404  # type: ignore[union-attr]
