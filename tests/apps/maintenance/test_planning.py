"""Planned work: judged before it is saved, told, begun and ended, each step once and on record."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from tests.apps.watched import KEY, NOON, SIGNED, sign
from upheld.apps.ledger.queries import facts_of
from upheld.apps.maintenance import queries, services
from upheld.apps.oncall.models import Message
from upheld.apps.parties.services import add_contact, name_provider
from upheld.core.facts import (
    NoticeGiven,
    WindowCancelled,
    WindowEnded,
    WindowPlanned,
    WindowStarted,
    of_kind,
)
from upheld.core.timeline import DAY, HOUR, MINUTE, Instant, Span

pytestmark = pytest.mark.django_db

# NOON is Saturday 14 February 2026; business days are Monday to Friday, business hours 07:00 to 17:00 UTC.
FRIDAY_NIGHT = Span(Instant.parse("2026-02-27T20:00Z"), Instant.parse("2026-02-27T23:00Z"))


def span(start, hours=3):
    begin = Instant.parse(start)
    return Span(begin, begin + HOUR * hours)


def check(span_=FRIDAY_NIGHT, kind="scheduled", **changes):
    return queries.check_plan(agreement=sign(), kind=kind, span=span_, as_of=NOON, **changes)


def plan(span_=FRIDAY_NIGHT, kind="scheduled", at=NOON):
    return services.plan(agreement=sign(), kind=kind, span=span_, reason="a new disk", by="person-1", at=at)


class TestCheckPlan:
    def test_of_work_that_is_told_in_time_and_lies_outside_the_hours(self):
        """Nothing counts: no other time is proposed."""
        found = check()

        assert (False, "scheduled", "out of base", ()) == (
            found.would_count,
            found.judgement.kind.name,
            found.judgement.effect,
            found.nearest,
        )

    def test_finds_the_first_start_after_the_notice(self):
        """Told on Saturday, five business days end with Friday: Saturday 00:00 is the earliest start."""
        found = check(span("2026-02-19T20:00Z"))

        assert (True, "emergency", HOUR * 3, (span("2026-02-21T00:00Z"),)) == (
            found.would_count,
            found.judgement.kind.name,
            found.counts,
            found.nearest,
        )

    def test_finds_the_nearest_starts_beside_the_hours_kept_free(self):
        """Tuesday 06:00 to 09:00 runs into business hours: it could end at 07:00, or begin at 17:00."""
        found = check(span("2026-03-03T06:00Z"))

        assert (HOUR * 2, (span("2026-03-03T04:00Z"), span("2026-03-03T17:00Z"))) == (found.counts, found.nearest)

    def test_finds_the_week_whose_turn_is_free(self):
        """Regular work once a week: this week's turn is planned, so it is the end of last week or the start of the next."""
        plan(span("2026-02-24T18:00Z", 1), kind="regular")

        found = check(span("2026-02-25T18:00Z", 1), kind="regular")

        assert (True, (span("2026-02-22T23:00Z", 1), span("2026-03-02T00:00Z", 1))) == (found.would_count, found.nearest)

    def test_never_proposes_the_past(self):
        """Regular work on Monday morning: nothing lies before now."""
        found = check(span("2026-02-16T08:00Z", 1), kind="regular")

        assert all(NOON <= nearest.start for nearest in found.nearest)

    def test_counts_from_the_notice_that_was_given(self):
        """The customer was told in January."""
        assert not check(span("2026-02-19T20:00Z"), notice_at=SIGNED + DAY).would_count

    def test_of_an_unknown_kind(self):
        with pytest.raises(queries.CannotJudge, match="knows no maintenance 'party'"):
            check(kind="party")

    def test_of_a_planned_window_does_not_meet_itself(self):
        """It does not take its own turn."""
        window = plan(span("2026-02-24T18:00Z", 1), kind="regular")

        assert not queries.check_window(window, NOON).would_count

    def test_finds_nothing_where_the_kind_always_counts(self):
        """Emergency work counts at any time."""
        found = check(kind="emergency")

        assert (True, ()) == (found.would_count, found.nearest)


class TestPlan:
    def test_is_a_row_and_a_fact(self):
        window = plan()

        [fact] = of_kind(facts_of(KEY), WindowPlanned)
        assert ("M-1", "planned", fact.window, fact.kind, Span(fact.from_at, fact.to_at)) == (
            window.name,
            window.state,
            "M-1",
            "scheduled",
            FRIDAY_NIGHT,
        )

    def test_refuses_an_unknown_kind(self):
        with pytest.raises(services.CannotPlan, match="it knows"):
            plan(kind="party")

    def test_refuses_work_without_length(self):
        with pytest.raises(services.CannotPlan, match="ends when it starts"):
            plan(Span(FRIDAY_NIGHT.start, FRIDAY_NIGHT.start))

    def test_refuses_work_of_years(self):
        """The year was mistyped: no verdict is looked for, and nothing is kept."""
        years = Span(FRIDAY_NIGHT.start, FRIDAY_NIGHT.start + DAY * 367)
        with pytest.raises(services.CannotPlan, match="at most 366 days"):
            plan(years)
        with pytest.raises(queries.CannotJudge, match="at most 366 days"):
            check(years)

    def test_refuses_work_of_the_past(self):
        with pytest.raises(services.CannotPlan, match="recorded, not planned"):
            plan(span("2026-02-14T08:00Z"))


