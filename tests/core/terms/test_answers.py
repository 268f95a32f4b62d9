"""Conditions are answered in three values, each part with its sentence, clauses and readings."""

from fractions import Fraction

import pytest

from tests.core.service_hours.frozen import calendar
from tests.core.spans import at
from upheld.core.explain import show_count
from upheld.core.money import Money
from upheld.core.terms.answers import answer, compares
from upheld.core.terms.circumstances import Circumstances, Found, Lead
from upheld.core.terms.conditions import Condition, read_condition
from upheld.core.terms.document import Document
from upheld.core.terms.place import Desk, Place, Unreadable
from upheld.core.terms.quantities import Months, parse_comparison, parse_length
from upheld.core.timeline import HOUR, MINUTE

CALENDARS = {"business": calendar("UTC", "mon-fri 07:00-17:00")}
MONDAY, FRIDAY = at("2025-06-02T09:00Z"), at("2025-06-06T09:00Z")


def condition(**entries) -> Condition:
    written = {key.replace("_", " "): value for key, value in entries.items()}
    desk = Desk(Document({"calendars": {"business": {}}, "when": written}, {"when": ("HH-1",)}), {}, {})
    found = read_condition(Place(desk, ("when",), written))
    assert [] == desk.problems
    return found


def ask(entries, anchors=None, **facts):
    known = {key.replace("_", " "): value for key, value in facts.items()}
    return answer(condition(**entries), Circumstances(known, anchors or {}, CALENDARS))


