"""A person at the pages without a browser: cookies are kept, forms are filled in as the page lays them out."""

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import Any

SECONDS = 15


class StayHere(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer; nobody follows it."""

    def redirect_request(self, *arguments: Any) -> None:
        return None


class Session:
    """What one person does at one address."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._cookies = CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self._cookies), StayHere()
        )

    def look(self, path: str) -> str:
        """A page. Raises OSError where there is no answer, or none that is a page."""
        with self._opener.open(self.address + path, timeout=SECONDS) as answer:
            page: str = answer.read().decode()
        return page

    def fill_in(self, path: str, said: Mapping[str, str], *, action: str = "") -> bool:
        """
        Send the form of a page, with `said` in its fields and all others as they were laid out.

        True when the answer leads on: it was done. Raises OSError where no answer comes: nobody knows whether it was done.
        """
        reader = FormReader(action or path)
        reader.feed(self.look(path))
        sent = urllib.parse.urlencode({**reader.fields, **said}).encode()
        try:
            self._opener.open(self.address + (action or path), data=sent, timeout=SECONDS).close()
        except urllib.error.HTTPError as answer:
            if answer.code >= 500:
                raise
            # Who is not signed in is sent to the door: nothing was done.
            return answer.code in (302, 303) and not str(answer.headers["Location"]).startswith("/sign-in")
        return False


class FormReader(HTMLParser):
    """The fields of the form that goes to `action`, with the values that they are laid out with."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._action = action
        self._inside = False
        self._choice = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = said.get("action", self._action) == self._action
        if not self._inside:
            return
        name = said.get("name", "")
        if tag == "input" and name and (said.get("type") not in ("radio", "checkbox") or "checked" in said):
            self.fields[name] = said.get("value", "")
        elif tag == "select":
            self._choice = name
        elif tag == "option" and self._choice and ("selected" in said or self._choice not in self.fields):
            self.fields[self._choice] = said.get("value", "")
        elif tag == "textarea" and name:
            self.fields[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._choice = ""
