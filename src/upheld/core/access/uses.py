"""What was asked and used in a period, each held against the rules of that instant."""

from collections.abc import Iterator, Sequence

from upheld.core.access.deciding import MAY_NOT, Decision, Request, decide_access
from upheld.core.access.switches import goes_off_within
from upheld.core.explain import Count, Finding, Step, Verdict, show_count, show_instant
from upheld.core.facts import AccessAsked, AccessUsed, Fact, of_kind
from upheld.core.terms.access import WHILE_ON
from upheld.core.terms.rules import Terms
from upheld.core.timeline import Instant, Span


def judge_access(terms: Terms, facts: Sequence[Fact], period: Span) -> list[Finding]:
    """One finding for each request of the period, and one for all uses: missed where somebody was in against the rules."""
    if not terms.doors.rules:
        return []
    findings = [answer_request(terms, facts, fact, period) for fact in of_kind(facts, AccessAsked) if within(fact, period)]
    used = [fact for fact in of_kind(facts, AccessUsed) if within(fact, period)]
    if used:
        findings.append(judge_uses(terms, facts, used, period))
    return findings


def within(fact: Fact, period: Span) -> bool:
    return period.contains(fact.occurred_at)


def answer_request(terms: Terms, facts: Sequence[Fact], fact: AccessAsked, period: Span) -> Finding:
    decision = decide_access(terms, facts, Request.of(fact))
    value = "allowed" if decision.is_allowed else MAY_NOT
    quantities = (("allowed", "yes" if decision.is_allowed else "no"), ("why", decision.code))
    return Finding(f"access/asked/{fact.id}", period, value, Verdict.NOT_APPLICABLE, decision.why, quantities=quantities)


def judge_uses(terms: Terms, facts: Sequence[Fact], used: Sequence[AccessUsed], period: Span) -> Finding:
    judged = [(fact, judge_use(terms, facts, fact)) for fact in used]
    wrong = [step for _, step in judged if step.value == MAY_NOT]
    value = Count(len(wrong), "uses against the rules")
    words = f"{show_count(len(used), 'times')} somebody was in; {show_count(len(wrong), 'times')} against the rules"
    quantities = (("count", Count(len(used), "uses")), ("refused", value))
    verdict = Verdict.MISSED if wrong else Verdict.MET
    why = Step(value, words, because=tuple(step for _, step in judged))
    return Finding("access/uses", period, value, verdict, why, quantities=quantities)


def judge_use(terms: Terms, facts: Sequence[Fact], fact: AccessUsed) -> Step:
    """A use must be allowed when it begins, and be over when what allowed it ends."""
    decision = decide_access(terms, facts, Request.of(fact))
    if not decision.is_allowed or fact.ended_at is None or fact.ended_at <= fact.occurred_at:
        return decision.why
    over = min(find_ends(terms, facts, fact, decision, fact.ended_at), key=lambda end: end[0], default=None)
    if over is None:
        return decision.why
    words = f"{fact.who} was in {fact.what} until {show_instant(fact.ended_at)}: {over[1]} {show_instant(over[0])}"
    return Step(MAY_NOT, words, over[2], facts=(fact.id, *over[3]), because=(decision.why,))


def find_ends(
    terms: Terms, facts: Sequence[Fact], fact: AccessUsed, decision: Decision, ended_at: Instant
) -> Iterator[tuple[Instant, str, tuple[str, ...], tuple[str, ...]]]:
    """What ended before the use did: the time that was told, or the switch of every rule that opened."""
    if fact.until_at is not None and fact.until_at < ended_at:
        clauses = tuple(dict.fromkeys(clause for rule in decision.rules for clause in rule.clauses))
        yield fact.until_at, "its own end was", clauses, ()
    if all(rule.rule.value == WHILE_ON for rule in decision.rules):
        offs = []
        for rule in decision.rules:
            assert rule.switch is not None, "a rule that waits for a switch names it"
            switch = terms.doors.switches[rule.switch.value]
            offs.append((switch, goes_off_within(switch, facts, Span(fact.occurred_at, ended_at))))
        if all(turned for _, turned in offs):
            switch, turned = max(offs, key=lambda off: off[1].occurred_at if off[1] else ended_at)
            assert turned is not None, "every switch was turned off"
            yield turned.occurred_at + switch.delay.value, f"{switch.name} was off from", switch.clauses, (turned.id,)
