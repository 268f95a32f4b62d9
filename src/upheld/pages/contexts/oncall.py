"""On call: who is now, a rota's next weeks, pages with their steps, policies, and how a person is reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from upheld.core.service_hours import Zone
from upheld.core.timeline import Instant, Span
from upheld.pages.contexts.page import Link, Page
from upheld.pages.contexts.parts import Form
from upheld.pages.words import UTC, join_words, say_count

SECTION = "On call"


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftShown:
    """A span of one person; `steps_in` where they do it in place of whoever is in turn."""

    span: Span
    person: str
    steps_in: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RotaRow:
    """A rota with who is on call by it, and who follows; None where nobody is."""

    name: str
    url: str
    zone: Zone = UTC
    now: ShiftShown | None = None
    next: ShiftShown | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PageRow:
    """A page. `state` is `running`, `unanswered`, `acknowledged` or `resolved`; `deed` acknowledges it."""

    name: str
    url: str
    subject: str
    about: str
    state: str
    began_at: Instant
    is_urgent: bool = True
    next_at: Instant | None = None
    answered_by: str = ""
    answered_at: Instant | None = None
    ended_at: Instant | None = None
    deed: Form | None = None

    @property
    def is_open(self) -> bool:
        return self.state in ("running", "unanswered")


@dataclass(frozen=True, kw_only=True, slots=True)
class OnCallPage(Page):
    """Who is on call now, and what nobody has answered."""

    template: ClassVar[str] = "upheld/oncall.html"
    section: ClassVar[str] = SECTION
    is_live: ClassVar[bool] = True

    as_of: Instant
    rotas: tuple[RotaRow, ...] = ()
    open_pages: tuple[PageRow, ...] = ()
    links: tuple[Link, ...] = ()
    add: Link | None = None
    who_may: str = ""

    @property
    def heading(self) -> str:
        if self.open_pages:
            many = len(self.open_pages)
            return f"{say_count(many, 'page')} {'waits' if many == 1 else 'wait'} for somebody"
        people = list(dict.fromkeys(row.now.person for row in self.rotas if row.now))
        if not people:
            return "Nobody is on call"
        return f"{join_words(people)} {'is' if len(people) == 1 else 'are'} on call"

    @property
    def crossing(self) -> str:
        return ",".join(row.name for row in self.open_pages)


@dataclass(frozen=True, kw_only=True, slots=True)
class SteppingIn:
    """Somebody who steps in now or later."""

    shift: ShiftShown
    deed: Form | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RotaPage(Page):
    """One rota: the weeks around now as a picture and as rows, who steps in, and the form for it."""

    template: ClassVar[str] = "upheld/rota.html"
    section: ClassVar[str] = SECTION

    as_of: Instant
    row: RotaRow
    window: Span
    shifts: tuple[ShiftShown, ...] = ()
    layers: tuple[str, ...] = ()
    """Each layer in a sentence."""
    stepping_in: tuple[SteppingIn, ...] = ()
    form: Form | None = None
    change: Link | None = None
    calendar_url: str = ""
    renew: Form | None = None
    back: Link | None = None

    @property
    def heading(self) -> str:
        who = f"{self.row.now.person} is" if self.row.now else "Nobody is"
        return f"{who} on call by {self.row.name}"

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (*((self.back,) if self.back else ()), Link(self.row.name))


@dataclass(frozen=True, kw_only=True, slots=True)
class FormPage(Page):
    """A form by itself, for what is written down rarely: a rota, an escalation policy."""

    template: ClassVar[str] = "upheld/oncall_form.html"
    section: ClassVar[str] = SECTION

    as_of: Instant
    asks: str
    says: str = ""
    form: Form | None = None
    who_may: str = ""
    lines: tuple[str, ...] = ()
    """What holds now, for who may only read."""
    back: Link | None = None

    @property
    def heading(self) -> str:
        return self.asks

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (*((self.back,) if self.back else ()), Link(self.asks))


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyRow:
    """An escalation policy: its steps, each in a sentence."""

    name: str
    url: str
    is_default: bool = False
    steps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A place where a group reads."""

    name: str
    way: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PoliciesPage(Page):
    """Who is told after how long, and where groups read."""

    template: ClassVar[str] = "upheld/policies.html"
    section: ClassVar[str] = SECTION

    as_of: Instant
    rows: tuple[PolicyRow, ...] = ()
    channels: tuple[ChannelRow, ...] = ()
    add: Link | None = None
    form: Form | None = None
    who_may: str = ""
    back: Link | None = None

    @property
    def heading(self) -> str:
        default = next((row.name for row in self.rows if row.is_default), "")
        return f"An outage pages by {default}" if default else "An outage pages nobody"

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (*((self.back,) if self.back else ()), Link("Policies"))


@dataclass(frozen=True, kw_only=True, slots=True)
class PagesPage(Page):
    """Every page, the newest first."""

    template: ClassVar[str] = "upheld/oncall_pages.html"
    section: ClassVar[str] = SECTION

    as_of: Instant
    rows: tuple[PageRow, ...] = ()
    older: Link | None = None
    back: Link | None = None

    @property
    def heading(self) -> str:
        waiting = sum(1 for row in self.rows if row.is_open)
        return f"{say_count(waiting, 'page')} without an answer" if waiting else "Every page is answered"

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (*((self.back,) if self.back else ()), Link("Pages"))


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageRow:
    """A message of a step: to whom, by which way, when it was taken, and what was in its way."""

    to: str
    way: str
    sent_at: Instant | None = None
    is_dropped: bool = False
    trouble: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class StepRow:
    """A step that was taken or skipped, with the reasons why somebody was left out."""

    at: Instant
    messages: tuple[MessageRow, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class OnePage(Page):
    """One page: what it is about, every step with its times, and the buttons."""

    template: ClassVar[str] = "upheld/oncall_page.html"
    section: ClassVar[str] = SECTION

    as_of: Instant
    row: PageRow
    text: str = ""
    policy: str = ""
    resolved_because: str = ""
    steps: tuple[StepRow, ...] = ()
    deeds: tuple[Form, ...] = ()
    back: tuple[Link, ...] = ()

    @property
    def heading(self) -> str:
        return self.row.subject

    @property
    def title(self) -> str:
        return f"{self.row.name}: {self.row.subject}"

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (*self.back, Link(self.row.name))


@dataclass(frozen=True, kw_only=True, slots=True)
class WayRow:
    """One way to reach the reader. `confirm` asks for the code that was sent there; None once it was typed in."""

    way: str
    address: str
    used_for: str
    confirm: Form | None = None
    remove: Form | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WaysPage(Page):
    """How the reader is reached, and where their calendar of shifts is."""

    template: ClassVar[str] = "upheld/ways.html"
    section: ClassVar[str] = SECTION

    as_of: Instant
    rows: tuple[WayRow, ...] = ()
    form: Form | None = None
    calendar_url: str = ""
    renew: Form | None = None
    back: Link | None = None

    @property
    def heading(self) -> str:
        good = sum(1 for row in self.rows if row.confirm is None)
        return f"You are reached in {say_count(good, 'way')}" if good else "You are reached by mail where you sign in"

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (*((self.back,) if self.back else ()), Link("How I am reached"))


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerPage(Page):
    """Behind the link of a message: one button, or why there is none. Whoever opens it need not sign in."""

    template: ClassVar[str] = "upheld/oncall_answer.html"
    section: ClassVar[str] = SECTION

    asks: str
    says: Sequence[str] = ()
    form: Form | None = None

    @property
    def heading(self) -> str:
        return self.asks
