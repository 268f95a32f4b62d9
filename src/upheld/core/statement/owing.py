"""Credits, claims and rights of a period: the money side of judging, with what earlier periods left of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from upheld.core.availability import Account
from upheld.core.clocks import find_window
from upheld.core.credits import Assessment, Before, Setting, Standing, assess, judge_right
from upheld.core.explain import Finding
from upheld.core.facts import CreditApplied, CreditDecided, RightUsed, of_kind
from upheld.core.statement.desk import DeskJudged
from upheld.core.statement.gathering import Case
from upheld.core.statement.past import Past
from upheld.core.terms import Terms
from upheld.core.terms.circumstances import Circumstances, Found, Known
from upheld.core.timeline import Span

if TYPE_CHECKING:
    from upheld.core.statement.judging import Judged


def set_out(
    case: Case, terms: Terms, period: Span, accounts: Sequence[Account], desk: DeskJudged, measured: Sequence[Finding],
    past: Past,
) -> Setting:  # fmt: skip
    """The period as its credits see it."""
    rules = (*desk.clocks.values(), *desk.recovery.values())
    findings = (*(rule.finding for rule in rules), *desk.findings, *measured)
    by_name = {account.finding.rule.removeprefix("availability/"): account for account in accounts}
    decisions = {
        fact.credit: fact for fact in of_kind(case.facts, CreditDecided) if period.contains(fact.period_from_at)
    }
    now = Setting(terms, period, case.as_of, by_name, findings)

    def earlier(fact: str, back: int) -> tuple[Circumstances, ...] | None:
        if back == 0:
            return told_of(now, fact, {})
        judged = past.judge_before(terms, period, back)
        return told_of(judged.setting, fact, earned_in(judged)) if judged else None

    return Setting(
        terms=terms, period=period, as_of=case.as_of, accounts=by_name, findings=findings,
        window_of=lambda clock, span: find_window(terms, clock, span), price_at=past.price_at, earlier=earlier,
        before=lambda credit, per: left_before(past, terms, period, credit, per), decisions=decisions,
    )  # fmt: skip


def told_of(setting: Setting, fact: str, more: Mapping[str, Known]) -> tuple[Circumstances, ...]:
    """What was known in a period, once for each case of a clock, once for everything else."""
    if cases := setting.cases_of((fact,)):
        return tuple(setting.known(dict(more), case) for case, _ in cases)
    return (setting.known(dict(more)),)


def earned_in(judged: Judged) -> dict[str, Known]:
    """Of each credit whether anything of it was given."""
    found: dict[str, Known] = {}
    for one in judged.credits:
        given = judged.grants[one.finding.rule]
        if one.is_owed is None:
            continue
        earlier = found.get(one.credit.name)
        is_earned = bool(given.amount) or (isinstance(earlier, Found) and earlier.verdict == "earned")
        found[one.credit.name] = Found("earned" if is_earned else "not earned")
    return found


def left_before(past: Past, terms: Terms, period: Span, credit: str, per: str) -> Before:
    """What earlier periods gave of a credit within the span that its cap holds for, and what they carried forward."""
    given, number, carried = Fraction(0), 0, Fraction(0)
    rule, kind = terms.credits[credit], terms.periods.get(per)
    goes_on = rule.above_cap is not None and rule.above_cap.value == "carried forward"
    if goes_on:
        past.judge_all_before(terms, period)
    if goes_on and (last := past.judge_before(terms, period, 1)):
        own = (one.finding.rule for one in last.credits if one.credit.name == credit)
        carried = sum((last.grants[name].above for name in own), Fraction(0))
    if kind is None:
        return Before(given, carried, number)
    reach = kind.sliding_to(period.end) if kind.sliding else kind.containing(period.start)
    back = 1
    while (
        (span := past.before(terms, period, back))
        and span.start >= reach.start
        and (judged := past.judge_before(terms, period, back))
    ):
        own = (one.finding.rule for one in judged.credits if one.credit.name == credit)
        amounts = [judged.grants[name].amount for name in own]
        given += sum(amounts, Fraction(0))
        number += sum(1 for amount in amounts if amount)
        back += 1
    # What was taken off invoices counts where more was: credits from before anything was recorded here.
    applied = [one for one in of_kind(past.case.facts, CreditApplied) if one.credit == credit]
    taken = sum((one.amount.amount for one in applied if reach.start <= one.occurred_at < period.start), Fraction(0))
    return Before(max(given, taken), carried, number)


def assess_all(setting: Setting) -> tuple[Assessment, ...]:
    """Every credit of the agreement, one for each promise where it says `each of`."""
    credits = setting.terms.credits.values()
    return tuple(assess(setting, credit, promise) for credit in credits for promise in credit.each_of or ("",))


def judge_rights(case: Case, judged: Judged) -> tuple[Standing, ...]:
    """Every right, after the period's credits are known."""
    setting, earned = judged.setting, earned_in(judged)
    causes = tuple(sorted({part.cause.name for outage in judged.outages for part in outage.stretches
                           if part.span.overlap(judged.period)}))  # fmt: skip
    facts: dict[str, Known] = {**earned, "cause": causes or ("none",)}
    used = of_kind(case.facts, RightUsed)
    with_credits = add_earned(setting, earned)
    return tuple(judge_right(with_credits, right, facts, used) for right in setting.terms.rights.values())


def add_earned(setting: Setting, earned: Mapping[str, Known]) -> Setting:
    """The setting with this period's credits known, also to whoever looks back and begins here."""
    earlier = setting.earlier

    def looked(fact: str, back: int) -> tuple[Circumstances, ...] | None:
        if back == 0:
            return told_of(setting, fact, earned)
        return earlier(fact, back) if earlier else None

    return replace(setting, earlier=looked)


