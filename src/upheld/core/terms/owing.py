"""Credits, claims and rights held against the rest of the agreement: what they speak of is there and can be judged."""

from collections.abc import Iterator

from upheld.core.terms.caps import SharedCap
from upheld.core.terms.credits import Credit
from upheld.core.terms.paying import INVOICE, OUTAGE, PERIOD, THE_TARGET
from upheld.core.terms.periods import Period
from upheld.core.terms.place import TermProblem, nearest
from upheld.core.terms.reach import check_lengths, check_words, lengths_of
from upheld.core.terms.rules import Terms

RULES = ("availability", "measures", "clocks", "recovery")
SOME_YEAR = 2024
OF_OUTAGES = ("responsible", "cause", "component", "length")
OF_CLAIMS = (
    "responsible", "cause", "component", "length", "software", "ticket", "claim", "overdue", "days late", "details",
    "channel", "claimed before", "priority",
)  # fmt: skip


def find_owing_problems(terms: Terms) -> Iterator[TermProblem]:
    """Everything of this family that cannot be judged although each rule can be read."""
    known = [name for block in RULES for name in terms.document.blocks.get(block, {})]
    for credit in terms.credits.values():
        yield from check_credit(terms, credit, known)
    for shared in terms.caps.values():
        yield from check_shared_cap(terms, shared)
    for claim in terms.claims.values():
        for name in claim.credits:
            if name not in terms.credits:
                what = f"no credit is called {name!r}{nearest(name, terms.credits)}"
                yield TermProblem(("claims", claim.name, "for"), what)
        asked = (*known, *terms.credits, *OF_CLAIMS, *claim.details, *terms.parameters)
        for code, condition, _ in claim.refused_when:
            path = ("claims", claim.name, "refused when", code)
            yield from check_lengths(terms, path, lengths_of(condition))
            yield from check_words(path, condition, asked)
    for right in terms.rights.values():
        stands = ("rights", right.name)
        yield from check_words((*stands, "when"), right.when, (*known, *terms.credits, *OF_OUTAGES, *terms.parameters))
        reached = [right.use_within.value.length] if right.use_within.value else []
        told = [right.notice.value] if right.notice.value else []
        yield from check_lengths(terms, stands, [*lengths_of(right.when), *reached, *told])


def check_credit(terms: Terms, credit: Credit, known: list[str]) -> Iterator[TermProblem]:
    path = ("credits", credit.name)
    figure = ("figure",) if credit.each_of else ()
    asked = (*known, *terms.credits, *OF_OUTAGES, *figure, *terms.parameters)
    yield from check_words((*path, "when"), credit.when, asked)
    yield from check_lengths(terms, (*path, "when"), lengths_of(credit.when))
    for name in credit.each_of:
        if name not in known:
            yield TermProblem((*path, "each of"), f"no promise is called {name!r}{nearest(name, known)}")
    for name in credit.only_one_of.value:
        if name not in terms.credits:
            yield TermProblem((*path, "only one of"), f"no credit is called {name!r}{nearest(name, terms.credits)}")
    for band in credit.bands.value if credit.bands else ():
        if band.figure not in (*known, *figure, "length"):
            what = f"{band.figure!r} has no figure{nearest(band.figure, known)}; a band names a promise, figure or length"
            yield TermProblem((*path, "bands"), what)
    clocks = [*terms.document.blocks.get("clocks", {}), *terms.document.blocks.get("recovery", {})]
    beyond = credit.beyond.value if credit.beyond else None
    if isinstance(beyond, str) and beyond != THE_TARGET and beyond not in clocks:
        what = f"no clock is called {beyond!r}{nearest(beyond, clocks)}; write a length, the target, or a clock's name"
        yield TermProblem((*path, "beyond"), what)
    if cap := credit.cap.value:
        yield from check_span_of_cap(terms, (*path, "cap"), cap.per, (PERIOD, OUTAGE, INVOICE, "claim"))


def check_span_of_cap(terms: Terms, path: tuple[str, ...], per: str, words: tuple[str, ...]) -> Iterator[TermProblem]:
    """A cap holds for a period of the statement or a longer one: what it is for a day of a month, nobody could add up."""
    longer = [name for name, period in terms.periods.items() if not is_shorter(period, terms.statement_period)]
    if per not in (*words, *longer):
        yield TermProblem(path, f"a cap for each {per!r} is not judged; it holds for one of {', '.join((*words, *longer))}")


def is_shorter(period: Period, other: Period) -> bool:
    """Whether a period has less than nine tenths of the length of another; two months differ by less than that."""
    at = other.starting(SOME_YEAR, 1)
    return period.containing(at.start).length.micros * 10 < at.length.micros * 9


def check_shared_cap(terms: Terms, cap: SharedCap) -> Iterator[TermProblem]:
    """The credits are there and counted in what the cap is counted in; its span is one that is judged."""
    path = ("caps", cap.name)
    for name in cap.credits:
        if name not in terms.credits:
            yield TermProblem((*path, "for"), f"no credit is called {name!r}{nearest(name, terms.credits)}")
        elif (measure := terms.credits[name].measure) != cap.measure:
            what = f"{name} is counted in {measure}, and the most that is paid in {cap.measure}; write the cap in {measure}"
            yield TermProblem((*path, "at most"), what)
    if not cap.credits:
        yield TermProblem((*path, "for"), "names no credit; write for: [NAME, NAME]")
    yield from check_span_of_cap(terms, (*path, "per"), cap.per.value, (PERIOD,))
