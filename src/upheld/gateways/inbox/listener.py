"""Mail handed over to us by a mail server: SMTP (RFC 5321) or LMTP (RFC 2033). Nothing is passed on to anybody."""

import asyncio
import logging
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from upheld.gateways.inbox.arrived import Accepts, Arrived, Keep, Now
from upheld.gateways.inbox.settings import Listening, Protocol

log = logging.getLogger("upheld.inbox")

LONGEST_LINE = 1 << 20
"""Mailers exist that send longer lines than the 1,000 bytes of RFC 5321; no mail is lost for that."""
OVERFLOWS = ("552 Error: Too much mail data", "500 Line too long")
LATER = "451 4.3.0 not kept, please try again later"


class LongSmtp(SMTP):
    """SMTP that bears long lines."""

    line_length_limit = LONGEST_LINE


class LongLmtp(LMTP):
    """LMTP that bears long lines, and answers for each recipient also when the mail is too large."""

    line_length_limit = LONGEST_LINE

    async def push(self, status: Any) -> None:
        if isinstance(status, str) and status.startswith(OVERFLOWS) and self.envelope is not None:
            status = "\r\n".join([status] * max(1, len(self.envelope.rcpt_tos)))
        await super().push(status)


class Reception:
    """What a listener does with recipients and mails. `250` is said only after the mail was kept."""

    def __init__(self, settings: Listening, keep: Keep, accepts: Accepts, now: Now, desk: ThreadPoolExecutor) -> None:
        self._settings = settings
        self._keep = keep
        self._accepts = accepts
        self._now = now
        self._desk = desk

    async def handle_RCPT(  # noqa: N802 (called by this name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= self._settings.most_recipients:
            return "452 4.5.3 too many recipients"
        try:
            is_ours = await asyncio.get_running_loop().run_in_executor(self._desk, self._accepts, address)
        except Exception as trouble:
            log.warning("whether an address is ours could not be told: %s", trouble)
            return LATER
        if not is_ours:
            return "550 5.1.1 nobody has this address here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (as above)
        raw = bytes(envelope.original_content or b"")
        # The null path stands there as it was written: <>.
        arrived = Arrived(raw, (envelope.mail_from or "").strip("<>"), tuple(envelope.rcpt_tos), self._now(), len(raw))
        try:
            await asyncio.get_running_loop().run_in_executor(self._desk, self._keep, arrived)
            answer = f"250 2.0.0 kept as {arrived.digest[:12]}"
        except Exception as trouble:
            log.warning("a mail was not kept and stays with the server that brought it: %s", trouble)
            answer = LATER
        is_lmtp = self._settings.protocol is Protocol.LMTP
        return "\r\n".join([answer] * (len(envelope.rcpt_tos) if is_lmtp else 1))


class Turnstile(asyncio.Protocol):
    """Says to one connection too many that it shall come back."""

    def connection_made(self, transport: Any) -> None:
        transport.write(b"421 4.3.2 too many connections, please try again later\r\n")
        transport.close()


class Listener:
    """Listens in a thread of its own; `keep` and `accepts` are called in another one, one call at a time."""

    def __init__(self, settings: Listening, keep: Keep, accepts: Accepts, now: Now) -> None:
        self._settings = settings
        self._desk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="inbox")
        self._reception = Reception(settings, keep, accepts, now, self._desk)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="inbox-listener", daemon=True)
        self._server: asyncio.Server | None = None
        self._open: set[SMTP] = set()

    def start(self) -> None:
        """Listen; raises OSError when the port is taken."""
        self._thread.start()
        opening = asyncio.run_coroutine_threadsafe(self._listen(), self._loop)
        try:
            self._server = opening.result()
        except BaseException:
            self.stop()
            raise

    @property
    def port(self) -> int:
        if self._server is None:
            raise RuntimeError("the listener was not started")
        return int(self._server.sockets[0].getsockname()[1])

    def stop(self) -> None:
        """Take no more mail; a mail that is being kept is kept."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._desk.shutdown()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __enter__(self) -> "Listener":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def _listen(self) -> asyncio.Server:
        return await self._loop.create_server(self._meet, self._settings.host, self._settings.port)

    def _meet(self) -> asyncio.BaseProtocol:
        """Whoever serves the next connection."""
        self._open = {one for one in self._open if one.transport is not None and not one.transport.is_closing()}
        if len(self._open) >= self._settings.most_connections:
            return Turnstile()
        settings = self._settings
        speaker = LongLmtp if settings.protocol is Protocol.LMTP else LongSmtp
        opened = speaker(
            self._reception,
            data_size_limit=settings.largest,
            enable_SMTPUTF8=True,
            hostname=settings.name,
            ident="upheld",
            tls_context=read_certificate(settings),
            timeout=settings.seconds_to_wait,
            loop=self._loop,
        )
        self._open.add(opened)
        return opened

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
        for task in asyncio.all_tasks(self._loop):
            if task is not asyncio.current_task():
                task.cancel()
        await asyncio.sleep(0)


def read_certificate(settings: Listening) -> ssl.SSLContext | None:
    if settings.certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(settings.certificate, settings.key)
    return context
