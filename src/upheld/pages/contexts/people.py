"""The small pages: who may sign in, and what the installation is told by people."""

from dataclasses import dataclass
from typing import ClassVar

from upheld.core.timeline import Instant
from upheld.pages.contexts.page import Link, Page
from upheld.pages.contexts.parts import Form
from upheld.pages.words import say_count


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonRow:
    """Somebody who signs in, or did. `deed` closes their access, for whoever may."""

    name: str
    email: str
    role: str
    customer: str = ""
    may_sign_in: bool = True
    has_password: bool = True
    deed: Form | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PeoplePage(Page):
    """Everybody who has, or had, access."""

    template: ClassVar[str] = "upheld/people.html"
    section: ClassVar[str] = "People"

    as_of: Instant
    rows: tuple[PersonRow, ...] = ()
    form: Form | None = None
    who_may: str = ""
    second: Link | None = None
    """Where what needs two persons is proposed and confirmed, the erasing of a person too."""

    @property
    def heading(self) -> str:
        allowed = [row for row in self.rows if row.may_sign_in]
        without = sum(1 for row in allowed if not row.has_password)
        says = f"{say_count(len(allowed), 'person', 'people')} may sign in"
        return f"{says}, {without} of them {'has' if without == 1 else 'have'} not set a password yet" if without else says


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """An address that is told, how, and of what."""

    address: str
    way: str
    deed: Form | None = None
    of_what: str = ""
    trial: Form | None = None


@dataclass(frozen=True, slots=True)
class UntoldRow:
    """A message that nobody took: what it is, to whom, why not, and what may be done with it."""

    subject: str
    address: str
    because: str
    deeds: tuple[Form, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SettingsPage(Page):
    """Who is told of what, light or dark, and what this installation is."""

    template: ClassVar[str] = "upheld/settings.html"
    section: ClassVar[str] = "Settings"

    as_of: Instant
    recipients: tuple[RecipientRow, ...] = ()
    untold: tuple[UntoldRow, ...] = ()
    untold_more: int = 0
    form: Form | None = None
    who_may: str = ""
    theme: Form | None = None
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def heading(self) -> str:
        if not self.recipients:
            return "Nobody is told"
        return f"{say_count(len(self.recipients), 'address is', 'addresses are')} told"
