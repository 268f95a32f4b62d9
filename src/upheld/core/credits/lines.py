"""What one thing brings: an interruption, a ticket, a period; its units, each worth so much."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from upheld.core.availability import Account
from upheld.core.credits.bands import Chosen, choose_band
from upheld.core.credits.interruptions import Interruption
from upheld.core.credits.setting import Setting, figure_of
from upheld.core.credits.worth import Value, name_of, value_formula, value_of
from upheld.core.explain import Finding
from upheld.core.terms.credits import Credit
from upheld.core.terms.paying import THE_TARGET, Pays, Unit
from upheld.core.terms.quantities import Percent
from upheld.core.timeline import HOUR, ZERO, Duration, Span


@dataclass(frozen=True, slots=True)
class Thing:
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


@dataclass(frozen=True, slots=True)
class Line:
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
        why = "" if amount else "the formula divides by nothing"
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
    amount = each.amount * units * credit.times.value if each else None
    band = chosen.band_words if chosen else ""
    return Line(thing, units, beyond, each, amount, band, "" if each else "the price is not known")


def excess_of(
    setting: Setting, account: Account | None, thing: Thing, unit: Unit, over: Duration
) -> Fraction:
    """What the units are cut from: counted time, or how far a figure lies beyond its target."""
    if unit.step is None or isinstance(unit.step, Duration):
        return Fraction(over.micros)
    findings = thing.findings or ((account.finding,) if account else ())
    figures = [figure for finding in findings if isinstance(figure := figure_of(finding), Fraction)]
    edge = target_edge(setting, account) if account else Fraction(0)
    return abs(figures[0] - edge) if figures else Fraction(0)


def target_edge(setting: Setting, account: Account) -> Fraction:
    """The edge that a figure of availability has to keep; 0 where nothing is asked."""
    promise = setting.terms.availability[name_of(account)].target.value
    edges = [edge.exact for _, edge in promise.edges if isinstance(edge, Percent)] if promise else []
    return max(edges, default=Fraction(0))


def find_beyond(
    setting: Setting, credit: Credit, account: Account | None, span: Span
) -> tuple[Duration | None, str]:
    """The time that pays nothing, taken off first; or why nobody can say how long it is."""
    said = credit.beyond.value if credit.beyond else None
    if said is None or isinstance(said, Duration):
        return said, ""
    if said == THE_TARGET:
        if account is None or (account.borne is None and target_edge(setting, account) != 1):
            return None, "no down time is known at which the target would just be met"
        return account.borne or ZERO, ""
    window = setting.window_of(said, span)
    return (window, "") if window is not None else (None, f"what {said} allowed is not known")


def find_things(
    setting: Setting, credit: Credit, account: Account | None, interruptions: Sequence[Interruption], names: tuple[str, ...]
) -> tuple[Thing, ...]:
    """Everything that the credit may be for in a period. `names` are the rules of which its condition speaks."""
    counted = [found for found in interruptions if found.counted]
    if credit.per.value == "ticket":
        return tuple(
            Thing(case, findings[0].period, late_by(findings), (), findings) for case, findings in setting.cases_of(names)
        )
    if credit.per.value in ("outage", "claim") and credit.counted.value == "per outage":
        return tuple(Thing(found.id, found.span, found.counted.total, (found,)) for found in counted)
    total = sum((found.counted.total for found in counted), ZERO)
    return (Thing("", setting.period, total, tuple(counted)),)


def late_by(findings: Sequence[Finding]) -> Duration:
    """How long a case took, where its finding says so."""
    took = [figure for finding in findings if isinstance(figure := figure_of(finding), Duration)]
    return max(took, default=ZERO)
