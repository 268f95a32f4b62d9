"""Cases of credits that a period's outages give, by right, by a claim, or at discretion."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from tools.cases.outages import facts_of, read_availability, state, state_period
from tools.cases.question import LONG_AFTER, Question, at, header, seconds
from upheld.core.credits import Setting, grant
from upheld.core.explain import Finding, Step, Verdict
from upheld.core.facts import ClaimFiled
from upheld.core.money import Money
from upheld.core.statement import Statement, assess_all, gather, judge_claims, read_period
from upheld.core.terms.conditions import tests_of
from upheld.core.timeline import HOUR, Duration, Span


def credit(question: Question) -> dict[str, Any]:
    return read_credit(state(question))


def read_credit(statement: Statement) -> dict[str, Any]:
    """The first credit of a statement, with the figure that it hangs on."""
    judged = statement.judged
    finding = judged.credits[0].finding
    free, amount = finding.quantity("free time"), finding.quantity("credit")
    assert isinstance(free, Duration)
    assert isinstance(amount, Money)
    return {
        **read_availability(statement),
        "full_hours": judged.credits[0].units,
        "free_hours": free.micros // HOUR.micros,
        "credit": figure(amount),
        "exceeds_monthly_price": finding.quantity("over price") == "yes",
    }


def prorated(question: Question) -> dict[str, Any]:
    """A claim for a period, with what is granted for it. That a response was missed is given, and not timed again."""
    given, terms = question.given, question.terms()
    period = read_period(terms, given["period"])
    name = next(iter(terms.credits))
    filed = ClaimFiled(
        **header("claim", period.end), claim="claim", credit=name, outage="", channel=given["claim"]["channel"],
        details=tuple(given["claim"]["contains"]), period_from_at=period.start,
    )  # fmt: skip
    setting = state_period(question, period).judged.setting
    if given["claim"].get("response_missed"):
        setting = replace(setting, findings=(*setting.findings, *missed(setting, name, period)))
    facts = [*facts_of(question, period), filed]
    case = gather(question.agreement.document, question.agreement.calendars, facts, LONG_AFTER, question.readings)
    assessed = assess_all(setting)
    claims = judge_claims(case, setting, assessed)
    granted = grant(assessed, [claim.accepted for claim in claims if claim.checked.accepted])
    amount = granted[assessed[0].finding.rule].value
    assert isinstance(amount, Money)
    checked = claims[0].checked
    return {"accepted": checked.accepted, "reasons": list(checked.refused_for), "credit": figure(amount)}


def missed(setting: Setting, credit: str, period: Span) -> list[Finding]:
    """A missed run of every clock of which the credit's condition speaks."""
    clocks = setting.terms.document.blocks.get("clocks", {})
    asked = (test.fact for test in tests_of(setting.terms.credits[credit].when) if test.fact in clocks)
    why = Step("missed", "as the case says")
    return [Finding(f"clocks/{name}", period, "missed", Verdict.MISSED, why) for name in asked]


def compensation(question: Question) -> dict[str, Any]:
    """What outages give of which each may lie in another period; sums over all of them."""
    kind, records = question.terms().statement_period, question.given["outages"]
    periods = dict.fromkeys(kind.containing(at(record["start"])) for record in records)
    return read_compensation([state_period(question, period) for period in periods])


def read_compensation(statements: Sequence[Statement]) -> dict[str, Any]:
    """The first credit of some periods, added up."""
    terms = statements[0].judged.terms
    found = [statement.judged.credits[0] for statement in statements]
    amounts = [one.finding.quantity("credit") for one in found]
    total = sum((amount.amount for amount in amounts if isinstance(amount, Money)), Fraction(0))
    units = sum((one.units for one in found), Fraction(0))
    window = found[0].finding.quantity("beyond")
    assert isinstance(window, Duration)
    return {
        "net_s": sum(seconds(one.finding.quantity("counted")) for one in found),
        "window_h": number(Fraction(window.micros, HOUR.micros)),
        "hours": number(units),
        "amount": figure(Money(total, terms.currency)),
        "status": next((one.state for one in found if one.state != "none"), "none"),
        "above_monthly_price": any(one.finding.quantity("over price") == "yes" for one in found),
    }


def figure(amount: Money) -> str:
    """An amount without its currency, as the case files have it."""
    return str(amount).split(" ")[1]


def number(value: Fraction) -> int | str:
    return value.numerator if value.denominator == 1 else str(value)
