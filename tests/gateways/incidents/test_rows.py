"""A table of outages: its own columns, its own zone, and a night on which the clocks show an hour twice."""

import pytest

from upheld.core.facts import OutageClosed, OutageOpened
from upheld.core.timeline import Instant
from upheld.gateways.incidents import Columns, Placing, read_rows, write_facts


def at(text: str) -> Instant:
    return Instant.parse(text)


def test_a_row_is_an_outage_with_its_cause() -> None:
    text = "start,end,component,cause\n2026-02-14 10:00,2026-02-14 11:30,Web,power\n"
    read = read_rows(text, Columns(), "Europe/London")
    facts, left = write_facts(read.incidents, Placing("a", "table", {"Web": "web"}, causes={"power": "force-majeure"}))
    assert ([fact.TYPE for fact in facts], left) == (["outage-opened/1", "outage-closed/1", "cause-assigned/1"], [])
    assert facts[0].occurred_at == at("2026-02-14T10:00Z")


def test_an_hour_that_comes_twice_is_two_bounds() -> None:
    text = "Began,Ended\n2025-10-26 01:30,2025-10-26 03:00\n"
    incident = read_rows(text, Columns(start="Began", end="Ended"), "Europe/London").incidents[0]
    assert (incident.good_before_at, incident.bad_at) == (at("2025-10-26T00:30Z"), at("2025-10-26T01:30Z"))
    assert (incident.good_at, incident.doubt) == (at("2025-10-26T03:00Z"), "a local time that the clocks show twice")


def test_columns_of_bounds_are_kept_as_bounds() -> None:
    text = "start,end,seen good,still bad\n2026-02-14T10:00Z,2026-02-14T11:30Z,2026-02-14T09:55Z,2026-02-14T11:25Z\n"
    incidents = read_rows(text, Columns(good_before="seen good", bad_until="still bad")).incidents
    facts, _ = write_facts(incidents, Placing("a", "table", usual="web"))
    opened, closed = facts
    assert isinstance(opened, OutageOpened)
    assert isinstance(closed, OutageClosed)
    assert (opened.last_good_at, closed.last_bad_at) == (at("2026-02-14T09:55Z"), at("2026-02-14T11:25Z"))


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("2026-02-14 10:00,2026-02-14 11:00", "says no offset"),
        ("14/02/2026,", "is no time"),
        (",2026-02-14T11:00Z", "it has no start"),
        ("2026-02-14T12:00Z,2026-02-14T11:00Z", "before its start"),
    ],
)
def test_a_row_that_cannot_be_read_is_left_with_its_line_and_the_reason(row: str, why: str) -> None:
    read = read_rows(f"start,end\n{row}\n2026-02-15T10:00Z,\n", Columns())
    assert (len(read.incidents), [left.place for left in read.left]) == (1, ["line 2"])
    assert why in read.left[0].why


def test_a_missing_column_names_those_that_there_are() -> None:
    assert read_rows("from,to\n", Columns()).left[0].why == "there is no column 'start'; there are from, to"
