"""Several credits of one period added up, for whoever has to pay or to book them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from upheld.core.credits.assess import Assessment
from upheld.core.credits.granting import Granted
from upheld.core.explain import Finding, Step, Verdict
from upheld.core.money import Money
from upheld.core.timeline import Span


def add_credits(
    assessments: Sequence[Assessment], grants: Mapping[str, Granted], period: Span
) -> tuple[Finding, ...]:
    """The sum of a period's credits in money, without those that give way to another; nothing for one alone."""
    paying = [one for one in assessments if not one.credit.gives_time]
    if len(paying) < 2:
        return ()
    parts = tuple(tell_part(one, grants[one.finding.rule]) for one in paying)
    currency, is_open = paying[0].credit.measure, any(one.is_owed is None for one in paying)
    total = Money(sum((amount_of(one, grants[one.finding.rule]) for one in paying), Fraction(0)), currency)
    is_undefined = any(one.state == "undefined" for one in paying)
    verdict = Verdict.UNDEFINED if is_undefined else Verdict.NOT_YET_KNOWN if is_open else Verdict.NOT_APPLICABLE
    granted = Money(sum((grants[one.finding.rule].amount for one in paying), Fraction(0)), currency)
    why = Step(total, "the credits of the period together", because=parts, adds=True)
    return (Finding("together/credits", period, total, verdict, why, quantities=(("granted", granted),)),)


def amount_of(one: Assessment, granted: Granted) -> Fraction:
    """What a credit adds to the sum: nothing where it is undefined, or gives way."""
    return Fraction(0) if granted.gives_way_to else one.settle(one.lines).amount or Fraction(0)


def tell_part(one: Assessment, granted: Granted) -> Step:
    words = f"{one.finding.rule.partition('/')[2]}: {one.state}"
    if granted.gives_way_to:
        words += f"; gives way to {granted.gives_way_to.partition('/')[2]}"
    return Step(Money(amount_of(one, granted), one.credit.measure), words, one.credit.clauses, facts=one.finding.facts)
