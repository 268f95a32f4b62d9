"""A finding gathers what its reasons rest on, each named once."""

from fractions import Fraction

from tests.core.spans import span
from upheld.core.explain import Finding, Share, Step, Verdict
from upheld.core.timeline import MINUTE

LEAVES = (
    Step(MINUTE, "one", ("HH-2", "HH-1"), ("overlap",), ("o1",)),
    Step(MINUTE, "two", ("HH-2",), ("overlap", "unmeasured-time"), ("o2", "o1")),
)
FINDING = Finding(
    "availability/uptime", span("2025-06-01T00:00Z", "2025-07-01T00:00Z"), Share(Fraction(1, 2)), Verdict.MISSED,
    Step(MINUTE * 2, "down", ("HH-1",), because=LEAVES), lower=Share(Fraction(0)), coverage=Share(Fraction(1)),
    quantities=(("down", MINUTE * 2),),
)  # fmt: skip


class TestFinding:
    def test_names_each_clause_reading_and_fact_once(self):
        """In the order in which the reasons use them."""
        assert ("HH-1", "HH-2") == FINDING.clauses
        assert ("overlap", "unmeasured-time") == FINDING.readings
        assert ("o1", "o2") == FINDING.facts
        assert MINUTE * 2 == FINDING.quantity("down")

    def test_writes_its_bounds_only_where_it_has_them(self):
        """`lower` and `coverage` are there, `upper` is not; the figure is exact and shown."""
        written = FINDING.to_json()

        assert {"value": {"share": "0/1"}, "shown": "0.0000 %"} == written["lower"]
        assert {"value": {"share": "1/1"}, "shown": "100.0000 %"} == written["coverage"]
        assert "upper" not in written
        assert ({"share": "1/2"}, "50.0000 %", "missed") == (written["value"], written["shown"], written["verdict"])
        assert {"down": {"micros": 120_000_000}} == written["quantities"]
