"""Several credits of one period added up, for whoever has to pay or to book them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from upheld.core.credits.assess import Assessment
from upheld.core.credits.capping import Amounts, cut_amounts, tell_caps, verdict_of
from upheld.core.credits.granting import Granted
from upheld.core.credits.setting import Setting
from upheld.core.explain import Finding, Step
from upheld.core.money import Money


def add_credits(setting: Setting, assessments: Sequence[Assessment], grants: Mapping[str, Granted]) -> tuple[Finding, ...]:
    """
    The caps over several credits, and the sum of a period's credits in money, without those that give way to another and
    without what a cap takes; no sum for one alone.
    """
    amounts = {one.finding.rule: amount_of(one, grants[one.finding.rule]) for one in assessments}
    caps = tell_caps(setting, assessments, amounts, grants)
    paying = [one for one in assessments if not one.credit.gives_time]
    if len(paying) < 2:
        return caps
    taken_by: dict[str, str] = {}
    for cut in cut_amounts(setting, assessments, amounts):
        amounts |= cut.kept
        taken_by |= {rule: cut.cap.name for rule, taken in cut.taken.items() if taken}
    parts = tuple(tell_part(one, grants[one.finding.rule], amounts, taken_by) for one in paying)
    currency = paying[0].credit.measure
    total = Money(sum((amounts[one.finding.rule] for one in paying), Fraction(0)), currency)
    granted = Money(sum((grants[one.finding.rule].amount for one in paying), Fraction(0)), currency)
    why = Step(total, "the credits of the period together", because=parts, adds=True)
    found = Finding("together/credits", setting.period, total, verdict_of(paying), why, quantities=(("granted", granted),))
    return (*caps, found)


def amount_of(one: Assessment, granted: Granted) -> Fraction:
    """What a credit adds to the sum: nothing where it is undefined, or gives way."""
    return Fraction(0) if granted.gives_way_to else one.settle(one.lines).amount or Fraction(0)


def tell_part(one: Assessment, granted: Granted, amounts: Amounts, taken_by: Mapping[str, str]) -> Step:
    rule = one.finding.rule
    words = f"{rule.partition('/')[2]}: {one.state}"
    if granted.gives_way_to:
        words += f"; gives way to {granted.gives_way_to.partition('/')[2]}"
    if rule in taken_by:
        words += f"; what lies above {taken_by[rule]} is lost"
    return Step(Money(amounts[rule], one.credit.measure), words, one.credit.clauses, facts=one.finding.facts)
