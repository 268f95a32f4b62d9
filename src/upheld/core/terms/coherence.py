"""Rules that speak of each other: every name known, every chain ends, nothing asked that this judge cannot answer."""

from collections.abc import Iterator

from upheld.core.terms.asking import find_desk_problems
from upheld.core.terms.besides import find_besides_problems
from upheld.core.terms.conditions import conditions_of, tests_of
from upheld.core.terms.owing import find_owing_problems
from upheld.core.terms.place import TermProblem, nearest
from upheld.core.terms.quantities import Comparison
from upheld.core.terms.reach import check_lengths, check_words, lengths_of
from upheld.core.terms.rules import MaintenanceKind, Service, Terms

KNOWN_OF_CAUSES = ("component", "cause", "software", "supplier")


def find_incoherent(terms: Terms) -> Iterator[TermProblem]:
    """What cannot be judged although each rule can be read: found when terms are bound, never while a statement is built."""
    for service in terms.services.values():
        yield from check_service(service)
    declared = terms.document.blocks.get("parameters", {})
    for cause in terms.causes.values():
        if cause.when:
            yield from check_words(("causes", cause.name, "when"), cause.when, (*KNOWN_OF_CAUSES, *declared))
    for kind in terms.maintenance.values():
        yield from check_kind(terms, kind)
    for block, rules_of in (("availability", terms.availability), ("measures", terms.measures)):
        for promise in rules_of.values():
            if promise.service not in terms.services:
                what = f"no service is called {promise.service!r}{nearest(promise.service, terms.services)}"
                yield TermProblem((block, promise.name, "of"), what)
    yield from find_owing_problems(terms)
    yield from find_desk_problems(terms)
    yield from find_besides_problems(terms)


def check_service(service: Service) -> Iterator[TermProblem]:
    path = ("services", service.name, "down when")
    for condition in conditions_of(service.down_when):
        if condition.how == "not" or not condition.parts:
            yield TermProblem(path, "says no component; write for instance {all: [web]} or {any: [web, mail]}")
    for test in tests_of(service.down_when):
        if test.fact == "components down" and isinstance(test.wanted, Comparison):
            continue
        if test.fact in service.uncovered:
            yield TermProblem(path, f"{test.fact!r} is not covered, and nothing is promised for it; take it out")
        elif test.fact not in service.components or test.wanted != ("down",):
            what = f"{test.fact!r} is no component of {service.name}{nearest(test.fact, service.components)}"
            yield TermProblem(path, f"{what}; a service is judged by which of its components are down")


def check_kind(terms: Terms, kind: MaintenanceKind) -> Iterator[TermProblem]:
    path = ("maintenance", kind.name)
    for key, name in (("same as", kind.same_as), ("otherwise", kind.fallback)):
        if name is not None and name not in terms.maintenance:
            yield TermProblem((*path, key), f"no maintenance is called {name!r}{nearest(name, terms.maintenance)}")
    passed, last = {kind.name}, kind.fallback
    while last is not None and last in terms.maintenance and last not in passed:
        passed.add(last)
        last = terms.maintenance[last].fallback
    if last in passed:
        yield TermProblem((*path, "otherwise"), f"leads back to {last!r}; the last kind of a chain says otherwise: none")
    known = {part for service in terms.services.values() for part in service.components}
    for part in kind.must_stay_up.value if kind.must_stay_up else ():
        if part not in known:
            yield TermProblem((*path, "must stay up"), f"no component is called {part!r}{nearest(part, known)}")
    if kind.notice.value:
        yield from check_lengths(terms, (*path, "notice"), [edge for _, edge in kind.notice.value.edges])
    if kind.waived_when:
        yield from check_lengths(terms, (*path, "waived when"), lengths_of(kind.waived_when))
