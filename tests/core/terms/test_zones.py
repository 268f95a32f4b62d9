"""By whose clocks: what the text names is the version's, what a customer names was frozen with the value."""

import copy
from collections.abc import Mapping
from typing import Any

import pytest

from tests.core.sample import BLOCKS, CALENDARS
from tests.core.spans import at
from tests.core.terms.changed import PRICE
from upheld.core.terms import Document, TermProblem, Terms, bind

FIVE_WEST = ("1900-01-01T00:00:00.000000Z -18000", "2026-03-08T07:00:00.000000Z -14400")
NEW_YORK = {"home": "America/New_York"}
CALENDAR = "parameter home"
UTC_START = [["1900-01-01T00:00:00.000000Z", 0]]


def bind_home(
    calendar: Any = CALENDAR, month: Any = "UTC", values: Mapping[str, str] = NEW_YORK,
    zones: Mapping[str, tuple[str, ...]] | None = None, named: Mapping[str, Any] | None = None, **entry: Any,
) -> Terms | list[TermProblem]:  # fmt: skip
    """The sample with a zone of the customer's own, and a reading that may choose it."""
    blocks = copy.deepcopy(BLOCKS)
    blocks["parameters"]["home"] = {"kind": "zone", **entry}
    blocks["readings"]["whose"] = {"we read": "his", "senses": {"his": "parameter home", "ours": "UTC"}}
    blocks["calendars"]["business"]["zone"], blocks["periods"]["month"]["zone"] = calendar, month
    calendars = {**CALENDARS, "zones": {**CALENDARS["zones"], **(named or {})}}
    return bind(Document(blocks, {}), calendars, {**PRICE, **values}, {}, zones)


def bound(**given: Any) -> Terms:
    found = bind_home(**given)
    assert isinstance(found, Terms), [str(problem) for problem in found]
    return found


def told(**given: Any) -> list[str]:
    found = bind_home(**given)
    return [str(problem) for problem in found] if isinstance(found, list) else []


class TestZones:
    @pytest.mark.parametrize("written", ["parameter home", "reading whose"])
    def test_a_customer_s_zone_is_the_one_frozen_with_the_value(self, written):
        """At first hand or by way of a reading: five hours west, four from the night of 8 March."""
        terms = bound(calendar=written, month=written, zones={"home": FIVE_WEST})

        period = terms.statement_period.starting(2026, 3)
        assert ("America/New_York", at("2026-03-01T05:00Z"), at("2026-04-01T04:00Z")) == (
            terms.statement_period.zone.name, period.start, period.end,
        )  # fmt: skip

    def test_a_zone_of_the_text_is_the_version_s(self):
        """Somebody gives UTC as his own zone, with clocks that no UTC has: the text's UTC stays as it was signed."""
        terms = bound(values={"home": "UTC"}, zones={"home": FIVE_WEST})

        assert at("2026-03-01T00:00Z") == terms.statement_period.starting(2026, 3).start

    def test_two_values_of_one_name_keep_their_own_clocks(self):
        """What was frozen with the value goes before what the version knows under its name."""
        terms = bound(month=CALENDAR, zones={"home": FIVE_WEST}, named={"America/New_York": UTC_START})

        assert at("2026-03-01T05:00Z") == terms.statement_period.starting(2026, 3).start

    def test_a_value_without_clocks_takes_the_version_s(self):
        """So it was before values carried any: the text's choices are frozen with the text."""
        terms = bound(month=CALENDAR, named={"America/New_York": [["1900-01-01T00:00:00.000000Z", -18000]]})

        assert at("2026-03-01T05:00Z") == terms.statement_period.starting(2026, 3).start

    @pytest.mark.parametrize(
        ("calendar", "month", "place"), [(CALENDAR, "UTC", "calendars/business"), ("UTC", CALENDAR, "periods/month")]
    )
    def test_says_what_is_missing(self, calendar, month, place):
        """Neither the version nor the value knows the clocks: the place, both, and the field that must hold them."""
        problems = told(calendar=calendar, month=month)

        expected = (
            f"{place}/zone: zone America/New_York was not frozen: neither with this version, which has UTC, nor with the "
            "value of parameter 'home'; the fact that sets it must carry the changes of its clocks in the field zone"
        )
        assert expected in problems

    def test_names_the_nearest_of_the_version(self):
        """A zone that stands in the text and was not frozen with it."""
        assert "periods/month/zone: zone UTD was not frozen with this version; nearest is 'UTC'" in told(month="UTD")

    def test_refuses_clocks_that_cannot_be_read(self):
        """A fact with a mistyped change is refused at its parameter."""
        problem = told(zones={"home": ("March -18000",)})[0]

        assert problem.startswith("parameters/home: its frozen zone cannot be read: 'March -18000' is no change of a zone;")

    def test_a_zone_without_a_value_is_a_problem_of_its_place(self):
        """Nothing is defaulted that can change a verdict."""
        problems = told(values={})

        assert any(one.startswith("calendars/business/zone: parameter 'home' has no value") for one in problems)
