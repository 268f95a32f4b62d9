"""The report as a person reads it: each check in words, each figure with its verdict, each discrepancy with its clause."""

from collections.abc import Iterator, Sequence

from upheld.core.explain import tell
from upheld.core.statement import Statement
from upheld.verify.report import Outcome, Report

MOST_LINES = 40
"""Lines of one list that are printed; `--json` has them all."""

LONGEST = 2000
"""Letters of one line that are printed."""

CONCLUSIONS = {
    Outcome.VERIFIED: "VERIFIED. Nothing was changed since it was signed, and the figures follow from the facts.",
    Outcome.WRONG: "NOT VERIFIED. Do not rely on this bundle: what is wrong with it is said above.",
    Outcome.SIGNER_NOT_PROVEN: (
        "CONSISTENT, SIGNER NOT PROVEN. The parts fit each other; who made them is not proven without the key from your"
        " copy of the signed agreement (--key)."
    ),
}


def tell_report(name: str, report: Report, *, with_reasons: bool) -> Iterator[str]:
    """The account, line by line. Text from the bundle can neither break a line nor steer the terminal."""
    for line in lay_out(name, report, with_reasons):
        yield plain(line)


def lay_out(name: str, report: Report, with_reasons: bool) -> Iterator[str]:
    yield f"Bundle {name}"
    if report.statement:
        yield from tell_head(report.statement)
    yield ""
    for check in report.checks:
        first, *more = check.told
        yield f"{check.result.value:<11}{check.name}: {first}"
        yield from cut([f"{'':<11}{line}" for line in more])
    if report.statement:
        yield from ["", "Figures, computed again from the facts"]
        yield from tell_figures(report.statement, with_reasons)
    if report.discrepancies:
        yield from ["", f"Discrepancies: {len(report.discrepancies)}"]
        yield from cut([f"  {discrepancy}" for discrepancy in report.discrepancies])
    if report.remarks:
        yield from ["", "Remarks"]
        yield from cut([f"  {remark}" for remark in report.remarks])
    yield from ["", CONCLUSIONS[report.outcome]]


def tell_head(statement: Statement) -> Iterator[str]:
    yield f"Statement {statement.id}: {statement.document.title}, version {statement.document.version}"
    over = "" if statement.is_over else " (the period had not ended)"
    yield f"Period {statement.period.start} to {statement.period.end}, as of {statement.as_of}{over}"


def tell_figures(statement: Statement, with_reasons: bool) -> Iterator[str]:
    for finding in statement.findings:
        clauses = f"  [{', '.join(finding.clauses)}]" if finding.clauses else ""
        yield f"  {finding.rule}: {finding.shown}, {finding.verdict.value}{clauses}"
        if with_reasons:
            yield from (f"    {line}" for line in tell(finding.why))


def cut(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield f"  ... and {len(lines) - MOST_LINES} more; --json lists them all"


def plain(line: str) -> str:
    """The line with every letter that is not for reading (control, direction, end of line) spelled out, and cut."""
    spelled = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in line)
    return spelled if len(spelled) <= LONGEST else f"{spelled[:LONGEST]} ..."
