"""Providers as settings describe them."""

import json

import pytest

from upheld.core.timeline import Instant
from upheld.gateways.texts import NotAProvider, Text, Wire, read_provider
from upheld.gateways.texts.provider import fill

NOON = Instant.parse("2026-02-14T12:00Z")
TEXT = Text(to="+4477", text='Say "{to}" & {key}\n', key="page-1", at=NOON)
URL = "https://sms.example.com/send"


class TestFill:
    def test_lays_the_text_into_json(self):
        """Quotes and breaks of a text cannot break out of their string, nor name another place."""
        fields = '{"messages": [{"to": "{to}", "text": "{text}", "id": "{key}", "tries": 1}]}'

        kind, body = fill(fields, TEXT)

        assert "application/json" == kind
        assert {"messages": [{"to": "+4477", "text": TEXT.text, "id": "page-1", "tries": 1}]} == json.loads(body)

    def test_lays_the_text_into_a_form(self):
        """An ampersand of a text begins no further field."""
        kind, body = fill("To={to}&From=Upheld&Body={text}", TEXT)

        assert "application/x-www-form-urlencoded" == kind
        assert b"To=%2B4477&From=Upheld&Body=Say+%22%7Bto%7D%22+%26+%7Bkey%7D%0A" == body


class TestReadProvider:
    @pytest.mark.parametrize(
        ("url", "fields", "header", "says"),
        [
            ("sms.example.com", "{to}{text}", "", "_URL"),
            (URL, "To={to}", "", r"no \{text\}"),
            (URL, '{"to": "{to}", "text": {text}}', "", "no JSON"),
            (URL, "To={to}&Body={text}", "Bearer secret", "one header"),
            (URL, "To={to}&Body={text}", "X: a\nY: b", "one header"),
        ],
    )
    def test_refuses_what_describes_none(self, url, fields, header, says):
        """The sentence names the setting, and quotes no secret."""
        with pytest.raises(NotAProvider, match=says) as problem:
            read_provider(url, fields, header, wire=Wire(), named="UPHELD_SMS")

        assert "secret" not in str(problem.value)

    def test_never_shows_its_secrets(self):
        """Neither the address nor the header is in what a log would print."""
        provider = read_provider(f"{URL}?key=hidden", "a={to}&b={text}", "A: hidden", wire=Wire(), named="UPHELD_SMS")

        assert "hidden" not in repr(provider)
