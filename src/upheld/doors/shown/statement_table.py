"""A statement as CSV: each figure with clauses and bounds, what is credited and claimed, what other readings would make."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from django.http import HttpResponse

from upheld.apps.statements.queries import restate
from upheld.core.explain import show
from upheld.core.statement.outline import list_changed
from upheld.core.timeline import Duration, Instant, Span
from upheld.doors.naming import Agreement
from upheld.doors.shown.samples import list_sample_cells

HEAD = ("kind", "name", "figure", "exact", "verdict", "at least", "at most", "measured", "clauses", "says")
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Told = Mapping[str, Any]


def hand_out_table(agreement: Agreement, content: dict[str, Any], name: str) -> HttpResponse:
    """The table as a file; its name is the statement's."""
    span, as_of = Span(*map(Instant.parse, content["period"])), Instant.parse(content["as_of"])
    table = write_table(restate(agreement, content), list_sample_cells(agreement, span, as_of))
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name.replace("/", "-")}.csv"'
    return response


def write_table(content: Told, further: Iterable[dict[str, str]] = ()) -> str:
    """The rows as CSV (RFC 4180), of a statement's JSON, then further ones; no cell is a formula to a spreadsheet."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(HEAD)
    for row in chain(list_rows(content), further):
        table.writerow([fit(row.get(column, "")) for column in HEAD])
    return written.getvalue()


def list_rows(content: Told) -> Iterator[dict[str, str]]:
    """Figures in the order of the statement, then maintenance, credits, claims, the readings, and what could not be used."""
    for finding in content["findings"]:
        yield tell_figure(finding)
    length = Duration(content["maintenance_time"]["micros"])
    yield {
        "kind": "maintenance", "name": "Maintenance", "figure": show(length), "exact": str(length.micros),
        "says": f"{len(content['windows'])} planned",
    }  # fmt: skip
    for credit in content["credits"]:
        yield {
            "kind": "credit", "name": credit["rule"], "figure": credit["granted"], "exact": str(credit["granted_units"]),
            "verdict": credit["state"], "says": tell_interruptions(credit),
        }  # fmt: skip
    for claim in content["claims"]:
        yield tell_claim(claim)
    for reading in content["readings"]:
        yield from tell_reading(content, reading)
    for held in content["held"]:
        yield {"kind": "not used", "says": held}


def tell_figure(finding: Told) -> dict[str, str]:
    bounds = {words: finding[name]["shown"] for words, name in BOUNDS.items() if name in finding}
    return {
        "kind": "figure", "name": finding["rule"], "figure": finding["shown"], "exact": write_exact(finding["value"]),
        "verdict": finding["verdict"], "clauses": " ".join(finding["why"].get("clauses", ())),
        "says": finding["why"]["words"], **bounds,
    }  # fmt: skip


BOUNDS = {"at least": "lower", "at most": "upper", "measured": "coverage"}


def write_exact(value: Any) -> str:
    """A value as the ledger keeps it: a share as a fraction, a length in microseconds, an amount with its currency."""
    return str(next(iter(value.values()), "")) if isinstance(value, Mapping) else str(value)


def tell_interruptions(credit: Told) -> str:
    return "; ".join(f"{', '.join(one['outages'])}: {one['shown']}" for one in credit["interruptions"])


def tell_claim(claim: Told) -> dict[str, str]:
    verdict = {True: "accepted", False: "refused", None: "waits for a person"}[claim["accepted"]]
    wrong = claim.get("not_met") or claim["refused_for"]
    says = f"not met: {'; '.join(wrong)}" if wrong else claim["interruption"]
    return {"kind": "claim", "name": claim["claim"], "figure": claim["credit"], "verdict": verdict, "says": says}


def tell_reading(content: Told, reading: Told) -> Iterator[dict[str, str]]:
    """Our sense of a reading, then each other sense with the figures that it would make otherwise."""
    clauses = " ".join(reading["clauses"])
    yield {
        "kind": "reading", "name": reading["reading"], "figure": str(reading["we_read"]), "clauses": clauses,
        "says": reading["question"],
    }  # fmt: skip
    for other in reading["others"]:
        changed = list_changed(content["findings"], reading["figures"], other["figures"])
        says = "; ".join(made for _, made in changed) or "the same figures"
        sense = str(other["sense"])
        yield {"kind": "other sense", "name": reading["reading"], "figure": sense, "clauses": clauses, "says": says}


def fit(cell: str) -> str:
    """A cell that a spreadsheet reads as no formula: an apostrophe before what would begin one; numbers as they are."""
    is_number = re.fullmatch(r"-\d+(\.\d+)?", cell, re.ASCII) is not None
    return f"'{cell}" if cell.startswith(BEGINS_A_FORMULA) and not is_number else cell
