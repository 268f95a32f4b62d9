"""Posting signed webhooks, each by a new connection to a vetted address."""

from http.client import HTTPException
from pathlib import Path

from upheld.gateways.probe import read_networks, read_target
from upheld.gateways.probe.addresses import Network
from upheld.gateways.signing import keep_once
from upheld.gateways.webhook.exchange import SECONDS_FOR_ALL, post_vetted
from upheld.gateways.webhook.signed import NotTaken, Poster, Webhook, make_secret, read_secret, sign_webhook

GONE = 410


class AddressPoster:
    """Posts each webhook by a new connection. Redirects are not followed: the agreed address alone is posted to."""

    def __init__(self, secret: bytes, networks: tuple[Network, ...] = (), *, seconds: float = SECONDS_FOR_ALL) -> None:
        self._secret = secret
        self._networks = networks
        self._seconds = seconds

    def post(self, webhook: Webhook) -> None:
        headers = {
            "content-type": "application/json",
            **sign_webhook(self._secret, webhook),
        }
        try:
            target = read_target(webhook.url, schemes=("http", "https"))
        except ValueError as wrong:
            raise NotTaken(str(wrong), for_ever=True) from None
        try:
            status, _ = post_vetted(target, headers, webhook.body.encode(), networks=self._networks, seconds=self._seconds)
        except (OSError, HTTPException) as trouble:
            raise NotTaken(f"{target.authority}: {trouble or type(trouble).__name__}") from None
        if not 200 <= status <= 299:
            raise NotTaken(f"{target.authority} answered {status}, expected 200 to 299", for_ever=status == GONE)


def open_poster(secret: str, *, keys: Path, networks: tuple[str, ...]) -> Poster:
    """The poster of this installation. Without `secret` its own is used: made at the first start, kept among the keys."""
    text = secret or keep_once(keys / "webhook.key", lambda: make_secret().encode()).decode()
    return AddressPoster(read_secret(text), read_networks(networks))
