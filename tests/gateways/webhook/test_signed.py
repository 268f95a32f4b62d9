"""Signatures of webhooks, by the words of Standard Webhooks 1.0."""

import hmac
from base64 import b64decode, b64encode

import pytest

from upheld.core.timeline import Instant
from upheld.gateways.webhook import NotASecret, Webhook, make_secret, read_secret, sign_webhook

WEBHOOK = Webhook(url="http://127.0.0.1/", body='{"a":"é"}', key="outage-1", at=Instant.parse("2026-02-14T12:00:00.9Z"))


def test_signature_is_that_of_the_specification():
    """HMAC-SHA256 over `id.timestamp.body`, in base64, after the version."""
    secret = read_secret(make_secret())

    headers = sign_webhook(secret, WEBHOOK)

    signed = f"{headers['webhook-id']}.1771070400.{WEBHOOK.body}".encode()
    assert headers["webhook-signature"] == "v1," + b64encode(hmac.digest(secret, signed, "sha256")).decode()
    assert headers["webhook-timestamp"] == "1771070400"


def test_id_stays_the_same_over_all_attempts():
    """A receiver knows a double by its id, whenever it comes."""
    later = Webhook(url=WEBHOOK.url, body=WEBHOOK.body, key=WEBHOOK.key, at=Instant.parse("2026-02-15T12:00Z"))

    assert WEBHOOK.id == later.id
    assert WEBHOOK.id.startswith("msg_")


def test_secret_is_read_as_it_was_written():
    """With or without its prefix, as receivers' libraries do."""
    text = make_secret()

    assert b64decode(text.removeprefix("whsec_")) == read_secret(text) == read_secret(text.removeprefix("whsec_"))


@pytest.mark.parametrize("text", ["", "whsec_", "whsec_c2hvcnQ=", "whsec_?", "whsec_" + b64encode(bytes(65)).decode()])
def test_secret_of_another_length_is_refused_unquoted(text):
    """24 to 64 bytes; the error does not print what was meant to be secret."""
    with pytest.raises(NotASecret, match="24 to 64 bytes"):
        read_secret(text)
