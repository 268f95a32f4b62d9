"""Where mail comes from, as plain values."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path

LARGEST = 50_000_000
"""Bytes of one mail. A mailbox gives the beginning of a larger one; a listener refuses it."""


class UnfitInbox(ValueError):
    """Settings by which no mail can come, or not safely."""


class Security(StrEnum):
    """How the connection is protected. PLAIN is for this machine alone."""

    TLS = "tls"
    STARTTLS = "starttls"
    PLAIN = "plain"


class Protocol(StrEnum):
    SMTP = "smtp"
    LMTP = "lmtp"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """
    One mailbox on an IMAP server. Raises UnfitInbox when the password would cross a network in clear.

    A mail that was kept is moved to `kept_folder`; where that is empty it stays, with the keyword $UpheldKept.
    `token`: for servers that ask for OAuth; called at each connection. `ca_file`: trusted besides the system's.
    """

    host: str
    user: str
    password: str = ""
    port: int = 993
    security: Security = Security.TLS
    folder: str = "INBOX"
    kept_folder: str = "Upheld"
    largest: int = LARGEST
    seconds_between_looks: float = 120
    seconds_between_retries: float = 30
    seconds_to_wait: float = 60
    token: Callable[[], str] | None = None
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        if self.security is Security.PLAIN and not is_this_machine(self.host):
            raise UnfitInbox(
                f"expected TLS to {self.host}, since the password would cross the network in clear; use tls or starttls"
            )
        if not self.host or not self.user:
            raise UnfitInbox("expected the host and the user of a mailbox")


@dataclass(frozen=True, slots=True)
class Listening:
    """Where mail is handed over to us. Port 0 takes any that is free. With a certificate, STARTTLS is offered."""

    host: str = "127.0.0.1"
    port: int = 8024
    protocol: Protocol = Protocol.LMTP
    name: str = "localhost"
    largest: int = LARGEST
    most_recipients: int = 100
    most_connections: int = 50
    seconds_to_wait: float = 120
    certificate: Path | None = None
    key: Path | None = None


def is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
