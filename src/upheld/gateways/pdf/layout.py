"""What stands on the paper, in order: headings, figures, lines of reasons, tables; from the statement's JSON alone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from upheld.core.explain import show, show_instant
from upheld.core.timeline import Duration, Instant

NBSP = "\u00a0"
FIGURE = re.compile(r"(?<=\d) (?=(?:min|h|s|%|d)\b|%)|(?<=\b[A-Z]{3}) (?=[−\d])|(?<=[−×=]) (?=\d)")
VERDICTS = {
    "met": "was met",
    "missed": "was missed",
    "undecided": "is undecided",
    "undefined": "is undefined",
    "not known yet": "is not known yet",
    "not applicable": "does not apply",
}


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


def lay_out(written: Mapping[str, Any], given: Particulars) -> dict[str, Any]:
    """The whole content: the sheet only sets it."""
    period = name_period(written["period"])
    issued = show_instant(Instant.parse(written["as_of"]))
    return {
        "title": f"Statement {period}, {given.customer}",
        "heading": write_heading(written, period),
        "lede": f"{given.service} for {given.customer}, {name_bounds(written['period'])}. "
        f"Statement {written['number']}, as of {issued}, under edition {written['version']}.",
        "figures": list(lead(written)),
        "sections": [lay_out_finding(finding, given) for finding in written["findings"]],
        "claims": [lay_out_claim(claim, given) for claim in written["claims"]],
        "windows": [lay_out_step("Work", window, given) for window in written["windows"]],
        "readings": [lay_out_reading(reading) for reading in written["readings"]],
        "held": list(written["held"]),
        "measured": [f"{source['evidence']}: {source['kind']} from {source['from']}" for source in written["measured_by"]],
        "check": lay_out_check(written, given),
        "foot": f"Statement {period}, {given.customer}, {given.service} · sha256 {given.digest}",
        "is_over": written["is_over"],
    }


def write_heading(written: Mapping[str, Any], period: str) -> str:
    """`July 2026: availability was missed. EUR 200.00 is credited`."""
    promised = [finding for finding in written["findings"] if finding["rule"].startswith("availability/")]
    said = f"{period}: availability {VERDICTS[promised[0]['verdict']]}" if promised else period
    credited = [credit["granted"] for credit in written["credits"] if credit["granted_units"]]
    if not credited:
        return said
    return hold(f"{said}. {' and '.join(credited)} {'is' if len(credited) == 1 else 'are'} credited")


def lead(written: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """At most three figures: availability, what was down, what is credited."""
    for finding in written["findings"][:1]:
        verdict = finding["verdict"]
        yield {"value": hold(finding["shown"]), "says": "available", "verdict": verdict, "final": written["is_over"]}
        if (down := finding["quantities"].get("down")) and "micros" in down:
            yield {"value": hold(show(Duration(down["micros"]))), "says": "down and counted", "verdict": "", "final": False}
    for credit in written["credits"][:1]:
        yield {"value": hold(credit["granted"]), "says": "credited", "verdict": "", "final": False}


def lay_out_finding(finding: Mapping[str, Any], given: Particulars) -> dict[str, Any]:
    kind, _, name = finding["rule"].partition("/")
    section = lay_out_step(f"{kind.capitalize()}: {name}", finding["why"], given)
    bounds = [
        f"{words} {finding[bound]['shown']}"
        for bound, words in (("lower", "at least"), ("upper", "at most"))
        if bound in finding
    ]
    if "coverage" in finding:
        bounds.append(f"measured {finding['coverage']['shown']} of the time")
    # A credit is neither met nor missed: only a promise carries its verdict.
    verdict = finding["verdict"] if kind == "availability" else ""
    return {**section, "verdict": verdict, "bounds": hold("; ".join(bounds))}


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


def tell_readings(step: Mapping[str, Any]) -> str:
    names = step.get("readings", ())
    stop = "" if step["words"].endswith(".") else "."
    return f"{stop} Reading {', '.join(names)}" if names else ""


def lay_out_claim(claim: Mapping[str, Any], given: Particulars) -> dict[str, Any]:
    filed = show_instant(Instant.parse(claim["at"]))
    decision = "accepted" if claim["accepted"] else f"refused for {', '.join(claim['refused_for'])}"
    return lay_out_step(f"Claim {claim['claim']}, filed {filed}: {decision}", claim["why"], given)


def lay_out_reading(reading: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": reading["reading"],
        "question": reading["question"],
        "ours": hold(f"{reading['we_read']}: {', '.join(reading['figures'])}"),
        "others": [hold(f"{other['sense']}: {', '.join(other['figures'])}") for other in reading["others"]],
        "changes": "yes" if any(other["changes"] for other in reading["others"]) else "no",
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


def hold(text: str) -> str:
    """The same words with figures that keep to their units."""
    return FIGURE.sub(NBSP, text)


def name_period(period: list[str]) -> str:
    """`July 2026` where the period is a month of UTC; else its first and last day."""
    start, end = (Instant.parse(text).utc() for text in period)
    after = datetime(start.year + start.month // 12, start.month % 12 + 1, 1, tzinfo=start.tzinfo)
    if (start.day, start.hour, start.minute) == (1, 0, 0) and end == after:
        return f"{start:%B %Y}"
    last = end - timedelta(microseconds=1)
    return f"{start.day} {start:%b %Y} to {last.day} {last:%b %Y}"


def name_bounds(period: list[str]) -> str:
    start, end = (show_instant(Instant.parse(text)) for text in period)
    return f"from {start} to {end}"
