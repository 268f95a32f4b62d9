"""What a period can still bear, and what is owed next if nothing changes: the judge asked about later instants."""

from dataclasses import dataclass

from upheld.apps.agreements.models import Agreement
from upheld.apps.findings.queries.standing import period_at, state_of
from upheld.core.availability import Account
from upheld.core.credits import Assessment
from upheld.core.money import Money
from upheld.core.statement import Statement
from upheld.core.timeline import MICRO, ZERO, Duration, Instant, Span

STEPS_AHEAD = 3
"""How many amounts ahead are told."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The down time that one promise bears in its period. `is_running`: down time that counts is passing right now."""

    promise: str
    period: Span
    allowed: Duration
    used: Duration
    running: Duration
    """The part of `used` that belongs to outages which still run."""

    @property
    def left(self) -> Duration:
        return max(self.allowed - self.used, ZERO)

    @property
    def over(self) -> Duration:
        return max(self.used - self.allowed, ZERO)


@dataclass(frozen=True, slots=True)
class Owed:
    """What a credit comes to from an instant on, if nothing changes."""

    credit: str
    at: Instant
    amount: Money


@dataclass(frozen=True, slots=True)
class Prospect:
    """How the running period goes on while what is down stays down."""

    statement: Statement
    budgets: tuple[Budget, ...]
    missed_at: Instant | None
    """When the first promise is missed; None where nothing counted runs, or it is missed already."""
    owed: tuple[Owed, ...]
    """The next amounts, the nearest first; empty while nothing runs."""


def budgets_of(statement: Statement) -> tuple[Budget, ...]:
    """Of each promise with a target: what its period bears, what is used, what of that is running."""
    found = []
    for account in statement.judged.accounts:
        if account.borne is not None:
            promise = account.finding.rule.removeprefix("availability/")
            used = dict(account.finding.quantities)["down"]
            assert isinstance(used, Duration)
            found.append(Budget(promise, statement.period, account.borne, used, running_of(account)))
    return tuple(found)


def running_of(account: Account) -> Duration:
    """The counted time of outages that still run."""
    return sum((account.partition.down.within(outage.span).total for outage in account.outages if outage.is_running), ZERO)


def look_ahead(agreement: Agreement, as_of: Instant) -> Prospect:
    """The running period as of an instant, and what comes next in it while what is seen down stays so; CannotJudge."""
    period = period_at(agreement, as_of)
    now = state_of(agreement, period, as_of)
    budgets = budgets_of(now)
    if not is_down_now(now):
        return Prospect(now, budgets, None, ())
    growing = [budget for budget in budgets if budget.running and budget.allowed >= budget.used]
    # Down time that equals what is borne is met still: it is missed with the first moment more.
    missed = min((now.as_of + budget.left + MICRO for budget in growing), default=None)
    missed_at = missed if missed is not None and missed < period.end else None
    return Prospect(now, budgets, missed_at, tuple(list_owed(agreement, now, period, missed_at)))


def is_down_now(now: Statement) -> bool:
    """Whether down time that counts passes at this moment, as far as anybody can see."""
    down = [account.partition.down.spans for account in now.judged.accounts]
    return any(spans[-1].end == now.as_of for spans in down if spans)


def list_owed(agreement: Agreement, now: Statement, period: Span, missed_at: Instant | None) -> list[Owed]:
    """The next amounts of each credit: asked of the judge at every instant at which a further unit is full."""
    found: list[Owed] = []
    for place, assessment in enumerate(now.judged.credits):
        name = assessment.finding.rule.removeprefix("credits/")
        last = credit_amount(now, place)
        for at in list_instants(now, assessment, missed_at):
            amount = amount_at(agreement, now, at, place) if at < period.end else None
            if amount is not None and amount.amount and amount != last:
                found.append(Owed(name, at, amount))
                last = amount
    return sorted(found, key=lambda owed: owed.at)


def list_instants(now: Statement, assessment: Assessment, missed_at: Instant | None) -> list[Instant]:
    """When a running interruption fills further units: those after the promise is missed, before which nothing is owed."""
    credit = assessment.credit
    unit = credit.unit.value.step if credit.unit else None
    running = [one for one in assessment.interruptions if one.counted and any(o.is_running for o in one.outages)]
    if not running or not isinstance(unit, Duration):
        return []
    counted = assessment.interruptions if credit.counted.value == "over the period" else running
    passed = sum((one.counted.total for one in counted), ZERO)
    first = now.as_of + Duration(unit.micros - passed.micros % unit.micros)
    if missed_at is None:
        return [first + unit * step for step in range(STEPS_AHEAD)]
    gone = max(0, -((first - missed_at).micros // unit.micros))
    return [missed_at, *(first + unit * (gone + step) for step in range(STEPS_AHEAD))]


def amount_at(agreement: Agreement, now: Statement, at: Instant, place: int) -> Money | None:
    """What a credit comes to at an instant ahead, if all stays as it was last seen."""
    return credit_amount(state_of(agreement, now.period, at, seen_at=now.as_of), place)


def credit_amount(statement: Statement, place: int) -> Money | None:
    value = statement.judged.credits[place].finding.value
    return value if isinstance(value, Money) else None
