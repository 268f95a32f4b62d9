"""Who is to be told of clocks, and which outages open a ticket by themselves: what the operator chooses."""

from collections.abc import Sequence

from django.db import transaction

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk.models import Escalation, OutageRule, When
from upheld.apps.desk.services.deeds import CannotDo
from upheld.apps.oncall.models import Hours, Policy
from upheld.apps.parties.services import take_turn
from upheld.core.timeline import Instant

MOST_MINUTES = 60_000


def save_escalation(
    *, when: str, policy: Policy, at: Instant, agreement: Agreement | None = None, priority: str = "",
    clocks: Sequence[str] = (), hours: str = Hours.ALWAYS, calendar: str = "", is_urgent: bool = True,
    minutes: int | None = None, percent: int | None = None, is_around_clock: bool = False,
) -> Escalation:  # fmt: skip
    """
    Of these clocks of these tickets, this policy is told; at a moment of its own where minutes before or after, or the
    percent of the allowed time used, are given. Said again for the same, the new policy holds. Raises CannotDo for names
    that the agreement does not know, and for a moment that cannot be.
    """
    if when not in When.values or hours not in Hours.values:
        raise CannotDo(f"somebody is told {' or '.join(When.values)}, at the hours {', '.join(Hours.values)}")
    refuse_moment(when, minutes, percent, is_around_clock)
    if agreement is not None:
        terms = terms_of(agreement, at)
        refuse_unknown("priority", [priority] if priority else [], terms.desk.priorities, agreement)
        refuse_unknown("clock", clocks, terms.desk.clocks, agreement)
        refuse_unknown("calendar", [calendar] if calendar else [], terms.calendars, agreement)
    asked = {
        "agreement": agreement, "priority": priority, "when": when, "hours": hours, "calendar": calendar,
        "minutes": minutes, "percent": percent, "is_around_clock": is_around_clock,
    }  # fmt: skip
    wanted = sorted(set(clocks))
    with transaction.atomic():
        take_turn()
        same = [row for row in Escalation.objects.filter(**asked) if row.clocks == wanted]
        row = same[0] if same else Escalation(**asked, clocks=wanted)
        row.policy, row.is_urgent = policy, is_urgent
        row.save()
    return row


def refuse_moment(when: str, minutes: int | None, percent: int | None, is_around_clock: bool) -> None:
    if minutes is not None and percent is not None:
        raise CannotDo("a moment is a length of time or a share, not both")
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        raise CannotDo(f"a moment is between 1 minute and {MOST_MINUTES // 60} hours before or after")
    if percent is not None and (when != When.BEFORE or not 1 <= percent <= 99):
        raise CannotDo("a share is between 1 % and 99 % of the allowed time, before it is over")
    if is_around_clock and (when != When.AFTER or minutes is None):
        raise CannotDo("only a time after the due instant is counted around the clock; what is before it, in open time")


def refuse_unknown(what: str, names: Sequence[str], known: object, agreement: Agreement) -> None:
    listed = list(known)  # type: ignore[call-overload]
    for name in names:
        if name not in listed:
            raise CannotDo(f"{agreement.key} knows no {what} {name!r}; it knows {', '.join(listed) or 'none'}")


def remove_escalation(*, row: Escalation) -> None:
    """Nobody is told by this line any more."""
    row.delete()


def open_on_outage(
    *, agreement: Agreement, by: str, at: Instant, priority: str = "", topic: str = ""
) -> OutageRule:  # fmt: skip
    """From now on an outage under this agreement opens a ticket by itself. Raises CannotDo for unknown names."""
    desk = terms_of(agreement, at).desk
    refuse_unknown("priority", [priority] if priority else [], desk.priorities, agreement)
    refuse_unknown("topic", [topic] if topic else [], desk.topics, agreement)
    chosen = {"priority": priority, "topic": topic, "by": by, "at": at.utc()}
    return OutageRule.objects.update_or_create(agreement=agreement, defaults=chosen)[0]


def open_none_on_outage(*, agreement: Agreement) -> None:
    """Outages under this agreement open no tickets by themselves any more."""
    OutageRule.objects.filter(agreement=agreement).delete()
