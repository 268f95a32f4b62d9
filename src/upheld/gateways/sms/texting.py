"""Texts to telephones, by an HTTP provider."""

from dataclasses import dataclass, replace

from upheld.gateways.texts import Provider, Text, Wire, read_provider, shorten

LONGEST = 459
"""Three parts of a long SMS (GSM 03.38); what is longer is cut, so whoever writes keeps the link at its end inside."""


@dataclass(frozen=True, slots=True)
class SmsTexter:
    """Sends each text to one number (E.164)."""

    provider: Provider

    def send(self, text: Text) -> None:
        self.provider.send(replace(text, text=shorten(text.text, LONGEST)))


def open_sms(url: str, fields: str, header: str, *, wire: Wire) -> SmsTexter:
    """The SMS provider that the settings describe. Raises NotAProvider."""
    return SmsTexter(read_provider(url, fields, header, wire=wire, named="UPHELD_SMS"))
