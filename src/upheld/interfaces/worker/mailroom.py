"""Mail that comes: a mailbox that is looked into, and a door where a mail server hands over. It is kept at once."""

import logging
import threading
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.conf import settings
from django.db import connections

from upheld.apps.desk.queries import is_address
from upheld.apps.desk.services import keep_inbound
from upheld.core.timeline import Instant
from upheld.gateways.clock import now_us
from upheld.gateways.inbox import Arrived, ImapInbox, Listener, Listening, Mailbox, Protocol, Security, UnfitInbox

log = logging.getLogger("upheld.worker")

MAILBOXES = {"imaps": Security.TLS, "imap+tls": Security.STARTTLS, "imap": Security.PLAIN}
PORTS = {Security.TLS: 993, Security.STARTTLS: 143, Security.PLAIN: 143}
WAY = "email"
NULL_PATH = "<>"


class Mailroom:
    """Opens what the settings name, and closes it. With none named, no mail comes and nothing is opened."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._listener: Listener | None = None

    def open(self) -> None:
        """Raises UnfitInbox for settings by which no mail can come, OSError where the port is taken."""
        if url := settings.UPHELD_INBOX_LISTEN:
            self._listener = Listener(read_listening(url), keep, is_address, now)
            self._listener.start()
            log.info("mail is taken over", extra={"port": self._listener.port})
        if url := settings.UPHELD_INBOX_URL:
            inbox = ImapInbox(read_mailbox(url), keep, now)
            watching = threading.Thread(target=self._watch, args=(inbox,), name="mailbox")
            self._threads.append(watching)
            watching.start()

    def _watch(self, inbox: ImapInbox) -> None:
        try:
            inbox.run(self._stop)
        finally:
            connections.close_all()

    def close(self) -> None:
        """Take no more; what is being kept is kept."""
        self._stop.set()
        if self._listener is not None:
            self._listener.stop()
        for thread in self._threads:
            thread.join()


def now() -> Instant:
    return Instant(now_us())


def keep(arrived: Arrived) -> None:
    """On the disk before it returns; only then is the mail taken from whoever brought it."""
    try:
        keep_inbound(
            channel=WAY, raw=arrived.raw, received_at=arrived.arrived_at, envelope_to=arrived.envelope_to,
            envelope_from=NULL_PATH if arrived.envelope_from == "" else arrived.envelope_from or "",
            whole_size=arrived.whole_size if arrived.is_cut else None,
        )  # fmt: skip
    finally:
        connections.close_all()


def read_mailbox(url: str) -> Mailbox:
    """A mailbox as one address: `imaps://user:password@host:993/INBOX`; raises UnfitInbox."""
    parts, security = split(url), MAILBOXES.get(urlsplit(url).scheme)
    if security is None or not parts.hostname:
        raise UnfitInbox(f"UPHELD_INBOX_URL begins with imaps://, imap+tls:// or imap://, came {parts.scheme or url!r}")
    asked = parse_qs(parts.query)
    return Mailbox(
        host=parts.hostname, user=unquote(parts.username or ""), password=unquote(parts.password or ""),
        port=parts.port or PORTS[security], security=security, folder=unquote(parts.path.strip("/")) or "INBOX",
        kept_folder=asked.get("kept", ["Upheld"])[0],
    )  # fmt: skip


def read_listening(url: str) -> Listening:
    """Where mail is handed over, as one address: `lmtp://127.0.0.1:8024`; raises UnfitInbox."""
    parts = split(url)
    if parts.scheme not in set(Protocol) or not parts.hostname:
        raise UnfitInbox(f"UPHELD_INBOX_LISTEN begins with lmtp:// or smtp://, came {parts.scheme or url!r}")
    return Listening(parts.hostname, parts.port if parts.port is not None else 8024, Protocol(parts.scheme))


def split(url: str) -> SplitResult:
    parts = urlsplit(url)
    try:
        parts.port  # noqa: B018 (which raises where it is no number)
    except ValueError:
        raise UnfitInbox(f"the port in {url!r} is no number") from None
    return parts
