"""`upheld simulate`: what a promise would have cost over past facts, or would cost over random years."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from upheld.bulk.pricing import Offer, judge_past, periods_of, price_years
from upheld.core.explain import show_span
from upheld.core.facts import Fact
from upheld.core.statement import TermsDoNotBind
from upheld.core.terms.quantities import NotAQuantity, parse_length
from upheld.core.timeline import Duration, Span
from upheld.interfaces.cli.agreements import AgreementFile, instant_of, pairs, read_file
from upheld.interfaces.cli.facts_file import read_facts
from upheld.interfaces.cli.prices import compare, draw, tell_prices
from upheld.interfaces.cli.reading import AGREEMENT, FACTS, needs
from upheld.interfaces.cli.stopping import stop
from upheld.language import check, stand_in_parameters, with_zones

LONGEST_YEARS = 100_000


def simulate(
    file: AgreementFile,
    facts: Annotated[
        list[Path], typer.Option(callback=needs(FACTS), help="Past facts, one JSON object a line. May be repeated.")
    ] = [],  # noqa: B006
    beside: Annotated[
        Path | None,
        typer.Option(callback=needs(AGREEMENT), help="The terms in force, to be shown beside the proposed ones."),
    ] = None,
    mtbf: Annotated[str, typer.Option(help="Mean time between failures, for random years: 30 elapsed days.")] = "",
    mttr: Annotated[str, typer.Option(help="Mean time to repair: 45 minutes.")] = "",
    years: Annotated[int, typer.Option(help="How many random years.")] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed draws the same years.")] = 1,
    year: Annotated[int, typer.Option(help="The calendar year whose periods are drawn; else next year.")] = 0,
    under: Annotated[list[str], typer.Option(help="Another sense of a reading: READING=SENSE. May be repeated.")] = [],  # noqa: B006
    parameter: Annotated[
        list[str], typer.Option("--set", help="The customer's value of a parameter: NAME=VALUE. May be repeated.")
    ] = [],  # noqa: B006
    picture: Annotated[Path | None, typer.Option(help="Draw what a year costs there, as SVG.")] = None,
) -> None:
    """Price a promise: years of past facts under these terms and those in force, or random years of failures."""
    offer = offer_of(file, pairs(parameter, "--set"), pairs(under, "--under"))
    try:
        if facts:
            told = [fact for path in facts for fact in read_all(path)]
            other = offer_of(beside, pairs(parameter, "--set"), {}) if beside else None
            typer.echo("\n".join(tell_past(offer, other, told)))
        elif mtbf and mttr:
            first = year or instant_of("").utc().year + 1
            prices = price_years(
                offer, first, bounded(years), length_of("--mtbf", mtbf), length_of("--mttr", mttr), seed, tell_progress
            )
            typer.echo("\n".join(tell_prices(offer.document.title, prices, mtbf, mttr, seed)))
            if picture:
                picture.write_text(draw(prices), "utf-8")
        else:
            stop("over which years? Give --facts FILE for past ones, or --mtbf and --mttr for random ones")
    except TermsDoNotBind as refusal:
        stop("the agreement cannot be judged yet", *(str(problem) for problem in refusal.problems))


def offer_of(file: Path, given: dict[str, str], senses: dict[str, str]) -> Offer:
    """The terms of a file; a parameter that is not given has a value of its kind, which is said."""
    read = check(read_file(file), as_of=instant_of(""))
    if read.document is None or not read.is_clean:
        stop(f"{file} has problems; upheld check {file} lists them all", *(f"{file}:{problem}" for problem in read.problems))
    declared = read.document.blocks.get("parameters", {})
    known = {name: value for name, value in given.items() if name in declared}
    filled = stand_in_parameters(read.document, known)
    for name in declared:
        if name not in known and name in filled:
            typer.echo(f"{file.name}: {name} is not given; reckoned with {filled[name]} (--set {name}=…)", err=True)
    return Offer(read.document, with_zones(read.document, read.calendars, filled), filled, senses)


def read_all(path: Path) -> list[Fact]:
    if not path.is_file():
        stop(f"there is no file {path}")
    known, problems = read_facts(path)
    if problems:
        stop("the facts cannot be judged until these lines are right", *map(str, problems))
    return known


def length_of(option: str, written: str) -> Duration:
    try:
        length = parse_length(written)
    except NotAQuantity as problem:
        stop(f"{option}: {problem}")
    if not isinstance(length, Duration) or not length.micros:
        stop(f"{option} {written!r} is no elapsed time; write for instance 45 minutes, or 30 elapsed days")
    return length


def bounded(years: int) -> int:
    if not 1 <= years <= LONGEST_YEARS:
        stop(f"--years is between 1 and {LONGEST_YEARS:,}")
    return years


def tell_progress(done: int, of: int) -> None:
    """On the screen alone, and not for every step."""
    if sys.stderr.isatty() and (done % 100 == 0 or done == of):
        ending = "\n" if done == of else ""
        print(f"\r{done:,} of {of:,} periods judged", end=ending, file=sys.stderr, flush=True)


def tell_past(offer: Offer, other: Offer | None, facts: Sequence[Fact]) -> Iterator[str]:
    """The past facts, period by period of the proposed terms."""
    if not facts:
        stop("the files hold no facts")
    lived = Span(min(fact.occurred_at for fact in facts), max(fact.occurred_at for fact in facts) + Duration(1))
    terms = offer.terms(lived.start)
    periods = periods_of(terms, lived)
    ours = judge_past(offer, facts, periods, tell_progress)
    theirs = judge_past(other, facts, periods, tell_progress) if other else []
    yield f"{offer.document.title}, {show_span(Span(periods[0].start, periods[-1].end))}"
    yield ""
    yield from compare(terms.statement_period, ours, theirs)
