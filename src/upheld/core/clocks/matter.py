"""What a clock runs on, whatever it is: the events that happened to it, and what was known of it at each moment."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import field

from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.circumstances import Known
from upheld.core.timeline import Instant, Span

BEGIN = Instant(-(10**17))
"""Before all that is judged: what holds from the beginning holds from here."""
FOREVER = Instant(10**17)
"""After all that is judged: the end of what has no end yet. It is never shown."""


@frozen_class
class Happening(Frozen):
    """Something that happened at an instant, and the facts that say so."""

    at: Instant
    facts: tuple[str, ...] = ()
    words: str = ""


@frozen_class
class Course(Frozen):
    """One thing over time: each value holds from its instant on. Before the first it is not known."""

    starts: tuple[Instant, ...]
    values: tuple[Known, ...]
    facts: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, steps: Iterable[tuple[Instant, Known, tuple[str, ...]]]) -> "Course":
        """From steps in any order; of two at one instant the later told holds, and a value that goes on is no step."""
        kept: list[tuple[Instant, Known, tuple[str, ...]]] = []
        for step in sorted(steps, key=lambda step: step[0].micros):
            if kept and kept[-1][0] == step[0]:
                kept.pop()
            if not kept or kept[-1][1] != step[1]:
                kept.append(step)
        return cls(tuple(step[0] for step in kept), tuple(step[1] for step in kept), tuple(step[2] for step in kept))

    def place_at(self, at: Instant) -> int:
        """Which step holds at an instant; -1 where none does yet."""
        return bisect_right(self.starts, at) - 1


@frozen_class
class Laid(Frozen):
    """A span in which something held, with the facts that say so."""

    span: Span
    value: str
    facts: tuple[str, ...] = ()


def lay_over(laid: Iterable[Laid]) -> list[tuple[Instant, tuple[Laid, ...]]]:
    """All spans as one course: at each edge, which of them hold from there on. Half open, like all spans."""
    known = [one for one in laid if one.span.length]
    edges = sorted({edge for one in known for edge in (one.span.start, one.span.end)})
    return [(BEGIN, ()), *((edge, tuple(one for one in known if one.span.contains(edge))) for edge in edges)]


@frozen_class
class Matter(Frozen):
    """
    One ticket, outage or drill. `events` are all that happened, by name and in order; `fixed` never changes.

    `without_clock` names clocks that do not run on it (`*` is every one), each with the reason and its clauses.
    """

    id: str
    kind: str
    events: Mapping[str, tuple[Happening, ...]]
    fixed: Mapping[str, Known] = field(default_factory=dict)
    courses: Mapping[str, Course] = field(default_factory=dict)
    without_clock: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    only_clocks: tuple[str, ...] | None = None
    facts: tuple[str, ...] = ()

    def known_at(self, at: Instant) -> dict[str, Known]:
        """All that was so at an instant; a name is absent while it is not known."""
        known = dict(self.fixed)
        for name, course in self.courses.items():
            if (place := course.place_at(at)) >= 0:
                known[name] = course.values[place]
        known["at"] = known["start"] = at
        return known

    def facts_at(self, name: str, at: Instant) -> tuple[str, ...]:
        """The facts that say what something was at an instant."""
        course = self.courses.get(name)
        place = course.place_at(at) if course else -1
        return course.facts[place] if course and place >= 0 else ()

    def changes(self, span: Span, names: Iterable[str] | None = None) -> list[Instant]:
        """The instants inside a span at which something changed, its start left out."""
        chosen = self.courses.values() if names is None else [self.courses[name] for name in names if name in self.courses]
        return sorted({at for course in chosen for at in course.starts if span.start < at < span.end})

    def first(self, event: str, since: Instant, strictly: bool = False) -> Happening | None:
        """The first time that an event happened at or after an instant; with `strictly`, after it."""
        found = (one for one in self.events.get(event, ()) if one.at > since or (one.at == since and not strictly))
        return next(found, None)
