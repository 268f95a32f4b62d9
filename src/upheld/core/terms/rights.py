"""Rights as rules: what a side may do once something has happened, often enough or badly enough."""

from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.conditions import Condition, read_condition
from upheld.core.terms.place import Place, Term, one_of, text, unless_none
from upheld.core.terms.quantities import Deadline, Length, parse_deadline, parse_length


@frozen_class
class Right(Frozen):
    """
    What `who` may do when a condition holds. `notice`: how long ahead it must be told; `use_within`: until when it may be
    used (None: for as long as it holds); `refund`: what is then paid back.
    """

    name: str
    who: Term[str]
    to: Term[str]
    when: Condition
    notice: Term[Length | None]
    use_within: Term[Deadline | None]
    refund: Term[str | None]
    clauses: tuple[str, ...]


def bind_right(name: str, place: Place) -> Right | None:
    who, to = place.read("who", one_of("provider", "customer")), place.read("to", text)
    when = read_condition(place.below("when"))
    notice = place.read("notice", unless_none(parse_length))
    use_within = place.read("use within", unless_none(parse_deadline))
    refund = place.read("refund", unless_none(text))
    if not (who and to and notice and use_within and refund):
        return None
    if not when.parts:
        place.problem("says no condition; write for instance when: {uptime: missed, in a row: at least 2}", "when")
        return None
    return Right(name, who, to, when, notice, use_within, refund, place.clauses)
