"""What stands on the paper, in order: headings, figures, lines of reasons, tables; from the statement's JSON alone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from upheld.core.explain import show, show_instant
from upheld.core.money import Money, NotMoney
from upheld.core.service_hours import Zone
from upheld.core.statement.outline import (
    count_missed,
    family_of,
    is_quiet,
    tell_bounds,
    tell_change,
)
from upheld.core.terms.periods import UTC as GREENWICH
from upheld.core.timeline import Duration, Instant
from upheld.gateways.pdf.naming import name_finding, say_rule, tell_senses
from upheld.gateways.pdf.pictures import draw_attained, draw_budget, draw_days
from upheld.gateways.pdf.tables import hold, lay_out_tables

MONTH = re.compile(r"/(\d{4})-(0[1-9]|1[0-2])/")
FARTHEST_ZONE = timedelta(hours=14)
WORST_FIRST = (
    "missed", "undecided", "undefined", "not known yet", "met", "not reached", "reached", "not applicable",
)  # fmt: skip
VERDICTS = {
    "met": "was met",
    "missed": "was missed",
    "reached": "was reached",
    "not reached": "was not reached",
    "undecided": "is undecided",
    "undefined": "is undefined",
    "not known yet": "is not known yet",
    "not applicable": "does not apply",
}


DECISIONS = {True: "accepted", False: "refused", None: "not known yet"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Particulars:
    """What the paper says besides the statement: for whom, its digest, the key, and words for the facts it names."""

    customer: str
    service: str
    digest: str
    """SHA-256 of the statement's bytes, hexadecimal."""
    bundle: str = ""
    key: str = ""
    facts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Fact id -> number in the ledger and words."""
    zone: Zone = GREENWICH
    """On whose dates the days of the period are drawn."""
    corrections: tuple[str, ...] = ()
    """What two persons put right of the period's credits before the statement, a sentence each."""


def lay_out(written: Mapping[str, Any], given: Particulars) -> dict[str, Any]:
    """The whole content: the sheet only sets it."""
    period = name_period(written["period"], written["statement"])
    issued = show_instant(Instant.parse(written["as_of"]))
    return {
        "title": f"Statement {period}, {given.customer}",
        "heading": write_heading(written, period),
        "lede": f"{given.service} for {given.customer}, {name_bounds(written['period'])}. "
        f"Statement {written['number']}, as of {issued}, under edition {written['version']}.",
        "figures": list(lead(written)),
        "days": draw_days(written, find_first(written), given.zone),
        "budget": draw_budget(find_first(written)),
        "attained": draw_attained(written["findings"]),
        "tables": list(lay_out_tables(written)),
        "sections": [lay_out_finding(finding, given) for finding in written["findings"] if not is_quiet(finding)],
        "claims": [lay_out_claim(claim, given) for claim in written["claims"]],
        "windows": [lay_out_step("Work", window, given) for window in written["windows"]],
        "readings": [lay_out_reading(written, reading) for reading in written["readings"]],
        "corrections": list(given.corrections),
        "held": list(written["held"]),
        "measured": [
            *tell_coverage(written),
            *(f"{source['evidence']}: {source['kind']} from {source['from']}" for source in written["measured_by"]),
        ],
        "check": lay_out_check(written, given),
        "foot": f"Statement {period}, {given.customer}, {given.service} · sha256 {given.digest}",
        "is_over": written["is_over"],
    }


def write_heading(written: Mapping[str, Any], period: str) -> str:
    """`July 2026: availability was missed. EUR 200.00 is credited`."""
    first = find_first(written)
    told = [f"{period}: {tell_first(first)}"]
    further = [one for one in written["findings"] if one is not first and family_of(one) == "availability"]
    missed = count_missed(written["findings"]) + sum(1 for one in further if one["verdict"] == "missed")
    if missed:
        other = " other" if first and first["verdict"] != "not applicable" else ""
        told.append(f"1{other} promise was missed" if missed == 1 else f"{missed}{other} promises were missed")
    credited = tell_credited(written)
    if credited:
        told.append(f"{' and '.join(credited)} {'is' if len(credited) == 1 else 'are'} credited")
    return hold(". ".join(told))


