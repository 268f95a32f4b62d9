"""What stands around the portal's pages: the provider's name leads, and what is shown is one customer's alone."""

from typing import Any

from django.urls import reverse

from upheld.apps.parties.queries import (
    UnknownParty,
    is_customers,
    is_staff,
    may_see_customer,
    provider_name,
    running_look,
)
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.doors.frames import Frame
from upheld.pages.contexts.page import Around, NavEntry
from upheld.pages.words import say_instant

LOOKS_AS = "looks_as"
"""In the session of one of the provider's people: the number of the look by which they see the portal."""
NAMELESS = "Your provider"
Customer = Any
Look = Any
"""Rows, as their queries give them."""


def may_come_in(user: object) -> bool:
    """The customers' people; and the provider's, who look at it as a customer sees it."""
    return is_customers(user) or is_staff(user)


def customer_of(asked: Asked) -> Customer | None:
    """Whose portal this is; None for one of the provider's people who did not say as whom to look."""
    if is_customers(asked.user):
        return asked.user.customer
    look = find_look(asked)
    return look.customer if look is not None else None


def find_look(asked: Asked) -> Look | None:
    """The look that one of the provider's people began, while it lasts."""
    number = asked.request.session.get(LOOKS_AS) if is_staff(asked.user) else None
    return running_look(asked.user, number, asked.at) if isinstance(number, int) else None


def may_see(asked: Asked, agreement: Any) -> bool:
    """The agreements of this customer and no others."""
    found = customer_of(asked)
    return found is not None and agreement.customer_id == found.pk and may_see_customer(asked.user, found)


def list_sections(asked: Asked) -> tuple[NavEntry, ...]:
    if customer_of(asked) is None:
        return ()
    return (
        NavEntry("Home", reverse("portal:home"), key="n"),
        NavEntry("Tickets", reverse("portal:tickets"), key="k"),
        NavEntry("Statements", reverse("portal:statements"), key="t"),
        NavEntry("Agreements", reverse("portal:agreements"), key="a"),
        NavEntry("Claims", reverse("portal:claims"), key="c"),
        NavEntry("Invoices", reverse("portal:invoices"), key="i"),
        NavEntry("Maintenance", reverse("portal:maintenance"), key="m"),
        NavEntry("Facts", reverse("portal:facts"), key="f"),
        NavEntry("People", reverse("portal:people"), key="p"),
    )


def tell_role(asked: Asked) -> str:
    return str(asked.user.get_customer_role_display()) if is_customers(asked.user) else "Looks as the customer does"


def surround(asked: Asked) -> Around:
    found = customer_of(asked)
    look = find_look(asked)
    until = say_instant(Instant.of(look.until_at), as_of=asked.at) if look else ""
    looking = f"You look at the portal as {look.customer.name} sees it, until {until}." if look else ""
    return Around(
        brand=tell_provider(), home_url=reverse("portal:home"), whose=found.name if found else "", looking=looking,
        stop_url=reverse("portal:look-stop") if looking else "",
    )  # fmt: skip


def tell_provider() -> str:
    try:
        return provider_name()
    except UnknownParty:
        return NAMELESS


FRAME = Frame(
    may=may_come_in,
    namespace="portal:",
    home="home",
    home_words="Go to your services",
    may_see=may_see,
    list_sections=list_sections,
    tell_role=tell_role,
    surround=surround,
    not_allowed=(
        "Readers see everything and change nothing, members act for their side, managers also name the others. Your "
        "managers are named under People. Whoever looks from the provider's side changes nothing here."
    ),
    behind={
        "home": "your services", "statements": "your statements", "agreements": "your agreements", "claims": "your claims",
        "tickets": "your tickets", "ticket": "a ticket", "report": "the report of a problem",
        "invoices": "your invoices", "invoice": "an invoice", "endings": "when your contracts end",
        "disputes": "your disputes", "chat": "the live chat", "chat-room": "a chat",
        "appointments": "your appointments", "plans": "your plans", "prepaid": "your prepaid time",
        "reviews": "the reviews", "review": "a review", "telegram": "your chats",
        "access": "your switches", "duties": "the duties", "persons": "who may instruct",
        "heads": "who keeps your heads",
        "maintenance": "the planned work", "people": "your people", "services": "your services", "facts": "your facts",
        "statement": "the statement of {period}", "service": "your service", "outage": "an outage", "claim": "a claim",
    },
)  # fmt: skip