class TestAnswer:
    @pytest.mark.parametrize(
        ("entries", "facts", "holds"),
        [
            ({"uptime": "missed"}, {"uptime": "missed"}, True),
            ({"uptime": ["missed", "met"]}, {"uptime": "met"}, True),
            ({"uptime": "missed"}, {}, None),
            ({"uptime": "missed", "responsible": "provider"}, {"uptime": "met"}, False),
            ({"uptime": "missed", "responsible": "provider"}, {"uptime": "missed"}, None),
            ({"responsible": "provider"}, {"responsible": ("outside", "provider")}, True),
            ({"not": {"responsible": "provider"}}, {"responsible": "provider"}, False),
            ({"not": {"responsible": "provider"}}, {}, None),
            ({"any": [{"uptime": "met"}, {"responsible": "provider"}]}, {"responsible": "provider"}, True),
            ({"any": [{"uptime": "met"}, {"responsible": "provider"}]}, {"responsible": "outside"}, None),
            (
                {"any": [{"uptime": "met"}, {"responsible": "provider"}]},
                {"uptime": "missed", "responsible": "outside"},
                False,
            ),
            ({"all": ["web", "mail"]}, {"web": "down", "mail": "down"}, True),
            ({"overdue": "more than 0"}, {"overdue": Fraction(1)}, True),
            ({"overdue": "more than 0"}, {"overdue": Fraction(0)}, False),
            ({"missing": "ticket"}, {"ticket": None}, True),
            ({"missing": ["ticket", "details"]}, {"ticket": MONDAY, "details": None}, False),
            ({"ticket": "later than 1 hour after outage end"}, {"ticket": None}, False),
            ({"urgent": True}, {"urgent": "true"}, True),
            ({"urgent": False}, {"urgent": "true"}, False),
            ({"start": "in business"}, {"start": MONDAY}, True),
            ({"start": "outside business"}, {"start": MONDAY}, False),
            ({"in": "business"}, {"at": MONDAY.before(HOUR * 3)}, False),
            ({"start": "in business"}, {"start": "monday"}, None),
            ({"start": "in business"}, {}, None),
            ({"uptime": "under 99 %"}, {"uptime": Found("missed", Fraction(98, 100))}, True),
            ({"uptime": "under 99 %"}, {"uptime": Found("missed", Fraction(99, 100))}, False),
            ({"uptime": "missed"}, {"uptime": Found("missed", Fraction(98, 100))}, True),
            ({"uptime": "more than 5 minutes"}, {"uptime": Found("missed", Fraction(98, 100), MINUTE * 6)}, True),
            ({"uptime": "more than 5 minutes"}, {"uptime": Found("missed", Fraction(98, 100))}, None),
            ({"uptime": "under 99 %"}, {"uptime": Found("undefined")}, None),
            ({"answer": "more than 5 minutes"}, {"answer": Found("missed", MINUTE * 6)}, True),
            ({"answer": "under 99 %"}, {"answer": Found("missed", MINUTE * 6)}, None),
            ({"uptime": "more than 1 month"}, {"uptime": Found("missed", Fraction(98, 100), HOUR)}, None),
        ],
    )
    def test_in_three_values(self, entries, facts, holds):
        """True, false, or not known; a part that decides leaves nothing open."""
        assert holds is ask(entries, **facts).holds

    @pytest.mark.parametrize(
        ("ticket", "holds"),
        [("2025-06-18T23:59:59.999999Z", False), ("2025-06-19T00:00Z", True), ("2025-06-20T00:00Z", True)],
    )
    def test_a_deadline_is_exclusive(self, ticket, holds):
        """TP-51: until the end of the fifth business day; at that midnight is late."""
        entries = {"ticket": "later than 5 business days after outage end"}

        assert holds is ask(entries, {"outage end": at("2025-06-11T13:00Z")}, ticket=at(ticket)).holds

    def test_a_deadline_without_its_event_is_not_known(self):
        """While the outage runs, five days after its end are not known; so too where what came is no instant."""
        entries = {"ticket": "later than 5 business days after outage end"}

        assert ask(entries, ticket=MONDAY).holds is None
        assert ask(entries, {"outage end": MONDAY}, ticket="soon").holds is None

    def test_gives_the_reason_of_each_part(self):
        """Value and wish, with the clauses of the part."""
        assert (
            ("uptime is met; asked is missed", ("HH-1",), ()),
            ("responsible is not known", ("HH-1",), ()),
        ) == ask({"uptime": "missed", "responsible": "provider"}, uptime="met").reasons

    def test_tells_values_as_people_read_them(self):
        """Instants, lengths, amounts and leads; never the name of a class."""
        lead = Lead(MONDAY, FRIDAY)
        said = [
            ask({"it": wish}, it=value).reasons[0][0]
            for wish, value in [
                ("at least 5 business days", lead),
                ("under 5 minutes", MINUTE),
                ("more than 0", Money.parse("EUR 1.00")),
            ]
        ]

        assert [
            "it is from Mon 2 Jun 2025 09:00 UTC to Fri 6 Jun 2025 09:00 UTC; asked is at least 5 business days",
            "it is 1 min; asked is under 5 minutes",
            "it is EUR 1.00; asked is more than 0",
        ] == said


