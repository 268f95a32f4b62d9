"""`upheld explain`: one finding, opened down to facts and clauses, and beside it what another reading would give."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from upheld.core.explain import Finding, tell
from upheld.core.facts import Fact
from upheld.core.statement import Statement, TermsDoNotBind, build
from upheld.core.timeline import Instant
from upheld.interfaces.cli.agreements import AgreementFile, bounds, instant_of, named, pairs, read_file
from upheld.interfaces.cli.facts_file import read_facts
from upheld.interfaces.cli.reading import FACTS, needs
from upheld.interfaces.cli.stopping import stop
from upheld.language import Checked, check, with_zones


def explain_finding(
    file: AgreementFile,
    facts: Annotated[Path, typer.Argument(callback=needs(FACTS), help="Facts, one JSON object a line.")],
    rule: Annotated[str, typer.Argument(help="The finding: the rule's name, for instance uptime; none lists them.")] = "",
    period: Annotated[str, typer.Option(help="The period, by year and month of its start: 2026-02.")] = "",
    as_of: Annotated[str, typer.Option(help="As known at this instant: 2026-03-05T09:00Z; else now.")] = "",
    under: Annotated[list[str], typer.Option(help="Another sense of a reading: READING=SENSE. May be repeated.")] = [],  # noqa: B006
    parameter: Annotated[
        list[str], typer.Option("--set", help="A parameter that no fact sets: NAME=VALUE. May be repeated.")
    ] = [],  # noqa: B006
    as_json: Annotated[bool, typer.Option("--json", help="The finding as JSON; with --under both.")] = False,
) -> None:
    """Open a finding: value, rule, clauses, facts, spans, arithmetic; with --under also what it would be instead."""
    known_at = instant_of(as_of)
    read = check(read_file(file), as_of=known_at)
    if read.document is None or not read.is_clean:
        stop(f"{file} has problems; upheld check {file} lists them all", *(f"{file}:{problem}" for problem in read.problems))
    known, problems = read_facts(facts)
    if problems:
        stop("the facts cannot be judged until these lines are right", *map(str, problems))
    if not period:
        stop("of which period? Write for instance --period 2026-02")
    given = pairs(parameter, "--set")
    ours = judge(read, known, period, known_at, {}, given)
    senses = pairs(under, "--under")
    theirs = judge(read, known, period, known_at, senses, given) if senses else None
    if not rule:
        stop("which finding? There are", *(f"  {named(finding)}" for finding in ours.findings))
    pairs_found = [(one, find_in(theirs, one.rule) if theirs else None) for one in find_all(ours, rule)]
    if as_json:
        typer.echo(json.dumps([write(one, other) for one, other in pairs_found], indent=2, ensure_ascii=False))
        return
    for one, other in pairs_found:
        typer.echo("\n".join(tell_finding(one)))
        if other is not None:
            typer.echo(f"\nunder {', '.join(under)}:\n")
            typer.echo("\n".join(tell_change(one, other)))


def judge(
    read: Checked, facts: Sequence[Fact], period: str, at: Instant, senses: Mapping[str, str], given: Mapping[str, str]
) -> Statement:
    assert read.document is not None
    try:
        calendars = with_zones(read.document, read.calendars, given)
        return build(read.document, calendars, facts, period, at, readings=senses, parameters=given, others=False)
    except TermsDoNotBind as refusal:
        stop("the agreement cannot be judged yet", *(str(problem) for problem in refusal.problems))
    except ValueError as problem:
        stop(str(problem))


def find_all(statement: Statement, rule: str) -> list[Finding]:
    """The findings of a rule, named with or without its block; one rule may have many, one for each ticket."""
    found = [one for one in statement.findings if rule in (one.rule, one.rule.partition("/")[2], *one.rule.split("/")[1:2])]
    if not found:
        stop(f"there is no finding {rule!r}; there are", *(f"  {named(finding)}" for finding in statement.findings))
    return found


def find_in(statement: Statement, rule: str) -> Finding | None:
    return next((one for one in statement.findings if one.rule == rule), None)


def tell_finding(finding: Finding) -> Iterator[str]:
    yield named(finding)
    yield from bounds(finding)
    yield from (f"  {line}" for line in tell(finding.why))


def tell_change(ours: Finding, theirs: Finding) -> Iterator[str]:
    """Both figures first; the reasons again only where they differ."""
    if (ours.shown, ours.verdict) == (theirs.shown, theirs.verdict):
        yield f"{named(theirs)}: the same"
        return
    yield f"instead of {named(ours)}"
    yield from tell_finding(theirs)


def write(ours: Finding, theirs: Finding | None) -> dict[str, object]:
    return {"finding": ours.to_json(), **({"under": theirs.to_json()} if theirs else {})}
