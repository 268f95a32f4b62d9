"""Opening hours as they are written."""

import pytest

from upheld.core.terms.hours import parse_week
from upheld.core.terms.quantities import NotAQuantity
from upheld.core.timeline import HOUR, MINUTE


class TestParseWeek:
    def test_lists_each_weekday(self):
        """Monday first; a night belongs to the day on which it begins."""
        day, night = (HOUR * 7, HOUR * 17), (HOUR * 22, HOUR * 30)

        assert (((day, night)),) * 5 + ((), ()) == parse_week(["mon-fri 22:00-06:00", "mon-fri 07:00-17:00"])
        assert (((HOUR * 0, HOUR * 24),)) == parse_week(["sun 00:00-24:00"])[6]

    def test_wraps_around_the_week(self):
        """From Saturday to Monday, and single days."""
        half = ((HOUR * 9, HOUR * 12 + MINUTE * 30),)

        assert (half, (), half, (), (), half, half) == parse_week(["sat-mon,wed 09:00-12:30"])

    @pytest.mark.parametrize(
        "text", ["daily 07:00-17:00", "mon-fri 7-17", "mon-fyi 07:00-17:00", "mon 24:00-25:00", "mon 9-5", ""]
    )
    def test_refuses_what_no_day_has(self, text):
        """Unknown days, other writings, and times after 24:00."""
        with pytest.raises(NotAQuantity):
            parse_week([text])
