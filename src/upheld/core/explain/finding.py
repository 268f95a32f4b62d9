"""A figure with its verdict and its reasons."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from upheld.core.explain.step import Step
from upheld.core.explain.values import Share, Value, show, to_json
from upheld.core.timeline import Span


class Verdict(StrEnum):
    """What may be said of a rule. Only a promise can be met or missed; a goal or an objective is reached or not."""

    MET = "met"
    MISSED = "missed"
    REACHED = "reached"
    NOT_REACHED = "not reached"
    UNDECIDED = "undecided"
    UNDEFINED = "undefined"
    NOT_YET_KNOWN = "not known yet"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One figure of one rule for one period.

    `lower` and `upper` bound the figure where time was not measured, or an edge of an outage lies between two samples.
    `quantities` are the named sums that made it (`all time`, `down`, …), each exact.
    """

    rule: str
    period: Span
    value: Value
    verdict: Verdict
    why: Step
    lower: Value | None = None
    upper: Value | None = None
    coverage: Share | None = None
    quantities: tuple[tuple[str, Value], ...] = ()

    @property
    def shown(self) -> str:
        return show(self.value)

    @property
    def readings(self) -> tuple[str, ...]:
        """Every reading that a step of the reasons used, in the order of use."""
        return tuple(dict.fromkeys(name for step in self.why.walk() for name in step.readings))

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause that a step of the reasons cites, in the order of use."""
        return tuple(dict.fromkeys(clause for step in self.why.walk() for clause in step.clauses))

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact that a step of the reasons rests on, in the order of use."""
        return tuple(dict.fromkeys(fact for step in self.why.walk() for fact in step.facts))

    def quantity(self, name: str) -> Value:
        return dict(self.quantities)[name]

    def to_json(self) -> dict[str, Any]:
        written: dict[str, Any] = {
            "rule": self.rule,
            "period": [str(self.period.start), str(self.period.end)],
            "value": to_json(self.value),
            "shown": self.shown,
            "verdict": self.verdict.value,
            "clauses": list(self.clauses),
            "readings": list(self.readings),
            "quantities": {name: to_json(value) for name, value in self.quantities},
            "why": self.why.to_json(),
        }
        for name in ("lower", "upper", "coverage"):
            if (bound := getattr(self, name)) is not None:
                written[name] = {"value": to_json(bound), "shown": show(bound)}
        return written
