"""Macros, tags, ratings, and who is at a ticket now."""

from upheld.apps.desk.models import Macro, Presence, Rating, State, Tag, Ticket
from upheld.apps.parties.models import User
from upheld.core.timeline import MINUTE, Instant

GONE_AFTER = MINUTE * 2
"""Somebody whose page was not heard of for so long has closed it."""


class UnknownMacro(LookupError):
    """A macro that is not on record."""


def list_macros() -> list[Macro]:
    return list(Macro.objects.order_by("name"))


def macro(name: str) -> Macro:
    """One macro; raises UnknownMacro."""
    found = Macro.objects.filter(name=name).first()
    if found is None:
        raise UnknownMacro(f"no macro is called {name!r}")
    return found


def list_tags() -> list[str]:
    """The tags that some ticket has."""
    return list(Tag.objects.filter(tickets__isnull=False).distinct().order_by("name").values_list("name", flat=True))


def list_priorities() -> list[str]:
    """The priorities that open tickets have."""
    rows = Ticket.objects.exclude(priority="").exclude(state__in=[State.RESOLVED, State.MERGED])
    return sorted(set(rows.values_list("priority", flat=True).distinct()))


def tags_of(ticket: Ticket) -> list[str]:
    return list(ticket.tags.order_by("name").values_list("name", flat=True))


def others_at(ticket: Ticket, user: User, at: Instant) -> list[Presence]:
    """Who else has the ticket open; who wrote on it lately stands first."""
    rows = ticket.presences.select_related("user").exclude(user=user)
    return sorted(
        rows.filter(seen_at__gt=at.before(GONE_AFTER).utc(), seen_at__lte=at.utc()),
        key=lambda one: (not is_writing(one, at), one.user.name),
    )


def is_writing(presence: Presence, at: Instant) -> bool:
    return presence.wrote_at is not None and Instant.of(presence.wrote_at) > at.before(GONE_AFTER)


def rating_of(ticket: Ticket) -> Rating | None:
    """How content the customer said they were; None where they did not say."""
    return Rating.objects.filter(ticket=ticket).first()
