"""The contract's term as a rule: when it began, how long it runs at least, how it goes on, how it is ended."""

from datetime import date
from typing import Any

from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.lengths import later_date, read_span
from upheld.core.terms.place import Place, Term, Unreadable, one_of, text, unless_none
from upheld.core.terms.quantities import Length, parse_date

UNTIL_ENDED = "until ended"


@frozen_class
class ContractTerm(Frozen):
    """How long the contract runs. `starts` is a date, or None for the day on which it was signed."""

    starts: Term[date | None]
    least: Term[Length | None]
    renews: Term[Length | str]
    early_end: Term[str]
    notice: Term[Length | None]
    clauses: tuple[str, ...]


def bind_term(root: Place) -> ContractTerm | None:
    if not root.has("term"):
        return None
    place = root.below("term")
    starts = place.read("starts", lambda value: (None if value == "signed" else parse_date(text(value)),))
    least, renews = place.read("least", unless_none(read_span)), place.read("renews", read_renewal)
    early, notice = place.read("early end", one_of("refused", "accepted")), place.read("notice", unless_none(read_span))
    if not (starts and least and renews and early and notice):
        return None
    began = Term(starts.value[0], starts.clauses, starts.readings)
    return ContractTerm(began, least, renews, early, notice, place.clauses)


def read_renewal(value: Any) -> Length | str:
    """`none` (the contract is over), `until ended` (it runs on), or the length by which it goes on each time."""
    if value in ("none", UNTIL_ENDED):
        return str(value)
    length = read_span(value)
    if later_date(date.min, length) == date.min:
        raise Unreadable(f"{value!r} renews nothing; write a length, until ended, or none")
    return length
