"""Clocks of a period: a finding for every run that belongs to it, and one for the clock as a whole."""

from collections.abc import Sequence
from fractions import Fraction

from upheld.core.clocks.choosing import NOT_FOR_THIS
from upheld.core.clocks.timed import Timed, verdict_of
from upheld.core.explain import Count, Finding, Share, Step, Value, Verdict, show
from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.cases import Cases
from upheld.core.terms.clocks import Clock
from upheld.core.timeline import Instant, Span

NO_TIME = "none"


@frozen_class
class ClockJudged(Frozen):
    """A clock in a period: the finding of the whole, and the runs that belong to the period with theirs."""

    finding: Finding
    runs: tuple[Timed, ...]
    run_findings: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (self.finding, *self.run_findings)


def judge_clock(block: str, rule: Cases[Clock], runs: Sequence[Timed], period: Span, as_of: Instant) -> ClockJudged:
    """
    A clock in a period. A run belongs to the period in which it was settled; one that is open, to every period in which it
    runs. So each counts once.
    """
    own = tuple(run for run in runs if belongs(run, period))
    findings = tuple(find_run(block, run, period) for run in own)
    return ClockJudged(find_whole(block, rule, own, findings, period, as_of), own, findings)


def belongs(run: Timed, period: Span) -> bool:
    if run.start_at is None or run.state == NOT_FOR_THIS:
        return False
    if run.verdict is Verdict.NOT_YET_KNOWN or run.verdict is Verdict.UNDECIDED:
        return run.start_at < period.end
    return period.contains(run.decided_at or run.start_at)


def find_run(block: str, run: Timed, period: Span) -> Finding:
    """The finding of one run: the time that it used."""
    quantities: tuple[tuple[str, Value], ...] = (
        ("due", run.due_at or NO_TIME),
        ("start", run.start_at or NO_TIME),
        ("stop", run.stop_at or NO_TIME),
        ("used", run.used),
        ("allowed", NO_TIME if run.allowed is None else run.allowed),
        ("calendar", run.calendar or NO_TIME),
        ("state", run.state),
        ("grade", run.grade or NO_TIME),
        ("missed intervals", Count(count_missed(run), "missed intervals")),
    )
    value: Value = run.state if run.allowed is None else run.used
    return Finding(f"{block}/{run.rule}", period, value, run.verdict, run.why, quantities=quantities)


def count_missed(run: Timed) -> int:
    """How many times the allowed time ran out: of a clock that repeats at each stop, each further one is a miss more."""
    if run.is_kept is not False or not run.allowed:
        return 0
    return max((run.used.micros - 1) // run.allowed.micros, 1) if run.repeats else 1


def find_whole(
    block: str, rule: Cases[Clock], runs: Sequence[Timed], findings: Sequence[Finding], period: Span, as_of: Instant
) -> Finding:
    """The share of runs in which the time was kept. A run that was taken up again counts as it ended last."""
    clock = rule.each[0].rule
    counted = [run for run in runs if run.is_kept is not None and not is_overtaken(run, runs)]
    met = sum(run.is_kept is True for run in counted)
    is_open = as_of < period.end or any(run.verdict is Verdict.NOT_YET_KNOWN for run in runs)
    share = Share(Fraction(met, len(counted))) if counted else None
    parts = tuple(
        Step(finding.value, f"{run.rule}: {finding.verdict.value}", finding.why.clauses, facts=finding.facts)
        for run, finding in zip(runs, findings, strict=True)
    )
    words = f"of {show(Count(len(counted), 'settled'))} kept the time of {rule.name}"
    if clock.reached_by:
        words += f"; asked is {clock.reached_by.value} of them"
    clauses = clock.reached_by.clauses if clock.reached_by else clock.clauses
    quantities = (
        ("met", Count(met, "met")),
        ("missed", Count(len(counted) - met, "missed")),
        ("running", Count(sum(run.verdict is Verdict.NOT_YET_KNOWN for run in runs), "running")),
        ("without time", Count(sum(run.allowed is None for run in runs), "without time")),
    )
    value: Value = share if share else "nothing to settle"
    why = Step(value, words, clauses, because=parts)
    return Finding(f"{block}/{rule.name}", period, value, judge_whole(clock, share, is_open), why, quantities=quantities)


def is_overtaken(run: Timed, runs: Sequence[Timed]) -> bool:
    """Whether a later run of the same promise took its place: a ticket resolved twice counts once."""
    return not run.repeats and any(
        other.matter == run.matter and other.clock == run.clock and other.number > run.number for other in runs
    )


def judge_whole(clock: Clock, share: Share | None, is_open: bool) -> Verdict:
    """Every run must keep the time, unless the agreement names the share that must."""
    if not clock.is_judged:
        return Verdict.NOT_APPLICABLE
    if share is None:
        return Verdict.NOT_YET_KNOWN if is_open else Verdict.NOT_APPLICABLE
    if clock.reached_by:
        kept = clock.reached_by.value.holds(share.exact)
        return Verdict.NOT_YET_KNOWN if is_open else verdict_of(clock, kept)
    if share.exact != 1:
        return verdict_of(clock, False)
    return Verdict.NOT_YET_KNOWN if is_open else verdict_of(clock, True)
