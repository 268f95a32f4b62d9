"""The truth about the demo's service, seen by us alone: when it took connections and when it did not."""

import socket
import threading
import time
from dataclasses import dataclass, field

LOOK_SECONDS = 0.1
Span = tuple[int, int]
"""Wall microseconds, from and to."""


@dataclass
class Witness:
    """Knocks ten times a second, and notes each answer with its moment."""

    port: int
    seen: list[tuple[int, bool]] = field(default_factory=list)
    _ended: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        if self._thread:
            self._thread.join(10)

    def _look(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            at = time.time_ns() // 1000
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=2).close()
            except OSError:
                self.seen.append((at, False))
            else:
                self.seen.append((at, True))

    def was_down(self, start: int, end: int) -> bool:
        """Whether it was seen down at any moment of the span."""
        return any(not up for at, up in self.seen if start <= at <= end)

    def down_spans(self) -> list[Span]:
        """Where it was down without a break, from the first failed look to the last."""
        spans: list[Span] = []
        began: int | None = None
        last = 0
        for at, up in self.seen:
            if up and began is not None:
                spans.append((began, last))
                began = None
            elif not up:
                began = at if began is None else began
                last = at
        return spans if began is None else [*spans, (began, last)]
