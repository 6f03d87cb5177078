"""Signing in and out in a real browser, whose own headers and cookies the forms rely on."""

from __future__ import annotations

import pytest

from ledger.cli import main
from tests.browser.reader import Reader

pytestmark = pytest.mark.xdist_group("browser")  # one process: the demonstration is filled and served once

LEAVING = 'form[action="/logout"] button'


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_person_signs_in_and_out(reader: Reader, script: bool) -> None:
    """With a wrong password first; without JavaScript as well."""
    page = reader.sit_down(language="de", script=script)
    login = reader.site.login("firm")
    page.goto(login["url"])
    assert page.locator("#email").input_value() == login["email"]
    page.locator("#password").fill("not this one")
    page.locator("main form button").click()
    page.wait_for_selector(".summary")
    page.locator("#password").fill(login["password"])
    page.locator("main form button").click()
    page.wait_for_selector(LEAVING)
    assert login["name"] in page.locator(".whoami").inner_text()
    page.locator(LEAVING).click()
    page.wait_for_url("**/login")
    assert page.locator(LEAVING).count() == 0
    assert [said for said in reader.complaints if "403" not in said] == []


def test_an_invitation_is_taken_up(reader: Reader, capsys: pytest.CaptureFixture[str]) -> None:
    """From the command line's link to the first page, and the link opens no more."""
    site, page = reader.site, reader.sit_down(language="da", width=390)
    asked = ("accounts", "invite", "--role", "firm", "--subject", site.login("firm")["subject"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEDGER_DATABASE_URL", site.database_url)
        patch.setenv("LEDGER_PUBLIC_URL", site.url)
        assert main([*asked, "--name", "Værkfører", "--email", "vaerkfoerer@workshop.example"]) == 0
    link = capsys.readouterr().out.strip()
    page.goto(link)
    for field in ("#password", "#again"):
        page.locator(field).fill("tre grønne både i havnen")
    page.locator("main form button").click()
    page.wait_for_selector(LEAVING)
    assert "Værkfører" in page.locator(".whoami").inner_text()
    reader.sit_down()
    assert reader.visit(link).status == 404