class TestAgain:
    MONTHS = ("2025-06", "2025-05", "2025-04", "2025-03", "2025-02", "2025-01")

    def ask_again(self, again, said, claimed="", period=True):
        """Asked of June; `said` has what was found of each month, the last first: M(issed), K(ept) or ? for not known."""
        words = {"M": "missed", "K": "met"}

        def earlier(fact, back):
            if back >= len(said):
                return None
            start = at(f"{self.MONTHS[back]}-01T00:00Z")
            known = {"uptime": words[said[back]]} if said[back] in words else {}
            return (Circumstances(known, {"period start": start} if period else {}, {}),)

        anchors = {"period end": at("2025-07-01T00:00Z")}
        if claimed:
            anchors["claim received"] = at(claimed)
        now = Circumstances({}, anchors, {}, calendar("UTC", "mon-fri 07:00-17:00").zone, earlier=earlier)
        return answer(condition(uptime="missed", **again), now)

    @pytest.mark.parametrize(
        ("said", "holds", "number"),
        [
            ("", False, 0), ("K", False, 0), ("M", False, 1), ("MM", False, 2), ("MMM", True, 3), ("MMMM", True, 4),
            ("MMKM", False, 2), ("KMMM", False, 0),
            ("?", False, 0), ("M?", False, 1), ("MM?", None, 2), ("MMM?", True, 3), ("M?M", None, 1), ("?MM", None, 0),
            ("M?K", False, 1), ("?KMMM", False, 0),
        ],
    )  # fmt: skip
    def test_three_in_a_row(self, said, holds, number):
        """A month that was kept ends the row; one that is open leaves it open where what lies before could complete it."""
        found = self.ask_again({"in_a_row": "at least 3"}, said)

        assert holds is found.holds
        assert (f"uptime: {show_count(number, 'times')} in a row; asked is at least 3", ("HH-1",), ()) == found.reasons[0]

    @pytest.mark.parametrize(
        ("said", "holds", "number"),
        [("MKM", True, 2), ("MK?", None, 1), ("K??", None, 0), ("KK?", False, 0), ("M?M", True, 2), ("MKKKKM", False, 1)],
    )
    def test_so_many_times_within_a_length(self, said, holds, number):
        """Two within five months that end with June: January is too long ago, whatever was between counts nothing."""
        found = self.ask_again({"times": "at least 2", "within": "5 months"}, said)

        words = f"uptime: {show_count(number, 'times')} within 5 months; asked is at least 2"
        assert (holds, words) == (found.holds, found.reasons[0][0])

    @pytest.mark.parametrize(("said", "holds"), [("MM", True), ("M?", None), ("M??", None), ("MMM", False), ("MM?", None)])
    def test_exactly_so_many(self, said, holds):
        """Open ones leave it open while any number of them would change it."""
        assert holds is self.ask_again({"times": "exactly 2", "within": "5 months"}, said).holds

    @pytest.mark.parametrize(("claimed", "holds"), [("2025-06-01T23:59Z", True), ("2025-06-02T00:00Z", False)])
    def test_the_length_ends_with_the_claim(self, claimed, holds):
        """Five months after the first of January, whose own date is not counted, end with the first of June."""
        again = {"times": "at least 2", "within": "5 months"}

        assert holds is self.ask_again(again, "MKKKKM", claimed).holds

    def test_what_has_no_beginning_is_always_within_reach(self):
        """A drill or a ticket of which only the outcome is known."""
        assert self.ask_again({"times": "at least 2", "within": "5 months"}, "MKKKKM", period=False).holds is True

    def test_without_what_was_before_it_never_held(self):
        """Nobody can look back, and nothing is made up."""
        assert ask({"uptime": "missed", "in_a_row": "at least 1"}, uptime="missed").holds is False


class TestCompares:
    @pytest.mark.parametrize(
        ("wish", "holds"),
        [
            ("at least 5 business days", False),
            ("under 5 business days", True),
            ("at least 30 business hours", True),
            ("at least 96 hours", True),
            ("more than 96 hours", False),
        ],
    )
    def test_a_lead_by_where_it_ends(self, wish, holds):
        """TP-27: from Monday to Friday are not five whole business days, yet 96 hours and forty open ones."""
        assert holds is compares(Lead(MONDAY, FRIDAY), parse_comparison(wish), Circumstances({}, {}, CALENDARS))

    def test_refuses_what_has_no_measure(self):
        """A word, or a lead against a percentage, is a mistake of the terms."""
        at_all = Circumstances({}, {}, CALENDARS)
        with pytest.raises(Unreadable, match="cannot be compared"):
            compares("high", parse_comparison("more than 0"), at_all)
        with pytest.raises(Unreadable, match="is no length of time"):
            compares(Lead(MONDAY, FRIDAY), parse_comparison("more than 0"), at_all)
        with pytest.raises(Unreadable, match="needs a zone of its own"):
            at_all.end_of(Months(1), MONDAY)

    def test_ends_lengths_where_they_end(self):
        """Elapsed, open and in days."""
        at_all = Circumstances({}, {}, CALENDARS)
        ends = [at_all.end_of(parse_length(text), FRIDAY) for text in ("1 hour", "10 business hours", "1 business day")]

        assert [FRIDAY + HOUR, at("2025-06-09T09:00Z"), at("2025-06-10T00:00Z")] == ends
