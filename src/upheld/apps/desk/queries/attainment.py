"""How well clocks were kept in a period: each clock as a whole, then by each priority that its tickets have now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from upheld.apps.desk.queries.lists import priorities_of
from upheld.core.clocks import ClockJudged, Timed, judge_clock
from upheld.core.clocks.share import is_overtaken
from upheld.core.explain import Count, Verdict
from upheld.core.statement import Statement

REASONS = {
    "no time": "no time is promised", "undecided": "undecided", "not known": "not known which time holds",
    "not begun": "not begun", "stopped": "no promise", "running": "no promise", "paused": "no promise",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LeftOutRun:
    """A run that counts neither as kept nor as missed, and why."""

    name: str
    because: str


@dataclass(frozen=True, slots=True)
class Attained:
    """One clock in a period: of all tickets where `priority` is None, else of those that have it (empty: none set)."""

    clock: str
    priority: str | None
    judged: ClockJudged

    @property
    def due(self) -> int:
        """Runs that belong to the period."""
        return len(self.judged.runs)

    def count(self, what: str) -> int:
        """How many of them are `met`, `missed` or `running`: the core's figures."""
        found = dict(self.judged.finding.quantities)[what]
        return found.number if isinstance(found, Count) else 0

    @property
    def left_out(self) -> tuple[LeftOutRun, ...]:
        return tuple(list_left_out(self.judged.runs))


def list_attained(statement: Statement) -> Iterator[Attained]:
    """The figures of a statement's period; priorities stand apart where there is more than one."""
    desk, rules = statement.judged.desk, statement.judged.terms.desk.clocks
    known = priorities_of({run.matter for judged in desk.clocks.values() for run in judged.runs})
    for name, judged in desk.clocks.items():
        if not judged.runs:
            continue
        yield Attained(name, None, judged)
        priorities = sorted({known.get(run.matter, "") for run in judged.runs})
        for priority in priorities if len(priorities) > 1 else ():
            runs = [run for run in desk.runs[name] if known.get(run.matter, "") == priority]
            yield Attained(name, priority, judge_clock("clocks", rules[name], runs, statement.period, statement.as_of))


def list_left_out(runs: Sequence[Timed]) -> Iterator[LeftOutRun]:
    """Runs that are neither settled nor running, each by its name with why it does not count."""
    for run in runs:
        if is_overtaken(run, runs) and run.is_kept is not None:
            yield LeftOutRun(run.rule.partition("/")[2], "a later run of the same promise took its place")
        elif run.is_kept is None and run.verdict is not Verdict.NOT_YET_KNOWN:
            cited = f" ({', '.join(run.why.clauses)})" if run.why.clauses else ""
            yield LeftOutRun(run.rule.partition("/")[2], f"{REASONS.get(run.state, run.state)}{cited}")
