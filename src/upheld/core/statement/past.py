"""Earlier periods, judged again from the facts: for what must have happened more than once, and for caps that reach back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from upheld.core.facts import ParameterSet
from upheld.core.money import Money
from upheld.core.statement.gathering import Case, bind_case
from upheld.core.terms import Terms
from upheld.core.timeline import MICRO, Instant, Span

if TYPE_CHECKING:
    from upheld.core.statement.judging import Judged


@dataclass(slots=True)
class Past:
    """
    What a case says of the periods before one. Each is judged once, under the terms that were in force when it began, and
    none that lies before the agreement bound anybody or before anything was recorded.
    """

    case: Case
    judge: Callable[[Case, Terms, Span, Past], Judged]
    judged: dict[Span, Judged] = field(default_factory=dict)
    bound: dict[Instant, Terms] = field(default_factory=dict)

    @property
    def begin_at(self) -> Instant | None:
        """From when there is anything to judge; None where nothing was recorded."""
        told = [fact.occurred_at for fact in self.case.facts if not isinstance(fact, ParameterSet)]
        return max(self.case.signed_at, min(told)) if told else None

    def terms_at(self, at: Instant) -> Terms:
        """The rules as they stood at an instant."""
        if at not in self.bound:
            self.bound[at] = bind_case(self.case, at, self.case.parameters)
        return self.bound[at]

    def before(self, terms: Terms, period: Span, back: int) -> Span | None:
        """The period so many before another; None where nothing is known of it."""
        kind, span = terms.statement_period, period
        for _ in range(back):
            span = kind.containing(span.start.before(MICRO))
        begin = self.begin_at
        return span if begin is not None and span.end > begin else None

    def judge_before(self, terms: Terms, period: Span, back: int) -> Judged | None:
        """That period as it is judged today; None where nothing is known of it."""
        span = self.before(terms, period, back)
        if span is None:
            return None
        if span not in self.judged:
            self.judged[span] = self.judge(self.case, self.terms_at(span.start), span, self)
        return self.judged[span]

    def judge_all_before(self, terms: Terms, period: Span) -> None:
        """
        Judge every earlier period of which anything is known, from the oldest on.

        For what each period takes over from the one before it: asked from the latest back, many years would be judged within
        each other, deeper than any machine allows.
        """
        waiting: list[Span] = []
        span = self.before(terms, period, 1)
        while span is not None and span not in self.judged:
            waiting.append(span)
            span = self.before(terms, span, 1)
        for one in reversed(waiting):
            self.judged[one] = self.judge(self.case, self.terms_at(one.start), one, self)

    def price_at(self, credit: str, promise: str, at: Instant) -> Money | None:
        """The price of which a credit pays a part, for a promise of `each of`, as it stood at an instant."""
        price = self.terms_at(at).credits[credit].of_promise(promise).price
        return price.value if price else None
