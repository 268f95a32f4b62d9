"""One connection: made to a vetted address, secured, spoken over, closed. Moved by the events of its socket alone."""

from __future__ import annotations

import errno
import socket
import ssl
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from upheld.gateways.probe.answer import Verdict
from upheld.gateways.probe.banner import Banner
from upheld.gateways.probe.laps import Laps
from upheld.gateways.probe.reasons import judge_broken
from upheld.gateways.probe.reply import Reply
from upheld.gateways.probe.resolver import Place
from upheld.gateways.probe.trust import NothingTrusted
from upheld.gateways.probe.wire import HUNG_UP, WRITABLE

if TYPE_CHECKING:
    from upheld.gateways.probe.line import Line

_KIND = socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC
_PIECE = 16_384  # bytes of one read; one TLS record
_READS_AT_ONCE = 4  # then the other probes have their turn
_NOT_YET = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class Stage(Enum):
    """What a connection waits for; the value says what is missing when the deadline comes first."""

    CONNECTING = "no connection"
    SHAKING = "no TLS handshake"
    LISTENING = "no whole answer"
    CLOSED = "nothing"


_CONNECTING, _SHAKING, _LISTENING, _CLOSED = Stage  # plain names: looked up on every event


class Owner(Protocol):
    """Whoever made the connection and is told, once, what became of it."""

    def take_miss(self, code: int, *, at_once: bool) -> None: ...

    def finish(self, verdict: Verdict, reason: str) -> None: ...

    def take_conversation(self, conversation: Reply | Banner | None) -> None: ...


class Connection:
    """`conversation` reads what the target says (None: connecting is all); `secure_as` is the host of its certificate."""

    __slots__ = (
        "_is_hung_up", "_laps", "_line", "_opening", "_owner", "_secure_as", "_sock", "conversation", "stage",
    )  # fmt: skip

    def __init__(
        self, line: Line, laps: Laps, owner: Owner, opening: bytes, secure_as: str | None,
        conversation: Reply | Banner | None,
    ) -> None:  # fmt: skip
        self._line = line
        self._laps = laps
        self._owner = owner
        self._opening = opening
        self._secure_as = secure_as
        self._sock: socket.socket | None = None
        self._is_hung_up = False
        self.conversation = conversation
        self.stage = _CONNECTING

    def dial(self, place: Place) -> None:
        """Begin to connect. What fails at once is told later, so that no caller is called back from within a call."""
        family, address = place
        try:
            sock = self._sock = socket.socket(family, _KIND)
            code = sock.connect_ex(address)
        except OSError as problem:
            self._line.loop.call_soon(self._miss, problem.errno or errno.EIO)
            return
        if code not in (0, errno.EINPROGRESS):
            self._line.loop.call_soon(self._miss, code)
            return
        self._line.wire.watch(sock.fileno(), self)

    def hear(self, mask: int) -> None:
        """An event of the socket, or (0) the turn to read on."""
        if mask & HUNG_UP:
            self._is_hung_up = True
        stage = self.stage
        if stage is _CONNECTING:
            self._take_connection(mask)
        elif stage is _LISTENING:
            self._listen()
        elif stage is _SHAKING:
            self._shake()

    def close(self) -> None:
        """Close without a word to the owner; safe to repeat."""
        self.stage = _CLOSED
        if self.conversation is not None:
            self.conversation.drop()
        if self._sock is not None:
            self._line.wire.leave(self._sock.fileno())
            self._sock.close()
            self._sock = None

    def _miss(self, code: int) -> None:
        if self.stage is _CONNECTING:
            self._owner.take_miss(code, at_once=True)

    def _take_connection(self, mask: int) -> None:
        sock = self._sock
        assert sock is not None
        if self._is_hung_up:
            code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if code:
                self._owner.take_miss(code, at_once=False)
                return
        if not mask & WRITABLE:
            return
        self._laps.end_connect()
        if self.conversation is None:
            self._owner.take_conversation(None)
        elif self._secure_as is None:
            self._open(sock)
        else:
            self._secure(sock, self._secure_as)

    def _secure(self, sock: socket.socket, host: str) -> None:
        try:
            trust = self._line.trust
            self._sock = trust.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
        except NothingTrusted as problem:
            self._owner.finish(Verdict.HINDERED, str(problem))
            return
        except OSError as problem:
            self._owner.finish(*judge_broken(problem, doing="before the TLS handshake"))
            return
        self.stage = _SHAKING
        self._shake()

    def _shake(self) -> None:
        sock = self._sock
        assert isinstance(sock, ssl.SSLSocket)
        try:
            sock.do_handshake()
        except _NOT_YET:
            return
        except OSError as problem:
            self._owner.finish(*judge_broken(problem, doing="during the TLS handshake"))
            return
        self._laps.end_tls()
        self._open(sock)

    def _open(self, sock: socket.socket) -> None:
        """Say the opening words: fewer bytes than any fresh socket buffer takes, so they go at once."""
        self.stage = _LISTENING
        try:
            if self._opening and sock.send(self._opening) != len(self._opening):
                self._owner.finish(Verdict.HINDERED, "this machine's buffer took only a part of the request")
                return
        except OSError as problem:
            self._owner.finish(*judge_broken(problem, doing="before the request was sent"))
            return
        if self._is_hung_up:
            self._listen()

    def _listen(self) -> None:
        """Read until nothing more is there: an edge that is not used up does not come again."""
        sock, conversation = self._sock, self.conversation
        assert sock is not None
        assert conversation is not None
        for _ in range(_READS_AT_ONCE):
            try:
                heard = sock.recv(_PIECE)
            except _NOT_YET:
                return
            except OSError as problem:
                self._owner.finish(*judge_broken(problem, doing="before a whole answer"))
                return
            if not conversation.is_begun:
                self._laps.end_first_byte()
            if not heard:
                conversation.end()
                self._owner.take_conversation(conversation)
                return
            if conversation.feed(heard):
                self._owner.take_conversation(conversation)
                return
        self._line.wire.hear_again(self)
