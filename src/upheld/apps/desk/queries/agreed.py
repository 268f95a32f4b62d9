"""Appointments and reviews as people need them in lists."""

from django.db.models import Q

from upheld.apps.agreements.models import Agreement
from upheld.apps.desk.models import Action, Appointment, Consent, Review, Ticket
from upheld.apps.desk.queries.words import facts_known
from upheld.apps.parties.models import Customer, User
from upheld.core.facts import ReviewHeld, of_kind
from upheld.core.timeline import Instant, Span

MOST_SHOWN = 200


class UnknownReview(LookupError):
    """A review, or an action of one, that is not on record."""


def appointments_of(ticket: Ticket) -> list[Appointment]:
    """Every appointment on a ticket, in the order in which they were proposed."""
    return list(ticket.appointments.select_related("ticket__agreement", "hold").order_by("number"))


def list_appointments(within: Span, *, limit: int = MOST_SHOWN) -> list[Appointment]:
    """What both sides agreed to do in a time, the soonest first: a calendar's entries."""
    rows = Appointment.objects.filter(state=Consent.ACCEPTED, from_at__lt=within.end.utc(), to_at__gt=within.start.utc())
    return list(rows.select_related("ticket__customer").order_by("from_at", "pk")[:limit])


def appointments_ahead(at: Instant, customer: Customer | None = None, *, limit: int = MOST_SHOWN) -> list[Appointment]:
    """What is agreed or proposed and not over, the soonest first: of one customer, or of all."""
    agreed, asked = Q(state=Consent.ACCEPTED, to_at__gt=at.utc()), Q(state=Consent.PROPOSED, from_at__gt=at.utc())
    rows = Appointment.objects.filter(agreed | asked)
    if customer is not None:
        rows = rows.filter(ticket__customer=customer)
    related = ("ticket__customer", "ticket__agreement__version", "ticket__agreement__customer")
    return list(rows.select_related(*related).order_by("from_at", "pk")[:limit])


def review(name: str) -> Review:
    """The review `R-7`; raises UnknownReview."""
    number = name.removeprefix("R-")
    known = name.startswith("R-") and number.isascii() and number.isdigit() and len(number) < 10
    rows = Review.objects.select_related("agreement__customer", "ticket")
    found = rows.filter(number=int(number)).first() if known else None
    if found is None:
        raise UnknownReview(f"no review is called {name!r}; they are called R-1, R-2 and so on")
    return found


def list_reviews(agreement: Agreement | None = None, *, limit: int = MOST_SHOWN) -> list[Review]:
    """Reviews, the latest first."""
    rows = Review.objects.select_related("agreement__customer", "ticket").prefetch_related("actions")
    if agreement is not None:
        rows = rows.filter(agreement=agreement)
    return list(rows.order_by("-number")[:limit])


def actions_of(review: Review) -> list[Action]:
    return list(review.actions.select_related("review__agreement", "owner").order_by("number"))


def public_reviews(customer: Customer, *, limit: int = MOST_SHOWN) -> list[Review]:
    """What a customer reads of what was learnt, the latest first."""
    rows = Review.objects.filter(agreement__customer=customer, is_public=True).prefetch_related("actions__owner")
    return list(rows.select_related("agreement__customer", "agreement__version", "ticket").order_by("-number")[:limit])


def meetings_of(agreement: Agreement, at: Instant) -> list[ReviewHeld]:
    """When the sides went through the agreement together, the latest first, each with the day of the next time."""
    held = of_kind(facts_known(agreement, at), ReviewHeld)
    return sorted(held, key=lambda fact: fact.occurred_at, reverse=True)


def open_actions(owner: User | None = None, *, limit: int = MOST_SHOWN) -> list[Action]:
    """What reviews ask and nobody has done, what is due soonest first."""
    rows = Action.objects.filter(done_at__isnull=True).select_related("review__agreement", "owner")
    if owner is not None:
        rows = rows.filter(owner=owner)
    return sorted(rows, key=lambda row: (row.due_at is None, row.due_at, row.pk))[:limit]


def is_overdue(action: Action, at: Instant) -> bool:
    """Whether it is not done and its time is over."""
    return action.done_at is None and action.due_at is not None and at > Instant.of(action.due_at)
