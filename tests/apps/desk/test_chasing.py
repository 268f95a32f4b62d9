"""Clocks are told before and once they are over: each once for a due instant, to whoever is to know, and never in vain."""

import json

import pytest
from django.db import connection

from tests.apps.desk.ground import MONDAY, STAFF, after, answer, open_one, raise_to, sign
from tests.apps.oncall.people import add_person
from tests.at_once import run_at_once
from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk import services
from upheld.apps.desk.jobs import chase, warn
from upheld.apps.desk.models import Escalation, Hold, Run
from upheld.apps.desk.services import chasing
from upheld.apps.oncall import services as oncall
from upheld.apps.oncall.models import Message, Page
from upheld.apps.parties.queries import pseudonym_of
from upheld.core.timeline import DAY, HOUR, MICRO, MINUTE, Instant, Span

pytestmark = pytest.mark.django_db
HOOK = "https://hooks.harbour.example/desk"


@pytest.fixture
def agreement():
    return sign()


@pytest.fixture
def ada(agreement):
    return add_person("Ada")


def open_high(agreement, assignee=None, at=MONDAY):
    """A ticket that is due within an hour of Monday 09:00."""
    ticket = open_one(agreement, at=at)
    raise_to(ticket, "high", at)
    if assignee:
        services.assign(ticket=ticket, to=assignee, at=at, by=pseudonym_of(assignee))
    return ticket


def make_policy(name, person, *, is_default=False, **more):
    steps = [oncall.WantedStep(0, (person,))]
    return oncall.save_policy(name=name, steps=steps, is_default=is_default, at=MONDAY, **more)


def told_to(person):
    return list(Message.objects.filter(to=person.email).order_by("pk").values_list("subject", flat=True))


class TestWarn:
    def test_warns_once_within_the_lead_and_not_before(self, agreement, ada):
        """A quarter of an hour is left of the hour at 09:45: not at 09:44, and only once however often it is looked."""
        open_high(agreement, ada)

        warn(after(44))
        early = told_to(ada)
        for minute in (45, 46, 50):
            warn(after(minute))

        assert ([], ["T-1: respond is due "]) == (early, [subject[:20] for subject in told_to(ada)])

    def test_warns_again_for_another_due_instant(self, agreement, ada):
        """A clock that was moved is due at another instant, of which nobody was warned."""
        ticket = open_high(agreement, ada)
        warn(after(50))
        Run.objects.filter(ticket=ticket, clock="respond").update(warned_us=after(5).micros)

        warn(after(51))

        assert after(60).micros == Run.objects.get(ticket=ticket, clock="respond").warned_us
        assert 1 == len(told_to(ada))

    def test_finds_what_looking_at_all_of_them_finds(self, agreement):
        """Through a week with its nights and its weekend, with runs of an office's hours and of all hours."""
        for hours in range(0, 24 * 5, 9):
            at = MONDAY + HOUR * hours
            raise_to(open_one(agreement, at=at), ("high", "medium", "low")[hours % 3], at)
        lead, known = services.Lead(), list(Run.objects.filter(state="running", due_us__isnull=False).order_by("due_us"))
        for hour in range(0, 24 * 9, 5):
            at = MONDAY + HOUR * hour + MINUTE * (hour % 60)
            calendars = chasing.Calendars(at)
            wanted = [
                run.pk for run in known
                if run.due_us is not None and run.due_us >= at.micros
                and calendars.left(run.agreement_id, run.calendar, run.due_us) <= lead.before(chasing.length(run.allowed_us))
            ]  # fmt: skip

            assert wanted == [run.pk for run in chasing.list_nearly_over(at, lead)]
        assert len(known) > 10

    def test_looks_at_nothing_that_is_due_much_later(self, agreement, monkeypatch):
        """On a morning of work a run that is due in a week is not even asked about."""
        looked: list[object] = []
        raise_to(open_one(agreement), "high", MONDAY)
        Run.objects.update(due_us=(MONDAY + DAY * 7).micros)
        left = chasing.Calendars.left

        def look(calendars, *asked):
            looked.append(asked)
            return left(calendars, *asked)

        monkeypatch.setattr(chasing.Calendars, "left", look)

        found = list(chasing.list_nearly_over(MONDAY, services.Lead()))

        assert ([], []) == (found, looked)

    def test_asks_the_core_before_it_tells(self, agreement, ada):
        """A row that lags behind wakes nobody: the answer that stopped the clock counts."""
        ticket = open_high(agreement, ada)
        lagging = Run.objects.get(ticket=ticket, clock="respond")
        answer(ticket, after(10))
        services.start_work(ticket=ticket, by=STAFF, at=after(11))
        Run.objects.filter(ticket=ticket, clock="respond").update(state="running", due_us=lagging.due_us)

        warn(after(50))

        assert ([], "stopped") == (told_to(ada), Run.objects.get(ticket=ticket, clock="respond").state)

    def test_counts_open_time(self, agreement, ada):
        """What is due ten minutes into Monday is warned of five minutes before Friday ends, and not in the night before."""
        friday = Span(Instant.parse("2025-06-13T08:00Z"), Instant.parse("2025-06-14T08:00Z"))
        ends_at = terms_of(agreement, MONDAY).calendars["service-times"].open_within(friday).spans[-1].end
        open_high(agreement, ada, at=ends_at.before(MINUTE * 50))

        looked = [ends_at.before(MINUTE * 50) + MINUTE * minute for minute in range(0, 24 * 60, 5)]
        told = next(at for at in looked if services.warn(at=at, lead=services.Lead()))

        assert ends_at.before(MINUTE * 5) == told


