"""What one account says of what is left, and of one outage in it: the judge's own steps, put together for one question."""

from dataclasses import replace

from upheld.core.availability import Account, Outage
from upheld.core.explain import Step
from upheld.core.money import Money
from upheld.core.statement import Statement
from upheld.core.timeline import Duration


def main_account(statement: Statement) -> Account | None:
    """The account that a page speaks of first: the promise with a target that has the least left, else the first."""
    accounts = statement.judged.accounts
    judged = [account for account in accounts if account.borne is not None]
    return min(judged, key=left_of, default=accounts[0] if accounts else None)


def left_of(account: Account) -> Duration:
    """What the period can still bear; negative where it is overdrawn, and all of nothing where nothing is borne."""
    return (account.borne or Duration(0)) - down_of(account)


def down_of(account: Account) -> Duration:
    """The down time that the figure counts."""
    down = account.finding.quantity("down")
    assert isinstance(down, Duration)
    return down


def down_step(account: Account) -> Step | None:
    """The judge's step of down time, each stretch below it."""
    return next((step for step in account.finding.why.because if step.state == "down"), None)


def tell_left(account: Account) -> Step:
    """What is left of the down time that a period bears: the whole, less each stretch that counts."""
    borne = account.borne or Duration(0)
    left, down = left_of(account), down_step(account)
    told = next((step for step in account.finding.why.because if step.value == borne and not step.state), None)
    whole = Step(borne, "of down time are borne by the period", told.clauses if told else account.finding.why.clauses)
    taken = tuple(replace(step, sign="−") for step in (down.because if down else ()))
    words = "left" if left.micros >= 0 else "left: the period is overdrawn"
    return Step(left, words, because=(whole, *taken), adds=True)


def counted_of(account: Account, outage: Outage) -> Duration:
    """The part of an outage that counts as down, in whichever period it lies."""
    return account.counted_ever.within(outage.span).total


def tell_counted(account: Account, outage: Outage) -> Step:
    """What an outage counts for in its period: the judge's stretches that lie in it."""
    down = down_step(account)
    spans = account.partition.down.within(outage.span)
    touching = [step for step in (down.because if down else ()) if any(span.overlap(outage.span) for span in step.spans)]
    adds = sum((step.value.micros for step in touching if isinstance(step.value, Duration)), 0) == spans.total.micros
    words = f"of {outage.id} are down and counted in the period"
    if not touching:
        words = f"of {outage.id} count as down in the period: {', '.join(explain_excuse(outage)) or 'nothing of it does'}"
    clauses = tuple(dict.fromkeys(clause for step in touching for clause in step.clauses))
    excused = tuple(dict.fromkeys(clause for part in outage.stretches for clause in part.cause.counts_as.clauses))
    return Step(
        spans.total, words, clauses or excused, facts=outage.facts, because=tuple(touching), adds=adds and bool(touching)
    )


def explain_excuse(outage: Outage) -> list[str]:
    """The causes of an outage, each with what it counts as."""
    return list(dict.fromkeys(f"{part.cause.name} counts as {part.cause.counts_as.value}" for part in outage.stretches))


def credit_of(statement: Statement, outage: Outage) -> Money | None:
    """What the interruption of an outage brings as a credit, as the statement sees it; None where nothing is owed yet."""
    for assessment in statement.judged.credits:
        for interruption in assessment.interruptions:
            if assessment.is_owed and any(part.id == outage.id for part in interruption.outages):
                value = assessment.value_of(assessment.lines_of(interruption.id))
                return value if isinstance(value, Money) else None
    return None
