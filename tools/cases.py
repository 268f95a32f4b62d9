"""
Run golden cases: `python tools/cases.py FOLDER` judges each case of each `*.json` there.

This file only translates: a case's input into facts and parameters, the finding back into the case's own figures. It never
decides, and knows no agreement and no case by name. A kind that no translator speaks for, or an agreement that is not
shipped, is reported by name as not yet supported, never as passed.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from upheld.core.credits import Filed, check_claim
from upheld.core.explain import Share, Verdict
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
from upheld.core.maintenance import Window, check_plan
from upheld.core.money import Money
from upheld.core.statement import Statement, bind_case, build, gather, read_period
from upheld.core.terms import Document, Terms
from upheld.core.timeline import HOUR, SECOND, Duration, Instant, Span, Timeline
from upheld.language import check

LONG_AFTER = Instant.parse("2100-01-01T00:00Z")
FROZEN_AT = Instant.parse("2025-01-01T00:00Z")
JUDGED_BY_WINDOWS = "maintenance"
PLACEHOLDERS = {
    "money": "EUR 1000.00",
    "email": "support@customer.example",
    "person": "A. Person",
    "duration": "1 minute",
    "number": "1",
    "percent": "1 %",
    "date": "2020-01-01",
    "zone": "UTC",
    "flag": "true",
    "text": "given",
    "names": "given",
}


@dataclass(frozen=True)
class Agreement:
    document: Document
    calendars: Mapping[str, Any]

    def parameters(self, price: str | None) -> dict[str, str]:
        """A value for every parameter: the case's price for money, else one that fits the kind."""
        declared = self.document.blocks.get("parameters", {})
        values = {
            name: str(entry.get("usual") or (entry["choices"][0] if "choices" in entry else PLACEHOLDERS[entry["kind"]]))
            for name, entry in declared.items()
        }
        money = self.document.blocks.get("money", {}).get("currency", "EUR")
        currency = values.get(str(money).removeprefix("parameter "), money)
        for name, entry in declared.items():
            if entry["kind"] == "money":
                values[name] = f"{currency} {price or '1000.00'}"
        return values


@dataclass(frozen=True)
class Question:
    agreement: Agreement
    given: Mapping[str, Any]
    readings: Mapping[str, str]

    def terms(self) -> Terms:
        case = gather(self.agreement.document, self.agreement.calendars, [], LONG_AFTER, self.readings)
        return bind_case(case, LONG_AFTER, self.agreement.parameters(self.given.get("monthly_price")))


def at(text: str) -> Instant:
    return Instant.parse(text)


def header(name: str, when: Instant) -> dict[str, Any]:
    return {"id": name, "agreement": "case", "occurred_at": when, "recorded_at": when, "source": "case"}


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
        parameters=question.agreement.parameters(given.get("monthly_price")), others=False,
    )  # fmt: skip


def seconds(length: Any) -> int:
    assert isinstance(length, Duration)
    whole, rest = divmod(length.micros, SECOND.micros)
    assert rest == 0, "a case has whole seconds"
    return whole


def four_decimals(share: Any) -> str:
    """Half up at four decimals: the format of the case files alone."""
    assert isinstance(share, Share)
    scaled = (share.exact * 10**6 + Fraction(1, 2)) // 1
    return f"{scaled // 10**4}.{scaled % 10**4:04d}"


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


def credit(question: Question) -> dict[str, Any]:
    judged = state(question).judged
    finding = judged.credits[0].finding
    free, amount = finding.quantity("free time"), finding.quantity("credit")
    assert isinstance(free, Duration)
    assert isinstance(amount, Money)
    return {
        **availability(question),
        "full_hours": judged.credits[0].units,
        "free_hours": free.micros // HOUR.micros,
        "credit": str(amount).split(" ")[1],
        "exceeds_monthly_price": finding.quantity("over price") == "yes",
    }


