"""Cases of recovery and of backups."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tools.cases.question import Question, at, header, seconds
from tools.cases.tickets import OUTAGE, cause_facts
from upheld.core.availability import read_outages
from upheld.core.clocks import Timed, find_incidents
from upheld.core.facts import (
    BackupTaken,
    DisasterDeclared,
    Fact,
    OutageClosed,
    OutageOpened,
    RecoveryPointUsed,
)
from upheld.core.fees import judge_fees
from upheld.core.recovery import judge_backups, time_recovery
from upheld.core.service_hours import ServiceHours
from upheld.core.terms import Terms
from upheld.core.terms.conditions import tests_of
from upheld.core.terms.recovery import Backup
from upheld.core.timeline import DAY, SECOND, Instant, Span


def recovery(question: Question) -> dict[str, Any]:
    """Every time of recovery of the agreement, by its name: the seconds it took and how it is called."""
    given, terms = question.given, question.terms()
    down, up = at(given["down"]), at(given["up"])
    component = next(iter(terms.services.values())).components[0]
    facts: list[Fact] = [
        OutageOpened(**header("opened", down), outage=OUTAGE, component=component, first_bad_at=down, last_good_at=down),
        OutageClosed(**header("closed", up), outage=OUTAGE, last_bad_at=up, first_good_at=up),
    ]
    if given.get("recovery_point"):
        facts.append(RecoveryPointUsed(**header("point", up), outage=OUTAGE, point_at=at(given["recovery_point"])))
    if given.get("declared"):
        facts.append(DisasterDeclared(**header("declared", at(given["declared"])), outage=OUTAGE, by="case"))
    if cause := dependency_of(terms):
        for number, (low, high) in enumerate(given.get("dependency_down", ())):
            facts += cause_facts(f"dependency-{number}", OUTAGE, at(low), at(high), cause)
    as_of = max(fact.occurred_at for fact in facts) + DAY
    incidents = find_incidents(terms, read_outages(terms, facts, as_of))
    return read_recovery(time_recovery(terms, facts, incidents, as_of))


def read_recovery(timed: Mapping[str, Sequence[Timed]]) -> dict[str, Any]:
    """The first run of each time of recovery: the seconds that it took, and how it is called."""
    computed: dict[str, Any] = {}
    for name, runs in timed.items():
        key, run = name.replace("-", "_"), runs[0]
        is_timed = run.start_at is not None and run.allowed is not None
        computed[f"{key}_s"] = seconds(run.used) if is_timed else None
        computed[key] = grade(run) if is_timed else None
    return computed


def dependency_of(terms: Terms) -> str:
    """The cause whose time the agreement takes out of recovery."""
    for rule in terms.desk.recovery.values():
        for condition in rule.each[0].rule.pauses:
            for test in tests_of(condition):
                if test.fact == "cause" and isinstance(test.wanted, tuple):
                    return test.wanted[0]
    return ""


def grade(run: Timed) -> str | None:
    """Met, missed or broken, by the strength of what was to be kept."""
    return "met" if run.is_kept else run.grade.rpartition(" ")[2] or None


def backup(question: Question) -> dict[str, Any]:
    """One duty: that whose copies must be what the case tells of its copies."""
    given, terms = question.given, question.terms()
    nights = [date.fromisoformat(night) for night in given["nights"]]
    flags = {name for done in given["done"] for name in done if name != "night"}
    rule = choose_duty(terms, {name.replace("_", "-") for name in flags})
    hours = rule.every.value
    assert isinstance(hours, ServiceHours)
    facts: list[Fact] = []
    for number, done in enumerate(given["done"]):
        night = hours.open_spans_of(date.fromisoformat(done["night"]))[0]
        has = tuple(name.replace("_", "-") for name, told in done.items() if name != "night" and told)
        taken = night.start + SECOND
        facts.append(BackupTaken(**header(f"copy-{number}", taken), backup=f"copy-{number}", kind=rule.name, properties=has))
    span = Span(hours.open_spans_of(nights[0])[0].start, hours.open_spans_of(nights[-1])[0].start + SECOND)
    as_of = span.end + DAY * 2
    judged = next(
        one for one in judge_backups(terms, facts, span, Instant(0), as_of) if one.finding.rule == f"backups/{rule.name}"
    )
    asked = {night.isoformat() for night in nights}
    return {
        "missed": [name for name in judged.missed if name in asked],
        "surcharge_flag": may_cost_extra(terms, given.get("volume_bytes", 0), span),
    }


def choose_duty(terms: Terms, flags: set[str]) -> Backup:
    """The duty whose copies must be exactly this; else the first."""
    duties = list(terms.desk.backups.values())
    return next((one for one in duties if set(one.must_be.value) == flags), duties[0])


def may_cost_extra(terms: Terms, volume: int, span: Span) -> bool:
    """Whether a charge of the agreement may be asked for a copy of so many bytes."""
    copy = BackupTaken(**header("volume", span.start), backup="volume", kind="", bytes=volume)
    _, findings = judge_fees(terms, [copy], span, None, lambda who, when: None)
    return any(dict(finding.quantities).get("may") == "yes" for finding in findings)
