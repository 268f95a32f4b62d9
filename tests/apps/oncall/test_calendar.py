"""The calendar of shifts: what a calendar program reads is what the rota says; nobody else finds it."""

from datetime import date

import pytest
from icalendar import Calendar

from tests.apps.oncall.people import add_person
from upheld.apps.oncall import queries, services
from upheld.apps.oncall.queries import Turns
from upheld.apps.oncall.queries.calendar import write_calendar, write_rota_calendar
from upheld.core.timeline import DAY, HOUR, Instant, Span

pytestmark = pytest.mark.django_db

MONDAY = Instant.parse("2026-03-23T09:00Z")


@pytest.fixture
def people():
    return [add_person("Ada"), add_person("Bob")]


@pytest.fixture
def rota(people):
    turns = Turns(tuple(user.pk for user in people), date(2026, 3, 23), 540, 7)
    return services.add_rota(name="Nights", zone="Europe/London", layers=[turns], by="x", at=MONDAY)


def read_shifts(user, at=MONDAY):
    found = Calendar.from_ical(write_calendar(user, at, host="upheld.example.com"))
    return [Span(*(Instant.of(event.decoded(name)) for name in ("dtstart", "dtend"))) for event in found.walk("VEVENT")]


class TestWriteCalendar:
    def test_holds_the_persons_shifts_and_no_others(self, rota, people):
        """The same spans as the rota's, through the night in which the clock changes; half a year of them."""
        bob = people[1]
        shifts = queries.shifts_between(rota, MONDAY, MONDAY + DAY * 180)

        for user in people:
            assert [shift.span for shift in shifts if shift.person == user] == read_shifts(user)
        assert Instant.parse("2026-03-30T08:00Z") == read_shifts(bob)[0].start

    def test_keeps_the_name_of_a_shift(self, rota, people):
        """A program that asks again tomorrow moves no entry and doubles none."""
        texts = [write_calendar(people[0], at, host="upheld.example.com").decode() for at in (MONDAY, MONDAY + DAY)]

        first, second = ([line for line in text.splitlines() if line.startswith("UID")] for text in texts)
        assert set(first) <= set(second)

    def test_says_where_somebody_steps_in(self, rota, people):
        """An evening in another's week is an entry of its own."""
        services.step_in(rota=rota, user=people[1], from_at=MONDAY + HOUR, to_at=MONDAY + HOUR * 2, by="x", at=MONDAY)

        assert b"On call: Nights (stepping in)" in write_calendar(people[1], MONDAY, host="h")

    def test_keeps_the_name_of_a_shift_that_began_before_it(self, people):
        """A long shift that the calendar cuts off in the past keeps its entry from day to day."""
        turns = Turns((people[0].pk,), date(2025, 1, 6), 540, 7)
        services.add_rota(name="Alone", zone="Europe/London", layers=[turns], by="x", at=MONDAY.before(DAY * 400))
        times = (MONDAY, MONDAY + HOUR, MONDAY + DAY)

        assert 1 == len({next(iter(read_names(write_calendar(people[0], at, host="h")))) for at in times})


def read_names(text):
    """The names of the entries, each with its words."""
    return {str(event["UID"]): str(event["SUMMARY"]) for event in Calendar.from_ical(text).walk("VEVENT")}


class TestWriteRotaCalendar:
    def test_holds_everybodys_shifts_under_their_names(self, rota, people):
        """The same shifts under the same names as in each person's own calendar, and whoever steps in; of no other rota."""
        turns = Turns((people[0].pk,), date(2026, 3, 23), 540, 7)
        services.add_rota(name="Days", zone="Europe/London", layers=[turns], by="x", at=MONDAY)
        services.step_in(rota=rota, user=people[1], from_at=MONDAY + HOUR, to_at=MONDAY + HOUR * 2, by="x", at=MONDAY)

        found = read_names(write_rota_calendar(rota, MONDAY, host="h"))
        own = {name for user in people for name in read_names(write_calendar(user, MONDAY, host="h"))}
        assert {"Ada: Nights", "Bob: Nights", "Bob: Nights (stepping in)"} == set(found.values())
        assert {name for name in own if name.startswith("nights-")} == set(found)

    def test_keeps_its_wall_clock_when_the_clock_changes(self, rota):
        """Monday 09:00 in London is 09:00 UTC in winter and 08:00 UTC in summer; one shift ends where the next begins."""
        events = Calendar.from_ical(write_rota_calendar(rota, MONDAY, host="h")).walk("VEVENT")
        starts, ends = ([event.decoded(name) for event in events] for name in ("dtstart", "dtend"))

        assert [MONDAY.utc(), Instant.parse("2026-03-30T08:00Z").utc()] == starts[:2]
        assert starts[1:] == ends[:-1]


class TestAddressOfARota:
    def test_leads_to_its_rota_until_it_is_renewed(self, rota, people):
        """One address for everybody; another one ends it, and neither opens a person's calendar."""
        old = services.rota_calendar_token(rota)
        new = services.renew_rota_calendar(rota=rota)

        assert (None, rota) == (services.find_calendar_rota(old), services.find_calendar_rota(new))
        assert new == services.rota_calendar_token(queries.rota("nights"))
        assert services.find_calendar_owner(new) is None
        assert services.find_calendar_rota(services.calendar_token(people[0])) is None
        assert services.find_calendar_rota(f"{rota.pk}-1~{new.partition('~')[2]}") is None


class TestAddress:
    def test_leads_to_its_owner(self, people):
        """Each person has one address, the same at every look."""
        tokens = [services.calendar_token(user) for user in (*people, people[0])]

        assert [*people, people[0]] == [services.find_calendar_owner(token) for token in tokens]
        assert tokens[0] == tokens[2]

    def test_cannot_be_guessed_or_made_from_another(self, people):
        """Another's number with one's own signature leads nowhere."""
        token = services.calendar_token(people[0])
        signature = token.partition("~")[2]

        for wrong in ("", token[:-1], f"{people[1].pk}-1~{signature}", f"{people[0].pk}-2~{signature}", "1-1", "~"):
            assert services.find_calendar_owner(wrong) is None

    def test_that_is_renewed_ends_the_old_one(self, people):
        """Whoever was given the old one sees nothing any more."""
        old = services.calendar_token(people[0])
        new = services.renew_calendar(user=people[0])

        assert (None, people[0]) == (services.find_calendar_owner(old), services.find_calendar_owner(new))

    def test_of_somebody_who_left_shows_nothing(self, people):
        """Closed access closes the calendar too."""
        token = services.calendar_token(people[0])
        type(people[0]).objects.filter(pk=people[0].pk).update(is_active=False)

        assert services.find_calendar_owner(token) is None
