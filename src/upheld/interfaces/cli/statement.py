"""`upheld statement`: issue or show what a customer is told of a period, write its bundle and its paper."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from upheld.core.proof import canonical_bytes
from upheld.core.statement import Statement, build
from upheld.core.timeline import Instant
from upheld.gateways.clock import now_us
from upheld.interfaces.cli.agreements import tell_statement
from upheld.interfaces.cli.installation import Home, open_rows
from upheld.interfaces.cli.stopping import stop

BY = "operator, upheld statement"


def state(
    agreement: Annotated[str, typer.Argument(help="The key of an agreement.")],
    period: Annotated[str, typer.Option(help="The period, by year and month of its start: 2026-02.")],
    bundle: Annotated[Path | None, typer.Option(dir_okay=False, help="Write the customer's bundle to this file.")] = None,
    pdf: Annotated[Path | None, typer.Option(dir_okay=False, help="Print it into this file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The statement as JSON.")] = False,
    home: Home = None,
) -> None:
    """Show the statement of a period; one is issued first where none says what is known now."""
    open_rows(home)
    at = Instant(now_us())
    issued = find_or_issue(agreement, period, at)
    if bundle is not None:
        write_bundle(issued, bundle)
    if pdf is not None:
        write_paper(issued, pdf)
    if as_json:
        typer.echo(json.dumps(json.loads(bytes(issued.content)), indent=2, ensure_ascii=False, sort_keys=True))
        return
    typer.echo(f"statement {issued.name}" + (f", follows {issued.follows.name}" if issued.follows else ""))
    for line in tell_statement(recompute(issued)):
        typer.echo(line)
    if bundle is not None:
        typer.echo(f"{bundle}: the customer checks it with upheld-verify.pyz and the key of the signed agreement")


def find_or_issue(key: str, period: str, at: Instant) -> Any:
    """The latest statement of the period that still says what is known, or a new one."""
    from upheld.apps.agreements.queries import UnknownAgreement, agreement, list_agreements
    from upheld.apps.findings.queries import CannotJudge
    from upheld.apps.statements.queries import is_outdated, list_statements
    from upheld.apps.statements.services import CannotPrepare, prepare

    try:
        bound = agreement(key)
    except UnknownAgreement as problem:
        stop(f"{problem}; there are: {', '.join(one.key for one in list_agreements()) or 'none'}")
    told = [one for one in list_statements(bound) if one.name.split("/")[-2:-1] == [period]]
    try:
        if told and not is_outdated(told[0], at):
            return told[0]
        return prepare(agreement=bound, period=period, by=BY, at=at)
    except (CannotPrepare, CannotJudge, ValueError) as problem:
        stop(str(problem))


def write_bundle(issued: Any, path: Path) -> None:
    from upheld.apps.ledger.services import sign_checkpoint
    from upheld.apps.statements.queries import NotSignedYet, bundle_of

    try:
        content = bundle_of(issued)
    except NotSignedYet:
        # It was killed between recording and signing: signing again gives the same head.
        sign_checkpoint(agreement=issued.agreement.key, at=Instant(now_us()))
        content = bundle_of(issued)
    path.write_bytes(content)


def write_paper(issued: Any, path: Path) -> None:
    from upheld.apps.statements.queries import paper_of
    from upheld.gateways.pdf import NotPrinted

    try:
        path.write_bytes(paper_of(issued))
    except NotPrinted as problem:
        stop(str(problem))


def recompute(issued: Any) -> Statement:
    """The issued statement as a value with its reasons: built again from the facts that it was built from."""
    from upheld.apps.findings.queries.standing import terms_for
    from upheld.apps.ledger.queries import facts_of

    facts = facts_of(issued.agreement.key)[: issued.ledger_size - 1]
    made = build(*terms_for(issued.agreement, issued.period), facts, issued.period, Instant.of(issued.as_of))
    if canonical_bytes(made.to_json()) != bytes(issued.content):
        stop(
            f"{issued.name}: this version of Upheld comes to other figures than were told; --json shows what was told. "
            "Compare the bundle with upheld verify"
        )
    return made
