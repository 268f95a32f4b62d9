"""Days that close a calendar, as they are written."""

from datetime import date

import pytest

from upheld.core.terms.closing import days_called


class TestDaysCalled:
    @pytest.mark.parametrize(("years", "expected"), [(range(1999, 2006), [2000, 2004]), (range(2095, 2106), [2096, 2104])])
    def test_the_29th_of_february_is_of_leap_years(self, years, expected):
        """2000 was one, as four hundred divides it; 2100 is none, as a hundred does."""
        assert [date(year, 2, 29) for year in expected] == list(days_called("every 29 February", years))

    def test_every_other_day_is_of_every_year(self):
        """28 February needs no leap year, and 29 March is not 29 February."""
        assert [date(2025, 2, 28), date(2026, 2, 28)] == list(days_called("every 28 February", range(2025, 2027)))
        assert [date(2025, 3, 29)] == list(days_called("every 29 March", range(2025, 2026)))

    def test_a_date_is_one_day_whatever_the_years(self):
        """A name of ten letters is no date."""
        assert [date(2031, 12, 25)] == list(days_called("2031-12-25", range(2025, 2026)))
        assert [] == list(days_called("Christmas!", range(2025, 2026)))