class TestLead:
    @pytest.mark.parametrize(
        ("allowed", "expected"),
        [(HOUR * 8, HOUR * 2), (HOUR, MINUTE * 15), (MINUTE * 20, MINUTE * 10), (DAY * 9, HOUR * 4), (None, MINUTE * 15)],
    )
    def test_is_a_share_with_a_least_and_a_most(self, allowed, expected):
        """A quarter; a quarter of an hour at least, half of the time and four hours at most."""
        assert expected == services.Lead().before(allowed)


class TestChase:
    def test_a_miss_is_told_once_it_is_one(self, agreement, ada):
        """At exactly the due instant a reply is in time still; after it nobody needs to look for it any more."""
        open_high(agreement, ada)

        chase(after(60))
        at_the_due = told_to(ada)
        for _ in range(3):
            chase(after(60) + MICRO)

        assert [] == at_the_due
        assert ["and is not done"] == [subject[-15:] for subject in told_to(ada)]

    def test_without_an_assignee_the_policy_of_outages_is_paged(self, agreement, ada):
        """As not urgent: it waits for the end of the quiet hours."""
        make_policy("Outages", ada, is_default=True)
        open_high(agreement)

        warn(after(50))
        chase(after(61))

        assert [("T-1", False), ("T-1", False)] == list(Page.objects.order_by("pk").values_list("about", "is_urgent"))

    def test_the_line_that_names_most_is_used(self, agreement, ada):
        """High tickets of this agreement go to their own policy, others to that of all."""
        own, general = make_policy("High", ada), make_policy("All", ada)
        services.save_escalation(when="after", policy=general, at=MONDAY, is_urgent=False)
        services.save_escalation(when="after", policy=own, at=MONDAY, agreement=agreement, priority="high")
        open_high(agreement, ada)

        chase(after(61))

        assert [("High", True)] == list(Page.objects.values_list("policy__name", "is_urgent"))
        assert 1 == len([subject for subject in told_to(ada) if subject.startswith("T-1:")])

    @pytest.mark.parametrize(("hours", "paged"), [("open", "Day"), ("off", "Rest")])
    def test_a_line_holds_in_its_hours(self, agreement, ada, hours, paged):
        """Monday morning lies in the calendar: a line for off hours is not for it."""
        day, rest = make_policy("Day", ada), make_policy("Rest", ada, is_default=True)
        services.save_escalation(when="after", policy=day, at=MONDAY, agreement=agreement, hours=hours)
        open_high(agreement)

        chase(after(61))

        assert [paged] == list(Page.objects.values_list("policy__name", flat=True)), rest

    @pytest.mark.parametrize(("priority", "paged"), [("availability", ["Night"]), ("other", [])])
    def test_off_hours_wake_for_availability_only(self, ada, priority, paged):
        """FL-15: outside support hours somebody is woken for emergencies; what else there is waits for support hours."""
        agreement = sign("flosum")
        night = make_policy("Night", ada)
        services.save_escalation(
            when="after", policy=night, at=MONDAY, agreement=agreement, priority="availability", hours="off",
            calendar="support",
        )  # fmt: skip
        saturday = Instant.parse("2025-06-14T02:00Z")
        ticket = open_one(agreement, at=saturday)
        raise_to(ticket, priority, saturday)

        chase(saturday + HOUR * 3)

        assert paged == list(Page.objects.values_list("policy__name", flat=True))

    def test_a_page_ends_when_its_clock_does(self, agreement, ada):
        """Somebody answered: nobody is woken further for it."""
        make_policy("Outages", ada, is_default=True)
        ticket = open_high(agreement)
        chase(after(61))
        answer(ticket, after(62))
        services.start_work(ticket=ticket, by=STAFF, at=after(62))

        chase(after(63))

        assert "respond is no longer due then" == Page.objects.get().resolved_because

    def test_a_warning_ends_with_the_time_of_which_it_warned(self, agreement, ada):
        """One matter wakes by one page at a time."""
        make_policy("Outages", ada, is_default=True)
        open_high(agreement)
        warn(after(50))

        chase(after(60) + MICRO)

        assert ["the time of respond is over, which is told by itself", ""] == list(
            Page.objects.order_by("pk").values_list("resolved_because", flat=True)
        )

    def test_programs_hear_it(self, agreement, ada):
        """A webhook for those who chose clocks, with no name and no word of anybody in it."""
        oncall.add_recipient(kind="webhook", address=HOOK, events=["clock.missed"])
        open_high(agreement, ada)

        warn(after(50))
        chase(after(61))

        [hook] = Message.objects.filter(to=HOOK)
        said = json.loads(hook.body)
        assert ("clock.missed", "T-1", "respond", "high") == (
            said["type"], said["data"]["ticket"], said["data"]["clock"], said["data"]["priority"],
        )  # fmt: skip

    def test_one_ticket_that_fails_keeps_no_other_back(self, agreement, ada, monkeypatch):
        """It is logged and comes again; the other one is told."""
        broken, sound = open_high(agreement, ada), open_high(agreement, ada)
        from upheld.apps.desk.services import chasing, waking

        wake = waking.wake

        def stumble(**asked):
            if asked["ticket"].pk == broken.pk:
                raise RuntimeError("the disk is full")
            wake(**asked)

        monkeypatch.setattr(chasing, "wake", stumble)
        chase(after(61))
        monkeypatch.setattr(chasing, "wake", wake)

        assert [sound.name] == [subject.split(":")[0] for subject in told_to(ada)]
        chase(after(62))
        assert {broken.name, sound.name} == {subject.split(":")[0] for subject in told_to(ada)}


