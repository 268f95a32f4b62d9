"""What planned work would take from the promise of its period: the judge asked about a month in which it has happened."""

from dataclasses import dataclass

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import CannotJudge, calendars_of, document_of
from upheld.apps.findings.queries.reached import down_of, main_account, tell_left
from upheld.apps.findings.queries.standing import period_at
from upheld.apps.ledger.queries import live_facts
from upheld.core.explain import Step, Verdict
from upheld.core.facts import Fact, NoticeGiven, OutageClosed, OutageOpened, WindowPlanned
from upheld.core.money import Money
from upheld.core.statement import Statement, TermsDoNotBind, build
from upheld.core.timeline import Duration, Instant, Span

WORK = "this work"


@dataclass(frozen=True, slots=True)
class Cost:
    """
    What a period bears, what of it is used before the work, and what the work takes.

    `amount` is what could be claimed once the period is missed by it; None while it is not.
    """

    period: Span
    allowed: Duration
    before: Duration
    taken: Duration
    amount: Money | None
    why: Step


def cost_of_work(
    agreement: Agreement, *, kind: str, span: Span, told_at: Instant, component: str, as_of: Instant
) -> Cost | None:
    """
    The cost of work of a kind in a span, told at an instant, if the component is down for all of it.

    What runs now is taken to be over. None where no promise has a target. Raises CannotJudge.
    """
    _, facts = live_facts(agreement.key, as_of)
    known = [fact for fact in facts if fact.recorded_at <= as_of]
    settled = [*known, *close_running(known, as_of)]
    period = period_at(agreement, span.start)
    later = max(as_of, span.end)
    without = judge(agreement, settled, period, later)
    work = list_work(agreement.key, kind, span, told_at, component, as_of)
    with_it = judge(agreement, [*settled, *work], period, later)
    before, after = main_account(without), main_account(with_it)
    if before is None or after is None or after.borne is None:
        return None
    missed = after.finding.verdict is Verdict.MISSED
    amounts = [credit.finding.value for credit in with_it.judged.credits] if missed else []
    owed = [amount for amount in amounts if isinstance(amount, Money) and amount.amount]
    return Cost(
        period=period,
        allowed=after.borne,
        before=down_of(before),
        taken=down_of(after) - down_of(before),
        amount=owed[0] if owed else None,
        why=tell_left(after),
    )


def judge(agreement: Agreement, facts: list[Fact], period: Span, as_of: Instant) -> Statement:
    try:
        document, calendars = document_of(agreement, period.start), calendars_of(agreement, period.start)
        return build(document, calendars, facts, period, as_of, others=False)
    except TermsDoNotBind as problem:
        raise CannotJudge(f"{agreement.key} cannot be judged: {problem}") from None


def close_running(facts: list[Fact], as_of: Instant) -> list[Fact]:
    """Ends, now, for the outages that have none."""
    closed = {fact.outage for fact in facts if isinstance(fact, OutageClosed)}
    return [
        OutageClosed(
            id=f"{fact.outage}-if-closed", agreement=fact.agreement, occurred_at=as_of, recorded_at=as_of, source=WORK,
            outage=fact.outage, last_bad_at=as_of, first_good_at=as_of,
        )
        for fact in facts
        if isinstance(fact, OutageOpened) and fact.outage not in closed
    ]  # fmt: skip


def list_work(key: str, kind: str, span: Span, told_at: Instant, component: str, as_of: Instant) -> list[Fact]:
    """The facts that the work would leave: planned, told, down from its start to its end."""

    def made(name: str, at: Instant) -> dict[str, object]:
        return {"id": f"if-{name}", "agreement": key, "occurred_at": at, "recorded_at": as_of, "source": WORK}

    return [
        WindowPlanned(**made("planned", as_of), window=WORK, kind=kind, from_at=span.start, to_at=span.end),  # type: ignore[arg-type]
        NoticeGiven(**made("told", told_at), window=WORK, to="customer", by=WORK),  # type: ignore[arg-type]
        OutageOpened(
            **made("opened", span.start), outage=WORK, component=component, first_bad_at=span.start,  # type: ignore[arg-type]
            last_good_at=span.start,
        ),
        OutageClosed(
            **made("closed", span.end), outage=WORK, last_bad_at=span.end, first_good_at=span.end,  # type: ignore[arg-type]
        ),
    ]  # fmt: skip
