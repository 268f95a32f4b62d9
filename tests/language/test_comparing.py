"""Two versions side by side: clauses, rules and parameters that differ, and nothing else."""

from typing import Any

from upheld.core.terms.document import Document
from upheld.language.comparing import Change, compare

BLOCKS: dict[str, Any] = {
    "agreement": {"id": "harbour", "version": "1", "effective": "2026-01-01", "title": "Harbour"},
    "parameters": {"price": {"kind": "money"}},
    "availability": {"uptime": {"target": "at least 99 %", "counted": ["web", "mail"], "decided": True}},
    "credits": {"tenfold": {"bands": [{"below": "99 %", "is": "10 %"}]}},
}
CITES = {"availability/uptime": ("H-1",)}
OLD = Document(BLOCKS, CITES, {"H-1": "We keep 99 %.", "H-2": "Prices stay."})


def change(**blocks: object) -> Document:
    said = {**BLOCKS, "agreement": {**BLOCKS["agreement"], "version": "2", "effective": "2026-02-01"}, **blocks}
    return Document(said, CITES, OLD.clauses)


def test_another_name_and_day_alone_change_nothing() -> None:
    """Each version has its own; they are said elsewhere."""
    assert compare(OLD, change()).is_same


def test_clauses_are_new_gone_or_read_otherwise() -> None:
    """In the order of the new text; those that are gone come last."""
    new = Document(BLOCKS, CITES, {"H-1": "We keep 99.9 %.", "H-3": "We tell you."})

    assert (
        Change("H-1", "We keep 99 %.", "We keep 99.9 %."),
        Change("H-3", "", "We tell you."),
        Change("H-2", "Prices stay.", ""),
    ) == compare(OLD, new).clauses


def test_rules_are_told_with_their_place_and_clause() -> None:
    """Also those inside lists; a list of words is one value."""
    uptime = {"target": "at least 99.9 %", "counted": ["web"], "decided": False}
    new = change(availability={"uptime": uptime}, credits={"tenfold": {"bands": [{"below": "98 %", "is": "10 %"}]}})

    assert (
        Change("availability/uptime/target", "at least 99 %", "at least 99.9 %", ("H-1",)),
        Change("availability/uptime/counted", "web, mail", "web", ("H-1",)),
        Change("availability/uptime/decided", "yes", "no", ("H-1",)),
        Change("credits/tenfold/bands/1/below", "99 %", "98 %"),
    ) == compare(OLD, new).rules


def test_parameters_stand_apart() -> None:
    """What the customer must give values for."""
    new = change(parameters={"price": {"kind": "money"}, "plan": {"kind": "choice"}})

    assert (Change("parameters/plan/kind", "", "choice"),) == compare(OLD, new).parameters
    assert () == compare(OLD, new).rules
