"""A short text to one address, and the face of whoever carries it."""

from dataclasses import dataclass
from typing import Protocol

from upheld.core.timeline import Instant

CUT = "…"


class NotTaken(Exception):
    """The text was not taken. `for_ever`: trying again cannot help."""

    def __init__(self, because: str, *, for_ever: bool = False) -> None:
        super().__init__(because)
        self.for_ever = for_ever


@dataclass(frozen=True, slots=True)
class Text:
    """
    One text. `key` stays the same over all attempts; most carriers know no such thing, so that a text whose thanks were
    lost on the way may come twice.
    """

    to: str
    text: str
    key: str
    at: Instant


class Texter(Protocol):
    def send(self, text: Text) -> None:
        """Hand the text over for good; raises NotTaken."""
        ...


def shorten(text: str, most: int) -> str:
    """At most `most` letters, with a mark where it was cut.

    >>> shorten("The shop is down", 9)
    'The shop…'
    """
    return text if len(text) <= most else text[: most - len(CUT)].rstrip() + CUT
