"""Short texts that leave, whatever carries them: their face, and what all that go over HTTP share."""

from upheld.gateways.texts.fake import FakeTexter
from upheld.gateways.texts.provider import NotAProvider, Provider, read_provider
from upheld.gateways.texts.text import NotTaken, Text, Texter, shorten
from upheld.gateways.texts.wire import Wire, post_text

__all__ = [
    "FakeTexter", "NotAProvider", "NotTaken", "Provider", "Text", "Texter", "Wire", "post_text", "read_provider", "shorten",
]  # fmt: skip
