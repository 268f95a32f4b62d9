"""Pages that are lists: sections of entries, each with what may be done about it. Most pages of the portal are such."""

from dataclasses import dataclass
from typing import ClassVar

from upheld.core.service_hours import Zone
from upheld.core.timeline import Instant
from upheld.pages.contexts.page import Link, Page
from upheld.pages.contexts.parts import AgreementName, Form, Why
from upheld.pages.words import UTC


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in words; `icon` and `colour` are names of the sheet."""

    words: str
    icon: str
    colour: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One thing of a list: what it is, what is to be said of it, what follows."""

    words: str
    url: str = ""
    badge: Badge | None = None
    at: Instant | None = None
    """When it happened; stands before the words of the second line."""
    says: tuple[str, ...] = ()
    """Further lines, each a sentence."""
    clauses: tuple[str, ...] = ()
    agreement: AgreementName | None = None
    links: tuple[Link, ...] = ()
    deeds: tuple[Form, ...] = ()
    why: Why | None = None
    anchor: str = ""

    @property
    def zone(self) -> Zone:
        return self.agreement.zone if self.agreement else UTC


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """Entries under one heading; where there are none, `empty` says what would be here."""

    anchor: str
    heading: str
    entries: tuple[Entry, ...] = ()
    says: str = ""
    empty: str = ""
    more: Link | None = None
    form: Form | None = None
    """Something that can be asked for or told here."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ListPage(Page):
    """`answer` is the heading: what the reader came to learn."""

    template: ClassVar[str] = "upheld/list.html"
    section: ClassVar[str] = "Home"

    as_of: Instant
    answer: str
    lede: str = ""
    sections: tuple[Section, ...] = ()
    way: tuple[Link, ...] = ()
    """Where it stands; the page itself is the last."""
    deeds: tuple[Link, ...] = ()

    @property
    def heading(self) -> str:
        return self.answer

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return self.way or (Link(self.section),)


class DutiesPage(ListPage):
    """What staff record of duties, access and persons."""

    section = "Agreements"


class WitnessesPage(ListPage):
    """Who keeps the heads of the ledgers outside."""

    section = "Facts"


class TermsPage(ListPage):
    """Who is bound by which version of a text, and what another version would change."""

    section: ClassVar[str] = "Agreements"


class ApprovalsPage(ListPage):
    """What needs two persons: what waits, what can be proposed, what became of the rest."""

    section = "People"


class MoneyPage(ListPage):
    """Credits and claims, as the provider's people see and decide them."""

    section = "Money"


class InvoicesPage(ListPage):
    """A customer's invoices, one of them, or when a contract ends."""

    section = "Invoices"


class ClaimsPage(ListPage):
    """What was claimed, and what can be."""

    section = "Claims"


class TicketsPage(ListPage):
    """A customer's tickets, one of them, or the report of another."""

    section = "Tickets"


class ColleaguesPage(ListPage):
    """The people of one customer."""

    section = "People"
