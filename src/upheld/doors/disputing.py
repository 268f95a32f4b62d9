"""What can be disputed: each figure of an issued statement and each verdict on a clock, by page and by program alike."""

from collections.abc import Iterable
from typing import Any

from upheld.apps.desk.services.disputing import Disputed
from upheld.apps.statements.queries import content_of
from upheld.core.clocks import Timed
from upheld.core.explain import Verdict
from upheld.core.statement.outline import is_quiet
from upheld.doors.shown.clocks import name_run
from upheld.gateways.pdf.naming import name_finding
from upheld.pages.words import say_verdict

Row = Any
"""A statement or a ticket, as their queries give it."""


def list_figures(issued: Row) -> dict[str, tuple[str, Disputed]]:
    """Each figure by its place among the findings of the statement, in words, and as it is disputed."""
    found = {}
    for place, finding in enumerate(content_of(issued)["findings"]):
        if is_quiet(finding):
            continue
        shown, verdict = str(finding["why"]["shown"]), say_outcome(finding["verdict"])
        words = f"{name_finding(finding)}: {shown}{f', {verdict}' if verdict else ''}"
        found[str(place)] = (words, Disputed(f"statement {issued.name}", finding["rule"], shown, verdict))
    return found


def say_outcome(verdict: str) -> str:
    return "" if verdict == Verdict.NOT_APPLICABLE.value else verdict


def list_verdicts(ticket: Row, runs: Iterable[Timed]) -> dict[str, tuple[str, Disputed]]:
    """Each run of a clock by `clock/number`, in words, and as it is disputed."""
    found = {}
    for run in runs:
        verdict = say_verdict(run.verdict).words.lower() if run.state not in ("running", "paused") else run.state
        shown = str(run.why.to_json()["shown"])
        words = f"{name_run(run).capitalize()}: {shown}, {verdict}"
        disputed = Disputed(ticket.name, f"clocks/{run.clock}/{run.number}", shown, verdict, ticket)
        found[f"{run.clock}/{run.number}"] = (words, disputed)
    return found
