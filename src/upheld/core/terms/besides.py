"""Charges, access, duties, notices and plans that speak of other rules: every name known, every length one that ends."""

from collections.abc import Iterator

from upheld.core.terms.access import find_lost_switches
from upheld.core.terms.charges import FREE, Charge
from upheld.core.terms.duties import Notice
from upheld.core.terms.place import TermProblem, nearest
from upheld.core.terms.reach import check_lengths, check_words
from upheld.core.terms.rules import Terms

KNOWN_OF_WORK = ("topic", "deleted by", "restore", "responsible", "erroneous", "length", "volume", "at")


def find_besides_problems(terms: Terms) -> Iterator[TermProblem]:
    """What cannot be judged of these families although each rule can be read."""
    yield from find_lost_switches(terms.doors)
    declared = tuple(terms.document.blocks.get("parameters", {}))
    for name, cases in terms.fees.charges.items():
        for case in cases.each:
            path = ("charges", name) if case.name == name else ("charges", name, "cases", case.name)
            if case.when:
                yield from check_words((*path, "when"), case.when, (*KNOWN_OF_WORK, *declared))
            yield from check_charge(path, case.rule, declared)
    known = (*terms.fees.charges, FREE)
    for topic, charge in terms.fees.topics.items():
        if charge.value not in known:
            what = f"no charge is called {charge.value!r}{nearest(charge.value, known)}"
            yield TermProblem(("topics", topic, "charge"), what)
    for plan in terms.besides.plans.values():
        if plan.when:
            yield from check_words(("plans", plan.name, "when"), plan.when, declared)
    for notice in terms.besides.notices.values():
        yield from check_notice(terms, notice)


def check_charge(path: tuple[str, ...], charge: Charge, declared: tuple[str, ...]) -> Iterator[TermProblem]:
    if charge.when:
        yield from check_words((*path, "when"), charge.when, (*KNOWN_OF_WORK, *declared))
    if charge.how_many and charge.how_many.value.denominator != 1:
        yield TermProblem((*path, "how many"), f"{charge.how_many.value} is no whole number of things; write one")


def check_notice(terms: Terms, notice: Notice) -> Iterator[TermProblem]:
    path = ("notices", notice.name)
    if notice.outside and notice.outside.value not in terms.calendars:
        what = f"no calendar is called {notice.outside.value!r}{nearest(notice.outside.value, terms.calendars)}"
        yield TermProblem((*path, "outside"), what)
    if notice.ahead.value:
        yield from check_lengths(terms, (*path, "ahead"), [edge for _, edge in notice.ahead.value.edges])
