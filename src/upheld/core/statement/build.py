"""The statement of a period: one value from terms, facts and an instant, the same wherever it is built."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from upheld.core.credits import number
from upheld.core.explain import Finding, Value, Verdict, show, to_json
from upheld.core.facts import Fact, Frozen, StatementIssued, frozen_class, of_kind
from upheld.core.money import Money
from upheld.core.statement.gathering import Case, bind_case, gather, parameters_at, read_period
from upheld.core.statement.held import find_unusable
from upheld.core.statement.judging import Judged, judge_period
from upheld.core.terms import Document, Terms
from upheld.core.timeline import Duration, Instant, Span, Timeline


@frozen_class
class OtherSense(Frozen):
    """What a figure would have been under another sense of a reading."""

    reading: str
    sense: str
    findings: tuple[Finding, ...]


@frozen_class
class Statement(Frozen):
    """All findings of a period as seen from `as_of`, with the readings that they used and what others would give."""

    agreement: str
    document: Document
    period: Span
    as_of: Instant
    judged: Judged
    others: tuple[OtherSense, ...]
    parameters: Mapping[str, str]
    number: int
    follows: str
    held: tuple[str, ...]
    """Facts that the judge could not use, each with the reason: shown, never dropped."""

    @property
    def is_over(self) -> bool:
        return self.as_of >= self.period.end

    @property
    def id(self) -> str:
        return f"{self.agreement}/{self.judged.terms.statement_period.name_of(self.period)}/{self.number}"

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.judged.findings

    def to_json(self) -> dict[str, Any]:
        terms = self.judged.terms
        return {
            "statement": self.id,
            "agreement": self.agreement,
            "document": self.document.id,
            "version": self.document.version,
            "title": self.document.title,
            "period": [str(self.period.start), str(self.period.end)],
            "as_of": str(self.as_of),
            "is_over": self.is_over,
            "number": self.number,
            "follows": self.follows,
            "parameters": dict(sorted(self.parameters.items())),
            "measured_by": measured_by(terms),
            "findings": [finding.to_json() for finding in self.findings],
            "credits": [credit_json(self.judged, place) for place in range(len(self.judged.credits))],
            "claims": [claim_json(self.judged, place) for place in range(len(self.judged.claims))],
            "windows": [window.tell().to_json() for window in windows_within(self.judged, self.period)],
            "maintenance_time": to_json(maintenance_time(self.judged, self.period)),
            "readings": [reading_json(self, name) for name in self.readings],
            "held": list(self.held),
        }

    @property
    def readings(self) -> tuple[str, ...]:
        """Every reading that a figure used."""
        return tuple(dict.fromkeys(name for finding in self.findings for name in finding.readings))


def build(
    document: Document, calendars: Mapping[str, Any], facts: Sequence[Fact], period: str | Span, as_of: Instant, *,
    readings: Mapping[str, str] | None = None, parameters: Mapping[str, str] | None = None, others: bool = True,
) -> Statement:  # fmt: skip
    """
    The statement of a period, as the facts were known at `as_of`.

    `period` is written `2026-02`, or is the span itself. `readings` chooses other senses, `parameters` stand in for a
    customer's values where no fact sets them. With `others` false the alternatives are not computed.
    """
    case = replace(gather(document, calendars, facts, as_of, readings or {}), parameters=parameters or {})
    first = bind_case(case, as_of, parameters or {})
    span = read_period(first, period) if isinstance(period, str) else period
    terms = bind_case(case, span.start, parameters or {})
    if isinstance(period, str) and (own := read_period(terms, period)) != span:
        # A zone was set since: the month lies on the dates of the one that was in force when it began.
        span, terms = own, bind_case(case, own.start, parameters or {})
    judged = judge_period(case, terms, span)
    earlier = [fact for fact in of_kind(case.facts, StatementIssued) if fact.period_from_at == span.start]
    alternatives = tuple(other_senses(case, judged, parameters or {})) if others else ()
    return Statement(
        agreement=case.facts[0].agreement if case.facts else document.id,
        document=document,
        period=span,
        as_of=as_of,
        judged=judged,
        others=alternatives,
        parameters={**(parameters or {}), **parameters_at(case.facts, span.start)},
        number=len(earlier) + 1,
        follows=max(earlier, key=in_order).statement if earlier else "",
        held=tuple(find_unusable(terms, case.facts)),
    )


def in_order(issued: StatementIssued) -> tuple[Instant, int, str]:
    """Later statements of a period look from later instants; of one instant the one with the greater number is the later."""
    return issued.as_of, len(issued.statement), issued.statement


def other_senses(case: Case, judged: Judged, parameters: Mapping[str, str]) -> list[OtherSense]:
    """The findings under each other sense of each reading that was used, one reading changed at a time."""
    found = []
    for name in dict.fromkeys(name for finding in judged.findings for name in finding.readings):
        senses = case.document.blocks["readings"][name]["senses"]
        for sense in senses:
            if sense != judged.terms.readings[name] and isinstance(sense, str):
                changed = replace(case, readings={**case.readings, name: sense})
                terms = bind_case(changed, judged.period.start, parameters)
                found.append(OtherSense(name, sense, judge_period(changed, terms, judged.period).findings))
    return found


def measured_by(terms: Terms) -> list[dict[str, str]]:
    """The evidence of each promise by its source, as the agreement and the customer's parameters name it."""
    named = dict.fromkeys(name for promise in terms.availability.values() for name in promise.evidence)
    return [
        {"evidence": name, "kind": terms.evidence[name].kind, "from": terms.evidence[name].source}
        for name in named
        if name in terms.evidence
    ]


