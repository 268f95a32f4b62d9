"""One line of the reasons, with the lines that led to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from upheld.core.explain.values import Value, show, to_json
from upheld.core.timeline import Span


@dataclass(frozen=True, slots=True)
class Step:
    """
    A value, what it is in words, and what it rests on: clauses, readings, facts, spans, further steps.

    `adds` says that the values of `because` (with their `sign`) add up to this value: a page shows the sum, a test checks
    it. `arithmetic` is the printed calculation where a clause has one. `state` names the colour of its spans in a picture.
    """

    value: Value
    words: str
    clauses: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    because: tuple["Step", ...] = ()
    adds: bool = False
    sign: str = ""
    arithmetic: str = ""
    state: str = ""

    def walk(self) -> Iterator["Step"]:
        """This step and all below it, depth first."""
        yield self
        for step in self.because:
            yield from step.walk()

    def to_json(self) -> dict[str, Any]:
        """All of it, empty parts left out."""
        written: dict[str, Any] = {"value": to_json(self.value), "shown": show(self.value), "words": self.words}
        for name in ("clauses", "readings", "facts"):
            if named := getattr(self, name):
                written[name] = list(named)
        if self.spans:
            written["spans"] = [[str(span.start), str(span.end)] for span in self.spans]
        for name in ("sign", "arithmetic", "state"):
            if text := getattr(self, name):
                written[name] = text
        if self.adds:
            written["adds"] = True
        if self.because:
            written["because"] = [step.to_json() for step in self.because]
        return written


def tell(step: Step, depth: int = 0) -> Iterator[str]:
    """The reasons as indented lines of text: value, words, clauses, facts."""
    figure = f"{step.sign} {show(step.value)}".strip()
    marks = [f"[{', '.join(step.clauses)}]"] if step.clauses else []
    marks += [f"(reading {', '.join(step.readings)})"] if step.readings else []
    marks += [f"<{', '.join(step.facts)}>"] if step.facts else []
    yield "  " * depth + "  ".join([figure, step.words, *marks])
    for reason in step.because:
        yield from tell(reason, depth + 1)
    if step.arithmetic:
        yield "  " * (depth + 1) + step.arithmetic
