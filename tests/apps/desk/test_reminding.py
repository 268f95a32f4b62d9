"""Lines with a moment of their own tell at that moment: each once for a run, in open time, and never several at once."""

import pytest
from django.db import connection

from tests.apps.desk.ground import MONDAY, STAFF, after, answer, open_one, raise_to, sign
from tests.apps.desk.test_chasing import make_policy, open_high
from tests.apps.oncall.people import add_person
from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk import services
from upheld.apps.desk.jobs import chase
from upheld.apps.desk.models import Reminder, Run
from upheld.apps.desk.queries.escalations import list_timed
from upheld.apps.desk.services import timing
from upheld.apps.desk.services.reckoning import reckon
from upheld.apps.oncall.models import Page
from upheld.core.timeline import MICRO, MINUTE, Instant, Span

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return sign()


@pytest.fixture
def ada(agreement):
    return add_person("Ada")


def write_line(agreement, ada, name, when="before", **more):
    return services.save_escalation(
        when=when, policy=make_policy(name, ada), at=MONDAY, agreement=agreement, clocks=("respond",), **more
    )


def told():
    return list(Page.objects.order_by("pk").values_list("policy__name", flat=True))


def told_at(first, last):
    """Which policies are told at which minute of the Monday, looked at every minute."""
    found = []
    for minute in range(first, last):
        before = len(told())
        chase(after(minute))
        found += [(minute, name) for name in told()[before:]]
    return found


class TestMoments:
    def test_each_line_tells_once_at_its_own(self, agreement, ada):
        """Of an hour: three quarters used after 45 minutes, 10 minutes before the end, and 5 and 20 minutes after it."""
        write_line(agreement, ada, "Share", percent=75)
        write_line(agreement, ada, "Ten", minutes=10)
        write_line(agreement, ada, "Late", when="after", minutes=5)
        write_line(agreement, ada, "Later", when="after", minutes=20, is_around_clock=True)
        open_high(agreement, ada)

        assert [(45, "Share"), (50, "Ten"), (65, "Late"), (80, "Later")] == told_at(40, 85)

    def test_counts_open_time(self, agreement, ada):
        """Due ten minutes into Monday: half an hour before is twenty minutes before Friday ends, five is on Monday."""
        hours = terms_of(agreement, MONDAY).calendars["service-times"]
        friday = Span(Instant.parse("2025-06-13T08:00Z"), Instant.parse("2025-06-14T08:00Z"))
        ends_at = hours.open_within(friday).spans[-1].end
        for name, minutes in (("Half", 30), ("Ten", 10), ("Five", 5)):
            write_line(agreement, ada, name, minutes=minutes)
        write_line(agreement, ada, "After", when="after", minutes=20)
        write_line(agreement, ada, "Night", when="after", minutes=20, is_around_clock=True)
        open_high(agreement, at=ends_at.before(MINUTE * 50))
        due = Run.objects.get(clock="respond").due_us
        assert due is not None
        [opens_at] = [span.start for span in hours.open_within(Span(ends_at, Instant(due))).spans]

        fires = [Instant(fire) for fire in Reminder.objects.order_by("line").values_list("fire_us", flat=True)]

        ends = [Instant(due) + MINUTE * 20] * 2
        assert [ends_at.before(MINUTE * 20), opens_at, opens_at + MINUTE * 5, *ends] == fires

    def test_a_moment_before_the_start_is_none(self, agreement, ada):
        """A clock of an hour that has just begun is not two hours from its end."""
        write_line(agreement, ada, "Two hours", minutes=120)
        open_high(agreement, ada)

        chase(after(1))

        assert ([], 0) == (told(), Reminder.objects.count())

    def test_what_is_stopped_or_best_effort_tells_nobody(self, agreement, ada):
        """The answer came in time: no reminder is left."""
        write_line(agreement, ada, "Ten", minutes=10)
        ticket = open_high(agreement, ada)
        answer(ticket, after(10))
        services.start_work(ticket=ticket, by=STAFF, at=after(11))

        chase(after(51))

        assert ([], 0) == (told(), Reminder.objects.count())

    def test_a_page_ends_with_its_clock(self, agreement, ada):
        """Nobody is woken further for what was answered."""
        write_line(agreement, ada, "Late", when="after", minutes=5)
        ticket = open_high(agreement, ada)
        chase(after(66))
        answer(ticket, after(67))
        services.start_work(ticket=ticket, by=STAFF, at=after(67))

        chase(after(68))

        assert ["respond is no longer due then"] == list(Page.objects.values_list("resolved_because", flat=True))

    def test_of_lines_for_one_moment_the_one_that_names_most_tells(self, agreement, ada):
        """And one that does not hold in these hours tells nobody."""
        write_line(agreement, ada, "All", percent=75)
        write_line(agreement, ada, "High", percent=75, priority="high")
        write_line(agreement, ada, "Off", percent=80, hours="off")
        open_high(agreement, ada)

        assert [(45, "High")] == told_at(40, 55)


