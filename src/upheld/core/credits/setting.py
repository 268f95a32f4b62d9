"""What a credit is judged from: the period's findings, the prices of other times, what a clock allowed, what was before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from upheld.core.availability import Account
from upheld.core.explain import Count, Finding, Level, Share, Verdict
from upheld.core.facts import CreditDecided
from upheld.core.money import Money
from upheld.core.terms.circumstances import Circumstances, Found, Known
from upheld.core.terms.quantities import Percent
from upheld.core.terms.rules import Terms
from upheld.core.timeline import Duration, Instant, Span

OPEN = (Verdict.NOT_YET_KNOWN, Verdict.UNDECIDED)

Earlier = Callable[[str, int], tuple[Circumstances, ...] | None]
WindowOf = Callable[[str, Span], Duration | None]
PriceAt = Callable[[str, str, Instant], Money | None]


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier periods left of a credit: what was given in the span that a cap holds for, and what was carried on."""

    given: Fraction = Fraction(0)
    carried: Fraction = Fraction(0)
    number: int = 0


def allow_nothing(clock: str, outage: Span) -> Duration | None:
    """Where no clock is judged, nobody knows what one allowed."""
    return None


@dataclass(frozen=True, slots=True)
class Setting:
    """
    One period as the credits see it.

    `findings` are those of other rules: clocks, recovery, measures; a rule with several is `block/name/key`. `window_of`
    tells what a clock allowed an issue that began with an outage. `price_at` is the price of a credit (and promise)
    at another instant (None: as in the period). `before` tells what a capped credit gave in earlier periods.
    """

    terms: Terms
    period: Span
    as_of: Instant
    accounts: Mapping[str, Account]
    findings: tuple[Finding, ...] = ()
    window_of: WindowOf = allow_nothing
    price_at: PriceAt | None = None
    earlier: Earlier | None = None
    before: Callable[[str, str], Before] | None = None
    decisions: Mapping[str, CreditDecided] = field(default_factory=dict)

    def known(self, facts: Mapping[str, Known], key: str = "") -> Circumstances:
        """What conditions are answered from: every rule's finding by its name, and these facts. `key`: of which case."""
        found = {**self.found(key), **facts}
        anchors = {"period start": self.period.start, "period end": self.period.end}
        told = self.terms.circumstances(found, {**anchors, **instants(facts)})
        return replace(told, earlier=self.earlier, periods=self.terms.periods)

    def found(self, key: str = "") -> dict[str, Known]:
        """Verdict and figure of each rule; one that is open is not known, one without a case here is missing."""
        known: dict[str, Known] = {}
        for block in ("clocks", "recovery"):
            known |= dict.fromkeys(self.terms.document.blocks.get(block, {}))
        for finding in self.findings:
            name, _, case = finding.rule.partition("/")[2].partition("/")
            if not case or (key and (case == key or case.startswith(f"{key}/"))):
                add_finding(self.terms, known, name, finding)
        for name, account in self.accounts.items():
            add_finding(self.terms, known, name, account.finding)
        return known

    def cases_of(self, names: tuple[str, ...]) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
        """Each case (a ticket, a drill) of these rules with its findings, in the order of their keys."""
        keyed: dict[str, list[Finding]] = {}
        for finding in self.findings:
            name, _, case = finding.rule.partition("/")[2].partition("/")
            if case and name in names:
                keyed.setdefault(case, []).append(finding)
        return tuple((case, tuple(keyed[case])) for case in sorted(keyed))


def add_finding(terms: Terms, known: dict[str, Known], name: str, finding: Finding) -> None:
    """What conditions may ask of a finding. One that the agreement leaves undefined is not known, unless nothing was due."""
    if finding.verdict in OPEN or (finding.verdict is Verdict.UNDEFINED and not is_without_base(finding)):
        known.pop(name, None)
        return
    # Of several runs for one ticket the missed one speaks.
    if not (isinstance(earlier := known.get(name), Found) and earlier.verdict == "missed" and finding.rule.count("/") > 2):
        known[name] = Found(finding.verdict.value, figure_of(terms, finding), time_of(finding))


def is_without_base(finding: Finding) -> bool:
    """Whether no time of the period was left in the base: what was promised of none of it is neither met nor missed."""
    told = dict(finding.quantities)
    return finding.value == "undefined" and "all time" in told and told["all time"] == told.get("out of base")


def figure_of(terms: Terms, finding: Finding) -> Fraction | Duration | None:
    """The exact figure of a finding, where it has one that can be compared; a level in per cent as a share."""
    value = finding.value
    if isinstance(value, Level):
        measure = terms.measures.get(finding.rule.split("/")[1])
        edges = measure.target.value.edges if measure and measure.target.value else ()
        return value.exact / 100 if any(isinstance(edge, Percent) for _, edge in edges) else value.exact
    if isinstance(value, Share):
        return value.exact
    if isinstance(value, Count):
        return Fraction(value.number)
    return value if isinstance(value, Duration) else None


def time_of(finding: Finding) -> Duration | None:
    """The time behind a figure, where the finding has one: down, or beyond what was asked of a level."""
    told = dict(finding.quantities)
    length = told.get("down", told.get("time beyond"))
    return length if isinstance(length, Duration) else None


def instants(facts: Mapping[str, Known]) -> dict[str, Instant]:
    return {name: value for name, value in facts.items() if isinstance(value, Instant)}
