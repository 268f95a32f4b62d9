"""Time that was bought ahead: what was bought, which work used it, what ended unused, what is left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk.models import Purchase
from upheld.apps.desk.queries.words import facts_known
from upheld.core.facts import WorkLogged, of_kind
from upheld.core.fees.lines import charge_of, describe_work, rule_of
from upheld.core.fees.working import counted_time
from upheld.core.terms import Terms
from upheld.core.timeline import ZERO, Duration, Instant


@dataclass(frozen=True, slots=True)
class Taken:
    """The work of one request: `counted` is its time in the charge's steps, its least at least; `at` is its last end."""

    request: str
    works: tuple[WorkLogged, ...]
    counted: Duration
    at: Instant


@dataclass(slots=True)
class Bought:
    """One purchase, and how much of it no work has used."""

    row: Purchase
    rest: Duration
    lost: Duration = ZERO
    """What nobody had used when it ended."""

    @property
    def ends_at(self) -> Instant | None:
        return Instant.of(self.row.until_at) if self.row.until_at else None


@dataclass(frozen=True, slots=True)
class Balance:
    """Time of one charge that was bought ahead, by which work it was used, and what is left of it."""

    charge: str
    purchases: tuple[Bought, ...]
    taken: tuple[Taken, ...]
    over: Duration
    """Work for which nothing that was bought was left."""

    @property
    def bought(self) -> Duration:
        return sum((Duration(one.row.lasted_us) for one in self.purchases), ZERO)

    @property
    def used(self) -> Duration:
        return sum((one.counted for one in self.taken), ZERO)

    @property
    def lost(self) -> Duration:
        return sum((one.lost for one in self.purchases), ZERO)

    @property
    def left(self) -> Duration:
        """Negative where more was worked than bought."""
        return sum((one.rest for one in self.purchases), ZERO) - self.over


def balances_of(agreement: Agreement, at: Instant) -> list[Balance]:
    """One for each charge for which an agreement's customer bought time, by name. Raises CannotJudge."""
    names = agreement.purchases.filter(bought_at__lte=at.utc()).values_list("charge", flat=True).distinct()
    return [balance_of(agreement, charge, at) for charge in sorted(names)]


def balance_of(agreement: Agreement, charge: str, at: Instant) -> Balance:
    """
    What is left of the time bought ahead for a charge. Work takes from what ends first of what is there when it is done;
    what is there later pays for what was worked before it. Raises CannotJudge.
    """
    rows = agreement.purchases.filter(charge=charge, bought_at__lte=at.utc()).order_by("bought_at", "number")
    purchases = [Bought(row, ZERO) for row in rows]
    taken = list(list_taken(agreement, charge, at))
    over = ZERO
    steps: list[tuple[Instant, int, Bought | Taken]] = [(Instant.of(one.row.bought_at), 0, one) for one in purchases]
    steps += [(one.at, 1, one) for one in taken]
    for now, _, step in sorted(steps, key=lambda each: each[:2]):
        end_over(purchases, now)
        if isinstance(step, Bought):
            paid = min(over, Duration(step.row.lasted_us))
            over, step.rest = over - paid, Duration(step.row.lasted_us) - paid
        else:
            over += take_from(purchases, step.counted)
    end_over(purchases, at)
    return Balance(charge, tuple(purchases), tuple(taken), over)


def end_over(purchases: Sequence[Bought], at: Instant) -> None:
    """What was not used by its end is lost then."""
    for one in purchases:
        if one.ends_at is not None and one.ends_at <= at and one.rest:
            one.lost, one.rest = one.rest, ZERO


def take_from(purchases: Sequence[Bought], wanted: Duration) -> Duration:
    """Take time from what ends first; what could not be taken comes back."""
    for one in sorted(purchases, key=lambda each: (each.ends_at is None, each.ends_at.micros if each.ends_at else 0)):
        part = min(one.rest, wanted)
        one.rest, wanted = one.rest - part, wanted - part
    return wanted


def list_taken(agreement: Agreement, charge: str, at: Instant) -> Iterator[Taken]:
    """The work of each request for a charge, in the order in which it was done."""
    terms = terms_of(agreement, at)
    requests: dict[str, list[WorkLogged]] = {}
    for fact in of_kind(facts_known(agreement, at), WorkLogged):
        if charge_of(terms, fact.charge)[0] == charge:
            requests.setdefault(fact.request or fact.work, []).append(fact)
    for name, works in requests.items():
        yield Taken(name, tuple(works), count_time(terms, charge, works), max(work.occurred_at for work in works))


def count_time(terms: Terms, charge: str, works: Sequence[WorkLogged]) -> Duration:
    """The time of one request in the charge's steps, its least at least; nothing for what is not charged by time."""
    ruled = rule_of(terms, charge, describe_work(works[0]))
    if not ruled.may or ruled.charge is None or ruled.charge.step is None:
        return ZERO
    return counted_time(ruled.charge, works)
