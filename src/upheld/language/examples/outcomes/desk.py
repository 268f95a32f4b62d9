"""What came of clocks, calls, times of recovery and backups."""

from upheld.core.clocks import Timed
from upheld.core.explain import show
from upheld.core.statement import Statement
from upheld.language.examples.example import Expectation
from upheld.language.examples.outcomes.findings import compare_finding
from upheld.language.examples.outcomes.values import compare_instant, compare_value, differs, shown

NONE = "none"


def compare_clock(statement: Statement, expected: Expectation) -> str | None:
    """The latest run of a clock, on the last ticket or outage that has one."""
    runs = [run for run in statement.judged.desk.runs.get(expected.rule, ()) if not run.is_superseded]
    if not runs:
        return None if expected.wanted == NONE else NONE
    return compare_run(runs[-1], expected)


def compare_run(run: Timed, expected: Expectation) -> str | None:
    has_time = run.allowed is not None and run.start_at is not None
    if expected.result == "due":
        return compare_instant(run.due_at if has_time else None, expected.wanted)
    if expected.result == "met":
        return None if run.is_kept is expected.wanted else run.verdict.value
    if expected.result == "verdict":
        return None if expected.wanted in (run.verdict.value, graded(run)) else run.verdict.value
    if expected.result in ("value", "counted"):
        if not has_time or expected.wanted == NONE:
            return differs(show(run.used) if has_time else NONE, expected.wanted)
        return compare_value(run.used, expected.wanted)
    told = {"grade": run.grade or NONE, "state": run.state, "why": run.why.words}
    return differs(told[expected.result], expected.wanted) if expected.result in told else "not a result of a clock"


def graded(run: Timed) -> str:
    """How a text speaks of it: an objective is met or missed as well, a limit that was not kept is broken."""
    return {"kept": "met"}.get(run.grade.rpartition(" ")[2], run.grade.rpartition(" ")[2])


def compare_call(statement: Statement, expected: Expectation) -> str | None:
    """The last call."""
    calls = statement.judged.desk.calls
    if not calls:
        return "no call"
    _, gate = calls[-1]
    if expected.result == "allowed":
        return differs(gate.is_allowed, expected.wanted)
    if expected.result == "why":
        return differs(gate.code, expected.wanted)
    if expected.result == "earliest":
        return compare_instant(gate.earliest_at, expected.wanted)
    return "not a result of a call"


def compare_backup(statement: Statement, expected: Expectation) -> str | None:
    judged = statement.judged.desk.backups[expected.rule]
    if expected.result == "missed":
        wanted = expected.wanted if isinstance(expected.wanted, list) else [expected.wanted]
        listed = [] if wanted == [NONE] else [str(one) for one in wanted]
        return None if list(judged.missed) == listed else shown(list(judged.missed))
    return compare_finding(judged.finding, expected)
