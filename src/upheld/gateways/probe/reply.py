"""An HTTP answer as it comes in: bounded in its head and its body, compared with what was expected."""

from __future__ import annotations

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from upheld.gateways.probe.body import BODY_LIMIT, Body, UnreadableBody
from upheld.gateways.probe.expectation import Expectation
from upheld.gateways.probe.target import Target

HEAD_LIMIT = 65_536  # bytes of all header lines of one answer, trailers and interim answers included
PIECE_LIMIT = 65_536  # pieces of one body: a chunk for each byte would cost more time than it carries
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_KEPT = frozenset((b"content-encoding", b"content-length", b"location", b"transfer-encoding"))


def write_request(target: Target) -> bytes:
    """The request of a probe: GET, one exchange, then close (RFC 9112)."""
    return (
        f"GET {target.path} HTTP/1.1\r\nHost: {target.authority}\r\nUser-Agent: upheld-prober\r\n"
        "Accept: */*\r\nAccept-Encoding: gzip, deflate\r\nConnection: close\r\n\r\n"
    ).encode()


class Reply:
    """Reads one answer. `problem` says why it is not good; `location` is where a redirect that is followed leads."""

    __slots__ = (
        "_body", "_expectation", "_follows", "_head_fed", "_head_size", "_is_past_head", "_kept", "_parser", "_pieces",
        "body_size", "is_begun", "is_complete", "location", "problem", "status",
    )  # fmt: skip

    def __init__(self, expectation: Expectation, *, follows: bool) -> None:
        self._expectation = expectation
        self._follows = follows
        self._kept: dict[bytes, bytes] = {}
        self._head_size = self._head_fed = self._pieces = self.body_size = 0
        self._is_past_head = self.is_begun = self.is_complete = False
        self._body: Body | None = None
        self.status: int | None = None
        self.problem: str | None = None
        self.location: str | None = None
        self._parser: HttpResponseParser | None = HttpResponseParser(self)

    def feed(self, data: bytes) -> bool:
        """Take what came; True when nothing more is needed."""
        assert self._parser is not None, "fed after it was over"
        self.is_begun = True
        if not self._is_past_head:
            self._head_fed += len(data)
        try:
            self._parser.feed_data(data)
        except HttpParserUpgrade:
            self.is_complete = True
        except HttpParserError as problem:
            if not self.is_complete:
                self._complain(f"the answer is not proper HTTP: {problem}")
        if not self._is_past_head and self._head_fed > HEAD_LIMIT:
            self._complain(f"the answer's headers are longer than {HEAD_LIMIT} bytes")
        return self.is_complete or self.problem is not None

    def end(self) -> None:
        """The target closed the connection: the end of a body without a length, else too early."""
        if self._is_past_head and not (b"content-length" in self._kept or b"transfer-encoding" in self._kept):
            self.on_message_complete()
        elif self._is_past_head:
            self._complain(f"the target closed the connection inside the body, after {self.body_size} bytes")
        else:
            self._complain(f"the target closed the connection before a whole answer, after {self._head_fed} bytes")

    def drop(self) -> None:
        """Let go of the parser, which holds on to this reply in turn."""
        self._parser = None

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head_size += len(name) + len(value) + 4
        if self._head_size > HEAD_LIMIT:
            self._complain(f"the answer's headers are longer than {HEAD_LIMIT} bytes")
        key = name.lower()
        if key in _KEPT and not self._is_past_head:
            self._kept[key] = value

    def on_headers_complete(self) -> None:
        assert self._parser is not None
        status = self.status = self._parser.get_status_code()
        if 100 <= status < 200 and status != 101:
            return  # an interim answer (RFC 9110, 15.2): the real one follows
        self._is_past_head = True
        if self._follows and status in _REDIRECTS and b"location" in self._kept:
            self.location = self._kept[b"location"].decode("latin-1")
            self.is_complete = True
        elif status not in self._expectation.statuses:
            self._complain(f"expected status {self._expectation.status_words}, got {status}")
        elif self._expectation.text is not None:
            try:
                self._body = Body(self._expectation.text, self._kept.get(b"content-encoding", b""))
            except UnreadableBody as problem:
                self._complain(str(problem))

    def on_body(self, piece: bytes) -> None:
        if self.problem is not None or self.is_complete:
            return
        self.body_size += len(piece)
        self._pieces += 1
        if self._pieces > PIECE_LIMIT:
            self._complain(f"the body comes in more than {PIECE_LIMIT} pieces")
            return
        if self._body is not None:
            try:
                self._body.take(piece)
            except UnreadableBody as problem:
                self._complain(str(problem))
                return
        if self.body_size >= BODY_LIMIT or (self._body is not None and self._body.is_full):
            self._conclude(f"in the first {BODY_LIMIT} bytes of the body")

    def on_message_complete(self) -> None:
        if self._is_past_head:
            self._conclude("in the body")
        else:
            self._kept.clear()

    def _conclude(self, where: str) -> None:
        if self.problem is None and self._body is not None and not self._body.is_found:
            text = (self._expectation.text or b"").decode()
            self._complain(f"the text {text[:80]!r} is not {where}")
        self.is_complete = True

    def _complain(self, problem: str) -> None:
        if self.problem is None:
            self.problem = problem
