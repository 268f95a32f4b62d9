"""What is kept about a ticket beside its facts: its tags, who is at it, how content the customer was."""

import re
from collections.abc import Sequence

from django.db import transaction

from upheld.apps.desk.models import Presence, Rating, State, Tag, Ticket
from upheld.apps.desk.queries.marks import GONE_AFTER, tags_of
from upheld.apps.desk.services.deeds import CannotDo, lock
from upheld.apps.parties.models import User
from upheld.core.timeline import Instant

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST, MOST = 50, 20
BEST = 5


def set_tags(*, ticket: Ticket, names: Sequence[str]) -> None:
    """The ticket has these tags and no others. Raises CannotDo for a word that is no tag."""
    wanted = read_tags(names)
    with transaction.atomic():
        lock(ticket)
        ticket.tags.set([Tag.objects.get_or_create(name=name)[0] for name in wanted])


def change_tags(*, ticket: Ticket, add: Sequence[str] = (), take: Sequence[str] = ()) -> None:
    """
    The ticket gets tags besides its own, and loses some of them. Raises CannotDo for a word that is no tag, for too many,
    and for one to take away that it does not have.
    """
    gone = read_tags(take)
    with transaction.atomic():
        lock(ticket)
        its = tags_of(ticket)
        for name in gone:
            if name not in its:
                raise CannotDo(f"{ticket.name} has no tag {name!r}")
        set_tags(ticket=ticket, names=[*(name for name in its if name not in gone), *add])


def read_tags(names: Sequence[str]) -> list[str]:
    """Each once, in small letters and in order; raises CannotDo for a word that is no tag, and for too many."""
    wanted = sorted({name.strip().lower() for name in names if name.strip()})
    for name in wanted:
        if not NAME.fullmatch(name) or len(name) > LONGEST:
            raise CannotDo(f"{name!r} is no tag; a tag has small letters, digits and single hyphens, {LONGEST} at most")
    if len(wanted) > MOST:
        raise CannotDo(f"a ticket has {MOST} tags at most; came {len(wanted)}")
    return wanted


def show_presence(*, ticket: Ticket, user: User, at: Instant, writes: bool = False) -> Presence:
    """Somebody has the ticket open now, and perhaps writes on it."""
    now = {"seen_at": at.utc(), **({"wrote_at": at.utc()} if writes else {})}
    return Presence.objects.update_or_create(ticket=ticket, user=user, defaults=now)[0]


def forget_presence(*, at: Instant) -> int:
    """Who has gone is at no ticket any more: their rows are thrown away; how many."""
    return Presence.objects.filter(seen_at__lte=at.before(GONE_AFTER).utc()).delete()[0]


def rate(*, ticket: Ticket, score: int, by: str, at: Instant, words: str = "") -> Rating:
    """
    The customer says how content they were, from 1 to 5; said again, the last word stands. Raises CannotDo for a ticket
    that is not resolved.
    """
    if not 1 <= score <= BEST:
        raise CannotDo(f"a rating is 1 to {BEST}; came {score}")
    with transaction.atomic():
        if lock(ticket).state != State.RESOLVED:
            raise CannotDo(f"{ticket.name} is not resolved; it is rated once it is")
        given = {"score": score, "words": words.strip(), "by": by, "at": at.utc()}
        return Rating.objects.update_or_create(ticket=ticket, defaults=given)[0]
