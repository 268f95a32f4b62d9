"""The shape of an HTTP provider: a URL, fields with places for address and text, and one header that proves who we are."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from upheld.gateways.probe import read_target
from upheld.gateways.texts.text import NotTaken, Text
from upheld.gateways.texts.wire import Wire, post_text

PLACES = ("{to}", "{text}")
FOR_EVER = frozenset({400, 410, 422})
"""What was sent is wrong, and will be tomorrow; all else may be mended."""
HEADER = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9-]*): (?P<value>[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?)")


class NotAProvider(ValueError):
    """Settings that describe no provider."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Posts each text. `fields` is a JSON object as text, or a form (`To={to}&Body={text}`)."""

    url: str = field(repr=False)
    fields: str
    header: tuple[str, str] | None = field(default=None, repr=False)
    wire: Wire = field(default_factory=Wire)

    def send(self, text: Text) -> None:
        kind, body = fill(self.fields, text)
        headers = {"content-type": kind, **dict([self.header] if self.header else [])}
        host, status, said = post_text(self.url, headers, body, wire=self.wire)
        if not 200 <= status <= 299:
            words = " ".join(said.decode(errors="replace").split())[:200]
            raise NotTaken(f"{host} answered {status}: {words}", for_ever=status in FOR_EVER)


def read_provider(url: str, fields: str, header: str, *, wire: Wire, named: str) -> Provider:
    """The provider that three settings describe; `named` is how they begin. Raises NotAProvider without quoting a secret."""
    try:
        read_target(url, schemes=("http", "https"))
    except ValueError:
        raise NotAProvider(
            f"{named}_URL is the address of the provider, for instance https://api.example.com/send"
        ) from None
    if missing := [place for place in PLACES if place not in fields]:
        raise NotAProvider(f"{named}_FIELDS has no {' and no '.join(missing)}: where the address and the text go")
    if fields.lstrip().startswith("{"):
        try:
            json.loads(fields)
        except ValueError as wrong:
            raise NotAProvider(f"{named}_FIELDS begins with a brace and is no JSON: {wrong}") from None
    found = HEADER.fullmatch(header) if header else None
    if header and not found:
        raise NotAProvider(f"{named}_HEADER is one header, for instance `Authorization: Bearer …`")
    return Provider(url, fields, (found["name"], found["value"]) if found else None, wire)


def fill(fields: str, text: Text) -> tuple[str, bytes]:
    """Content type and body, with what belongs in its places: put in after the fields were read, it cannot add any."""
    if fields.lstrip().startswith("{"):
        return "application/json", json.dumps(fill_in(json.loads(fields), text), ensure_ascii=False).encode()
    pairs = [(name, fill_in(value, text)) for name, value in parse_qsl(fields, keep_blank_values=True)]
    return "application/x-www-form-urlencoded", urlencode(pairs).encode()


def fill_in(value: Any, text: Text) -> Any:
    if isinstance(value, str):
        given = {"{to}": text.to, "{text}": text.text, "{key}": text.key}
        return re.sub(r"\{(?:to|text|key)\}", lambda found: given[found[0]], value)
    if isinstance(value, list):
        return [fill_in(one, text) for one in value]
    return {name: fill_in(one, text) for name, one in value.items()} if isinstance(value, dict) else value
