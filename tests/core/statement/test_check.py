"""A statement is held against the facts value by value; whatever differs is named with its clauses."""

import copy
from typing import Any

import pytest

from tests.core.sample import CALENDARS, DOCUMENT, LATER, claim, covered, outage, price, ticket
from upheld.core.facts import Fact
from upheld.core.proof import canonical_bytes
from upheld.core.statement import build
from upheld.core.statement.check import Discrepancy, check_statement
from upheld.core.terms import Document
from upheld.core.timeline import Instant, Span

FACTS: list[Fact] = [
    price("EUR 720.00"),
    covered("2026-02-01T00:00Z", "2026-03-01T00:00Z"),
    *outage("o1", "2026-02-11T10:00Z", "2026-02-11T15:00Z", cause="own"),
    *outage("o2", "2026-02-13T10:00Z", "2026-02-13T11:00Z", cause="own"),
    ticket("2026-02-12T08:00Z", "o1"),
    claim("2026-02-12T09:00Z", "o1"),
    claim("2026-02-13T12:00Z", "o2", name="C-2"),
]


def state(period: str | Span = "2026-02") -> dict[str, Any]:
    return build(DOCUMENT, CALENDARS, FACTS, period, Instant.parse(LATER)).to_json()


def check(stated: dict[str, Any], facts: list[Fact] = FACTS) -> list[Discrepancy]:
    return check_statement(stated, DOCUMENT, CALENDARS, facts)


class TestCheckStatement:
    def test_finds_nothing_in_a_right_statement(self):
        """Built twice from the same facts: equal in every value."""
        assert [] == check(state())

    def test_finds_nothing_whatever_the_order_of_recording(self):
        """The facts backwards: the order of recording decides nothing."""
        assert [] == check(state(), FACTS[::-1])

    def test_names_figure_values_and_clause(self):
        """One figure changed: its path, what was stated, what the facts give, and the clause of the promise."""
        stated = state()
        due, stated["findings"][0]["shown"] = stated["findings"][0]["shown"], "99.9 %"

        [found] = check(stated)

        assert Discrepancy("findings/availability/uptime/shown", '"99.9 %"', f'"{due}"', found.clauses) == found
        assert "HH-1" in found.clauses
        assert f"findings/availability/uptime/shown [HH-1]: stated \"99.9 %\", recomputed \"{due}\"" == str(
            Discrepancy(found.figure, found.stated, found.recomputed, ("HH-1",))
        )

    def test_takes_the_clauses_of_a_credit_from_its_finding(self):
        """The sums of a credit cite nothing themselves: they rest on the clauses of its rule."""
        stated = state()
        stated["credits"][0]["granted"] = "EUR 9000.00"

        [found] = check(stated)

        assert "credits/credits/tenfold/granted" == found.figure
        assert "HH-2" in found.clauses

    def test_names_what_is_left_out_and_what_is_added(self):
        """A claim that the statement passes over, and one that it makes up; the claims beside them are not touched."""
        stated = state()
        left_out = stated["claims"].pop(0)
        stated["claims"].append({**left_out, "claim": "C-9"})

        found = {each.figure: (bool(each.stated), bool(each.recomputed)) for each in check(stated)}

        assert {"claims/C-1": (False, True), "claims/C-9": (True, False)} == found

    def test_compares_by_place_where_entries_have_no_name(self):
        """Steps of a reason have no names: the one that differs is called by its place."""
        stated = state()
        stated["findings"][0]["why"]["because"][0]["words"] = "something else"

        assert ["findings/availability/uptime/why/because/0/words"] == [found.figure for found in check(stated)]

    def test_numbers_entries_of_one_name(self):
        """A claim given twice does not hide behind the first of its name."""
        stated = state()
        stated["claims"].append(copy.deepcopy(stated["claims"][0]))

        assert ["claims/C-1#2"] == [found.figure for found in check(stated)]

    def test_tells_true_from_one(self):
        """JSON's `true` is no number, though Python says that they are equal."""
        stated = state()
        assert stated["is_over"] is True
        stated["is_over"], stated["number"] = 1, True

        assert {("is_over", "1", "true"), ("number", "true", "1")} == {
            (found.figure, found.stated, found.recomputed) for found in check(stated)
        }

    def test_tells_a_value_of_another_shape(self):
        """A list where a text belongs, and nothing where a map belongs, are shown as they are."""
        stated = state()
        stated["title"], stated["parameters"] = ["Harbour"], None

        assert {"title": '["Harbour"]', "parameters": "null"} == {found.figure: found.stated for found in check(stated)}

    def test_finds_a_fact_that_was_not_counted(self):
        """The statement was made without an outage that is in the ledger: figure, quantities and reasons all differ."""
        found = check(state(), [*FACTS, *outage("o3", "2026-02-20T10:00Z", "2026-02-20T12:00Z")])

        assert "findings/availability/uptime/quantities/down/micros" in [each.figure for each in found]

    def test_finds_a_span_that_is_no_period(self):
        """Figures over chosen days may be right, and are those of no month: the month around them is told."""
        chosen = Span(Instant.parse("2026-02-12T00:00Z"), Instant.parse("2026-02-15T00:00Z"))

        [found] = check(state(chosen))

        assert "period" == found.figure
        assert '[["2026-02-01T00:00:00.000000Z","2026-03-01T00:00:00.000000Z"]]' == found.recomputed

    @pytest.mark.parametrize(
        "changes",
        [
            {"period": None},
            {"period": ["2026-02-01T00:00Z"]},
            {"period": ["2026-03-01T00:00Z", "2026-02-01T00:00Z"]},
            {"period": [1, 2]},
            {"as_of": "yesterday"},
            {"as_of": 7},
        ],
    )
    def test_says_when_there_is_no_period_or_instant(self, changes):
        """A statement that does not say of when it is cannot be held against anything."""
        [found] = check({**state(), **changes})

        assert "period" == found.figure
        assert found.recomputed.startswith("a period is two instants and as_of one")

    def test_says_when_the_frame_is_missing(self):
        """The empty object is no statement."""
        [found] = check({})

        assert ("period", '{"as_of":null,"period":null}') == (found.figure, found.stated)

    @pytest.mark.parametrize("blocks", [{}, {"agreement": {}}, {**DOCUMENT.blocks, "periods": "x"}])
    def test_says_when_the_terms_cannot_be_judged(self, blocks):
        """Terms from elsewhere may be anything: what the judge meets in them is told, not thrown."""
        [found] = check_statement(state(), Document(blocks), CALENDARS, FACTS)

        assert "statement" == found.figure
        assert "it cannot be recomputed: " in found.recomputed

    def test_is_written_as_json(self):
        """For programmes: the same four parts, in canonical JSON."""
        discrepancy = Discrepancy("findings/x", "", "1", ("HH-1",))

        assert b'{"clauses":["HH-1"],"figure":"findings/x","recomputed":"1","stated":""}' == canonical_bytes(
            discrepancy.to_json()
        )
        assert "findings/x [HH-1]: stated nothing, recomputed 1" == str(discrepancy)
        assert "findings/x: stated 1, recomputed nothing" == str(Discrepancy("findings/x", "1", ""))
