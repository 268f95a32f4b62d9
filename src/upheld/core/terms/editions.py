"""The agreement's own text as a rule: its edition and reviews; and what is looked at besides components."""

from datetime import date
from typing import Any

from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.place import Place, Term, one_of, text, unless_none
from upheld.core.terms.quantities import parse_date

EXACTLY, AT_LEAST = "exactly the given ones", "at least the given ones"
WHEN_SIGNED, LATEST = "version when signed", "latest version"


@frozen_class
class Check(Frozen):
    """What is looked at besides the components; where it compares names, `expect` says how they must agree."""

    name: str
    service: str
    means: str
    expect: Term[str] | None
    clauses: tuple[str, ...]


@frozen_class
class Edition(Frozen):
    """This text: its version, from when it binds, whether a customer keeps the version he signed, and its reviews."""

    version: str
    effective: Term[date | None]
    applies: Term[str] | None
    last_review: Term[date] | None
    next_review: Term[date] | None


def bind_check(name: str, service: str, place: Place) -> Check:
    means = place.read("is", text, "")
    return Check(name, service, means.value if means else "", place.maybe("expect", text), place.clauses)


def bind_edition(root: Place) -> Edition | None:
    if not root.has("agreement"):
        return None
    place = root.below("agreement")
    version, effective = place.read("version", str), place.read("effective", unless_none(parse_date))
    if not (version and effective):
        return None
    return Edition(
        version.value, effective, place.maybe("applies", one_of(WHEN_SIGNED, LATEST)),
        place.maybe("last review", read_day), place.maybe("next review", read_day),
    )  # fmt: skip


def read_day(value: Any) -> date:
    return parse_date(text(value))
