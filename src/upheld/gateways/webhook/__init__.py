"""Webhooks that leave: signed as Standard Webhooks asks, and posted only to addresses that were vetted."""

from upheld.gateways.webhook.fake import FakePoster
from upheld.gateways.webhook.poster import AddressPoster, open_poster
from upheld.gateways.webhook.signed import NotASecret, NotTaken, Poster, Webhook, make_secret, read_secret, sign_webhook

__all__ = [
    "AddressPoster",
    "FakePoster",
    "NotASecret",
    "NotTaken",
    "Poster",
    "Webhook",
    "make_secret",
    "open_poster",
    "read_secret",
    "sign_webhook",
]
