"""Signing in, the first administrator, and pages that could not be had."""

from dataclasses import dataclass
from typing import ClassVar

from upheld.pages.contexts.page import Link, Page
from upheld.pages.contexts.parts import Form


@dataclass(frozen=True, kw_only=True, slots=True)
class SignInPage(Page):
    """Says what is behind it."""

    template: ClassVar[str] = "upheld/signin.html"

    form: Form
    behind: str = ""
    """What the reader asked for: `the statement of July 2026`."""
    status_url: str = ""
    forgotten_url: str = ""

    @property
    def heading(self) -> str:
        return f"Sign in to see {self.behind}" if self.behind else "Sign in"


@dataclass(frozen=True, kw_only=True, slots=True)
class PasswordPage(Page):
    """Asking for a new password, that a mail is on its way, or choosing one by its link."""

    template: ClassVar[str] = "upheld/password.html"

    answer: str
    says: str = ""
    form: Form | None = None
    link: Link | None = None

    @property
    def heading(self) -> str:
        return self.answer


@dataclass(frozen=True, kw_only=True, slots=True)
class SetupPage(Page):
    """First run: the person who may do everything is named before anything else can be seen."""

    template: ClassVar[str] = "upheld/setup.html"

    form: Form
    where_code: str = ""
    """Where the code that proves access to the machine is found: the first lines of the log."""

    @property
    def heading(self) -> str:
        return "Name the first administrator"


@dataclass(frozen=True, kw_only=True, slots=True)
class ProblemPage(Page):
    """A page that could not be shown: what happened, whether anything was lost, what to do."""

    template: ClassVar[str] = "upheld/problem.html"

    status: int
    words: str = ""
    """In place of the usual heading, for instance who may instruct."""
    says: str = ""
    deeds: tuple[Link, ...] = ()
    reference: str = ""
    """The name under which what was sent is held, or the failure can be found in the log."""

    @property
    def heading(self) -> str:
        return self.words or USUAL.get(self.status, (f"This page cannot be shown ({self.status})", ""))[0]

    @property
    def explanation(self) -> str:
        return self.says or USUAL.get(self.status, ("", ""))[1]


USUAL = {
    403: ("You may not see this", "Your name is not on the list of those who may. An administrator can put it there."),
    404: ("Nothing is kept at this address", "A page that was ever here says where it went. Check the address."),
    429: ("Too many tries", "Wait a minute, then try once more. Nothing is locked for longer."),
    500: ("This page failed", "Nothing you sent was lost. The failure is written to the log with the time below."),
}
