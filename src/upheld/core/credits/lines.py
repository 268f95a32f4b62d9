"""What one thing brings: an interruption, a ticket, a period; its units, each worth so much."""

from collections.abc import Sequence
from fractions import Fraction

from upheld.core.availability import Account
from upheld.core.credits.bands import Chosen, choose_band
from upheld.core.credits.interruptions import Interruption
from upheld.core.credits.setting import Setting, figure_of, time_of
from upheld.core.credits.worth import Value, value_formula, value_of
from upheld.core.explain import Finding, show_span
from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.credits import Credit
from upheld.core.terms.paying import THE_TARGET, Pays, Unit
from upheld.core.terms.quantities import Percent, measure_of
from upheld.core.timeline import HOUR, ZERO, Duration, Span


@frozen_class
class Thing(Frozen):
    """What a credit may be for. `interruptions` are those whose counted time it holds."""

    key: str
    span: Span
    counted: Duration
    interruptions: tuple[Interruption, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        told = (fact for found in self.interruptions for fact in found.facts)
        return tuple(dict.fromkeys([*told, *(fact for finding in self.findings for fact in finding.facts)]))


@frozen_class
class Line(Frozen):
    """
    What a thing brings before anything is rounded. `units` is exact; `amount` is in the credit's measure (money, or hours,
    days or months), None where the agreement leaves it undefined, with the reason in `why`.
    """

    thing: Thing
    units: Fraction
    beyond: Duration | None
    each: Value | None
    amount: Fraction | None
    band: str = ""
    why: str = ""


def bring(setting: Setting, credit: Credit, account: Account | None, thing: Thing) -> Line:
    """The line of one thing for which the credit is owed."""
    if credit.formula:
        amount = value_formula(setting, credit, account, thing.counted, thing.span.start)
        why = "" if amount else "the formula divides by nothing, or a quantity of it is not known"
        return Line(thing, Fraction(1), None, amount, amount.amount * credit.times.value if amount else None, why=why)
    beyond, unknown = find_beyond(setting, credit, account, thing.span)
    if unknown:
        return Line(thing, Fraction(0), None, None, None, why=unknown)
    chosen = choose_band(setting, credit, account, thing.counted, thing.findings) if credit.bands else None
    if chosen and chosen.undefined:
        return Line(thing, Fraction(0), beyond, None, None, why=chosen.why)
    pays = chosen.band.pays if chosen and chosen.band else credit.pays.value if credit.pays else None
    if pays is None:
        return Line(thing, Fraction(0), beyond, None, Fraction(0), why=chosen.why if chosen else "")
    return count(setting, credit, account, thing, beyond, pays, chosen)


def count(
    setting: Setting, credit: Credit, account: Account | None, thing: Thing, beyond: Duration | None, pays: Pays,
    chosen: Chosen | None,
) -> Line:  # fmt: skip
    """Units, and what they are worth together."""
    over = max(thing.counted - (beyond or ZERO), ZERO)
    unit = credit.unit.value if credit.unit else None
    if pays == "time lost":
        # An hour's price for each exact hour.
        unit = Unit("exact", HOUR)
    each = value_of(setting, credit, account, pays, unit, thing.span.start)
    units = Fraction(1) if unit is None else unit.count(excess_of(setting, account, thing, unit, over))
    amount = each.amount * units * credit.times.value
    return Line(thing, units, beyond, each, amount, chosen.band_words if chosen else "")


def excess_of(
    setting: Setting, account: Account | None, thing: Thing, unit: Unit, over: Duration
) -> Fraction:
    """What the units are cut from: counted time, or how far a figure lies beyond its target."""
    if unit.step is None or isinstance(unit.step, Duration):
        return Fraction(over.micros)
    for finding in thing.findings or ((account.finding,) if account else ()):
        if isinstance(figure := figure_of(setting.terms, finding), Fraction):
            return abs(figure - (target_edge(setting, finding) or Fraction(0)))
    return Fraction(0)


def target_edge(setting: Setting, finding: Finding) -> Fraction | None:
    """The edge that the figure of a promise has to keep; None where nothing is asked."""
    name = finding.rule.split("/")[1]
    promise = setting.terms.availability.get(name) or setting.terms.measures.get(name)
    edges = promise.target.value.edges if promise and promise.target.value else ()
    figures = [measure_of(edge) for _, edge in edges if isinstance(edge, Percent | Fraction)]
    return max(figures, default=None)


def find_beyond(
    setting: Setting, credit: Credit, account: Account | None, span: Span
) -> tuple[Duration | None, str]:
    """The time that pays nothing, taken off first; or why nobody can say how long it is."""
    said = credit.beyond.value if credit.beyond else None
    if said is None or isinstance(said, Duration):
        return said, ""
    if said == THE_TARGET:
        if account is None or (account.borne is None and target_edge(setting, account.finding) != 1):
            return None, "no down time is known at which the target would just be met"
        return account.borne or ZERO, ""
    window = setting.window_of(said, span)
    return (window, "") if window is not None else (None, f"what {said} allowed is not known")


def find_things(
    setting: Setting, credit: Credit, account: Account | None, interruptions: Sequence[Interruption], names: tuple[str, ...]
) -> tuple[Thing, ...]:
    """Everything that the credit may be for in a period. `names` are the rules of which its condition speaks."""
    counted = [found for found in interruptions if found.counted]
    measured = tuple(name for name in names if name in setting.terms.measures)
    if credit.per.value == "period" and measured:
        own = [finding for finding in setting.findings if finding.rule.split("/")[1] in measured]
        return tuple(Thing(told_key(one), one.period, time_of(one) or ZERO, (), (one,)) for one in own)
    if credit.per.value == "ticket":
        cases = setting.cases_of(names)
        return tuple(Thing(case, own[0].period, late_by(setting, own), (), own) for case, own in cases)
    if credit.per.value == "period" and account is not None and account.parts:
        # A promise over shorter periods brings a credit for each of them.
        found = (part.finding for part in account.parts)
        return tuple(Thing(show_span(one.period), one.period, time_of(one) or ZERO, (), (one,)) for one in found)
    if credit.per.value in ("outage", "claim") and credit.counted.value == "per outage":
        return tuple(Thing(found.id, found.span, found.counted.total, (found,)) for found in counted)
    total = sum((found.counted.total for found in counted), ZERO)
    return (Thing("", setting.period, total, tuple(counted)),)


def told_key(finding: Finding) -> str:
    """Which period of several it is; nothing where there is one."""
    return finding.rule.partition("/")[2].partition("/")[2]


def late_by(setting: Setting, findings: Sequence[Finding]) -> Duration:
    """How long a case took, where its finding says so."""
    took = [figure for finding in findings if isinstance(figure := figure_of(setting.terms, finding), Duration)]
    return max(took, default=ZERO)