def windows_within(judged: Judged, period: Span) -> list[Any]:
    return [window for window in judged.windows if window.window.span.overlap(period)]


def maintenance_time(judged: Judged, period: Span) -> Duration:
    """The minutes of maintenance in a period: shown, never judged."""
    spans = (window.window.worked_span for window in windows_within(judged, period) if not window.window.is_cancelled)
    return Timeline.of(spans).within(period).total


def credit_json(judged: Judged, place: int) -> dict[str, Any]:
    assessment = judged.credits[place]
    given = judged.granted(assessment)
    return {
        "rule": assessment.finding.rule,
        "units": number(assessment.units),
        "state": assessment.state,
        "granted_units": number(given.units),
        "granted": show_plain(given.value),
        "gives_way_to": given.gives_way_to,
        "interruptions": [
            {
                "outages": [outage.id for outage in found.outages],
                "span": [str(found.span.start), str(found.span.end)],
                "counted": to_json(found.counted.total),
                "shown": show(found.counted.total),
                "responsible": list(found.responsible),
            }
            for found in assessment.interruptions
        ],
    }


def show_plain(value: Value) -> str:
    """Money as it is read back; time in words."""
    return str(value) if isinstance(value, Money) else show(value)


def claim_json(judged: Judged, place: int) -> dict[str, Any]:
    claim = judged.claims[place]
    deadline = claim.checked.deadline_at
    return {
        "claim": claim.filed.claim,
        "credit": claim.filed.credit,
        "interruption": claim.about,
        "at": str(claim.filed.occurred_at),
        "accepted": claim.checked.accepted,
        "refused_for": list(claim.checked.refused_for),
        "deadline": str(deadline) if deadline else None,
        "units": number(claim.units) if claim.checked.accepted else 0,
        "why": claim.checked.tell().to_json(),
    }


def reading_json(statement: Statement, name: str) -> dict[str, Any]:
    """A reading with our sense and the figure that each other sense would give."""
    written = statement.document.blocks["readings"][name]
    ours, verdicts = [finding.shown for finding in statement.findings], verdicts_of(statement.findings)
    others = [
        {
            "sense": other.sense,
            "figures": [finding.shown for finding in other.findings],
            "verdicts": verdicts_of(other.findings),
            "changes": [finding.shown for finding in other.findings] != ours or verdicts_of(other.findings) != verdicts,
        }
        for other in statement.others
        if other.reading == name
    ]
    return {
        "reading": name,
        "question": written["question"],
        "we_read": statement.judged.terms.readings[name],
        "because": written["because"],
        "favours": written["favours"],
        "clauses": list(statement.document.clauses_of("readings", name)),
        "figures": ours,
        "others": others,
    }


def verdicts_of(findings: Sequence[Finding]) -> list[str]:
    """The verdicts of what was promised, in the order of the findings."""
    return [finding.verdict.value for finding in findings if finding.verdict != Verdict.NOT_APPLICABLE]
