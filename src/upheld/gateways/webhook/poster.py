"""Posting over HTTP(S) to the very address that was vetted, not to what a name means a moment later."""

import contextlib
import socket
import ssl
import threading
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from upheld.gateways.probe import read_networks, read_target, vet_address
from upheld.gateways.probe.addresses import Network
from upheld.gateways.probe.target import Target
from upheld.gateways.signing import keep_once
from upheld.gateways.webhook.signed import NotTaken, Poster, Webhook, make_secret, read_secret, sign_webhook

SECONDS_FOR_ALL = 15
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
            "user-agent": "upheld",
            "connection": "close",
            **sign_webhook(self._secret, webhook),
        }
        try:
            target = read_target(webhook.url, schemes=("http", "https"))
        except ValueError as wrong:
            raise NotTaken(str(wrong), for_ever=True) from None
        try:
            status = self._exchange(target, headers, webhook.body.encode())
        except (OSError, HTTPException) as trouble:
            raise NotTaken(f"{target.authority}: {trouble or type(trouble).__name__}") from None
        if not 200 <= status <= 299:
            raise NotTaken(f"{target.authority} answered {status}, expected 200 to 299", for_ever=status == GONE)

    def _exchange(self, target: Target, headers: dict[str, str], body: bytes) -> int:
        """Send, and read the status of the answer alone: nobody reads what else the receiver says."""
        connected = self._connect(target)
        # The timeout of a socket starts anew with every byte; a receiver that drips would hold us for hours. TLS takes the
        # socket over, so the alarm holds the connection by a second one.
        spare = connected.dup()
        rang = threading.Event()
        alarm = threading.Timer(self._seconds, cut, [spare, rang])
        alarm.daemon = True
        alarm.start()
        try:
            wire = connected
            if target.is_secure:
                wire = ssl.create_default_context().wrap_socket(connected, server_hostname=target.host)
            conversation = HTTPConnection(target.host, target.port)
            conversation.sock = wire
            try:
                conversation.request("POST", target.path, body=body, headers={"host": target.authority, **headers})
                status = conversation.getresponse().status
            finally:
                conversation.close()
            if rang.is_set():
                # What came until then reads like a whole answer, for an end of the connection ends it.
                raise TimeoutError(f"no whole answer within {self._seconds} s")
            return status
        finally:
            alarm.cancel()
            connected.close()
            spare.close()

    def _connect(self, target: Target) -> socket.socket:
        refusals: list[str] = []
        for family, _, _, _, place in socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM):
            refusal = vet_address(str(place[0]), self._networks)
            if refusal:
                refusals.append(str(refusal))
                continue
            opened = socket.socket(family, socket.SOCK_STREAM)
            opened.settimeout(self._seconds)
            try:
                opened.connect(place)
            except OSError as trouble:
                opened.close()
                refusals.append(f"{place[0]}: {trouble.strerror or trouble}")
                continue
            return opened
        raise ConnectionRefusedError("; ".join(dict.fromkeys(refusals)) or "the name has no address")


def cut(connected: socket.socket, rang: threading.Event) -> None:
    """End a conversation from outside; whoever waits in it finds its end at once."""
    rang.set()
    with contextlib.suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)


def open_poster(secret: str, *, keys: Path, networks: tuple[str, ...]) -> Poster:
    """The poster of this installation. Without `secret` its own is used: made at the first start, kept among the keys."""
    text = secret or keep_once(keys / "webhook.key", lambda: make_secret().encode()).decode()
    return AddressPoster(read_secret(text), read_networks(networks))
