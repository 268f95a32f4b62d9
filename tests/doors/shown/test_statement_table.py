"""A statement as a table: each figure, its bounds, the money of other readings; and nothing that a spreadsheet would run."""

import csv
import io
import json

import pytest

from tests.verify.samples import live_through_february, state
from upheld.core.explain import show
from upheld.core.proof import canonical_bytes
from upheld.core.timeline import Duration
from upheld.doors.shown.statement_table import HEAD, write_table


@pytest.fixture(scope="module")
def content():
    """February as its statement keeps it, with a day that nobody measured."""
    told = [fact for fact in live_through_february() if fact.id != "seen-2026-02-07T00:00:00.000000Z"]
    return json.loads(canonical_bytes(state(told).to_json()))


def rows_of(content):
    return list(csv.DictReader(io.StringIO(write_table(content))))


def test_has_a_row_for_each_figure(content):
    """In the order of the statement, with the clauses of each."""
    figures = [row for row in rows_of(content) if row["kind"] == "figure"]

    assert [(one["rule"], one["shown"], one["verdict"]) for one in content["findings"]] == [
        (row["name"], row["figure"], row["verdict"]) for row in figures
    ]
    assert [" ".join(one["why"].get("clauses", ())) for one in content["findings"]] == [row["clauses"] for row in figures]


def test_tells_bounds_and_coverage(content):
    """One day of 28 was not seen."""
    [first] = [row for row in rows_of(content) if row["name"].startswith("availability/")]
    finding = next(one for one in content["findings"] if one["rule"] == first["name"])

    assert finding["coverage"]["shown"] == first["measured"]
    assert (finding["lower"]["shown"], finding["upper"]["shown"]) == (first["at least"], first["at most"])
    assert finding["value"]["share"] == first["exact"]


def test_tells_credits_claims_and_maintenance(content):
    """The amounts as they were granted; the claim with its answer; the work of the month."""
    found = {row["kind"]: row for row in rows_of(content)}

    assert [one["granted"] for one in content["credits"]] == [
        row["figure"] for row in rows_of(content) if row["kind"] == "credit"
    ]
    assert content["claims"][0]["claim"] == found["claim"]["name"]
    assert str(content["maintenance_time"]["micros"]) == found["maintenance"]["exact"]
    assert show(Duration(content["maintenance_time"]["micros"])) == found["maintenance"]["figure"]


def test_tells_what_other_readings_would_make(content):
    """Each sense in a row, with the figures that it would change."""
    told = [(row["name"], row["figure"]) for row in rows_of(content) if row["kind"] == "other sense"]

    assert told
    assert [(one["reading"], other["sense"]) for one in content["readings"] for other in one["others"]] == told


@pytest.mark.parametrize("words", ["=1+1", "+1", "-cmd", "@sum", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(content, words):
    """Words that people wrote are never run; a negative number stays one."""
    bent = {**content, "held": [words, "-3.5"]}

    table = list(csv.reader(io.StringIO(write_table(bent))))
    assert [f"'{words}", "-3.5"] == [row[HEAD.index("says")] for row in table[-2:]]


def test_lines_end_as_the_standard_says(content):
    """RFC 4180: carriage return and line feed."""
    assert write_table(content).endswith("\r\n")
