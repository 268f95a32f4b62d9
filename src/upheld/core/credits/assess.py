"""What is owed for what went wrong: conditions, units, price, amount, each step with its clause."""

from collections.abc import Sequence
from fractions import Fraction

from upheld.core.availability import Account
from upheld.core.credits.interruptions import Interruption, find_interruptions
from upheld.core.credits.limits import Limit, Settled, find_limit, settle
from upheld.core.credits.lines import Line, Thing, bring, find_beyond, find_things
from upheld.core.credits.reasons import tell_credit
from upheld.core.credits.setting import OPEN, Setting, add_finding
from upheld.core.credits.shown import measured, tell_quantities
from upheld.core.credits.worth import Value as Worth
from upheld.core.credits.worth import price_at, value_of
from upheld.core.explain import Finding, Value, Verdict
from upheld.core.facts import Frozen, frozen_class
from upheld.core.money import Money
from upheld.core.terms.answers import Answer, answer
from upheld.core.terms.circumstances import Circumstances, Known
from upheld.core.terms.conditions import tests_of
from upheld.core.terms.credits import Credit
from upheld.core.timeline import ZERO

OF_OUTAGES = ("responsible", "cause", "component", "length")


@frozen_class
class Assessment(Frozen):
    """A credit for one period: what could be given at most, and what each thing takes part in it with."""

    finding: Finding
    credit: Credit
    interruptions: tuple[Interruption, ...]
    lines: tuple[Line, ...]
    limit: Limit
    is_owed: bool | None
    """None while it is not known whether its condition holds."""
    state: str
    """`none`, `open`, `undefined`; `due` where there is a right to it; else `proposed`, `granted`, `refused`."""
    unit_worth: Worth | None
    """What one unit pays, exact."""

    @property
    def units(self) -> Fraction:
        return sum((line.units for line in self.lines), Fraction(0))

    @property
    def unit_price(self) -> Money | None:
        """What one unit pays in money, `times` and all."""
        if self.unit_worth is None or self.credit.gives_time:
            return None
        return Money(self.unit_worth.amount * self.credit.times.value, self.credit.measure)

    def settle(self, lines: Sequence[Line]) -> Settled:
        """What some of the lines come to together: rounded once, not below the least, not above the most."""
        return settle(self.credit, self.limit, lines)

    def value_of(self, lines: Sequence[Line]) -> Value:
        """The same as a figure."""
        return measured(self.credit, self.settle(lines).amount)

    def lines_of(self, interruption: str) -> tuple[Line, ...]:
        """The lines in which an interruption takes part."""
        return tuple(line for line in self.lines if interruption in (one.id for one in line.thing.interruptions))


def assess(setting: Setting, credit: Credit, promise: str = "") -> Assessment:
    """The credit that a period gives rise to, before any claim. `promise`: the one of `each of` that it is for."""
    credit = credit.of_promise(promise) if promise else credit
    account = setting.accounts.get(promise or credit.time_of)
    interruptions = interrupt(setting, credit, account)
    at = setting.known({**facts_of(interruptions), **figure_known(setting, promise)})
    names = tuple(dict.fromkeys(test.fact for test in tests_of(credit.when)))
    answers = [answer(credit.when, at)] if credit.when.again else [answer(part, at) for part in credit.when.parts]
    things = find_things(setting, credit, account, interruptions, names)
    tried = [(thing, answer(credit.when, circumstances(setting, thing, credit, at))) for thing in things]
    is_owed = find_whether(setting, promise, names, answers, [found for _, found in tried]) if credit.applies else False
    is_owed = None if credit.between else is_owed
    owed = [thing for thing, found in tried if found.holds] if is_owed else []
    lines = tuple(bring(setting, credit, account, thing) for thing in owed)
    limit = find_limit(setting, credit, account)
    settled = settle(credit, limit, lines)
    worth = next((line.each for line in lines), None) or usual_worth(setting, credit, account)
    state = find_state(setting, credit, settled, is_owed)
    price = price_at(setting, credit, owed[0].span.start if owed else setting.period.start)
    value = measured(credit, settled.amount) if settled.amount is not None else "undefined"
    counted = lines_counted(lines, things)
    beyond = [line.beyond for line in lines]
    beyond = beyond or [find_beyond(setting, credit, account, one.span)[0] for one in interruptions[:1]]
    finding = Finding(
        rule=f"credits/{credit.name}{f'/{promise}' if promise else ''}",
        period=setting.period,
        value=value,
        # A credit is not met or missed; while what it hangs on is open, so is its amount.
        verdict=verdict_of(setting, promise, names, is_owed, settled),
        why=tell_credit(credit, answers, tried, lines, worth, settled, price, is_owed, state, limit),
        quantities=tell_quantities(credit, lines, settled, price, counted, beyond, state),
    )
    return Assessment(finding, credit, interruptions, lines, limit, is_owed, state, worth)


