"""Backups: how often one is taken, and what each must be. Times of recovery are clocks."""

from collections.abc import Mapping
from typing import Any

from upheld.core.facts import Frozen, frozen_class
from upheld.core.service_hours import ServiceHours
from upheld.core.terms.conditions import Condition, read_condition
from upheld.core.terms.place import Place, Term, Unreadable, names, nearest, text
from upheld.core.terms.quantities import NotAQuantity, parse_length
from upheld.core.timeline import Duration


@frozen_class
class Backup(Frozen):
    """
    A duty to take copies.

    `every` is a calendar, each of whose openings (a night, named by the date on which it begins) needs one, or a length of
    time that the newest good copy may never be older than.
    """

    name: str
    service: str
    means: str
    every: Term[ServiceHours | Duration]
    must_be: Term[tuple[str, ...]]
    period: str
    when: Condition | None
    evidence: tuple[str, ...]
    clauses: tuple[str, ...]


def bind_backup(name: str, place: Place, hours: Mapping[str, ServiceHours]) -> Backup | None:
    """One duty to take copies."""
    service, must_be, evidence = place.read("of", text), place.read("must be", names), place.read("evidence", names)
    every = place.read("every", lambda value: parse_every(value, hours))
    means, period = place.read("is", text, ""), place.read("period", text, "")
    if not (service and must_be and evidence and every and means and period):
        return None
    when = read_condition(place.below("when")) if place.has("when") else None
    return Backup(name, service.value, means.value, every, must_be, period.value, when, evidence.value, place.clauses)


def parse_every(value: Any, hours: Mapping[str, ServiceHours]) -> ServiceHours | Duration:
    """The name of a calendar, or an elapsed time."""
    if value in hours:
        if hours[value].always:
            raise Unreadable(f"calendar {value!r} never closes, so it has no openings to count; write for instance 24 hours")
        return hours[value]
    try:
        length = parse_length(text(value))
    except NotAQuantity as problem:
        raise Unreadable(f"no calendar is called {value!r}{nearest(str(value), hours)}, and it is no length") from problem
    if not isinstance(length, Duration):
        raise Unreadable(f"{value!r} is not judged yet; write the name of a calendar, or an elapsed time such as 24 hours")
    return length