class TestHolds:
    def test_an_agreed_date_ends_the_hold(self, agreement, ada):
        """The core lets the clock run on from it; the row, the queue and whoever works on it know it too, once."""
        ticket = open_high(agreement, ada)
        services.open_hold(ticket=ticket, waiting_for="customer", until_at=after(30), by=STAFF, at=after(5))

        chase(after(29))
        before = Hold.objects.get().closed_at
        for minute in (30, 31):
            chase(after(minute))

        held = Hold.objects.get()
        assert (None, after(30).utc(), "the agreed date came") == (before, held.closed_at, held.closed_because)
        assert ["T-1 waits no more: the agreed date came"] == told_to(ada)


class TestEscalations:
    def test_are_listed_once(self, agreement, ada):
        """Said again for the same tickets, the new policy holds."""
        one, other = make_policy("One", ada), make_policy("Other", ada)
        for policy in (one, other):
            services.save_escalation(when="after", policy=policy, at=MONDAY, agreement=agreement, clocks=("respond",))

        assert [("Other", ["respond"])] == list(Escalation.objects.values_list("policy__name", "clocks"))

    @pytest.mark.parametrize("wrong", [{"priority": "huge"}, {"clocks": ("sleep",)}, {"calendar": "moon"}])
    def test_refuse_names_that_the_agreement_does_not_know(self, agreement, ada, wrong):
        """A line that fits nothing would look as if somebody were told."""
        with pytest.raises(services.CannotDo, match=f"{agreement.key} knows no"):
            services.save_escalation(when="after", policy=make_policy("One", ada), at=MONDAY, agreement=agreement, **wrong)


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_once():
    """Both look at the same time: one tells, and the other finds it told."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory refuses a second connection; on disk, whoever writes has it alone")
    agreement = sign()
    ada = add_person("Ada")
    open_high(agreement, ada)

    run_at_once(lambda: chase(after(61)), lambda: chase(after(61)))

    assert 1 == len(told_to(ada))
