"""Cases of availability: outages and windows of a period."""

from collections.abc import Mapping
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
    WindowPlanned,
)
from upheld.core.statement import Statement, build, read_period

JUDGED_BY_WINDOWS = "maintenance"
"""The recorded cause that says: see the windows."""


def outage_facts(number: int, record: Mapping[str, str], component: str) -> list[Fact]:
    name, start, end = f"O-{number}", at(record["start"]), at(record["end"])
    facts: list[Fact] = [
        OutageOpened(
            **header(f"{name}/opened", start), outage=name, component=component, first_bad_at=start, last_good_at=start
        ),
        OutageClosed(**header(f"{name}/closed", end), outage=name, last_bad_at=end, first_good_at=end),
    ]
    if record["cause"] != JUDGED_BY_WINDOWS:
        facts.append(
            CauseAssigned(
                **header(f"{name}/cause", end),
                outage=name,
                from_at=start,
                to_at=end,
                cause=record["cause"],
                evidence="recorded root cause",
                by="case",
            )
        )
        # A recorded root cause is one that whoever had to approve it did approve.
        facts.append(CauseApproved(**header(f"{name}/approved", end), assignment=f"{name}/cause", by="second person"))
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


def state(question: Question) -> Statement:
    """The statement of the case's period; the records cover it whole."""
    given, terms = question.given, question.terms()
    period = read_period(terms, given["period"])
    service = terms.services[next(iter(terms.availability.values())).service]
    facts: list[Fact] = [
        CoverageDeclared(**header("covered", period.end), from_at=period.start, to_at=period.end, evidence="case")
    ]
    for number, record in enumerate(given.get("outages", ())):
        facts += outage_facts(number, record, record.get("component", service.components[0]))
    for record in given.get("maintenance", ()):
        facts += window_facts(record)
    return build(
        question.agreement.document, question.agreement.calendars, facts, period, LONG_AFTER, readings=question.readings,
        parameters=question.parameters, others=False,
    )  # fmt: skip


def availability(question: Question) -> dict[str, Any]:
    finding = state(question).judged.accounts[0].finding
    leaves = seconds(finding.quantity("out of base"))
    return {
        "total_s": seconds(finding.quantity("all time")),
        "base_s": seconds(finding.quantity("all time")) - leaves,
        "down_s": seconds(finding.quantity("down")),
        "excused_s": leaves,
        "excluded_s": seconds(finding.quantity("up by exclusion")),
        "pct": four_decimals(finding.value),
        "met": {Verdict.MET: True, Verdict.MISSED: False}.get(finding.verdict),
    }
