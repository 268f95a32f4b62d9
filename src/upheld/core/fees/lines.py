"""One line of an invoice, and what a charge asks before there is one."""

from collections.abc import Callable, Sequence

from upheld.core.explain import Step
from upheld.core.facts import Fact, Frozen, WorkLogged, frozen_class
from upheld.core.money import Money
from upheld.core.terms.answers import answer
from upheld.core.terms.cases import Chosen
from upheld.core.terms.charges import FREE, Charge
from upheld.core.terms.circumstances import Known
from upheld.core.terms.place import Term
from upheld.core.terms.rules import Terms
from upheld.core.timeline import Duration, Instant, Span

CHARGED, FREE_OF_CHARGE, WAITS, FLAGGED = "charged", "free", "waits", "may be charged"
NOT_CHARGED, UNDECIDED, UNKNOWN = "not charged", "undecided", "unknown"


@frozen_class
class Line(Frozen):
    """
    What one charge brings in a period. Only a `charged` line has its amount on the invoice; it is exact.

    A line that waits, or may be charged, says in its reasons for what, and what it would cost.
    """

    charge: str
    state: str
    amount: Money | None
    why: Step
    rule: Charge | None = None

    @property
    def is_charged(self) -> bool:
        return self.state == CHARGED


@frozen_class
class Billing(Frozen):
    """What the lines of a period are reckoned from."""

    terms: Terms
    facts: Sequence[Fact]
    period: Span
    signed_at: Instant | None
    refuse_word: Callable[[str, Instant], Step | None]
    """Why somebody's word does not count at an instant; None where it does."""

    @property
    def currency(self) -> str:
        invoicing = self.terms.fees.invoicing
        return invoicing.currency if invoicing else self.terms.currency


def charge_of(terms: Terms, name: str) -> tuple[str, Term[str] | None]:
    """The charge that work names: itself, or what its topic costs (`none`); empty where nobody knows it."""
    if name in terms.fees.charges:
        return name, None
    topic = terms.fees.topics.get(name)
    if topic is None:
        return "", None
    return (topic.value if topic.value in terms.fees.charges or topic.value == FREE else ""), topic


def describe_work(work: WorkLogged) -> dict[str, Known]:
    """What conditions of a charge may ask of a piece of work; what was not told is not known."""
    told: dict[str, Known] = {
        "topic": work.topic,
        "deleted by": work.deleted_by,
        "restore": work.restore,
        "responsible": work.responsible,
    }
    known = {name: value for name, value in told.items() if value}
    return {**known, "erroneous": str(work.erroneous).lower(), "length": Duration(work.lasted), "at": work.occurred_at}


@frozen_class
class Ruled(Frozen):
    """The rule of a charge for some circumstances: the case that holds, whether it may be charged, and why."""

    charge: Charge | None
    may: bool | None
    because: tuple[Step, ...]
    case: str = ""


def rule_of(terms: Terms, name: str, told: dict[str, Known]) -> Ruled:
    """Which case of a charge holds, and whether its condition does."""
    at = terms.circumstances(told)
    chosen: Chosen[Charge] = terms.fees.charges[name].choose(at)
    steps = tuple(Step("holds", *reason) for reason in chosen.reasons)
    if chosen.case is None:
        both = f"between {' and '.join(chosen.between)}" if chosen.between else "no case of it holds"
        return Ruled(None, None if chosen.between else False, (*steps, Step(UNDECIDED, f"{name}: {both}")))
    charge = chosen.case.rule
    if charge.when is None:
        return Ruled(charge, True, steps, chosen.case.name)
    held = answer(charge.when, at)
    words = {True: "holds", False: "does not hold", None: "is not known"}[held.holds]
    return Ruled(charge, held.holds, (*steps, *(Step(words, *reason) for reason in held.reasons)), chosen.case.name)