def claim(question: Question) -> dict[str, Any]:
    given, terms = question.given, question.terms()
    rule = next(iter(terms.claims.values()))
    promise = terms.credits[rule.credits[0]].promise
    ended = at(given["interruption_end"])
    filed = Filed(
        claim_at=at(given["claim_at"]),
        channel=given.get("channel", rule.channels.value[0]),
        details=tuple(given["details"]),
        ticket_at=at(given["ticket_at"]) if given["ticket_at"] else None,
        overdue=Fraction(1 if given["overdue"] else 0),
        outage_start_at=None,
        outage_end_at=ended,
        responsible=(terms.causes[given["cause"]].responsible.value,),
        verdicts={promise: (Verdict.MET if given["availability_met"] else Verdict.MISSED).value},
    )
    checked = check_claim(terms, rule, filed)
    return {"accepted": checked.accepted, "reasons": list(checked.refused_for), "deadline": checked.deadline_at}


def maintenance(question: Question) -> dict[str, Any]:
    given = question.given
    start = at(given["start"])
    span = Span(start, at(given["end"]) if given.get("end") else start)
    told, vendor = (at(given[key]) if given.get(key) else None for key in ("announced", "vendor_notice"))
    window = Window("window", given["kind"], span, span, told, vendor, False, ())
    judged = check_plan(question.terms(), window, [], Timeline())
    return {"classified": judged.kind.name, "earliest": judged.earliest_at}


TRANSLATORS: dict[str, Callable[[Question], dict[str, Any]]] = {
    "availability": availability,
    "credit-tenfold": credit,
    "claim-tenfold": claim,
    "maintenance-class": maintenance,
}


def same(expected: Any, computed: Any) -> bool:
    if isinstance(computed, Instant):
        return isinstance(expected, str) and at(expected) == computed
    return bool(expected == computed)


def sense_of(option: Any) -> str:
    """The name of a sense: a list of words is spoken with `and`."""
    return " and ".join(option) if isinstance(option, list) else str(option)


def run(folder: Path, shipped: Path) -> int:
    """Judge every case found; print what differs and what is not supported; end with the count."""
    read: dict[str, Agreement | None] = {}
    passed, failed, unsupported = 0, 0, Counter[str]()
    for file in sorted(folder.glob("*.json")):
        for case in json.loads(file.read_text(encoding="utf-8")):
            name, kind = case["contract"], case["kind"]
            if name not in read:
                path = shipped / f"{name}.md"
                read[name] = load(path) if path.is_file() else None
            agreement, translate = read[name], TRANSLATORS.get(kind)
            if agreement is None or translate is None:
                unsupported[f"{name}: {kind}" if agreement else f"{name}: no such agreement is shipped yet"] += 1
                continue
            setting = case.get("setting")
            readings = {setting["reading"]: sense_of(setting["option"])} if setting else {}
            computed = answered(translate, Question(agreement, case["input"], readings))
            pairs = {key: (value, computed.get(key)) for key, value in case["expected"].items()}
            wrong = {key: pair for key, pair in pairs.items() if not same(*pair)}
            passed, failed = passed + (not wrong), failed + bool(wrong)
            for key, (expected, got) in wrong.items():
                print(f"{case['id']} {key}: expected {expected!r}, computed {got!s}  ({case['derivation']})")
    for reason, count in sorted(unsupported.items()):
        print(f"not yet supported, {count} cases: {reason}")
    print(f"{passed} passed, {failed} failed, {sum(unsupported.values())} skipped")
    return 1 if failed or not passed else 0


def answered(translate: Callable[[Question], dict[str, Any]], question: Question) -> dict[str, Any]:
    """The computed figures; a case that cannot be judged fails with the reason in the place of its figures."""
    try:
        return translate(question)
    except (ValueError, KeyError, AssertionError) as problem:
        return dict.fromkeys(("met", "credit", "accepted", "classified"), f"{type(problem).__name__}: {problem}")


def load(path: Path) -> Agreement:
    checked = check(path.read_text(encoding="utf-8"), as_of=FROZEN_AT)
    if checked.document is None or not checked.is_clean:
        raise SystemExit("\n".join(str(problem) for problem in checked.problems))
    return Agreement(checked.document, checked.calendars)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        raise SystemExit("usage: python tools/cases.py FOLDER, a folder of golden cases (*.json)")
    raise SystemExit(run(Path(sys.argv[1]), Path(__file__).parent.parent / "agreements"))
