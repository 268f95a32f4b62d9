"""A statement held against the facts: recomputed, compared value by value, every difference named with its clauses."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from upheld.core.facts import Fact, Frozen, frozen_class
from upheld.core.proof import canonical_bytes
from upheld.core.statement.build import Statement, build
from upheld.core.terms import Document
from upheld.core.timeline import Instant, Span

NAMES = ("rule", "reading", "claim", "evidence", "sense")
"""The keys by which an entry of a list in a statement is known, so that one entry more or less shifts no other."""


@frozen_class
class Discrepancy(Frozen):
    """
    A value that was stated and that the facts do not give.

    `figure` is its path in the statement, as in `findings/availability/uptime/value/share`; `stated` and `recomputed` are
    canonical JSON, empty where one side has no such value; `clauses` are those that the figure rests on.
    """

    figure: str
    stated: str
    recomputed: str
    clauses: tuple[str, ...] = ()

    def __str__(self) -> str:
        cited = f" [{', '.join(self.clauses)}]" if self.clauses else ""
        return f"{self.figure}{cited}: stated {self.stated or 'nothing'}, recomputed {self.recomputed or 'nothing'}"

    def to_json(self) -> dict[str, Any]:
        return {
            "figure": self.figure,
            "stated": self.stated,
            "recomputed": self.recomputed,
            "clauses": list(self.clauses),
        }


def check_statement(
    stated: Mapping[str, Any], document: Document, calendars: Mapping[str, Any], facts: Sequence[Fact]
) -> list[Discrepancy]:
    """Every value of a statement's JSON that these facts do not give; none where the statement is right."""
    statement = recompute_statement(stated, document, calendars, facts)
    return [statement] if isinstance(statement, Discrepancy) else compare_statement(stated, statement)


def recompute_statement(
    stated: Mapping[str, Any], document: Document, calendars: Mapping[str, Any], facts: Sequence[Fact]
) -> Statement | Discrepancy:
    """The statement of the same period, as of the same instant, from these facts; or why there can be none."""
    try:
        start, end = (Instant.parse(text) for text in stated["period"])
        period, as_of = Span(start, end), Instant.parse(stated["as_of"])
    except (KeyError, TypeError, ValueError) as wrong:
        named = write({"period": stated.get("period"), "as_of": stated.get("as_of")})
        return Discrepancy("period", named, f"a period is two instants and as_of one: {wrong}")
    try:
        statement = build(document, calendars, facts, period, as_of)
        canonical_bytes(statement.to_json())
    except Exception as wrong:  # terms and calendars come from elsewhere: whatever the judge stumbles over is told
        return Discrepancy("statement", write(stated.get("statement")), f"it cannot be recomputed: {wrong!r}")
    return statement


def compare_statement(stated: Mapping[str, Any], statement: Statement) -> list[Discrepancy]:
    """Every value in which a statement's JSON differs from the recomputed statement, in the order of their paths."""
    recomputed = statement.to_json()
    clauses_of = {finding.rule: finding.clauses for finding in statement.findings}
    found = list(find_differences(stated, recomputed, (), (), clauses_of))
    return [*find_invented_period(statement), *found]


def find_invented_period(statement: Statement) -> Iterator[Discrepancy]:
    """A span that is no period of the agreement: figures over chosen days would be right and prove nothing."""
    span, terms = statement.period, statement.judged.terms
    periods = [terms.statement_period, *(period for period in terms.periods.values() if not period.sliding)]
    due = [(period, period.containing(span.start)) for period in dict.fromkeys(periods)]
    if span not in [whole for _, whole in due]:
        named = [[str(whole.start), str(whole.end)] for _, whole in due]
        clauses = tuple(dict.fromkeys(clause for period, _ in due for clause in period.clauses))
        yield Discrepancy("period", write([str(span.start), str(span.end)]), write(named), clauses)


def find_differences(
    stated: Any, recomputed: Any, path: tuple[str, ...], clauses: tuple[str, ...], clauses_of: Mapping[str, tuple[str, ...]]
) -> Iterator[Discrepancy]:
    """The smallest parts that differ, each with the clauses of the nearest figure around it."""
    if isinstance(stated, dict) and isinstance(recomputed, dict):
        clauses = cited_by(recomputed, clauses_of) or clauses
        pairs = {key: (stated.get(key, ABSENT), recomputed.get(key, ABSENT)) for key in sorted({*stated, *recomputed})}
    elif isinstance(stated, list) and isinstance(recomputed, list):
        ours, theirs = name_entries(stated), name_entries(recomputed)
        pairs = {key: (ours.get(key, ABSENT), theirs.get(key, ABSENT)) for key in {**theirs, **ours}}
    else:
        # Written, not compared: in Python true equals 1.
        if (said := write(stated)) != (due := write(recomputed)):
            clauses = cited_by(stated, clauses_of) or cited_by(recomputed, clauses_of) or clauses
            yield Discrepancy("/".join(path), said, due, clauses)
        return
    for key, (one, other) in pairs.items():
        yield from find_differences(one, other, (*path, key), clauses, clauses_of)


ABSENT = object()


def name_entries(entries: Sequence[Any]) -> dict[str, Any]:
    """The entries of a list under their own names, or under their places; the second of a name is `name#2`."""
    named: dict[str, Any] = {}
    times: dict[str, int] = {}
    for place, entry in enumerate(entries):
        name = name_of(entry) or str(place)
        times[name] = times.get(name, 0) + 1
        named[name if times[name] == 1 else f"{name}#{times[name]}"] = entry
    return named


def name_of(entry: Any) -> str:
    named = (entry.get(key) for key in NAMES) if isinstance(entry, dict) else ()
    return next((name for name in named if isinstance(name, str)), "")


def cited_by(part: Any, clauses_of: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The clauses that a part of a statement names itself, in its reasons, or through its rule."""
    if not isinstance(part, dict):
        return ()
    named = part.get("clauses") or cited_by(part.get("why"), clauses_of) or clauses_of.get(name_of(part), ())
    return tuple(str(clause) for clause in named) if isinstance(named, list | tuple) else ()


def write(value: Any) -> str:
    """Canonical JSON; nothing for what is not there."""
    return "" if value is ABSENT else canonical_bytes(value).decode()
