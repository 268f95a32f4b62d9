"""A period's time by state, as rows and as the spans of a picture: all of it, so that the rows add up."""

from collections.abc import Iterator, Mapping

from upheld.core.availability import Account
from upheld.core.explain import Step, show_span
from upheld.core.facts import NotMeasured
from upheld.core.statement import Statement
from upheld.core.timeline import Instant, Span
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import FactLine, StateSpan
from upheld.pages.contexts.services import CountedSpan
from upheld.pages.states import State
from upheld.pages.words import capitalise

COUNTS_AS = {"down": "down", "excluded": "up", "maintenance": "out of base"}
# Planned work has its own face; what a cause takes out is excluded, however it then counts.
SHOWN = {
    "down": State.DOWN, "maintenance": State.MAINTENANCE, "up": State.EXCLUDED, "out of base": State.EXCLUDED,
}  # fmt: skip
NOT_SEEN = "No observation of it was recorded"
BEFORE = "Before the agreement began"


def draw_spans(account: Account | None, as_of: Instant) -> tuple[StateSpan, ...]:
    """What was not plainly up."""
    if account is None:
        return ()
    parts = account.partition
    drawn = (
        (parts.down, State.DOWN), (parts.excused_up, State.EXCLUDED), (parts.out_of_base, State.MAINTENANCE),
        (parts.unmeasured, State.UNKNOWN), (parts.before, State.UNKNOWN),
    )  # fmt: skip
    runs = any(outage.is_running for outage in account.outages)
    spans = [
        StateSpan(span, state, runs and state is State.DOWN and span.end == as_of) for time, state in drawn for span in time
    ]
    return tuple(sorted(spans, key=lambda shown: shown.span))


def list_rows(statement: Statement, account: Account, facts: Mapping[str, FactLine], deed: Link) -> tuple[CountedSpan, ...]:
    """Every span that was not plainly up, by its start: what it counts as, because of what."""
    rows = [
        *list_told(statement, account, deed),
        *list_unseen(statement, account, facts),
        *list_before(statement, account),
    ]
    return tuple(sorted(rows, key=lambda row: row.spans[0]))


def list_told(statement: Statement, account: Account, deed: Link) -> Iterator[CountedSpan]:
    """The judge's own stretches."""
    for total in account.finding.why.because:
        for step in total.because if total.state in COUNTS_AS else ():
            if not step.spans:
                continue
            runs = step.state == "down" and is_running(account, step.spans, statement.as_of)
            yield CountedSpan(
                spans=step.spans,
                state=SHOWN[step.state],
                counts_as=COUNTS_AS[total.state],
                because=tell_because(step),
                clauses=step.clauses,
                is_running=runs,
                deed=deed if runs and deed.url else None,
            )


def is_running(account: Account, spans: tuple[Span, ...], as_of: Instant) -> bool:
    return spans[-1].end == as_of and any(outage.is_running for outage in account.outages)


def tell_because(step: Step) -> str:
    """The judge's words without the times, which stand in their own column."""
    words = step.words
    for span in step.spans:
        words = words.replace(f", {show_span(span)}", "").replace(f"{show_span(span)}, ", "").replace(show_span(span), "")
    return capitalise(words)


def list_unseen(statement: Statement, account: Account, facts: Mapping[str, FactLine]) -> Iterator[CountedSpan]:
    """Time without observations, with the reason where the prober gave one."""
    promise = statement.judged.terms.availability[account.finding.rule.removeprefix("availability/")]
    reading = promise.unmeasured
    counts_as = "not known" if reading.value == "undecided" else reading.value
    told = next((step for step in account.finding.why.because if step.state == "unknown"), None)
    reasons: dict[str, list[Span]] = {}
    for span in account.partition.unmeasured:
        step = next((step for step in (told.because if told else ()) if span in step.spans), None)
        lines = [facts[name].fact for name in (step.facts if step else ()) if name in facts]
        said = dict.fromkeys(line.because for line in lines if isinstance(line, NotMeasured) and line.because)
        reasons.setdefault("; ".join(said) or NOT_SEEN, []).append(span)
    for because, spans in reasons.items():
        yield CountedSpan(
            spans=tuple(spans), state=State.UNKNOWN, counts_as=counts_as, clauses=told.clauses if told else reading.clauses,
            because=capitalise(because),
        )  # fmt: skip


def list_before(statement: Statement, account: Account) -> Iterator[CountedSpan]:
    """The part of the first period in which nobody was bound yet."""
    promise = statement.judged.terms.availability[account.finding.rule.removeprefix("availability/")]
    for span in account.partition.before:
        leaves = promise.part_period.value == "trimmed"
        yield CountedSpan(
            spans=(span,), state=State.UNKNOWN, counts_as="out of base" if leaves else "up", because=BEFORE,
            clauses=promise.part_period.clauses,
        )  # fmt: skip