class TestNotice:
    def write(self, notice):
        return f"Work {notice.window.name}", f"to {notice.to}"

    def send(self, at):
        Message.objects.filter(sent_at__isnull=True).update(sent_at=at.utc(), due_at=None)

    def test_counts_from_its_sending(self):
        """Asked for at noon, taken by the mail server two minutes later: then it was given."""
        window = plan()
        add_contact(customer=window.agreement.customer, name="Ana", email="ana@acorn.example")
        services.give_notice(window=window, by="person-1", at=NOON)
        services.write_notices(write=self.write, at=NOON)
        services.record_notices(at=NOON)
        self.send(NOON + MINUTE * 2)

        services.record_notices(at=NOON + MINUTE * 3)

        [fact] = of_kind(facts_of(KEY), NoticeGiven)
        assert ("M-1", "contact", NOON + MINUTE * 2, NOON + MINUTE * 3) == (
            fact.window,
            fact.to,
            fact.occurred_at,
            fact.recorded_at,
        )
        assert "told" == queries.window("M-1").state

    def test_is_sent_and_recorded_once(self):
        """Every step may be repeated: the worker may die after any of them."""
        window = plan()
        add_contact(customer=window.agreement.customer, name="Ana", email="ana@acorn.example")
        for _ in range(2):
            services.give_notice(window=window, by="person-1", at=NOON)
            services.write_notices(write=self.write, at=NOON)
        self.send(NOON)
        for _ in range(2):
            services.record_notices(at=NOON)

        assert (1, 1) == (Message.objects.count(), len(of_kind(facts_of(KEY), NoticeGiven)))

    def test_needs_somebody_to_tell(self):
        with pytest.raises(queries.NobodyToTell, match="give the customer a contact"):
            services.give_notice(window=plan(), by="person-1", at=NOON)

    def test_of_cancelled_work_is_refused(self):
        window = services.cancel(window=plan(), because="no disk", by="person-1", at=NOON)

        with pytest.raises(services.WrongMoment, match="M-1 was cancelled"):
            services.give_notice(window=window, by="person-1", at=NOON)

    def test_that_was_not_written_goes_with_its_work(self):
        """Cancelled before the worker wrote it: nobody is told of work that will not be."""
        window = plan()
        add_contact(customer=window.agreement.customer, name="Ana", email="ana@acorn.example")
        services.give_notice(window=window, by="person-1", at=NOON)

        services.cancel(window=window, because="no disk", by="person-1", at=NOON)

        assert [] == queries.notices_to_write()

    def test_is_not_written_for_work_that_is_cancelled_meanwhile(self):
        """Cancelled after the worker saw the notice and before its mail is in the outbox: nobody gets one."""
        window = plan()
        add_contact(customer=window.agreement.customer, name="Nora", email="nora@acorn.example")
        services.give_notice(window=window, by="person-1", at=NOON)

        def cancel_first(notice):
            services.cancel(window=window, because="no disk came", by="person-2", at=NOON)
            return self.write(notice)

        assert (0, 0) == (services.write_notices(write=cancel_first, at=NOON), Message.objects.count())


