"""What stands around the console's pages: its navigation, and what each address leads to."""

from collections.abc import Iterator

from django.urls import reverse

from upheld.apps.approvals.queries import count_waiting
from upheld.apps.desk.queries import count_overdue
from upheld.apps.oncall.queries import count_open_pages, shifts_of
from upheld.apps.parties.queries import is_administrator, is_staff, may_change_facts
from upheld.apps.probes.queries import count_running
from upheld.doors.asking import Asked
from upheld.doors.frames import Frame
from upheld.pages.contexts.page import NavEntry
from upheld.pages.words import say_instant


def list_sections(asked: Asked) -> tuple[NavEntry, ...]:
    running = 0 if asked.is_past else count_running()
    waiting = 0 if asked.is_past else count_open_pages()
    proposed = 0 if asked.is_past else count_waiting(for_person=asked.by)
    overdue = 0 if asked.is_past else count_overdue(asked.at)
    counted = "outages open" if running > 1 else "outage open"
    return (
        NavEntry("Now", reverse("now"), running or None, counted if running else "", bool(running), "n"),
        NavEntry("Services", reverse("services"), key="s"),
        NavEntry("Desk", reverse("desk"), overdue or None, "over the promised time" if overdue else "", bool(overdue), "d"),
        NavEntry("Maintenance", reverse("maintenance"), key="m"),
        NavEntry("On call", reverse("oncall"), waiting or None, "without an answer" if waiting else "", bool(waiting), "o"),
        NavEntry("Agreements", reverse("agreements"), key="a"),
        NavEntry("Statements", reverse("statements"), key="t"),
        NavEntry("Money", reverse("credits"), key="c"),
        NavEntry("Facts", reverse("facts"), key="f"),
        # Beside the people it is found always; here it stands while somebody waits for this reader.
        *((NavEntry("Approvals", reverse("approvals"), proposed, "for you to decide", key="v"),) if proposed else ()),
        NavEntry("People", reverse("people"), key="p"),
        NavEntry("Settings", reverse("settings"), key="e"),
    )


def tell_role(asked: Asked) -> str:
    role = "Administrator" if is_administrator(asked.user) else str(asked.user.get_role_display())
    return ", ".join((role, *tell_shifts(asked)))


def tell_shifts(asked: Asked) -> Iterator[str]:
    """Until when the reader is on call, rota by rota, in the zone in which it hands over."""
    for shift, zone in shifts_of(asked.user, asked.as_of):
        yield f"on call until {say_instant(shift.span.end, zone, as_of=asked.as_of, dated=True)}"


FRAME = Frame(
    may=is_staff,
    may_see=lambda asked, agreement: True,
    sees_all=True,
    may_change=may_change_facts,
    home="now",
    home_words="Go to what matters now",
    list_sections=list_sections,
    tell_role=tell_role,
    behind={
        "now": "what matters now", "services": "the services", "service": "a service", "outages": "the outages",
        "outage": "an outage", "maintenance": "the planned work", "plan": "the plan of work", "window": "planned work",
        "agreements": "the agreements", "agreement": "an agreement", "statements": "the statements", "facts": "the facts",
        "witnesses": "who keeps our heads",
        "oncall": "who is on call", "pages": "the pages", "page": "a page", "policies": "the escalation policies",
        "desk": "the desk", "ticket": "a ticket", "attachment": "a file", "attainment": "how well clocks were kept",
        "layout": "a message as it was laid out", "exhibit": "a file of a customer",
        "ticket-open": "opening a ticket", "call": "recording a call", "macros": "the macros",
        "templates": "the templates of tickets",
        "plans": "the plans of customers", "reviews": "the reviews", "review": "a review", "prepaid": "the prepaid time",
        "appointments": "the appointments", "told": "who is told of clocks",
        "ticket-clock": "the reasons of a clock", "ticket-work": "the work on a ticket",
        "policy": "an escalation policy", "rota": "a rota", "ways": "how you are reached",
        "credits": "the credits", "credit": "a credit", "claims": "the claims", "claim": "a claim",
        "invoices": "the invoices", "invoice": "an invoice", "draft": "a draft", "payments": "the payments",
        "letterheads": "addresses on invoices", "letterhead": "an address",
        "looked-after": "what is looked after", "volumes": "what was measured", "endings": "the ends of contracts",
        "statement": "the statement of {period} ({document} for {customer})",
        "fact": "a fact", "people": "the people",
        "approvals": "what needs a second person", "access": "who is in customers’ data",
        "settings": "the settings", "why": "the reasons of a figure",
    },
)  # fmt: skip
