"""What something would cost, told before anybody begins with it."""

from collections.abc import Mapping

from upheld.core.explain import Step, show
from upheld.core.facts import Frozen, frozen_class
from upheld.core.fees.lines import charge_of, rule_of
from upheld.core.terms.charges import FREE, QUOTE, Charge, Rate
from upheld.core.terms.circumstances import Known
from upheld.core.terms.rules import Terms


@frozen_class
class Offer(Frozen):
    """The price as the agreement has it: `charge` is None where it costs nothing; `may` None where that is not known."""

    name: str
    charge: Charge | None
    may: bool | None
    why: Step


def offer(terms: Terms, name: str, told: Mapping[str, Known]) -> Offer:
    """What a charge, or a topic, costs in some circumstances. ValueError where the agreement knows neither."""
    charge, topic = charge_of(terms, name)
    if not charge:
        known = ", ".join(sorted({*terms.fees.charges, *terms.fees.topics})) or "none"
        raise ValueError(f"the agreement has no charge and no topic {name!r}; it knows {known}")
    if charge == FREE:
        assert topic is not None, "only a topic costs nothing by its name"
        return Offer(name, None, False, Step("free", f"{name}: nothing is charged", topic.clauses, topic.readings))
    ruled = rule_of(terms, charge, dict(told))
    rule = ruled.charge
    words = tell_price(rule) if rule else "it is not known which price holds"
    clauses, readings = (rule.price.clauses, rule.price.readings) if rule else ((), ())
    why = Step(str(rule.price.value) if rule else "undecided", f"{name}: {words}", clauses, readings, because=ruled.because)
    return Offer(name, rule if ruled.may is not False else None, ruled.may, why)


def tell_price(charge: Charge) -> str:
    """The price in a sentence: rate, least, steps, approval."""
    if charge.price.value in (QUOTE, FREE):
        words = "the price is named by a quote, to be accepted first" if charge.price.value == QUOTE else "free"
    else:
        assert isinstance(charge.price.value, Rate), "what is neither free nor by quote is a rate"
        words = f"{charge.price.value} for each {charge.for_each.value}"
    if charge.least.value:
        words += f", at least {show(charge.least.value)}"
    if charge.step and charge.step.value:
        words += f", in steps of {show(charge.step.value)}"
    if charge.approval and charge.approval.value:
        words += f"; needs the approval of {' and '.join(charge.approval.value)}"
    return words
