"""`upheld check` and `upheld judge`: an agreement file, and an agreement file with facts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from upheld.core.explain import Finding, Verdict, show, show_count, show_instant, show_span, tell
from upheld.core.statement import Statement, TermsDoNotBind, build
from upheld.core.timeline import Instant, NotAnInstant
from upheld.gateways.clock import now_us
from upheld.interfaces.cli.facts_file import read_facts
from upheld.interfaces.cli.reading import AGREEMENT, FACTS, needs
from upheld.interfaces.cli.stopping import stop
from upheld.language import check, run_examples, with_zones
from upheld.pages.words.claims import say_claim

AgreementFile = Annotated[Path, typer.Argument(callback=needs(AGREEMENT), help="A literate agreement, Markdown.")]


def check_agreement(
    file: AgreementFile,
    as_of: Annotated[str, typer.Option(help="Check as of this instant (an overdue review date is a problem).")] = "",
) -> None:
    """Find every problem of an agreement file and run its examples. Ends with 1 when there is any problem."""
    checked = check(read_file(file), as_of=instant_of(as_of))
    for problem in checked.problems:
        typer.echo(f"{file}:{problem}")
    errors = [problem for problem in checked.problems if problem.severity == "error"]
    differences = run_examples(checked) if checked.is_clean else []
    for difference in differences:
        typer.echo(f"{file}:{difference}")
    if checked.document is not None:
        run = f"{show_count(len(checked.examples), 'examples')} run, {tell_differing(len(differences))}"
        read = show_count(len(checked.document.clauses), "clauses")
        typer.echo(f"{read} read; {run if checked.is_clean else 'examples not run'}")
    if checked.not_yet_judged:
        left = show_count(len(checked.not_yet_judged), "clauses")
        typer.echo(f"not yet judged, {left}: {', '.join(checked.not_yet_judged)}")
    warnings = len(checked.problems) - len(errors)
    typer.echo(f"{show_count(len(errors), 'problems')}, {show_count(warnings, 'warnings')}")
    raise typer.Exit(1 if errors or differences else 0)


def tell_differing(count: int) -> str:
    return f"{show_count(count, 'figures')} {'differs' if count == 1 else 'differ'}"


def judge_facts(
    file: AgreementFile,
    facts: Annotated[Path, typer.Argument(callback=needs(FACTS), help="Facts, one JSON object a line.")],
    period: Annotated[str, typer.Option(help="The period, by year and month of its start: 2026-02.")],
    as_of: Annotated[str, typer.Option(help="As known at this instant: 2026-03-05T09:00Z; else now.")] = "",
    under: Annotated[list[str], typer.Option(help="Another sense of a reading: READING=SENSE. May be repeated.")] = [],  # noqa: B006
    parameter: Annotated[
        list[str], typer.Option("--set", help="A parameter that no fact sets: NAME=VALUE. May be repeated.")
    ] = [],  # noqa: B006
    as_json: Annotated[bool, typer.Option("--json", help="The whole statement as JSON.")] = False,
) -> None:
    """Judge facts under an agreement: each finding with its reasons, down to facts and clauses."""
    known_at = instant_of(as_of)
    read = check(read_file(file), as_of=known_at)
    if read.document is None or not read.is_clean:
        stop(f"{file} has problems; upheld check {file} lists them all", *(f"{file}:{problem}" for problem in read.problems))
    known, problems = read_facts(facts)
    if problems:
        stop("the facts cannot be judged until these lines are right", *map(str, problems))
    given = pairs(parameter, "--set")
    try:
        statement = build(
            read.document,
            with_zones(read.document, read.calendars, given),
            known,
            period,
            known_at,
            readings=pairs(under, "--under"),
            parameters=given,
        )
    except TermsDoNotBind as refusal:
        stop("the agreement cannot be judged yet", *(str(problem) for problem in refusal.problems))
    except ValueError as problem:
        stop(str(problem))
    if as_json:
        typer.echo(json.dumps(statement.to_json(), indent=2, ensure_ascii=False, sort_keys=True))
    else:
        typer.echo("\n".join(tell_statement(statement)))


def read_file(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        stop(f"{file} is not UTF-8 text: byte {problem.start} is 0x{file.read_bytes()[problem.start]:02x}; save it as UTF-8")


def instant_of(written: str) -> Instant:
    """The instant that was asked for; now where none was. Only an interface may look at the clock."""
    if not written:
        return Instant(now_us())
    try:
        return Instant.parse(written)
    except NotAnInstant as problem:
        stop(str(problem))


def pairs(written: list[str], option: str) -> dict[str, str]:
    for pair in written:
        if "=" not in pair:
            stop(f"{option} {pair!r} has no =; write {option} NAME=VALUE")
    return dict(pair.split("=", 1) for pair in written)


def tell_statement(statement: Statement) -> Iterator[str]:
    """A statement as text: heading, then each finding with its verdict, bounds and reasons; claims; what is held."""
    running = "" if statement.is_over else ", still running"
    yield f"{statement.document.title}, {show_span(statement.period)}{running}"
    yield f"version {statement.document.version}, as known {show_instant(statement.as_of)}"
    for finding in statement.findings:
        yield ""
        yield named(finding)
        yield from bounds(finding)
        yield from (f"  {line}" for line in tell(finding.why))
    for claim in statement.judged.claims:
        yield ""
        yield f"claim {claim.filed.claim} of {show_instant(claim.filed.occurred_at)}"
        yield from (f"  {line}" for line in tell(say_claim(claim.checked)))
    for window in statement.judged.windows:
        yield ""
        yield from (f"  {line}" for line in tell(window.tell()))
    others = [(other, finding) for other in statement.others for finding in other.findings]
    ours = {finding.rule: (finding.shown, finding.verdict) for finding in statement.findings}
    # Another sense may give a figure that ours does not have.
    changed = [(other, finding) for other, finding in others if ours.get(finding.rule) != (finding.shown, finding.verdict)]
    if changed:
        yield ""
        yield "under other readings:"
        for other, finding in changed:
            yield f"  {other.reading} = {other.sense}: {named(finding)}"
    for held in statement.held:
        yield f"held: {held}"


def named(finding: Finding) -> str:
    """The rule with its figure, and its verdict where it is a promise."""
    judged = "" if finding.verdict == Verdict.NOT_APPLICABLE else f", {finding.verdict.value}"
    return f"{finding.rule}: {finding.shown}{judged}"


def bounds(finding: Finding) -> Iterator[str]:
    if finding.lower is not None and finding.upper is not None and finding.lower != finding.upper:
        yield f"  at least {show(finding.lower)}, at most {show(finding.upper)}"
    if finding.coverage is not None:
        yield f"  {show(finding.coverage)} of the time was measured"
