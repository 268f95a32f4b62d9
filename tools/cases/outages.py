"""Cases of availability: outages and windows of a period."""

from collections.abc import Mapping, Sequence
from typing import Any

from tools.cases.question import LONG_AFTER, Question, at, four_decimals, header, seconds
from upheld.core.explain import Verdict
from upheld.core.facts import (
    CauseApproved,
    CauseAssigned,
    CoverageDeclared,
    Fact,
    NoticeGiven,
    OutageClosed,
    OutageOpened,
    VendorNoticeReceived,
    WindowApproved,
    WindowPlanned,
)
from upheld.core.statement import Statement, build, read_period
from upheld.core.terms.rules import MaintenanceKind, Terms
from upheld.core.timeline import Span

MET = {Verdict.MET: True, Verdict.MISSED: False, Verdict.REACHED: True, Verdict.NOT_REACHED: False}
JUDGED_BY_WINDOWS = "maintenance"
"""The recorded cause that says: see the windows."""


def outage_facts(number: int, record: Mapping[str, str], terms: Terms, components: Sequence[str]) -> list[Fact]:
    """
    One recorded outage. A cause that names a kind of planned work is work of that kind for the same time, agreed to by
    whoever has to.
    """
    name, start, end, cause = f"O-{number}", at(record["start"]), at(record["end"]), record["cause"]
    component = record.get("component", components[0])
    facts: list[Fact] = [
        OutageOpened(
            **header(f"{name}/opened", start), outage=name, component=component, first_bad_at=start, last_good_at=start
        ),
        OutageClosed(**header(f"{name}/closed", end), outage=name, last_bad_at=end, first_good_at=end),
    ]
    if cause == JUDGED_BY_WINDOWS:
        return facts
    if cause not in terms.causes and cause in terms.maintenance:
        return [*facts, *work_facts(f"W-{number}", terms.maintenance[cause], record)]
    facts.append(
        CauseAssigned(
            **header(f"{name}/cause", end),
            outage=name,
            from_at=start,
            to_at=end,
            cause=cause,
            evidence="recorded root cause",
            by="case",
            software=record.get("software", ""),
            supplier=record.get("supplier", ""),
        )
    )
    # A recorded root cause is one that whoever had to approve it did approve.
    facts.append(CauseApproved(**header(f"{name}/approved", end), assignment=f"{name}/cause", by="second person"))
    return facts


def work_facts(name: str, kind: MaintenanceKind, record: Mapping[str, str]) -> list[Fact]:
    start = at(record["start"])
    facts = window_facts({"id": name, "kind": kind.name, **record})
    for party in kind.approval.value if kind.approval else ():
        facts.append(WindowApproved(**header(f"{name}/{party}", start), window=name, party=party, by="case"))
    return facts


def window_facts(record: Mapping[str, str]) -> list[Fact]:
    name, start, end = record["id"], at(record["start"]), at(record["end"])
    told = at(record["announced"]) if record.get("announced") else None
    vendor = at(record["vendor_notice"]) if record.get("vendor_notice") else None
    facts: list[Fact] = [
        WindowPlanned(**header(f"{name}/plan", start), window=name, kind=record["kind"], from_at=start, to_at=end)
    ]
    facts += [NoticeGiven(**header(f"{name}/notice", told), window=name, to="customer", by="email")] if told else []
    facts += [VendorNoticeReceived(**header(f"{name}/vendor", vendor), window=name, vendor="vendor")] if vendor else []
    return facts


def facts_of(question: Question, period: Span) -> list[Fact]:
    """What the case records of a period; the records cover it whole."""
    given, terms = question.given, question.terms()
    service = terms.services[next(iter(terms.availability.values())).service]
    facts: list[Fact] = [
        CoverageDeclared(**header("covered", period.end), from_at=period.start, to_at=period.end, evidence="case")
    ]
    for number, record in enumerate(given.get("outages", ())):
        facts += outage_facts(number, record, terms, service.components)
    for record in given.get("maintenance", ()):
        facts += window_facts(record)
    return facts


def state(question: Question) -> Statement:
    """The statement of the case's period."""
    return state_period(question, read_period(question.terms(), question.given["period"]))


def state_period(question: Question, period: Span) -> Statement:
    return build(
        question.agreement.document, question.agreement.calendars, facts_of(question, period), period, LONG_AFTER,
        readings=question.readings, parameters=question.parameters, others=False,
    )  # fmt: skip


def availability(question: Question) -> dict[str, Any]:
    return read_availability(state(question))


def read_availability(statement: Statement) -> dict[str, Any]:
    """The figures of the first promise of a statement, as the case files have them."""
    finding = statement.judged.accounts[0].finding
    leaves = seconds(finding.quantity("out of base"))
    return {
        "total_s": seconds(finding.quantity("all time")),
        "base_s": seconds(finding.quantity("all time")) - leaves,
        "down_s": seconds(finding.quantity("down")),
        "excused_s": leaves,
        "excluded_s": seconds(finding.quantity("up by exclusion")),
        "pct": four_decimals(finding.value),
        "met": MET.get(finding.verdict),
    }
