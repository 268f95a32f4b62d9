"""What every page has: a template, a heading that answers, a place in the navigation."""

from dataclasses import dataclass, field
from typing import ClassVar

from upheld.core.service_hours import Zone
from upheld.core.timeline import Instant


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; without an address they are only words."""

    words: str
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """
    The frame's view of a page. A page that reports says in `heading` what the reader came to learn.

    `crossing` changes only when something worth saying aloud changed (down, up, another outage): a refresh that brings a
    new one reads the new heading to a screen reader; minutes that tick by are never spoken.
    """

    template: ClassVar[str] = ""
    section: ClassVar[str] = ""
    is_live: ClassVar[bool] = False
    """Asked for again once a minute by the script."""

    @property
    def heading(self) -> str:
        return self.section

    @property
    def title(self) -> str:
        """The name of the browser's tab: the heading without its full stop."""
        return self.heading

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (Link(self.section),)

    @property
    def crossing(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One word of the navigation. A count stands only where something waits; `counted` says of what, for the ear."""

    words: str
    url: str
    count: int | None = None
    counted: str = ""
    is_trouble: bool = False
    key: str = ""
    """The letter after `g` that goes there."""


@dataclass(frozen=True, slots=True)
class Toast:
    """The fact that a deed left, shown once: `Notice sent to ops@acorn.example at 14:50 UTC.`"""

    words: str
    fact: Link | None = None


@dataclass(frozen=True, slots=True)
class Assets:
    """Addresses of the sheet, the scripts and the mark; the status page gives relative ones, to stand anywhere as files."""

    style: str = "/static/upheld/upheld.css"
    script: str = "/static/upheld/upheld.js"
    htmx: str = "/static/upheld/vendor/htmx.min.js"
    icon: str = "/static/upheld/mark.svg"


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """What leads a page in another's name: the provider's brand, for whom the page is, and who else looks at it."""

    brand: str
    home_url: str
    whose: str = ""
    looking: str = ""
    """That one of the provider's people looks at what the customer sees; nothing where it is the customer."""
    stop_url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestBits:
    """
    What a page takes from the request and not from the record.

    `as_of` is the instant looked from; `is_past` says that the reader chose it, which turns the line at the top into a bar
    with a way back. `here` is the page's own address without `as_of`. A page without a request needs `as_of` alone.
    """

    as_of: Instant
    is_past: bool = False
    here: str = ""
    theme: str = ""
    """`light`, `dark`, or nothing: then the reader's system decides. From a cookie, so that nothing flashes."""
    csrf_token: str = ""
    once: str = ""
    """Random in every page: a form that is sent twice from it is known by this."""
    nav: tuple[NavEntry, ...] = ()
    reader: str = ""
    """Who is signed in, by name; nobody where it is empty."""
    reader_note: str = ""
    sign_out_url: str = ""
    theme_url: str = ""
    toast: Toast | None = None
    zone: Zone | None = None
    """The reader's own, where it is known: an instant of another zone is told in it as well."""
    around: Around | None = None
    """Where it stands, the page has the customer's frame in place of the console's."""
    assets: Assets = field(default_factory=Assets)
