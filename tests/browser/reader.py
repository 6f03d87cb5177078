"""Somebody at a browser: opens pages, fills in forms, and takes note of whatever the browser complains about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from playwright.sync_api import Browser, Page, Response

if TYPE_CHECKING:
    from tests.browser.pages import Seen
    from tests.browser.site import Site

Theme = Literal["light", "dark"]
PATIENCE = 10_000  # milliseconds, for whatever a page is to do at once


@dataclass
class Visit:
    """One page as it was opened: its answer, what came over the line for it, and of that how much script."""

    page: Page
    status: int
    transferred: int
    script: int
    hosts: set[str]


@dataclass
class Reader:
    """A reader with a window of a width, a language and a theme."""

    site: Site
    browser: Browser
    complaints: list[str] = field(default_factory=list)
    page: Page | None = None

    def sit_down(self, *, language: str = "de", theme: Theme = "light", width: int = 1440, script: bool = True) -> Page:
        """Open a fresh window."""
        self.leave()
        context = self.browser.new_context(
            base_url=self.site.url,
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            locale={"en": "en-GB", "de": "de-DE", "da": "da-DK"}[language],
            java_script_enabled=script,
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        self.page.on("console", lambda said: self._note(said.type, said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return self.page

    def sign_in(self, role: str, number: int = 0, to: str = "/") -> Page:
        """Be signed in as one of the demonstration: the first time by the form, later by the cookie of that time."""
        kept = self.site.sessions.get((role, number))
        if kept is None:
            kept = self.site.sessions[role, number] = self._by_the_form(self.site.login(role, number))
        self.window.context.add_cookies(kept)
        self.window.goto(to)
        return self.window

    def enter(self, role: str, number: int = 0, **look: Any) -> Page:
        """Sit down and be signed in."""
        self.sit_down(**look)
        return self.sign_in(role, number)

    def address(self, seen: Seen) -> str:
        """Return where a page is: as it is written, or by following links as a reader does, once for all readers."""
        found = self.site.addresses.get(seen, "" if seen.link else seen.address)
        if not found:
            found = seen.address
            for link in seen.link.split(" => "):
                self.window.goto(found)
                found = str(self.window.locator(link).first.get_attribute("href"))
            self.site.addresses[seen] = found
        return found

    def visit(self, path: str) -> Visit:
        """Open a page and count what came over the line."""
        answers: list[Response] = []

        def came(answer: Response) -> None:
            answers.append(answer)

        self.window.on("response", came)
        opened = self.window.goto(path, wait_until="load")
        self.window.remove_listener("response", came)
        assert opened is not None
        sizes = [(answer, _size(answer)) for answer in answers]
        return Visit(
            page=self.window,
            status=opened.status,
            transferred=sum(size for _, size in sizes),
            script=sum(size for answer, size in sizes if answer.request.resource_type == "script"),
            hosts={answer.url.split("/")[2] for answer in answers if "://" in answer.url},
        )

    @property
    def window(self) -> Page:
        """The open window."""
        assert self.page is not None, "sit down first"
        return self.page

    def leave(self) -> None:
        """Close the window."""
        if self.page is not None:
            self.page.context.close()
            self.page = None

    def _by_the_form(self, login: dict[str, str]) -> list[Any]:
        page = self.window
        page.goto("/login")
        page.locator("#email").fill(login["email"])
        page.locator("#password").fill(login["password"])
        page.locator("main form button").click()
        page.wait_for_url(lambda url: "/login" not in url)
        # Signing in also chooses the person's language; the window's own is to count.
        page.context.clear_cookies(name="language")
        return [one for one in page.context.cookies() if one["name"] == "session"]

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "the server responded with a status of 4" not in text:
            self.complaints.append(text)


def _size(answer: Response) -> int:
    sizes: Any = answer.request.sizes()
    return int(sizes["responseBodySize"] + sizes["responseHeadersSize"])
