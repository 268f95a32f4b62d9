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
    """The sum of the credits in money that a period gives rise to, less those that give way to another; none for one alone."""
    paying = [one for one in assessments if not one.credit.gives_time]
    if len(paying) < 2:
        return ()
    steps = []
    for one in paying:
        rule, amount = one.finding.rule, one.settle(one.lines).amount
        stronger = grants[rule].gives_way_to
        words = f"{rule.partition('/')[2]}: {one.state}" + (f"; gives way to {stronger.partition('/')[2]}" if stronger else "")
        steps.append((Fraction(0) if stronger or amount is None else amount, words, one, amount is None and not stronger))
    currency, is_open = paying[0].credit.measure, any(one.is_owed is None for one in paying)
    parts = tuple(Step(Money(amount, currency), words, one.credit.clauses, facts=one.finding.facts) for amount, words, one, _ in steps)
    total = Money(sum((amount for amount, _, _, _ in steps), Fraction(0)), currency)
    is_undefined = any(undefined for _, _, _, undefined in steps)
    verdict = Verdict.UNDEFINED if is_undefined else Verdict.NOT_YET_KNOWN if is_open else Verdict.NOT_APPLICABLE
    granted = Money(sum((grants[one.finding.rule].amount for one in paying), Fraction(0)), currency)
    why = Step(total, "the credits of the period together", because=parts, adds=True)
    return (Finding("together/credits", period, total, verdict, why, quantities=(("granted", granted),)),)