class TestCancellation:
    """Who was told of work is told that it will not be."""

    def write(self, notice, because):
        return f"{notice.window} is cancelled", because

    def tell(self, *names, sent_at=NOON):
        window = plan()
        for name in names:
            add_contact(customer=window.agreement.customer, name=name, email=f"{name}@acorn.example")
        services.give_notice(window=window, by="person-1", at=NOON)
        services.write_notices(write=lambda notice: ("work", "soon"), at=NOON)
        if sent_at:
            Message.objects.update(sent_at=sent_at.utc(), due_at=None)
        return window

    def test_goes_to_everybody_who_was_sent_the_notice_once(self):
        services.cancel(window=self.tell("ana", "nora"), because="no disk came", by="person-1", at=NOON + HOUR)

        written = [services.write_cancellations(write=self.write, at=NOON + HOUR + MINUTE * place) for place in range(3)]

        assert [2, 0, 0] == written
        assert [
            ("ana@acorn.example", "M-1 is cancelled", "no disk came"),
            ("nora@acorn.example", "M-1 is cancelled", "no disk came"),
        ] == [(mail.to, mail.subject, mail.body) for mail in Message.objects.filter(sent_at=None).order_by("to")]

    def test_waits_until_the_notice_is_sent(self):
        """What is on its way arrives first; the mail that takes it back comes behind it."""
        services.cancel(window=self.tell("ana", sent_at=None), because="no disk came", by="person-1", at=NOON)
        before = services.write_cancellations(write=self.write, at=NOON)

        Message.objects.update(sent_at=NOON.utc(), due_at=None)

        assert (0, 1) == (before, services.write_cancellations(write=self.write, at=NOON))

    def test_is_not_told_of_work_that_was_not_cancelled_or_would_be_over(self):
        window = self.tell("ana")
        still_planned = services.write_cancellations(write=self.write, at=NOON)
        services.cancel(window=window, because="no disk came", by="person-1", at=NOON)

        assert (0, 0) == (still_planned, services.write_cancellations(write=self.write, at=FRIDAY_NIGHT.end))

    def test_is_told_to_nobody_who_had_no_notice(self):
        add_contact(customer=sign().customer, name="Ana", email="ana@acorn.example")
        services.cancel(window=plan(), because="no disk came", by="person-1", at=NOON)

        assert 0 == services.write_cancellations(write=self.write, at=NOON)


class TestAddressees:
    def test_are_named_by_the_agreement(self, monkeypatch):
        """The first parameter that has an address, in the order of the sense that we read."""
        blocks = {
            "notices": {"work": {"upon": ["scheduled"], "to": "reading who"}},
            "readings": {"who": {"we read": "one", "senses": {"one": ["parameter desk", "parameter main"], "two": []}}},
        }

        named = list(queries.addressees.named_parameters(blocks, "reading who"))

        assert ["desk", "main"] == named

    def test_are_nobody_where_the_sense_is_a_word(self):
        """A sense that names no parameter names nobody."""
        blocks = {"readings": {"who": {"we read": "nobody", "senses": ["nobody"]}}}

        assert [] == list(queries.addressees.named_parameters(blocks, "reading who"))


class TestSteps:
    def test_begin_and_end_are_facts_of_their_own(self):
        """The plan is not the event."""
        window = services.start(window=plan(), by="person-1", at=FRIDAY_NIGHT.start)
        services.end(window=window, by="person-1", at=FRIDAY_NIGHT.start + HOUR)

        facts = facts_of(KEY)
        assert (FRIDAY_NIGHT.start, FRIDAY_NIGHT.start + HOUR, "over") == (
            of_kind(facts, WindowStarted)[0].occurred_at,
            of_kind(facts, WindowEnded)[0].occurred_at,
            queries.window("M-1").state,
        )

    def test_come_in_their_order(self):
        window = plan()

        with pytest.raises(services.WrongMoment, match="M-1 has not begun"):
            services.end(window=window, by="person-1", at=NOON)
        services.start(window=window, by="person-1", at=NOON)
        with pytest.raises(services.WrongMoment, match="M-1 has begun"):
            services.cancel(window=window, because="too late", by="person-1", at=NOON)

    def test_a_cancelled_window_excuses_nothing(self):
        services.cancel(window=plan(), because="no disk", by="person-1", at=NOON)

        [fact] = of_kind(facts_of(KEY), WindowCancelled)
        assert ("M-1", "no disk") == (fact.window, fact.because)

    def test_a_cancellation_has_a_reason(self):
        with pytest.raises(services.CannotPlan, match="say why"):
            services.cancel(window=plan(), because=" ", by="person-1", at=NOON)


@pytest.mark.parametrize("name", ["M-2", "2", "M-x"])
def test_unknown_work_is_told_so(name):
    with pytest.raises(queries.UnknownWindow, match="no planned work is called"):
        queries.window(name)


def test_windows_are_listed_by_their_start():
    plan(span("2026-03-03T20:00Z"))
    plan()

    assert (["M-2", "M-1"], ["M-2", "M-1"]) == (
        [window.name for window in queries.list_windows()],
        [window.name for window in queries.windows_of(KEY)],
    )


@pytest.mark.django_db(transaction=True)
def test_work_that_many_plan_at_once_is_numbered_without_a_gap():
    """Each gets a number of their own, and none is turned away."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory refuses a second connection; on disk, whoever writes has it alone")
    name_provider(name="Harbour")
    agreement = sign()

    def plan_one(place):
        try:
            return services.plan(
                agreement=agreement, kind="scheduled", span=FRIDAY_NIGHT, reason="a disk", by=f"person-{place}", at=NOON
            ).number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        numbers = sorted(pool.map(plan_one, range(16)))

    assert list(range(1, 17)) == numbers
