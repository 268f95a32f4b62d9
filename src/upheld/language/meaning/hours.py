"""Calendars that are never open, and zones behind a name that fixes an offset."""

from upheld.core.terms.hours import WEEKDAYS, parse_hours
from upheld.core.terms.quantities import NotAQuantity
from upheld.language.meaning.subject import Subject


def check_hours(subject: Subject) -> None:
    for rule in subject.rules("calendars"):
        if not subject.has(*rule.path, "open") or subject.names_at(*rule.path, "any of"):
            continue
        written = subject.value(*rule.path, "open")
        if written in ("always", None):
            continue
        if not open_days(subject.names_at(*rule.path, "open")):
            subject.error(
                (*rule.path, "open"), f"calendar {rule.path[1]} is never open",
                "give it hours, for instance open: [mon-fri 09:00-17:00], or always",
            )  # fmt: skip
        elif not subject.has(*rule.path, "zone"):
            subject.error(
                rule.path, f"open question: calendar {rule.path[1]} has hours and no zone",
                "say on whose clocks they are: zone: UTC, or a place such as Europe/London", rule.spot,
            )  # fmt: skip


def open_days(lines: list[str]) -> set[str]:
    """The weekdays that have hours. A line that cannot be read is told elsewhere and counts for every day."""
    days: set[str] = set()
    for line in lines:
        try:
            days |= {WEEKDAYS[day] for day in parse_hours(line)[0]}
        except NotAQuantity:
            days |= set(WEEKDAYS)
    return days
