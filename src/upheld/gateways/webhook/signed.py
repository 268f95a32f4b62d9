"""A webhook, its signature (Standard Webhooks 1.0), and the face of whoever posts it."""

import hmac
import secrets
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from upheld.core.timeline import SECOND, Instant

PREFIX = "whsec_"
SHORTEST_SECRET, LONGEST_SECRET = 24, 64


class NotASecret(ValueError):
    """A setting that is no signing secret."""


class NotTaken(Exception):
    """The webhook was not taken. `for_ever`: the receiver asked to be left alone, or no attempt may reach it."""

    def __init__(self, because: str, *, for_ever: bool = False) -> None:
        super().__init__(because)
        self.for_ever = for_ever


@dataclass(frozen=True, slots=True)
class Webhook:
    """One message for one address. `key` stays the same over all attempts: the receiver knows a double by it."""

    url: str
    body: str
    key: str
    at: Instant

    @property
    def id(self) -> str:
        """What the receiver sees of the key: `msg_` and a digest, since a key may hold what a header may not."""
        return f"msg_{sha256(self.key.encode()).hexdigest()[:32]}"


class Poster(Protocol):
    def post(self, webhook: Webhook) -> None:
        """Post it and wait for the receiver's thanks (2xx); raises NotTaken."""
        ...


def sign_webhook(secret: bytes, webhook: Webhook) -> dict[str, str]:
    """The three headers by which a receiver proves origin, freshness and once-only."""
    moment = str(webhook.at.micros // SECOND.micros)
    signed = f"{webhook.id}.{moment}.{webhook.body}".encode()
    signature = b64encode(hmac.digest(secret, signed, "sha256")).decode()
    return {"webhook-id": webhook.id, "webhook-timestamp": moment, "webhook-signature": f"v1,{signature}"}


def make_secret() -> str:
    """A new secret, as it is written in settings and shown to receivers."""
    return PREFIX + b64encode(secrets.token_bytes(32)).decode()


def read_secret(text: str) -> bytes:
    """The bytes of a secret; raises NotASecret without quoting it."""
    try:
        secret = b64decode(text.strip().removeprefix(PREFIX), validate=True)
    except (NotBase64, ValueError):
        secret = b""
    if not SHORTEST_SECRET <= len(secret) <= LONGEST_SECRET:
        raise NotASecret(f"the secret of webhooks is {PREFIX} and base64 of {SHORTEST_SECRET} to {LONGEST_SECRET} bytes")
    return secret
