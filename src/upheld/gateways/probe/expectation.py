"""What an answer must be like to be good: its status, and a text in its body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_PART = re.compile(r"([1-5]\d\d)(?:-([1-5]\d\d))?\Z")


class UnfitExpectation(ValueError):
    """A condition that no answer could be compared with."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """The conditions of one check. `text` is compared as UTF-8 bytes; None asks for nothing in the body."""

    statuses: frozenset[int]
    status_words: str
    text: bytes | None


@lru_cache(maxsize=1_024)  # thousands of checks expect the same: they share it
def read_expectation(*, status: str = "200-299", body: str | None = None) -> Expectation:
    """Read the conditions of a check: `status` such as `200` or `200-299,304`, `body` a text that must occur.

    >>> sorted(read_expectation(status="200,301-303").statuses)
    [200, 301, 302, 303]
    """
    statuses: set[int] = set()
    for part in status.replace(" ", "").split(","):
        found = _PART.match(part)
        if not found:
            raise UnfitExpectation(f"expected statuses such as 200 or 200-299,304, got {status!r}")
        first, last = int(found[1]), int(found[2] or found[1])
        if last < first:
            raise UnfitExpectation(f"expected the smaller status first, got {part!r}")
        statuses.update(range(first, last + 1))
    if body is not None and not 1 <= len(body.encode()) <= 4_096:
        raise UnfitExpectation(f"expected a body text of 1 to 4096 bytes, got {len(body.encode())}")
    return Expectation(frozenset(statuses), status, None if body is None else body.encode())
