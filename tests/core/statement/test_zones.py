"""Statements by a customer's own clocks: those frozen with the value in force, whatever is set later."""

import copy
from itertools import permutations

from tests.core.sample import BLOCKS, CALENDARS, covered, header, outage, price
from tests.core.spans import at, span
from upheld.core.explain import tell
from upheld.core.facts import Fact, ParameterSet, read_fact
from upheld.core.statement import Statement, build
from upheld.core.statement.gathering import parameters_at, zones_at
from upheld.core.terms import Document
from upheld.core.timeline import HOUR

NEW_YORK = ("1900-01-01T00:00:00.000000Z -18000", "2026-03-08T07:00:00.000000Z -14400", "2026-11-01T06:00:00.000000Z -18000")
DUBAI = ("1900-01-01T00:00:00.000000Z 14400",)
MARCH_IN_NEW_YORK = span("2026-03-01T05:00Z", "2026-04-01T04:00Z")
LATER = "2026-09-01T00:00Z"


def document() -> Document:
    blocks = copy.deepcopy(BLOCKS)
    blocks["parameters"]["home"] = {"kind": "zone", "usual": "UTC"}
    blocks["periods"]["month"]["zone"] = "parameter home"
    return Document(blocks, {})


def home(value: str, zone: tuple[str, ...], start: str, recorded: str = "") -> ParameterSet:
    return ParameterSet(
        **header(f"home-{value}-{recorded or start}", start, recorded),
        name="home",
        value=value,
        from_at=at(start),
        zone=zone,
    )


SIGNED = home("America/New_York", NEW_YORK, "2026-01-01T00:00Z")
MOVED = home("Asia/Dubai", DUBAI, "2026-06-10T00:00Z")
DOWN = outage("O-1", "2026-04-01T03:30Z", "2026-04-01T04:30Z")
"""The last half hour of March in New York, and the first one of its April."""


def state(facts: list[Fact], period: str = "2026-03", as_of: str = LATER) -> Statement:
    return build(document(), CALENDARS, [price("EUR 720.00"), *facts], period, at(as_of), others=False)


class TestStatement:
    def test_a_month_lies_on_the_customer_s_dates(self):
        """March begins and ends at midnight in New York, an hour short for the 8th; half the outage is in it."""
        statement = state([SIGNED, covered("2026-01-01T00:00Z", LATER), *DOWN])

        [uptime] = [finding for finding in statement.findings if finding.rule == "availability/uptime"]
        assert (MARCH_IN_NEW_YORK, HOUR * 743) == (statement.period, statement.period.length)
        assert "− 30 min  D, down and counted" in "\n".join(tell(uptime.why))

    def test_a_zone_set_later_leaves_what_was_before(self):
        """He moves to Dubai in June: March is still New York's, also where it is asked for by its name; July is Dubai's."""
        facts = [SIGNED, MOVED, *DOWN]

        before, after = state([SIGNED, *DOWN]), state(facts)

        assert MARCH_IN_NEW_YORK == after.period
        assert [one.to_json() for one in before.findings] == [one.to_json() for one in after.findings]
        assert span("2026-06-30T20:00Z", "2026-07-31T20:00Z") == state(facts, "2026-07").period

    def test_the_order_of_facts_decides_nothing(self):
        """The same statement from every order of the ledger."""
        found = {str(state([*order]).to_json()) for order in permutations([SIGNED, MOVED, *DOWN])}

        assert 1 == len(found)

    def test_clocks_known_later_are_not_known_before(self):
        """A correction of the clocks, recorded in May, leaves a statement as of April as it was told."""
        corrected = home("America/New_York", DUBAI, "2026-01-01T00:00Z", recorded="2026-05-01T00:00Z")

        assert MARCH_IN_NEW_YORK == state([SIGNED, corrected], as_of="2026-04-20T00:00Z").period
        assert MARCH_IN_NEW_YORK != state([SIGNED, corrected]).period


class TestZonesAt:
    def test_hold_with_their_values(self):
        """Each with the value in force; a value without clocks has none."""
        facts = [SIGNED, MOVED, price("EUR 720.00")]

        moments = at("2026-03-01T00:00Z"), at(LATER)
        found = [(parameters_at(facts, moment)["home"], zones_at(facts, moment)) for moment in moments]

        assert [("America/New_York", {"home": NEW_YORK}), ("Asia/Dubai", {"home": DUBAI})] == found


class TestParameterSet:
    def test_carries_its_clocks_there_and_back(self):
        """As JSON, a list of texts; read again it is the same fact."""
        assert list(NEW_YORK) == SIGNED.to_json()["zone"]
        assert SIGNED == read_fact(SIGNED.to_json())

    def test_an_old_one_is_read_and_written_as_before(self):
        """A value from before clocks were carried has no such field, and gets none: its hash stays."""
        old = {name: value for name, value in SIGNED.to_json().items() if name != "zone"}

        found = read_fact(old)

        assert isinstance(found, ParameterSet)
        assert (old, ()) == (found.to_json(), found.zone)
