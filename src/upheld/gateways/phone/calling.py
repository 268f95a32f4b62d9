"""Calls in which a provider reads a text."""

from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from upheld.gateways.texts import Provider, Text, Wire, read_provider, shorten

LONGEST = 600
"""About a minute of reading."""


@dataclass(frozen=True, slots=True)
class PhoneCaller:
    """
    Calls one number (E.164) and has the text read. `is_markup`: the fields lay it into XML, as Twilio's `<Say>{text}</Say>`.
    """

    provider: Provider
    is_markup: bool

    def send(self, text: Text) -> None:
        said = shorten(" ".join(text.text.split()), LONGEST)
        self.provider.send(replace(text, text=escape(said) if self.is_markup else said))


def open_phone(url: str, fields: str, header: str, *, wire: Wire) -> PhoneCaller:
    """The telephone provider that the settings describe. Raises NotAProvider."""
    provider = read_provider(url, fields, header, wire=wire, named="UPHELD_PHONE")
    return PhoneCaller(provider, is_markup=">{text}<" in fields)
