"""Which band a figure falls into, and what of the figures in none."""

from fractions import Fraction

import pytest

from tests.core.credits.owed import down, owed
from tests.core.sums import find_wrong_sums

BY_SHARE = {
    "bands": [
        {"uptime": "at least 99.0 % and under 99.5 %", "pays": "10 %"},
        {"uptime": "at least 95.0 % and under 99.0 %", "pays": "30 %"},
        {"uptime": "under 95.0 %", "pays": "100 %"},
    ]
}
WITH_HOLE = {
    "bands": [
        {"uptime": "more than 99.0 % and at most 99.4 %", "pays": "10 %"},
        {"uptime": "more than 90.0 % and under 99.0 %", "pays": "25 %"},
    ]
}
BY_LENGTH = {
    "per": "outage", "counted": "per outage", "touching": "as one", "hour is worth": "of / hours of the period",
    "bands": [
        {"length": "more than 10 minutes and at most 60 minutes", "pays": "1 hours of service"},
        {"length": "more than 60 minutes", "pays": "5 hours of service"},
    ],
}  # fmt: skip


class TestBands:
    @pytest.mark.parametrize(
        ("minutes", "band", "amount"),
        [(216, None, "EUR 0.00"), (217, "10 %", "EUR 72.00"), (432, "10 %", "EUR 72.00"), (433, "30 %", "EUR 216.00"),
         (2161, "100 %", "EUR 720.00")],
    )  # fmt: skip
    def test_edges_are_those_that_are_worded(self, minutes, band, amount):
        """Exactly 99.5 is not missed; exactly 99.0 is still the first band; a minute more is the second."""
        found = owed(BY_SHARE, *down(minutes))

        assert (band, amount) == (dict(found.finding.quantities).get("band"), found.finding.shown)
        assert [] == find_wrong_sums([found.finding])

    @pytest.mark.parametrize(
        ("gap", "minutes", "shown"),
        [("undefined", 432, "undefined"), ("lower", 432, "EUR 180.00"), ("higher", 432, "EUR 72.00"),
         ("undefined", 230, "undefined"), ("lower", 230, "EUR 72.00"), ("higher", 230, "EUR 0.00"),
         ("higher", 6000, "EUR 180.00"), ("lower", 6000, "EUR 0.00"), (None, 6000, "EUR 0.00"), (None, 432, "undefined")],
    )  # fmt: skip
    def test_a_hole_is_told_and_never_chosen(self, gap, minutes, shown):
        """Exactly 99.0 %, between the bands; above and below all of them: as `gap` says, or undefined."""
        found = owed({**WITH_HOLE, **({"gap": gap} if gap else {})}, *down(minutes))

        assert shown == found.finding.shown
        assert ("undefined" if shown == "undefined" else "not applicable") == found.finding.verdict.value
        assert ("undefined" if shown == "undefined" else (shown == "EUR 0.00" and "none") or "due") == found.state

    @pytest.mark.parametrize("credit", [WITH_HOLE, {**WITH_HOLE, "gap": "higher"}])
    def test_where_no_band_pays_nothing_is_counted(self, credit):
        """In the hole of the bands, and above all of them: no unit is there of which anything could be paid."""
        assert 0 == owed(credit, *down(432 if "gap" not in credit else 230)).units

    def test_two_bands_at_once_are_undefined(self):
        """Both hold: a person has to decide."""
        twice = [{"uptime": "under 99.5 %", "pays": "10 %"}, {"uptime": "under 99.9 %", "pays": "20 %"}]
        found = owed({"bands": twice}, *down(300))

        assert ("undefined", "two bands hold it: under 99.5 % and under 99.9 %") == (
            found.finding.shown, next(step.words for step in found.finding.why.because if step.value == "undefined")
        )  # fmt: skip

    def test_each_outage_by_its_own_length(self):
        """Ten minutes pay nothing, an hour pays one, more pays five: six hours of a month of 720."""
        found = owed(BY_LENGTH, *down(10, 2), *down(60, 3), *down(300, 4))

        assert ("EUR 6.00", [Fraction(0), Fraction(1), Fraction(1)]) == (
            found.finding.shown,
            [line.units for line in found.lines],
        )

    def test_the_figure_of_each_promise(self):
        """`each of` makes one credit for each promise, whose own figure the bands and the condition ask for."""
        credit = {"each of": ["uptime"], "when": {"figure": "missed"}, "bands": [{"figure": "under 99.5 %", "pays": "10 %"}]}
        found = owed(credit, *down(300))

        assert ("credits/one/uptime", "EUR 72.00") == (found.finding.rule, found.finding.shown)

    def test_a_figure_that_is_undefined_has_no_band(self):
        """A month without a base has no figure, so nothing says what is paid."""
        found = owed(
            {**BY_SHARE, "when": {"responsible": ["provider", "nobody"]}}, *down(300),
            availability__uptime__formula="(T - D) / (M - M)",
        )  # fmt: skip

        assert ("undefined", "uptime has no figure") == (found.finding.shown, found.lines[0].why)
