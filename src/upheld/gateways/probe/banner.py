"""What a TCP service says by itself when somebody connects: read only when a text is expected in it."""

from __future__ import annotations

from upheld.gateways.probe.body import BODY_LIMIT, Body


class Banner:
    """Reads until the expected text was seen."""

    __slots__ = ("_body", "_text", "is_begun", "is_complete", "problem")

    location = None
    status = None

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._body = Body(text)
        self.is_begun = self.is_complete = False
        self.problem: str | None = None

    @property
    def body_size(self) -> int:
        return self._body.size

    def feed(self, data: bytes) -> bool:
        """Take what came; True when nothing more is needed."""
        self.is_begun = True
        self._body.take(data)
        self.is_complete = self._body.is_found
        if not self.is_complete and self._body.is_full:
            self._complain(f"in the first {BODY_LIMIT} bytes")
        return self.is_complete or self.problem is not None

    def end(self) -> None:
        self._complain("in what the target said before it closed the connection")

    def drop(self) -> None:
        """Nothing is held."""

    def _complain(self, where: str) -> None:
        self.problem = f"the text {self._text.decode()[:80]!r} is not {where}"
