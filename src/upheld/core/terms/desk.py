"""The desk: channels, topics, priorities, the telephone, and the clocks that run on tickets."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from upheld.core.facts import Frozen, frozen_class
from upheld.core.service_hours import ServiceHours
from upheld.core.terms.cases import Cases, read_cases
from upheld.core.terms.clocks import Clock, bind_clock, named_hours
from upheld.core.terms.conditions import Condition, read_condition
from upheld.core.terms.place import Place, Term, Unreadable, flag, names, nearest, one_of, text
from upheld.core.terms.recovery import Backup, bind_backup

NOBODY: tuple[str, ...] = ()


@frozen_class
class Channel(Frozen):
    """
    A way in. `sends_to` is the channel to which it passes on what it does not take; `hours` is when somebody is there, None
    where the agreement does not say.
    """

    name: str
    opens_ticket: Term[bool]
    first_priority: Term[str] | None
    when: Condition | None
    not_for: Term[tuple[str, ...]]
    sends_to: Term[str] | None
    clauses: tuple[str, ...]
    hours: Term[ServiceHours] | None = None


@frozen_class
class Topic(Frozen):
    """What a ticket may be about. `clocks` None: every clock; a topic that names clocks has these and no others."""

    name: str
    covered: Term[bool]
    clocks: Term[tuple[str, ...]] | None
    when: Condition | None
    warning: str
    clauses: tuple[str, ...]


@frozen_class
class Question(Frozen):
    """What a customer is asked before he reports; `must` where the report needs an answer."""

    ask: str
    must: bool
    clauses: tuple[str, ...]


NO_QUESTIONS: tuple[Question, ...] = ()


@frozen_class
class Priority(Frozen):
    """How pressing a ticket is."""

    name: str
    means: str
    asks: tuple[Question, ...]
    by_phone: str
    clauses: tuple[str, ...]


@frozen_class
class Telephone(Frozen):
    """The number for what cannot wait. `opens_after` is the clock that must have run out; None: no time must."""

    number: str
    needs_ticket: Term[bool]
    priorities: Term[tuple[str, ...]]
    opens_after: Term[str | None]
    warning: str
    clauses: tuple[str, ...]


@frozen_class
class HelpDesk(Frozen):
    """All that an agreement says of the desk, of recovery and of backups."""

    set_by: Term[str] = field(default_factory=lambda: Term("staff"))
    matrix: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    matrix_clauses: tuple[str, ...] = ()
    high_load: Term[str] = field(default_factory=lambda: Term("none"))
    channels: Mapping[str, Channel] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    priorities: Mapping[str, Priority] = field(default_factory=dict)
    telephone: Telephone | None = None
    clocks: Mapping[str, Cases[Clock]] = field(default_factory=dict)
    recovery: Mapping[str, Cases[Clock]] = field(default_factory=dict)
    backups: Mapping[str, Backup] = field(default_factory=dict)


def bind_desk(root: Place, hours: Mapping[str, ServiceHours]) -> HelpDesk:
    """The desk of an agreement; what cannot be read is among the problems."""
    place = root.below("desk")
    set_by, high_load, matrix = Term("staff"), Term("none"), {}
    if root.has("desk"):
        set_by = place.read("priority set by", one_of("staff", "customer", "matrix")) or set_by
        high_load = place.read("high load", one_of("declared before", "none")) or high_load
        term = place.maybe("matrix", parse_matrix)
        matrix = term.value if term else {}
        if set_by.value == "matrix" and not matrix:
            what = "must say which priority comes of which impact and urgency; write {impact: {urgency: priority}}"
            place.problem(what, "matrix")

    def clock(name: str, at: Place) -> Clock | None:
        return bind_clock(name, at, hours)

    return HelpDesk(
        set_by=set_by, matrix=matrix, matrix_clauses=place.clauses, high_load=high_load,
        channels=bound(root, "channels", lambda name, at: bind_channel(name, at, hours)),
        topics=bound(root, "topics", bind_topic),
        priorities=bound(root, "priorities", bind_priority),
        telephone=bind_telephone(root.below("telephone")) if root.has("telephone") else None,
        clocks=bound(root, "clocks", lambda name, at: read_cases(name, at, clock)),
        recovery=bound(root, "recovery", lambda name, at: read_cases(name, at, clock)),
        backups=bound(root, "backups", lambda name, at: bind_backup(name, at, hours)),
    )  # fmt: skip


def bound(root: Place, block: str, bind_one: Any) -> dict[str, Any]:
    found = {name: bind_one(name, place) for name, place in root.below(block).named()}
    return {name: rule for name, rule in found.items() if rule is not None}


def parse_matrix(value: Any) -> dict[str, dict[str, str]]:
    """Impact to urgency to priority."""
    if not isinstance(value, dict) or not all(isinstance(row, dict) for row in value.values()):
        raise Unreadable(f"{value!r} is no matrix; write {{impact: {{urgency: priority}}}}")
    return {str(impact): {str(urgency): text(name) for urgency, name in row.items()} for impact, row in value.items()}


def bind_channel(name: str, place: Place, hours: Mapping[str, ServiceHours]) -> Channel | None:
    opens, not_for = place.read("opens ticket", flag), place.read("not for", names, NOBODY)
    if not (opens and not_for):
        return None
    return Channel(
        name, opens, place.maybe("first priority", text), maybe_condition(place), not_for, place.maybe("sends to", text),
        place.clauses, place.maybe("hours", lambda value: named_hours(value, hours)),
    )  # fmt: skip


def maybe_condition(place: Place) -> Condition | None:
    return read_condition(place.below("when")) if place.has("when") else None


def bind_topic(name: str, place: Place) -> Topic | None:
    covered, warning = place.read("covered", flag), place.read("warning", text, "")
    if not (covered and warning):
        return None
    return Topic(name, covered, place.maybe("clock", names), maybe_condition(place), warning.value, place.clauses)


def bind_priority(name: str, place: Place) -> Priority | None:
    means, by_phone = place.read("is", text), place.read("by phone", one_of("must", "may"), "")
    clauses = place.desk.document.clauses_of(*place.path, "before reporting")
    asks = place.read("before reporting", lambda value: parse_questions(value, clauses), NO_QUESTIONS)
    if not (means and by_phone and asks is not None):
        return None
    return Priority(name, means.value, asks.value, by_phone.value, place.clauses)


def parse_questions(value: Any, clauses: tuple[str, ...]) -> tuple[Question, ...]:
    """A list of `{ask: …, must: true}`, each perhaps with a `cite` of its own."""
    if not isinstance(value, list) or not all(isinstance(one, dict) and "ask" in one for one in value):
        raise Unreadable(f"{value!r} are no questions; write [{{ask: …, must: true}}]")
    return tuple(
        Question(text(one["ask"]), flag(one.get("must", False)), names(one["cite"]) if "cite" in one else clauses)
        for one in value
    )


def bind_telephone(place: Place) -> Telephone | None:
    number, needs = place.read("number", text), place.read("needs ticket", flag)
    priorities = place.read("priorities", names)
    opens_after = place.read("opens after", lambda value: (None if value == "none" else text(value),))
    warning = place.read("warning", text, "")
    if not (number and needs and priorities and opens_after and warning):
        return None
    after: Term[str | None] = Term(opens_after.value[0], opens_after.clauses, opens_after.readings)
    return Telephone(number.value, needs, priorities, after, warning.value, place.clauses)


def find_unknown_names(desk: HelpDesk, services: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Names that one rule of the desk says and no other knows, each with its path."""
    said: list[tuple[tuple[str, ...], str, Mapping[str, Any]]] = []
    for channel in desk.channels.values():
        at = ("channels", channel.name)
        said += [((*at, "first priority"), channel.first_priority.value, desk.priorities)] if channel.first_priority else []
        said += [((*at, "sends to"), channel.sends_to.value, desk.channels)] if channel.sends_to else []
        said += [((*at, "not for"), name, desk.topics) for name in channel.not_for.value if desk.topics]
    for topic in desk.topics.values():
        named = topic.clocks.value if topic.clocks else ()
        said += [(("topics", topic.name, "clock"), name, desk.clocks) for name in named]
    if desk.telephone:
        after = desk.telephone.opens_after.value
        said += [(("telephone", "opens after"), after, desk.clocks)] if after else []
        said += [(("telephone", "priorities"), name, desk.priorities) for name in desk.telephone.priorities.value]
    for row in desk.matrix.values():
        said += [(("desk", "matrix"), name, desk.priorities) for name in row.values()]
    said += [(("backups", rule.name, "of"), rule.service, services) for rule in desk.backups.values()]
    for path, name, known in said:
        if name not in known:
            yield path, f"nothing is called {name!r} there{nearest(name, known)}"
