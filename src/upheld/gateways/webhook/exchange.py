"""Posting over HTTP(S) to the very address that was vetted, not to what a name means a moment later."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Mapping
from http.client import HTTPConnection

from upheld.gateways.probe import vet_address
from upheld.gateways.probe.addresses import Network
from upheld.gateways.probe.target import Target

SECONDS_FOR_ALL = 15


def post_vetted(
    target: Target,
    headers: Mapping[str, str],
    body: bytes,
    *,
    networks: tuple[Network, ...] = (),
    seconds: float = SECONDS_FOR_ALL,
    most_bytes: int = 0,
) -> tuple[int, bytes]:
    """
    The status of the answer and at most `most_bytes` of what it says. Redirects are not followed.

    Raises OSError and HTTPException where there is no whole answer within the seconds, which cover all of it.
    """
    connected = connect(target, networks, seconds)
    # The timeout of a socket starts anew with every byte; a receiver that drips would hold us for hours. TLS takes the
    # socket over, so the alarm holds the connection by a second one.
    spare = connected.dup()
    rang = threading.Event()
    alarm = threading.Timer(seconds, cut, [spare, rang])
    alarm.daemon = True
    alarm.start()
    try:
        wire = connected
        if target.is_secure:
            wire = ssl.create_default_context().wrap_socket(connected, server_hostname=target.host)
        conversation = HTTPConnection(target.host, target.port)
        conversation.sock = wire
        frame = {"host": target.authority, "user-agent": "upheld", "connection": "close"}
        try:
            conversation.request("POST", target.path, body=body, headers={**frame, **headers})
            answer = conversation.getresponse()
            # Nobody reads what else the receiver says unless it was asked for.
            status, said = answer.status, answer.read(most_bytes) if most_bytes else b""
        finally:
            conversation.close()
        if rang.is_set():
            # What came until then reads like a whole answer, for an end of the connection ends it.
            raise TimeoutError(f"no whole answer within {seconds} s")
        return status, said
    finally:
        alarm.cancel()
        connected.close()
        spare.close()


def connect(target: Target, networks: tuple[Network, ...], seconds: float) -> socket.socket:
    refusals: list[str] = []
    for family, _, _, _, place in socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM):
        refusal = vet_address(str(place[0]), networks)
        if refusal:
            refusals.append(str(refusal))
            continue
        opened = socket.socket(family, socket.SOCK_STREAM)
        opened.settimeout(seconds)
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
