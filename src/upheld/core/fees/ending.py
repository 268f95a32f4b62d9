"""When the contract can end: least term, renewals, notice; a wish for an earlier end is refused with the date."""

from datetime import date
from itertools import count
from typing import Any

from upheld.core.explain import Step, show
from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.contract import UNTIL_ENDED, ContractTerm
from upheld.core.terms.lengths import days_of, later_date
from upheld.core.terms.place import Term
from upheld.core.terms.quantities import Days, Length, Months
from upheld.core.timeline import Duration

LAST_DAY = date(9000, 1, 1)
"""No contract ends later; a date beyond it is taken as this one."""


@frozen_class
class EndDecision(Frozen):
    """Whether the contract ends on the wished date, and the earliest date on which it can."""

    is_accepted: bool
    ends_on: date
    earliest_on: date
    why: Step


def decide_end(
    term: ContractTerm, signed_on: date | None, told_on: date, wished_on: date | None = None
) -> EndDecision | None:
    """
    An end that was told on a date, for a date (None: as soon as it can be). None while it is not known when the term began.

    The earliest end is the end of the least term or of a renewal, with the notice before it; where the contract runs on
    until it is ended, any date after the least term. Accepted early, it ends as wished.
    """
    began_on = term.starts.value or signed_on
    if began_on is None:
        return None
    began_on, told_on = min(began_on, LAST_DAY), min(told_on, LAST_DAY)
    least_on = end_after(term, began_on, 0)
    noticed_on = later_date(told_on, term.notice.value) if term.notice.value else told_on
    earliest_on = find_earliest(term, began_on, noticed_on)
    wish = min(wished_on, LAST_DAY) if wished_on else earliest_on
    is_early = wish < earliest_on or not ends_with_a_term(term, began_on, wish)
    is_accepted = not is_early or term.early_end.value == "accepted"
    ends_on = wish if is_accepted else earliest_on
    if term.renews.value == "none":
        # It does not go on, so a later wish finds it over.
        ends_on = min(ends_on, least_on)
    return EndDecision(
        is_accepted, ends_on, earliest_on, tell(term, began_on, least_on, noticed_on, wish, is_accepted, earliest_on)
    )


def find_earliest(term: ContractTerm, began_on: date, noticed_on: date) -> date:
    least_on = end_after(term, began_on, 0)
    if term.renews.value == "none":
        return least_on
    if term.renews.value == UNTIL_ENDED:
        return max(least_on, noticed_on) if term.notice.value else least_on
    return first_end(term, began_on, noticed_on)


def first_end(term: ContractTerm, began_on: date, day: date) -> date:
    """The end of the least term, or of a renewal, that is first on or after a day."""
    least_on, renews = end_after(term, began_on, 0), term.renews.value
    assert not isinstance(renews, str), "only a length renews"
    if isinstance(renews, Months):
        passed = ((day.year - least_on.year) * 12 + day.month - least_on.month) // renews.number
    else:
        passed = (day - least_on).days // days_of(renews)
    # A month may be cut short, so the search begins one renewal before the one that was reckoned.
    return next(end for times in count(max(passed - 1, 0)) if (end := end_after(term, began_on, times)) >= day)


def end_after(term: ContractTerm, began_on: date, times: int) -> date:
    """The end of a term renewed so many times. Months are counted from the beginning: a short one shortens no other."""
    least, renews = term.least.value, term.renews.value
    if isinstance(least, Months) and isinstance(renews, Months):
        return later_date(began_on, Months(least.number + renews.number * times))
    end = later_date(began_on, least) if least else began_on
    return end if isinstance(renews, str) else later_date(end, lengthen(renews, times))


def lengthen(length: Length, times: int) -> Length:
    if isinstance(length, Months):
        return Months(length.number * times)
    if isinstance(length, Days):
        return Days(length.number * times)
    assert isinstance(length, Duration), "open time is no length of a contract"
    return length * times


def ends_with_a_term(term: ContractTerm, began_on: date, wish: date) -> bool:
    """Whether a contract that renews by lengths ends then; one that does not can end on any date after its least term."""
    if isinstance(term.renews.value, str):
        return True
    return wish == first_end(term, began_on, wish)


def tell(
    term: ContractTerm, began_on: date, least_on: date, noticed_on: date, wish: date, is_accepted: bool, earliest_on: date
) -> Step:  # fmt: skip
    steps = [
        said(began_on, "the contract began", term.starts),
        said(least_on, f"its least term of {spell(term.least.value)} ends", term.least),
    ]
    if term.notice.value:
        steps.append(said(noticed_on, f"the notice of {spell(term.notice.value)} ends", term.notice))
    goes_on = {"none": "it is over then", UNTIL_ENDED: "it goes on until it is ended"}
    after = goes_on.get(str(term.renews.value)) or f"it goes on by {spell(term.renews.value)} each time"
    steps.append(said(earliest_on, f"{after}: the earliest end", term.renews))
    words = f"an end on {wish} is {'accepted' if is_accepted else f'refused; the earliest is {earliest_on}'}"
    clauses = tuple(dict.fromkeys((*term.early_end.clauses, *term.clauses)))
    value = "accepted" if is_accepted else "refused"
    return Step(value, words, clauses, term.early_end.readings, because=tuple(steps))


def said(day: date, words: str, term: Term[Any]) -> Step:
    return Step(day.isoformat(), words, term.clauses, term.readings)


def spell(length: Length | str | None) -> str:
    """A length in words."""
    return show(length) if isinstance(length, Duration) else str(length or "no time")
