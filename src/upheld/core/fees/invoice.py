"""The invoice of a period: lines, credits, net, tax, gross, in the order of EN 16931 (lines, their sum, tax of the sum)."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from upheld.core.explain import Share, Step, show
from upheld.core.facts import CreditApplied, Fact, Frozen, frozen_class, of_kind
from upheld.core.fees.lines import UNDECIDED, WAITS, Billing, Line
from upheld.core.fees.recurring import charge_standing
from upheld.core.fees.volumes import flag_volumes
from upheld.core.fees.working import charge_work
from upheld.core.money import Money
from upheld.core.terms.charges import Invoicing
from upheld.core.terms.rules import Terms
from upheld.core.timeline import Instant, Span

NOT_STATED = "not stated"
RefuseWord = Callable[[str, Instant], Step | None]


@frozen_class
class Invoice(Frozen):
    """
    What a period costs. `tax` and `gross` are None where the agreement does not say whether prices hold tax, or its rate.

    `open_lines` may still change the amounts: they are undecided, or wait for an approval or a quote.
    """

    lines: tuple[Line, ...]
    net: Money
    tax: Money | None
    gross: Money | None
    credits: Money
    why: Step

    @property
    def open_lines(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.state in (UNDECIDED, WAITS))


def list_lines(billing: Billing) -> tuple[Line, ...]:
    """Every line of a period, the recurring ones first."""
    return (*charge_standing(billing), *charge_work(billing), *flag_volumes(billing))


def reckon_invoice(
    terms: Terms, facts: Sequence[Fact], period: Span, signed_at: Instant | None, refuse_word: RefuseWord
) -> tuple[tuple[Line, ...], Invoice | None]:
    """The lines of a period, and the invoice that they make where the agreement says how amounts are rounded."""
    if not terms.fees.charges:
        return (), None
    lines = list_lines(Billing(terms, facts, period, signed_at, refuse_word))
    invoicing = terms.fees.invoicing
    credits = [fact for fact in of_kind(facts, CreditApplied) if period.contains(fact.occurred_at)]
    if invoicing is None:
        return lines, None
    return lines, add_up(invoicing, lines, credits)


def add_up(invoicing: Invoicing, lines: Sequence[Line], credits: Sequence[CreditApplied]) -> Invoice:
    each_line = invoicing.rounded_at.value == "each line"
    steps, total = list[Step](), Fraction(0)
    for line in lines:
        if line.is_charged and line.amount is not None:
            amount = invoicing.rounding.value.apply(line.amount) if each_line else line.amount
            total += amount.amount
            steps.append(round_line(invoicing, line, amount) if each_line else line.why)
        else:
            steps.append(line.why)
    taken = list(take_credits(invoicing, credits))
    off = sum((amount.amount for amount, _ in taken), Fraction(0))
    steps += [step for _, step in taken]
    kept = invoicing.rounding.value.apply(Money(total - off, invoicing.currency))
    charged = tuple(step for step in steps if isinstance(step.value, Money))
    others = tuple(step for step in steps if not isinstance(step.value, Money))
    words = "the lines, each rounded" if each_line else "the lines, rounded once as a sum"
    if off:
        words += ", less the credits"
    rounded = invoicing.rounding
    cited = tuple(dict.fromkeys((*invoicing.rounded_at.clauses, *rounded.clauses)))
    readings = tuple(dict.fromkeys((*invoicing.rounded_at.readings, *rounded.readings)))
    sum_step = Step(kept, words, cited, readings, because=charged, adds=kept.amount == total - off)
    net, tax, gross, why = tax_sum(invoicing, kept, sum_step)
    credited = Money(off, invoicing.currency)
    whole = Step(why.value, why.words, why.clauses, why.readings, because=(*why.because, *others), adds=False)
    return Invoice(tuple(lines), net, tax, gross, credited, whole if others else why)


def round_line(invoicing: Invoicing, line: Line, amount: Money) -> Step:
    """The line's own reasons, and above them its amount as rounded, where rounding changed it."""
    if amount == line.amount:
        return line.why
    rounding = invoicing.rounding
    words = f"{line.why.words}, rounded {rounding.value.mode} to {rounding.value.step}"
    return Step(amount, words, rounding.clauses, rounding.readings, because=(line.why,))


def take_credits(invoicing: Invoicing, credits: Sequence[CreditApplied]) -> Iterator[tuple[Money, Step]]:
    """Credits in the agreement's money; one in another currency is held, not converted."""
    for fact in credits:
        if fact.amount.currency == invoicing.currency:
            words = f"credit {fact.credit}, taken off before tax"
            yield fact.amount, Step(fact.amount, words, facts=(fact.id,), sign="−")


def tax_sum(invoicing: Invoicing, kept: Money, sum_step: Step) -> tuple[Money, Money | None, Money | None, Step]:
    """Net, tax and gross: tax is reckoned once, on the sum, and rounded once."""
    prices, rate = invoicing.prices, invoicing.tax
    if prices.value == "tax not stated" or rate is None:
        words = "before tax, whose rate the agreement does not state"
        if prices.value == "tax not stated":
            words = "the sum; the agreement does not say whether its prices hold tax"
        return kept, None, None, Step(kept, words, prices.clauses, prices.readings, because=(sum_step,), adds=True)
    share = rate.value.exact if rate.value else Fraction(0)
    rounding = invoicing.rounding.value
    if prices.value == "with tax":
        net = rounding.apply(Money(kept.amount / (1 + share), kept.currency))
        tax = Money(kept.amount - net.amount, kept.currency)
        parts = (
            Step(net, "without tax", prices.clauses, prices.readings, because=(sum_step,)),
            tell_tax(invoicing, tax, net),
        )
        return net, tax, kept, Step(kept, "with tax, which the prices hold", prices.clauses, because=parts, adds=True)
    tax = rounding.apply(kept * share)
    gross = kept + tax
    return kept, tax, gross, Step(gross, "with tax", because=(sum_step, tell_tax(invoicing, tax, kept)), adds=True)


def tell_tax(invoicing: Invoicing, tax: Money, net: Money) -> Step:
    rate = invoicing.tax
    assert rate is not None, "asked only where the agreement has a rate"
    if rate.value is None:
        return Step(tax, "no tax is charged", rate.clauses, rate.readings)
    shown = show(Share(rate.value.exact, rate.value.decimals))
    words = f"tax: {shown} of {show(net)}, rounded once"
    return Step(tax, words, rate.clauses, rate.readings)
