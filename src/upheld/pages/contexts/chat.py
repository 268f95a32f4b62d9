"""A live chat as the customer has it."""

from dataclasses import dataclass
from typing import ClassVar

from upheld.core.timeline import Instant
from upheld.pages.contexts.lists import Entry
from upheld.pages.contexts.page import Link, Page
from upheld.pages.contexts.parts import Form


@dataclass(frozen=True, kw_only=True, slots=True)
class ChatPart(Page):
    """What was said after a message, by itself; `more_url` is where a script asks for what follows."""

    template: ClassVar[str] = "upheld/parts/chat_lines.html"

    lines: tuple[Entry, ...] = ()
    more_url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChatPage(Page):
    """One chat: what was said, which line has it, and the clocks that run on it."""

    template: ClassVar[str] = "upheld/chat.html"
    section: ClassVar[str] = "Tickets"

    as_of: Instant
    answer: str
    way: tuple[Link, ...]
    said: ChatPart
    line: Entry
    """Which line has it, and whether somebody is there."""
    clocks: tuple[Entry, ...] = ()
    silence: str = ""
    """Why nothing runs, where nothing does."""
    ticket: Link | None = None
    form: Form | None = None

    @property
    def heading(self) -> str:
        return self.answer

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return self.way
