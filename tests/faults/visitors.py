"""People at the pages of a running service: invited, signed in, sending forms as they stand."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from tests.callers import PATIENCE, Caller, Member

PASSWORD = "drei Boote im Hafen"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


@dataclass
class Visitor:
    """Somebody with a browser that keeps one cookie; every request has a connection of its own."""

    port: int
    cookie: str = ""

    def get(self, path: str) -> str:
        """Return a page that must be there."""
        status, text = self._send("GET", path, "")
        assert status == 200, (path, status)
        return text

    def send(self, page: str, path: str, **fields: str) -> None:
        """Send a form with the hidden fields that it has on `page`; it must be taken."""
        form = self.get(page).partition(f'action="{path}')[2] if page != path else self.get(page)
        hidden = dict(HIDDEN.findall(form.partition("</form>")[0]))
        status, text = self._send("POST", path, urlencode({**hidden, **fields}))
        assert status == 303, (path, status, text)

    def _send(self, method: str, path: str, body: str) -> tuple[int, str]:
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            given = answer.getheader("Set-Cookie", "").partition(";")[0]
            self.cookie = given if given.startswith("session=") else self.cookie
            return answer.status, answer.read().decode()


def owner_of(port: int, firm: Member) -> Visitor:
    """Return an owner of this firm, who has just taken up an invitation."""
    who = {"name": "Front desk", "email": f"{uuid4().hex}@example.org", "position": "owner"}
    with closing(Caller(port, firm.key)) as caller:
        sent = caller.post("/v1/accounts", {"role": "firm", "subject": firm.id, **who})
    visitor = Visitor(port)
    path = urlsplit(sent["invitation"]).path
    visitor.send(path, path, password=PASSWORD, again=PASSWORD)
    return visitor
