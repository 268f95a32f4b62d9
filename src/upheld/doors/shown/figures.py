"""What a period's first promise comes to: its account, its budget, its figures with their reasons."""

from upheld.apps.findings.queries import Prospect, down_of, main_account, tell_left
from upheld.apps.findings.queries import budgets_of as read_budgets
from upheld.core.availability import Account
from upheld.core.explain import Share, Verdict
from upheld.core.statement import Statement
from upheld.core.terms import Availability
from upheld.doors.lines import FactLines
from upheld.pages.contexts.parts import AgreementName, Budget, Figure, Owed, Why
from upheld.pages.words import say_count, say_day, say_figure, say_month

MOST_OWED = 2
"""Amounts ahead that are told: the next, and the one after it."""
FINAL = (Verdict.MET, Verdict.MISSED)


def promise_of(statement: Statement, account: Account) -> Availability:
    return statement.judged.terms.availability[account.finding.rule.removeprefix("availability/")]


def tell_target(promise: Availability) -> str:
    """`at least 99.5 %`; nothing where no target is promised."""
    return str(promise.target.value or "")


def budget_of(statement: Statement, account: Account | None) -> Budget | None:
    """What the promise's period can bear, with the running part apart; None where it has no target."""
    if account is None:
        return None
    name = account.finding.rule.removeprefix("availability/")
    found = next((budget for budget in read_budgets(statement) if budget.promise == name), None)
    return Budget(found.allowed, found.used - found.running, found.running) if found else None


def tell_so_far(account: Account) -> str:
    """The share so far; that nothing was measured where nothing was."""
    coverage = account.finding.coverage
    return "not measured" if coverage is not None and not coverage.exact else say_figure(account.finding.value)


def why_left(account: Account, agreement: AgreementName, facts: FactLines) -> Why:
    return Why(step=tell_left(account), agreement=agreement, facts=facts)


def tell_availability(statement: Statement, agreement: AgreementName, facts: FactLines) -> tuple[Figure, ...]:
    """Three figures at most: the share, the down time, how much was seen."""
    account = main_account(statement)
    if account is None:
        return ()
    month = say_month(statement.period, agreement.zone).split("\u00a0")[0]
    promise, finding = promise_of(statement, account), account.finding
    target = tell_target(promise)
    asked = f" Promised: {target}." if target else " No target is promised."
    is_final = statement.is_over and finding.verdict in FINAL
    waits = f"Not decided before {say_day(statement.period.end, agreement.zone, as_of=statement.as_of, weekday=False)}"
    share = Figure(
        value=finding.value,
        says=f"{month}.{asked}" if statement.is_over else f"{month}, if nothing more fails.{asked}",
        verdict=finding.verdict,
        verdict_words=waits if finding.verdict is Verdict.NOT_YET_KNOWN else "",
        is_final=is_final or finding.verdict is Verdict.MISSED,
        why=Why(step=finding.why, agreement=agreement, facts=facts),
        agreement=agreement,
    )
    return (share, tell_down(account, agreement), *tell_coverage(statement, account, agreement))


def tell_down(account: Account, agreement: AgreementName) -> Figure:
    counted = [outage for outage in account.outages if account.partition.down.within(outage.span)]
    running = sum(1 for outage in counted if outage.is_running)
    over = len(counted) - running
    count = f"{say_count(over, 'outage')} over{f', {running} running' if running else ''}"
    borne = f", of {say_figure(account.borne)} that the period can bear" if account.borne is not None else ""
    return Figure(value=down_of(account), says=f"down and counted{borne}. {count}", anchor="counts", agreement=agreement)


def tell_coverage(statement: Statement, account: Account, agreement: AgreementName) -> tuple[Figure, ...]:
    finding = account.finding
    if finding.coverage is None:
        return ()
    says = "of the time gone by was measured"
    if finding.coverage.exact != 1 and isinstance(finding.lower, Share) and statement.is_over:
        says = f"{says}. If the rest were down: {say_figure(finding.lower)}"
    clauses = promise_of(statement, account).unmeasured.clauses
    return (Figure(value=finding.coverage, says=says, anchor="counts", agreement=agreement, clauses=clauses),)


def tell_owed(prospect: Prospect) -> tuple[Owed, ...]:
    """The amounts ahead, each as all that can be claimed from its instant on."""
    found = []
    for place, owed in enumerate(prospect.owed[:MOST_OWED]):
        missing = prospect.missed_at is not None and owed.at <= prospect.missed_at
        because = (
            "the period is missed, and the full hours lost in it become a credit" if missing else "a further hour is full"
        )
        found.append(Owed(owed.at, owed.amount, f"in all, {because}" if place else because))
    return tuple(found)