def find_first(written: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The promise of availability that stands worst."""
    promised = [finding for finding in written["findings"] if family_of(finding) == "availability"]
    return min(promised, key=lambda finding: WORST_FIRST.index(finding["verdict"]), default=None)


def tell_first(first: Mapping[str, Any] | None) -> str:
    if first is None or first["verdict"] == "not applicable":
        return "no share of availability is promised"
    is_goal = first["verdict"] in ("reached", "not reached")
    name = f"the goal of {say_rule(first['rule']).partition('/')[2]}" if is_goal else "availability"
    return f"{name} {VERDICTS[first['verdict']]}"


def tell_credited(written: Mapping[str, Any]) -> list[str]:
    """What is granted: all money in one sum, then time."""
    granted = [credit["granted"] for credit in written["credits"] if credit["granted_units"]]
    amounts, times = [], []
    for one in granted:
        try:
            amounts.append(Money.parse(one))
        except NotMoney:
            times.append(str(one))
    total = [show(sum(amounts[1:], amounts[0]))] if amounts else []
    return [*total, *times]


def lead(written: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """At most three figures: availability, what was down, what is credited."""
    finding = find_first(written)
    if finding is not None:
        verdict = finding["verdict"] if finding["verdict"] != "not applicable" else ""
        yield {"value": hold(finding["shown"]), "says": "available", "verdict": verdict, "final": written["is_over"]}
        if (down := finding["quantities"].get("down")) and "micros" in down:
            yield {"value": hold(show(Duration(down["micros"]))), "says": "down and counted", "verdict": "", "final": False}
    if written["credits"]:
        value = " and ".join(tell_credited(written)) or "nothing"
        yield {"value": hold(value), "says": "credited", "verdict": "", "final": False}


def lay_out_finding(finding: Mapping[str, Any], given: Particulars) -> dict[str, Any]:
    section = lay_out_step(name_finding(finding), finding["why"], given)
    # What is no promise, such as a credit, has no verdict.
    verdict = finding["verdict"] if finding["verdict"] != "not applicable" else ""
    return {**section, "verdict": verdict, "bounds": hold(tell_bounds(finding))}


def lay_out_step(heading: str, step: Mapping[str, Any], given: Particulars) -> dict[str, Any]:
    return {"heading": heading, "lines": list(open_lines(step, given, 0)), "verdict": "", "bounds": ""}


def open_lines(step: Mapping[str, Any], given: Particulars, depth: int) -> Iterator[dict[str, Any]]:
    """Every line of a tree from the top, nothing folded: value, words, clauses, then the facts, then what lies below."""
    yield {
        "kind": "step",
        "depth": depth,
        "figure": hold(f"{step.get('sign', '')} {step['shown']}".strip()),
        "words": hold(step["words"] + tell_readings(step)),
        "cites": " ".join(step.get("clauses", ())),
    }
    for name in step.get("facts", ()):
        number, words = given.facts.get(name, ("", name))
        yield {"kind": "fact", "depth": depth + 1, "figure": number, "words": words, "cites": ""}
    for below in step.get("because", ()):
        yield from open_lines(below, given, depth + 1)
    if arithmetic := step.get("arithmetic"):
        yield {"kind": "sum", "depth": depth, "figure": "", "words": arithmetic, "cites": ""}


def tell_coverage(written: Mapping[str, Any]) -> Iterator[str]:
    """How much of the time each promise could see."""
    for finding in written["findings"]:
        if family_of(finding) == "availability" and "coverage" in finding:
            yield hold(f"{name_finding(finding)}: {finding['coverage']['shown']} of the time was measured")


def tell_readings(step: Mapping[str, Any]) -> str:
    names = step.get("readings", ())
    stop = "" if step["words"].endswith(".") else "."
    return f"{stop} Reading {', '.join(names)}" if names else ""


def lay_out_claim(claim: Mapping[str, Any], given: Particulars) -> dict[str, Any]:
    filed = show_instant(Instant.parse(claim["at"]))
    wrong = claim.get("not_met") or claim["refused_for"]
    decision = DECISIONS[claim["accepted"]] + (f"; not met: {'; '.join(wrong)}" if wrong else "")
    return lay_out_step(f"Claim {claim['claim']}, filed {filed}: {decision}", claim["why"], given)


def lay_out_reading(written: Mapping[str, Any], reading: Mapping[str, Any]) -> dict[str, Any]:
    ours, others = tell_senses(written["findings"], reading)
    return {
        "name": reading["reading"],
        "question": reading["question"],
        "ours": hold(ours),
        "others": [hold(other) for other in others],
        "changes": tell_change(written["findings"], reading),
        "cites": " ".join(reading["clauses"]),
    }


def lay_out_check(written: Mapping[str, Any], given: Particulars) -> list[list[str]]:
    rows = [["Statement", f"{written['statement']}, sha256 {given.digest}"]]
    if given.bundle:
        key = given.key or "KEY"
        rows.append(["Check it", f"python upheld-verify.pyz {given.bundle} --key {key}"])
    if given.key:
        rows.append(["Key", given.key])
    if written["follows"]:
        rows.append(["Follows", written["follows"]])
    return rows


def name_period(period: list[str], statement: str = "") -> str:
    """
    `July 2026` where the period is a month, of UTC or of the agreement's zone; else its first and last day.

    The agreement's zone is known by the statement's own name, `acorn/2026-07/1`: the month on whose first date it begins.
    """
    start, end = (Instant.parse(text).utc() for text in period)
    named = name_month(statement)
    first = named or start
    after = datetime(first.year + first.month // 12, first.month % 12 + 1, 1, tzinfo=UTC)
    drift = start - first.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    # A month of a zone lies off that of UTC by the zone's offset, which summer time moves by an hour at most.
    is_month = (
        abs(drift) <= FARTHEST_ZONE and abs(end - after - drift) <= timedelta(hours=1) if named else drift == end - after
    )
    if is_month and (named or not drift):
        return f"{first:%B %Y}"
    last = end - timedelta(microseconds=1)
    return f"{start.day} {start:%b %Y} to {last.day} {last:%b %Y}"


def name_month(statement: str) -> datetime | None:
    """The first day of the month in a statement's name; None where it has none."""
    found = MONTH.search(statement)
    return datetime(int(found[1]), int(found[2]), 1, tzinfo=UTC) if found else None


def name_bounds(period: list[str]) -> str:
    start, end = (show_instant(Instant.parse(text)) for text in period)
    return f"from {start} to {end}"
