"""Caps over several credits: what they take off each, in the order in which the cap names them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from upheld.core.credits.assess import Assessment
from upheld.core.credits.granting import Granted
from upheld.core.credits.setting import Setting
from upheld.core.credits.shown import measured
from upheld.core.explain import Finding, Step, Value, Verdict
from upheld.core.terms.caps import SharedCap
from upheld.core.terms.credits import Credit

ZERO = Fraction(0)
Amounts = dict[str, Fraction]
"""Amounts by the rule of the credit's finding."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What one cap left of its credits, in their order. `used` is what earlier periods took of it."""

    cap: SharedCap
    used: Fraction
    came: Amounts
    kept: Amounts

    @property
    def taken(self) -> Amounts:
        return {rule: self.came[rule] - self.kept[rule] for rule in self.came}


def cut_amounts(setting: Setting, assessments: Sequence[Assessment], amounts: Amounts) -> tuple[Cut, ...]:
    """Every cap, one after the other: what a cap took is gone for the next."""
    left, cuts = dict(amounts), []
    for cap in setting.terms.caps.values():
        used = used_before(setting, cap)
        cut = cut_once(cap, used, {one: left[one] for one in rules_of(cap, assessments)})
        left |= cut.kept
        cuts.append(cut)
    return tuple(cuts)


def used_before(setting: Setting, cap: SharedCap) -> Fraction:
    if setting.before is None:
        return ZERO
    return sum((setting.before(name, cap.per.value).given for name in cap.credits), ZERO)


def rules_of(cap: SharedCap, assessments: Sequence[Assessment]) -> list[str]:
    """The findings of a cap's credits, in the order in which it names them."""
    return [one.finding.rule for name in cap.credits for one in assessments if one.credit.name == name]


def cut_once(cap: SharedCap, used: Fraction, came: Amounts) -> Cut:
    left, kept = max(cap.most.value - used, ZERO), {}
    for rule, amount in came.items():
        kept[rule] = min(amount, left)
        left -= kept[rule]
    return Cut(cap, used, came, kept)


def cap_grants(setting: Setting, assessments: Sequence[Assessment], grants: Mapping[str, Granted]) -> dict[str, Granted]:
    """What is given of each credit once the caps over several are reached; what lies above them is lost."""
    credits = {one.finding.rule: one.credit for one in assessments}
    given = dict(grants)
    for cut in cut_amounts(setting, assessments, {rule: granted.amount for rule, granted in grants.items()}):
        for rule, kept in cut.kept.items():
            if kept != cut.came[rule]:
                given[rule] = replace(given[rule], amount=kept, value=measured(credits[rule], kept))
    return given


def tell_caps(
    setting: Setting, assessments: Sequence[Assessment], amounts: Amounts, grants: Mapping[str, Granted]
) -> tuple[Finding, ...]:
    """A finding for each cap: what its credits come to, and what of it lies above."""
    by_rule = {one.finding.rule: one for one in assessments}
    return tuple(tell_cap(setting, cut, by_rule, grants) for cut in cut_amounts(setting, assessments, amounts))


def tell_cap(setting: Setting, cut: Cut, by_rule: Mapping[str, Assessment], grants: Mapping[str, Granted]) -> Finding:
    cap, own = cut.cap, [by_rule[rule] for rule in cut.came]
    credit = setting.terms.credits[cap.credits[0]]
    kept, above = sum(cut.kept.values(), ZERO), sum(cut.taken.values(), ZERO)
    parts = tuple(tell_share(cut, one) for one in own)
    granted = sum((grants[one.finding.rule].amount for one in own), ZERO)
    words = f"together at most {say(credit, cap.most.value)} for each {cap.per.value}"
    words += f", of which earlier periods took {say(credit, cut.used)}" if cut.used else ""
    words += f"; {say(credit, above)} above it is lost" if above else ""
    facts = tuple(dict.fromkeys(fact for one in own for fact in one.finding.facts))
    value = measured(credit, kept)
    why = Step(value, words, cap.clauses, cap.readings, facts, because=parts, adds=True)
    quantities: tuple[tuple[str, Value], ...] = (
        ("together", measured(credit, kept + above)), ("most", measured(credit, cap.most.value)),
        ("above", measured(credit, above)), ("granted", measured(credit, granted)),
    )  # fmt: skip
    return Finding(f"caps/{cap.name}", setting.period, value, verdict_of(own), why, quantities=quantities)


def tell_share(cut: Cut, one: Assessment) -> Step:
    rule = one.finding.rule
    words = f"{rule.partition('/')[2]}: {say(one.credit, cut.came[rule])}"
    words += f", {say(one.credit, cut.taken[rule])} of it above the cap" if cut.taken[rule] else ""
    return Step(measured(one.credit, cut.kept[rule]), words, one.credit.clauses, facts=one.finding.facts)


def say(credit: Credit, amount: Fraction) -> str:
    return str(measured(credit, amount))


def verdict_of(assessments: Sequence[Assessment]) -> Verdict:
    """A sum is undefined where a part is, and open while a part is."""
    if any(one.state == "undefined" for one in assessments):
        return Verdict.UNDEFINED
    is_open = any(one.is_owed is None for one in assessments)
    return Verdict.NOT_YET_KNOWN if is_open else Verdict.NOT_APPLICABLE
