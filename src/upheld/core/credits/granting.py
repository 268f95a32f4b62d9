"""What of a credit is given: by right, by accepted claims, by decision; and which of several credits gives way."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from upheld.core.credits.assess import Assessment
from upheld.core.credits.lines import Line
from upheld.core.explain import Value
from upheld.core.facts import Frozen, frozen_class


@frozen_class
class Accepted(Frozen):
    """An accepted claim: for which credit, and the keys of the lines that it is about (None: all of them)."""

    credit: str
    about: frozenset[str] | None


@frozen_class
class Granted(Frozen):
    """What is given of a credit; `gives_way_to` names the credit that is given in its place."""

    units: Fraction
    amount: Fraction
    value: Value
    above: Fraction = Fraction(0)
    """What a cap took off."""
    gives_way_to: str = ""


def grant(assessments: Sequence[Assessment], accepted: Sequence[Accepted]) -> dict[str, Granted]:
    """Of every credit, by the name of its finding, what is given. `accepted` stand in the order in which they came."""
    given = {one.finding.rule: pick_lines(one, accepted) for one in assessments}
    stronger = find_stronger(assessments, given, accepted)
    found = {}
    for one in assessments:
        lines = () if one.finding.rule in stronger else given[one.finding.rule]
        settled = one.settle(lines)
        units = sum((line.units for line in lines), Fraction(0))
        way = stronger.get(one.finding.rule, "")
        found[one.finding.rule] = Granted(units, settled.amount or Fraction(0), one.value_of(lines), settled.above, way)
    return found


def pick_lines(assessment: Assessment, accepted: Sequence[Accepted]) -> tuple[Line, ...]:
    """The lines that are given: all of what needs no claim, else those of which an accepted claim speaks; each once."""
    if assessment.credit.is_discretionary and assessment.state != "granted":
        return ()
    if not assessment.credit.claim_needed:
        return assessment.lines
    own = [claim for claim in accepted if claim.credit == assessment.credit.name]
    return tuple(line for line in assessment.lines if any(is_about(claim, line) for claim in own))


def is_about(claim: Accepted, line: Line) -> bool:
    """Whether a claim speaks of a line; a line of a whole period is claimed by whoever claims any part of it."""
    if claim.about is None or not line.thing.key:
        return True
    return line.thing.key in claim.about or line.thing.key.split("/")[0] in claim.about


def find_stronger(
    assessments: Sequence[Assessment], given: Mapping[str, tuple[Line, ...]], accepted: Sequence[Accepted]
) -> dict[str, str]:
    """Of each credit that gives way, the one that is given in its place."""
    found: dict[str, str] = {}
    for one in assessments:
        rivals = [other for other in assessments if are_rivals(one, other) and given[other.finding.rule]]
        if one.credit.stacking.value in ("adds", "alone") or not rivals or not given[one.finding.rule]:
            continue
        ranked = sorted([one, *rivals], key=lambda other: rank(other, given, accepted))
        if ranked[0] is not one:
            found[one.finding.rule] = ranked[0].finding.rule
    return found


def are_rivals(one: Assessment, other: Assessment) -> bool:
    """Whether only one of two credits is given: because either names the other, or because neither names any."""
    if one.finding.rule == other.finding.rule or one.credit.name == other.credit.name:
        return False
    named = {*one.credit.only_one_of.value, *other.credit.only_one_of.value}
    if not named:
        return other.credit.stacking.value == one.credit.stacking.value
    return other.credit.name in one.credit.only_one_of.value or one.credit.name in other.credit.only_one_of.value


def rank(
    one: Assessment, given: Mapping[str, tuple[Line, ...]], accepted: Sequence[Accepted]
) -> tuple[int, Fraction, str]:
    """The customer's choice is what was claimed first; otherwise the highest amount; of equal ones the first by name."""
    amount = one.settle(given[one.finding.rule]).amount or Fraction(0)
    if one.credit.stacking.value != "one of the customer's choice":
        return 0, -amount, one.finding.rule
    chosen = [place for place, claim in enumerate(accepted) if claim.credit == one.credit.name]
    return min(chosen, default=len(accepted)), -amount, one.finding.rule
