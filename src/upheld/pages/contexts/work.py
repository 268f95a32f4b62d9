"""What was agreed on a ticket, what was worked on it, and what that costs."""

from dataclasses import dataclass
from typing import ClassVar

from upheld.pages.contexts.lists import ListPage


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkPage(ListPage):
    """Work, quotes, appointments and instructions of one ticket."""

    section: ClassVar[str] = "Desk"
