"""The desk, recovery and backups of a period: what ran, what was kept, what was missed."""

from collections.abc import Sequence
from dataclasses import field

from upheld.core.availability import Outage
from upheld.core.clocks import (
    ClockJudged,
    DeskState,
    Gate,
    Timed,
    find_call,
    find_incidents,
    judge_calls,
    judge_clock,
    look_at_desk,
)
from upheld.core.explain import Finding
from upheld.core.facts import CallReceived, Frozen, frozen_class
from upheld.core.recovery import BackupJudged, find_stale, judge_backups, list_restores, time_recovery
from upheld.core.statement.gathering import Case
from upheld.core.terms import Terms
from upheld.core.timeline import Span


@frozen_class
class DeskJudged(Frozen):
    """
    Everything that the agreement says of tickets, calls, recovery and backups in a period.

    `runs` are all runs of all clocks and times of recovery, also those of other periods; `clocks` and `recovery` are the
    findings of the period, by the rule's name.
    """

    clocks: dict[str, ClockJudged] = field(default_factory=dict)
    recovery: dict[str, ClockJudged] = field(default_factory=dict)
    calls: tuple[tuple[CallReceived, Gate], ...] = ()
    backups: dict[str, BackupJudged] = field(default_factory=dict)
    runs: dict[str, tuple[Timed, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def judge_desk(case: Case, terms: Terms, period: Span, outages: Sequence[Outage]) -> DeskJudged:
    """The desk of a period, as the facts of the case were known."""
    rules = terms.desk
    if not (rules.clocks or rules.recovery or rules.backups or rules.telephone):
        return DeskJudged()
    state = look_at_desk(terms, case.facts, case.as_of, outages) if rules.clocks else None
    incidents = state.incidents if state else find_incidents(terms, outages)
    recovered = time_recovery(terms, case.facts, incidents, case.as_of)
    clocks = judge_clocks(case, terms, period, state)
    recovery = {
        name: judge_clock("recovery", rules.recovery[name], runs, period, case.as_of) for name, runs in recovered.items()
    }
    calls = judge_calls(terms, case.facts, case.as_of)
    backups = {
        one.finding.rule.removeprefix("backups/"): one
        for one in judge_backups(terms, case.facts, period, case.signed_at, case.as_of)
    }
    findings = (
        *(finding for judged in clocks.values() for finding in judged.findings),
        *(find_call(call, found, period) for call, found in calls if period.contains(call.occurred_at)),
        *(finding for judged in recovery.values() for finding in judged.findings),
        *find_stale(terms, case.facts, period, case.as_of),
        *(judged.finding for judged in backups.values()),
        *list_restores(case.facts, period),
    )
    return DeskJudged(clocks, recovery, calls, backups, {**(state.runs if state else {}), **recovered}, findings)


def judge_clocks(case: Case, terms: Terms, period: Span, state: DeskState | None) -> dict[str, ClockJudged]:
    """Every clock of the desk in a period."""
    if state is None:
        return {}
    return {
        name: judge_clock("clocks", terms.desk.clocks[name], runs, period, case.as_of) for name, runs in state.runs.items()
    }
