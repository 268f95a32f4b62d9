"""A mailbox watched over IMAP (RFC 3501, IDLE of RFC 2177, MOVE of RFC 6851)."""

import contextlib
import logging
import ssl
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from upheld.core.timeline import Instant
from upheld.gateways.clock import monotonic_us
from upheld.gateways.inbox.arrived import Arrived, Keep, Now
from upheld.gateways.inbox.settings import Mailbox, Security, UnfitInbox

log = logging.getLogger("upheld.inbox")

KEYWORD = b"$UpheldKept"
TROUBLES = (IMAPClientError, OSError, EOFError, ValueError, KeyError, IndexError, AssertionError)
"""What a server that is away, or that talks nonsense, makes of a conversation."""
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 300.0
TICK_SECONDS = 1.0


@dataclass(slots=True)
class Standing:
    """How a mailbox stands, for whoever asks. `trouble` is empty while all is well."""

    is_connected: bool = False
    trouble: str = "not asked yet"
    kept: int = 0
    refused: int = 0


class ImapInbox:
    """Brings each mail of a mailbox to `keep`, and marks it on the server only after that returned."""

    def __init__(self, mailbox: Mailbox, keep: Keep, now: Now) -> None:
        self._mailbox = mailbox
        self._keep = keep
        self._now = now
        self._moves_by_command = False
        self.standing = Standing()

    def take_all(self) -> int:
        """Connect, take what is there, and leave; the number of mails kept. Raises OSError when the server is away."""
        with self._connected() as client:
            return self._take(client, set())

    def run(self, stop: threading.Event) -> None:
        """Watch until told to stop; come back after every trouble, with longer pauses while it lasts."""
        pause = FIRST_PAUSE_SECONDS
        while not stop.is_set():
            began_us = monotonic_us()
            try:
                with self._connected() as client:
                    self._watch(client, stop)
            except Exception as trouble:  # whatever a server may say: the watch goes on
                self.standing.trouble = f"{self._mailbox.host}:{self._mailbox.port}: {trouble or type(trouble).__name__}"
                log.warning("the mailbox is away: %s", self.standing.trouble)
                was_well = monotonic_us() - began_us > LONGEST_PAUSE_SECONDS * 1_000_000
                pause = FIRST_PAUSE_SECONDS if was_well else pause
                stop.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    def _watch(self, client: Any, stop: threading.Event) -> None:
        can_idle = client.has_capability("IDLE")
        while not stop.is_set():
            refused: set[int] = set()
            while self._take(client, refused) and not stop.is_set():
                pass
            # Numbers of mails hold for one conversation alone: nothing is remembered beyond it (UIDVALIDITY).
            seconds = self._mailbox.seconds_between_retries if refused else self._mailbox.seconds_between_looks
            if can_idle:
                self._idle(client, stop, seconds)
            else:
                stop.wait(min(seconds, self._mailbox.seconds_between_retries))
                client.noop()

    def _idle(self, client: Any, stop: threading.Event, seconds: float) -> None:
        """Wait until the server tells of anything, or for so long."""
        client.idle()
        waited = 0.0
        while waited < seconds and not stop.is_set():
            tick = min(TICK_SECONDS, seconds - waited)
            told = client.idle_check(timeout=tick)
            if any(len(line) > 1 and line[1] in (b"EXISTS", b"RECENT") for line in told):
                break
            if any(line[:1] in ((b"BYE",), [b"BYE"]) for line in told):
                raise ConnectionResetError("the server said goodbye")
            waited += tick
        client.idle_done()

    @contextlib.contextmanager
    def _connected(self) -> Any:
        client = None
        try:
            client = self._connect()
            self._sign_in(client)
            self._choose_folder(client)
            self.standing.is_connected, self.standing.trouble = True, ""
            yield client
        except IMAPClientError as refusal:
            raise ConnectionError(str(refusal)) from refusal
        finally:
            self.standing.is_connected = False
            if client is not None:
                with contextlib.suppress(*TROUBLES):
                    client.logout()
                with contextlib.suppress(*TROUBLES):
                    client.shutdown()

    def _connect(self) -> Any:
        mailbox = self._mailbox
        context = None
        if mailbox.security is not Security.PLAIN:
            context = ssl.create_default_context()
            if mailbox.ca_file:
                context.load_verify_locations(mailbox.ca_file)
        client = IMAPClient(
            mailbox.host,
            port=mailbox.port,
            ssl=mailbox.security is Security.TLS,
            ssl_context=context if mailbox.security is Security.TLS else None,
            timeout=SocketTimeout(connect=mailbox.seconds_to_wait, read=mailbox.seconds_to_wait),
        )
        if mailbox.security is Security.STARTTLS:
            client.starttls(ssl_context=context)
        client.normalise_times = False
        return client

    def _sign_in(self, client: Any) -> None:
        if self._mailbox.token:
            client.oauth2_login(self._mailbox.user, self._mailbox.token())
        else:
            client.login(self._mailbox.user, self._mailbox.password)

    def _choose_folder(self, client: Any) -> None:
        kept = self._mailbox.kept_folder
        if kept and not client.folder_exists(kept):
            client.create_folder(kept)
        told = client.select_folder(self._mailbox.folder)
        self._moves_by_command = client.has_capability("MOVE")
        flags = {flag.lower() for flag in told.get(b"PERMANENTFLAGS", ())}
        if not kept and not flags & {b"\\*", KEYWORD.lower()}:
            raise UnfitInbox(
                f"{self._mailbox.host} keeps no keyword on mails of {self._mailbox.folder}: name a folder to move them to"
            )

    def _take(self, client: Any, refused: set[int]) -> int:
        """Bring every mail that was not refused before; the number kept."""
        criteria = ["UNDELETED"] if self._mailbox.kept_folder else ["UNDELETED", "UNKEYWORD", KEYWORD]
        kept = 0
        for uid in sorted(set(client.search(criteria)) - refused):
            arrived = self._fetch(client, uid)
            if arrived is None:
                continue  # somebody else took it away meanwhile
            try:
                self._keep(arrived)
            except Exception as trouble:
                log.warning("a mail was not kept and stays in the mailbox: %s", trouble)
                self.standing.refused += 1
                refused.add(uid)
                continue
            self._mark(client, uid)
            self.standing.kept += 1
            kept += 1
        return kept

    def _fetch(self, client: Any, uid: int) -> Arrived | None:
        told = client.fetch([uid], ["RFC822.SIZE", "INTERNALDATE"]).get(uid)
        if told is None:
            return None
        size = int(told[b"RFC822.SIZE"])
        wanted = b"BODY.PEEK[]" if size <= self._mailbox.largest else b"BODY.PEEK[]<0.%d>" % self._mailbox.largest
        content = client.fetch([uid], [wanted]).get(uid)
        if content is None:
            return None
        raw = next(value for name, value in content.items() if name.startswith(b"BODY[]"))
        # Some servers count line ends otherwise than they send them: what came whole is whole.
        whole_size = size if size > self._mailbox.largest else len(raw)
        return Arrived(raw, None, (), self._read_instant(told.get(b"INTERNALDATE")), whole_size)

    def _read_instant(self, written: datetime | None) -> Instant:
        """When the server took the mail; never later than now, for a clock that begins in the future cannot be kept."""
        now = self._now()
        if written is None or written.tzinfo is None:
            return now
        return min(now, Instant.of(written))

    def _mark(self, client: Any, uid: int) -> None:
        kept = self._mailbox.kept_folder
        if not kept:
            client.add_flags([uid], [KEYWORD], silent=True)
        elif self._moves_by_command:
            client.move([uid], kept)
        else:
            client.copy([uid], kept)
            client.add_flags([uid], [b"\\Deleted"], silent=True)
            if client.has_capability("UIDPLUS"):
                client.uid_expunge([uid])
