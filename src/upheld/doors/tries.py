"""How often signing in may be tried: counted for a minute, for each address together with who it says it is."""

import threading
from collections import OrderedDict, deque
from dataclasses import dataclass, field

from upheld.core.timeline import MINUTE, Duration, Instant

MOST_KEPT = 20_000


@dataclass
class Tries:
    """
    Failed tries within a while, by key. Kept in this process: one process serves the pages of an installation.

    >>> tries, at = Tries(most=1), Instant(0)
    >>> tries.note("ann", at); tries.are_too_many("ann", at), tries.are_too_many("ann", at + MINUTE)
    (True, False)
    """

    most: int
    within: Duration = MINUTE
    kept: "OrderedDict[str, deque[Instant]]" = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def are_too_many(self, key: str, at: Instant) -> bool:
        with self.lock:
            return len(self.recent(key, at)) >= self.most

    def note(self, key: str, at: Instant) -> None:
        with self.lock:
            self.recent(key, at).append(at)
            while len(self.kept) > MOST_KEPT:
                self.kept.popitem(last=False)

    def forget(self, key: str) -> None:
        """After a try that was right."""
        with self.lock:
            self.kept.pop(key, None)

    def recent(self, key: str, at: Instant) -> "deque[Instant]":
        tries = self.kept.setdefault(key, deque(maxlen=self.most))
        self.kept.move_to_end(key)
        while tries and at - tries[0] >= self.within:
            tries.popleft()
        return tries
