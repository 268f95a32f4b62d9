"""What was found held against what is required: the nameservers of a domain, for instance."""

from collections.abc import Iterable, Sequence

from upheld.core.explain import Count, Finding, Step, Verdict, show_count, show_instant
from upheld.core.facts import CheckCompared, Fact, Frozen, frozen_class, of_kind
from upheld.core.terms.editions import AT_LEAST, EXACTLY, Check
from upheld.core.terms.rules import Terms
from upheld.core.timeline import Span

AGREES, DIFFERS, UNDEFINED = "agrees", "differs", "undefined"


@frozen_class
class Comparison(Frozen):
    """Whether what was found is as required. `agrees` is None where the agreement does not say how they must agree."""

    agrees: bool | None
    missing: tuple[str, ...]
    surplus: tuple[str, ...]
    why: Step


def compare_sets(check: Check, required: Iterable[str], found: Iterable[str], fact: str = "") -> Comparison:
    """Names are compared as names of hosts are: without regard to capitals or a dot at the end, their order or number."""
    wanted, there = {normal(name) for name in required}, {normal(name) for name in found}
    missing, surplus = tuple(sorted(wanted - there)), tuple(sorted(there - wanted))
    expect = check.expect.value if check.expect else ""
    agrees = {EXACTLY: not missing and not surplus, AT_LEAST: not missing}.get(expect)
    if not wanted:
        agrees = None
    parts = [f"missing: {', '.join(missing)}"] if missing else []
    parts += [f"too many: {', '.join(surplus)}"] if surplus else []
    words = f"{check.means or check.name}: asked are {expect or 'nothing that can be compared'}"
    words += f"; {'; '.join(parts)}" if parts else ""
    words += "" if wanted else "; nothing is required"
    value = {True: AGREES, False: DIFFERS, None: UNDEFINED}[agrees]
    clauses = check.expect.clauses if check.expect else check.clauses
    readings = check.expect.readings if check.expect else ()
    return Comparison(agrees, missing, surplus, Step(value, words, clauses, readings, (fact,) if fact else ()))


def normal(name: str) -> str:
    return name.strip().lower().removesuffix(".")


def judge_checks(terms: Terms, facts: Sequence[Fact], period: Span) -> list[Finding]:
    """One finding for each check that was compared in the period: every comparison, and how many differ."""
    findings = []
    compared = [fact for fact in of_kind(facts, CheckCompared) if period.contains(fact.occurred_at)]
    for name, check in terms.besides.checks.items():
        mine = [fact for fact in compared if fact.check == name]
        if mine:
            findings.append(judge_check(check, mine, period))
    return findings


def judge_check(check: Check, compared: Sequence[CheckCompared], period: Span) -> Finding:
    steps = []
    for fact in compared:
        found = compare_sets(check, fact.required, fact.found, fact.id)
        words = f"{fact.subject}, {show_instant(fact.occurred_at)}: {found.why.words}"
        steps.append(Step(found.why.value, words, found.why.clauses, found.why.readings, found.why.facts))
    differ, last = sum(step.value == DIFFERS for step in steps), steps[-1]
    value = Count(differ, "differing comparisons")
    words = f"{check.means or check.name}: of {show_count(len(steps), 'comparisons')}"
    why = Step(value, words, check.clauses, because=tuple(steps))
    verdict = Verdict.UNDEFINED if last.value == UNDEFINED else Verdict.NOT_APPLICABLE
    quantities = (("met", "yes" if differ == 0 and verdict != Verdict.UNDEFINED else "no"), ("count", Count(len(steps), "")))
    return Finding(f"checks/{check.name}", period, value, verdict, why, quantities=quantities)