class TestOnce:
    def test_of_what_lies_behind_only_the_last_due_tells(self, agreement, ada):
        """A line is written late: of three moments that are over one tells, and never the others."""
        open_high(agreement, ada)
        for name, percent in (("Half", 50), ("More", 60), ("Most", 90)):
            write_line(agreement, ada, name, percent=percent)

        assert [(40, "More"), (54, "Most")] == told_at(40, 58)

    def test_a_ticket_that_is_opened_late_tells_once(self, agreement, ada):
        """Its clock began before anybody wrote it down."""
        for name, percent in (("Half", 50), ("More", 60)):
            write_line(agreement, ada, name, percent=percent)
        ticket = open_high(agreement, ada)
        Reminder.objects.all().delete()

        reckon(ticket=ticket, at=after(50))

        assert [(50, "More")] == told_at(50, 53)

    def test_a_worker_that_stood_still_tells_all_that_was_due(self, agreement, ada):
        """What was written down in time is not passed over."""
        write_line(agreement, ada, "Half", percent=50)
        write_line(agreement, ada, "More", percent=60)
        open_high(agreement, ada)

        chase(after(50))
        chase(after(51))

        assert ["Half", "More"] == told()

    def test_a_due_instant_that_moves_later_tells_nothing_twice(self):
        """Half an hour of waiting for the customer: told is told, and what was not told moves with the end."""
        agreement, ada = sign("redtrack"), add_person("Ada")
        write_line(agreement, ada, "Half", percent=50)
        write_line(agreement, ada, "Ten", minutes=10)
        ticket = open_one(agreement, way="email")
        raise_to(ticket, "high", MONDAY)
        chase(after(31))
        services.open_hold(ticket=ticket, waiting_for="customer", until_at=after(62), by=STAFF, at=after(32))

        assert ["Half"] == told()
        assert [(80, "Ten")] == told_at(33, 85)

    def test_a_due_instant_that_moves_earlier_tells_one(self, agreement, ada):
        """Three moments lie behind at once then: the last one due tells, and what was told stays told."""
        for name, minutes in (("Half", 30), ("Quarter", 15), ("Ten", 10), ("One", 1)):
            write_line(agreement, ada, name, minutes=minutes)
        open_high(agreement, ada)
        chase(after(31))
        run = Run.objects.select_related("ticket").get(clock="respond")
        run.due_us = after(44).micros

        calendars = terms_of(agreement, MONDAY).calendars
        timing.lay([run], list_timed(agreement.pk), calendars, after(35), [run.ticket_id])

        rows = Reminder.objects.filter(told_us=None, is_passed=False).order_by("fire_us")
        assert [("Ten", after(34).micros), ("One", after(43).micros)] == list(
            rows.values_list("line__policy__name", "fire_us")
        )
        assert [("Half", after(31).micros)] == list(
            Reminder.objects.exclude(told_us=None).values_list("line__policy__name", "told_us")
        )

    def test_a_recalculation_moves_what_was_not_told(self, agreement, ada):
        """The rows of plain runs are written together; their reminders follow."""
        write_line(agreement, ada, "Ten", minutes=10)
        open_high(agreement, ada)
        Reminder.objects.update(fire_us=after(5).micros)

        services.recalculate(agreement=agreement, at=after(1))

        assert [after(50).micros] == list(Reminder.objects.values_list("fire_us", flat=True))

    def test_a_warning_is_not_told_once_the_time_is_over(self, agreement, ada):
        """That is told by itself."""
        write_line(agreement, ada, "Ten", minutes=10)
        open_high(agreement, ada)

        chase(after(60) + MICRO)

        assert ([], [True]) == (told(), list(Reminder.objects.values_list("is_passed", flat=True)))


class TestCosts:
    def test_without_such_lines_nothing_is_written_nor_asked_of_runs(self, agreement, ada, django_assert_num_queries):
        """Lines as they were have no reminders; whoever lays them asks once whether there is any."""
        write_line(agreement, ada, "Plain")
        ticket = open_high(agreement, ada)

        with django_assert_num_queries(1):
            timing.lay_all(agreement=agreement, calendars={}, at=after(1))
        with django_assert_num_queries(1):
            timing.lay_reminders(ticket=ticket, calendars={}, at=after(1))

        assert 0 == Reminder.objects.count()

    def test_the_next_ones_are_found_by_their_index(self, agreement, ada):
        """However many runs there are."""
        if connection.vendor != "sqlite":
            pytest.skip("PostgreSQL reads a table of three rows whole")
        due = Reminder.objects.filter(told_us__isnull=True, is_passed=False, fire_us__lte=after(1).micros)

        assert "desk_reminders_due" in due.order_by("fire_us").explain()

    def test_many_runs_are_laid_in_parts(self, agreement, ada, monkeypatch):
        """Each run once, also where a part ends."""
        monkeypatch.setattr(timing, "CHUNK", 2)
        for minute in range(3):
            open_high(agreement, ada, at=after(minute))
        write_line(agreement, ada, "Ten", minutes=10)

        for minute in (4, 5):
            chase(after(minute))

        assert [after(50 + minute).micros for minute in range(3)] == sorted(
            Reminder.objects.values_list("fire_us", flat=True)
        )


class TestLines:
    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"minutes": 5, "percent": 5}, "not both"),
            ({"minutes": 0}, "1 minute"),
            ({"percent": 100}, "99 %"),
            ({"percent": 75, "when": "after"}, "before it is over"),
            ({"minutes": 5, "is_around_clock": True}, "in open time"),
        ],
    )
    def test_refuse_a_moment_that_cannot_be(self, agreement, ada, wrong, said):
        with pytest.raises(services.CannotDo, match=said):
            write_line(agreement, ada, "One", **wrong)

    def test_that_are_removed_tell_nobody(self, agreement, ada):
        line = write_line(agreement, ada, "Ten", minutes=10)
        open_high(agreement, ada)
        services.remove_escalation(row=line)

        chase(after(51))

        assert ([], 0) == (told(), Reminder.objects.count())