def interrupt(setting: Setting, credit: Credit, account: Account | None) -> tuple[Interruption, ...]:
    """The interruptions of the promise whose time counts; none where no time does."""
    if account is None:
        return ()
    return find_interruptions(credit, account.outages, setting.period, account.counted_ever)


def facts_of(interruptions: Sequence[Interruption]) -> dict[str, Known]:
    """What conditions may ask of interruptions, taken together; of none, that nobody answers for it."""
    counted = [found for found in interruptions if found.counted]
    answers = sorted({who for found in counted for who in found.responsible})
    return {
        "responsible": tuple(answers) or ("nobody",),
        "cause": tuple(sorted({name for found in counted for name in found.causes})) or ("none",),
        "component": tuple(sorted({outage.component for found in counted for outage in found.outages})) or ("none",),
        "length": max((found.counted.total for found in counted), default=ZERO),
    }


def figure_known(setting: Setting, promise: str) -> dict[str, Known]:
    """The figure of the promise that one credit of `each of` is for."""
    found = setting.found().get(promise) if promise else None
    return {"figure": found} if found else {}


def circumstances(setting: Setting, thing: Thing, credit: Credit, at: Circumstances) -> Circumstances:
    """What is known of one thing: of a single interruption its own causes, of a ticket its own clocks."""
    if thing.findings:
        known: dict[str, Known] = {}
        for finding in thing.findings:
            add_finding(setting.terms, known, finding.rule.split("/")[1], finding)
        return setting.known({**{name: at.facts[name] for name in OF_OUTAGES}, **known}, thing.key)
    if credit.counted.value == "per outage" and thing.interruptions:
        figure = {name: at.facts[name] for name in ("figure",) if name in at.facts}
        return setting.known({**facts_of(thing.interruptions), **figure})
    return at


def find_whether(
    setting: Setting, promise: str, names: tuple[str, ...], answers: Sequence[Answer], tried: Sequence[Answer]
) -> bool | None:
    """Whether anything is owed. While a promise that the condition names is open, that is not known."""
    held = [found.holds for found in tried] or [all_of(answers)]
    if True in held:
        return True
    return None if None in held or open_verdict(setting, promise, names) else False


def all_of(answers: Sequence[Answer]) -> bool | None:
    held = [found.holds for found in answers]
    return False if False in held else None if None in held else True


def open_verdict(setting: Setting, promise: str, names: tuple[str, ...]) -> Verdict | None:
    """The verdict of the first promise of the condition that is still open."""
    asked = (promise, *names) if "figure" in names else names
    verdicts = (setting.accounts[name].finding.verdict for name in asked if name in setting.accounts)
    return next((verdict for verdict in verdicts if verdict in OPEN), None)


def verdict_of(
    setting: Setting, promise: str, names: tuple[str, ...], is_owed: bool | None, settled: Settled
) -> Verdict:
    if is_owed is None:
        return open_verdict(setting, promise, names) or Verdict.UNDECIDED
    return Verdict.UNDEFINED if settled.amount is None else Verdict.NOT_APPLICABLE


def usual_worth(setting: Setting, credit: Credit, account: Account | None) -> Worth | None:
    """What one unit would bring, where nothing is owed."""
    if credit.pays is None:
        return None
    unit = credit.unit.value if credit.unit else None
    return value_of(setting, credit, account, credit.pays.value, unit, setting.period.start)


def lines_counted(lines: Sequence[Line], things: Sequence[Thing]) -> tuple[Thing, ...]:
    return tuple(line.thing for line in lines) or tuple(things)


def find_state(setting: Setting, credit: Credit, settled: Settled, is_owed: bool | None) -> str:
    """Where a credit stands: nothing is ever given, or refused, silently."""
    if is_owed is None:
        return "open"
    if settled.amount is None:
        return "undefined"
    if not settled.amount:
        return "none"
    if not is_owed:
        # What an earlier period carried forward is paid without another word.
        return "due"
    if not credit.is_discretionary:
        return "due"
    decided = setting.decisions.get(credit.name)
    return "proposed" if decided is None else "granted" if decided.granted else "refused"
