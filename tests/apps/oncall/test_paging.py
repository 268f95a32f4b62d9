"""Pages: one for each reason, step by step until somebody sees to it, and never a silent gap."""

from datetime import date

import pytest

from tests.apps.oncall.people import add_person
from upheld.apps.oncall import queries, services
from upheld.apps.oncall.models import ContactWay, Hours, Kind, Message, Page
from upheld.apps.oncall.queries import Turns
from upheld.apps.oncall.queries.allowed import Quiet
from upheld.apps.oncall.services import WantedStep
from upheld.core.timeline import DAY, HOUR, MINUTE, SECOND, Instant, Span
from upheld.gateways.mail import FakeMailer
from upheld.gateways.texts import FakeTexter
from upheld.gateways.webhook import FakePoster

pytestmark = pytest.mark.django_db

NIGHT = Instant.parse("2026-02-10T02:00Z")


@pytest.fixture
def ada():
    return add_person("Ada")


@pytest.fixture
def bob():
    return add_person("Bob")


@pytest.fixture
def rota(ada):
    turns = Turns((ada.pk,), date(2026, 2, 9), 540, 7)
    return services.add_rota(name="Nights", zone="UTC", layers=[turns], by="person-1", at=NIGHT.before(DAY))


@pytest.fixture
def save(ada, bob):
    """A policy: Ada at once, Bob after ten minutes, unless other steps are given."""

    def save_policy(*steps, **fields):
        steps = steps or (WantedStep(0, (ada,)), WantedStep(10, (bob,)))
        return services.save_policy(name="Outages", steps=steps, at=NIGHT, **fields)

    return save_policy


def begin(policy, *, urgent=True, at=NIGHT, key="opened", spans=()):
    return services.page(
        policy=policy, key=key, about="outage-1", urgent=urgent, subject="The shop is down", text="Since 01:58.", at=at,
        open_spans=spans,
    )  # fmt: skip


def run_until(end, *, start=NIGHT, every=MINUTE):
    """As the worker does, but once a minute."""
    at = start
    while at <= end:
        services.escalate_due(at)
        at = at + every


def tell(page):
    """Each step: minutes after the page, whom it told, and the reason where somebody was left out."""
    began = Instant.of(page.began_at)
    return [
        (
            (Instant.of(step.at) - began).micros // MINUTE.micros,
            [told.target for told in queries.told_by(step)],
            step.because,
        )
        for step in queries.steps_taken(page)
    ]


def add_way(user, kind, address, *, urgent=True, other=True):
    return ContactWay.objects.create(
        user=user, kind=kind, address=address, is_for_urgent=urgent, is_for_other=other, code_digest="",
        verified_at=NIGHT.utc(), code_until_at=NIGHT.utc(),
    )  # fmt: skip


class TestPage:
    def test_is_one_for_each_reason(self, save):
        """However often a job asks for it: the same policy, subject and key is the same page."""
        policy = save()
        pages = {begin(policy).pk, begin(policy, at=NIGHT + HOUR).pk}

        assert (1, 2) == (len(pages), len(pages | {begin(policy, key="still-down").pk}))

    def test_keeps_the_steps_that_it_began_with(self, save, ada, bob):
        """A policy that is changed at night changes no page that runs."""
        policy = save()
        page = begin(policy)
        services.save_policy(policy=policy, name="Outages", steps=[WantedStep(0, (bob,))], at=NIGHT + MINUTE)

        run_until(NIGHT + HOUR)

        assert [(0, ["Ada"], ""), (10, ["Bob"], "")] == tell(page)

    def test_goes_by_the_ways_for_its_urgency(self, save, ada):
        """Urgent: a call and a text; otherwise the mail alone. An unconfirmed address is never used."""
        add_way(ada, Kind.SMS, "+442079460000", other=False)
        add_way(ada, Kind.PHONE, "+442079460000", other=False)
        add_way(ada, Kind.MAIL, "ada@home.example", urgent=False)
        ContactWay.objects.filter(kind=Kind.PHONE).update(verified_at=None)
        policy = save(WantedStep(0, (ada,)))
        begin(policy)
        begin(policy, urgent=False, key="reminder")

        services.escalate_due(NIGHT)

        assert [("sms", "+442079460000"), ("mail", "ada@home.example")] == list(Message.objects.values_list("kind", "to"))

    def test_says_by_each_way_what_it_can_hold(self, save, ada):
        """Mail has the text and the link, an SMS is short with the link, a call is read aloud and has none."""
        number = "+442079460000"
        for kind, address in (("mail", "a@b.example"), ("sms", number), ("phone", number), ("telegram", "7")):
            add_way(ada, kind, address)
        page = begin(save(WantedStep(0, (ada,))))

        services.escalate_due(NIGHT)

        bodies = dict(Message.objects.values_list("kind", "body"))
        link = services.link_of(page, queries.steps_taken(page)[0], ada)
        assert f"Since 01:58.\n\nI see to it: {link}\n" == bodies["mail"]
        assert f"{page.name}: The shop is down\n{link}" == bodies["sms"]
        assert (2, False) == (bodies["phone"].count("The shop is down"), "http" in bodies["phone"])
        assert bodies["telegram"].startswith(f"{page.name}: The shop is down\n\nSince 01:58.")


class TestSteps:
    def test_come_in_order_until_nobody_is_left(self, save):
        """Ada at once, Bob after ten minutes; then the page stands unanswered for everybody to see."""
        page = begin(save())

        run_until(NIGHT + HOUR)

        assert [(0, ["Ada"], ""), (10, ["Bob"], "")] == tell(page)
        assert ("unanswered", None) == (Page.objects.get().state, queries.next_step_at())

    def test_are_gone_through_again(self, save):
        """Twice more, half an hour after the last of them."""
        page = begin(save(repeats=2, repeat_after_minutes=30))

        run_until(NIGHT + HOUR * 4)

        assert [0, 10, 40, 50, 80, 90] == [minutes for minutes, _, _ in tell(page)]

    def test_tell_who_is_on_call_when_they_are_taken(self, save, rota, ada, bob):
        """The rota is asked at the step, not at the page: Bob stepped in meanwhile."""
        policy = save(WantedStep(0, (rota,)), WantedStep(10, (rota,)))
        page = begin(policy)
        services.step_in(rota=rota, user=bob, from_at=NIGHT + MINUTE * 5, to_at=NIGHT + HOUR, by="x", at=NIGHT)

        run_until(NIGHT + HOUR)

        assert [(0, ["Ada"], ""), (10, ["Bob"], "")] == tell(page)

    def test_that_are_empty_are_skipped_with_the_reason(self, save, rota, ada, bob):
        """Nobody is on call and Bob left: both are said, and the next step does not wait its ten minutes."""
        services.change_rota(
            rota=rota, zone="UTC", layers=[Turns((ada.pk,), date(2026, 2, 9), 0, 7, frozenset({5}), 0, 60)], by="x",
            at=NIGHT.before(HOUR),
        )  # fmt: skip
        policy = save(WantedStep(0, (rota, bob)), WantedStep(10, (ada,)))
        type(bob).objects.filter(pk=bob.pk).update(is_active=False)
        page = begin(policy)

        services.escalate_due(NIGHT)

        assert [
            (0, [], "nobody is on call by Nights\nBob may not sign in any more"),
            (0, ["Ada"], ""),
        ] == tell(page)

    def test_that_are_all_empty_end(self, save, bob):
        """A policy whose people are all gone goes through its rounds, each at its time, and ends."""
        policy = save(WantedStep(0, (bob,)), WantedStep(5, (bob,)), repeats=1, repeat_after_minutes=20)
        type(bob).objects.filter(pk=bob.pk).update(is_active=False)
        page = begin(policy)

        run_until(NIGHT + HOUR)

        assert [0, 0, 20, 20] == [minutes for minutes, _, _ in tell(page)]
        assert {True} == {step.is_skipped for step in queries.steps_taken(page)}

    def test_tell_one_address_once(self, save, rota, ada):
        """Ada is on call and named besides: one message."""
        begin(save(WantedStep(0, (rota, ada))))

        services.escalate_due(NIGHT)

        assert 1 == Message.objects.count()

    def test_are_taken_once_however_often_the_job_runs(self, save):
        """A worker that died after the step and one that reads the same page beside it add nothing."""
        begin(save())
        stale = Page.objects.get()

        taken = [services.take_step(stale, NIGHT), services.take_step(stale, NIGHT), services.escalate_due(NIGHT)]

        assert ([True, False, 0], 1) == (taken, Message.objects.count())

    def test_that_are_cut_off_leave_nothing_half_done(self, save, monkeypatch):
        """Killed between the step and its message: neither is there, and the next run does both."""
        page = begin(save())
        monkeypatch.setattr("upheld.apps.oncall.services.paging.write_errand", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            services.escalate_due(NIGHT)
        monkeypatch.undo()

        assert (0, 0) == (Message.objects.count(), len(queries.steps_taken(page)))
        assert (1, 1) == (services.escalate_due(NIGHT + SECOND), Message.objects.count())

    def test_late_are_not_taken_all_at_once(self, save):
        """The worker stood still for an hour: Bob is told ten minutes after Ada was, not in the same second."""
        page = begin(save())

        run_until(NIGHT + HOUR * 2, start=NIGHT + HOUR)

        assert [(60, ["Ada"], ""), (70, ["Bob"], "")] == tell(page)


class TestHours:
    def test_that_are_quiet_hold_what_is_not_urgent(self, save):
        """At 02:00 nobody is woken for a reminder: Ada hears of it at 07:00 in London; an urgent page does not wait."""
        policy = save(quiet=Quiet("Europe/London", 22 * 60, 7 * 60))
        calm, urgent = begin(policy, urgent=False), begin(policy, key="urgent")

        run_until(NIGHT + HOUR * 8)

        assert [[300, 310], [0, 10]] == [[minutes for minutes, _, _ in tell(page)] for page in (calm, urgent)]

    def test_that_are_quiet_end_by_the_wall_clock(self, save):
        """In the night in which London's clock goes forward, 07:00 comes an hour sooner."""
        before = Instant.parse("2026-03-28T23:00Z")
        begin(save(quiet=Quiet("Europe/London", 22 * 60, 7 * 60)), urgent=False, at=before)

        assert Instant.parse("2026-03-29T06:00Z") == queries.next_step_at()

    def test_off_the_open_time_tell_outside_of_it_alone(self, save):
        """The clause pages off-hours: what comes at 16:55 waits for 17:00, and minutes of the day do not count."""
        spans = [
            Span(Instant.parse(f"2026-02-{day}T09:00Z"), Instant.parse(f"2026-02-{day}T17:00Z")) for day in (10, 11)
        ]
        late = Instant.parse("2026-02-11T08:55Z")
        policy = save(hours=Hours.OFF)
        first = begin(policy, at=Instant.parse("2026-02-10T16:55Z"), spans=spans)
        run_until(Instant.parse("2026-02-10T18:00Z"), start=Instant.parse("2026-02-10T16:55Z"))
        second = begin(policy, at=late, spans=spans, key="next")
        run_until(late + HOUR * 10, start=late)

        assert [[5, 15], [0, 8 * 60 + 10]] == [[minutes for minutes, _, _ in tell(page)] for page in (first, second)]

    def test_of_open_time_count_open_minutes(self, save):
        """Ten minutes after 16:55 are, in open time, 09:05 of the next day."""
        spans = [
            Span(Instant.parse(f"2026-02-{day}T09:00Z"), Instant.parse(f"2026-02-{day}T17:00Z")) for day in (10, 11)
        ]
        start = Instant.parse("2026-02-10T16:55Z")
        page = begin(save(hours=Hours.OPEN), at=start, spans=spans)

        run_until(start + HOUR * 20, start=start)

        assert [0, 16 * 60 + 10] == [minutes for minutes, _, _ in tell(page)]

    def test_that_nobody_knows_hold_nothing_back(self, save):
        """Without spans, or past the last of them, it tells around the clock: rather too early than never."""
        page = begin(save(hours=Hours.OPEN))

        run_until(NIGHT + HOUR)

        assert [0, 10] == [minutes for minutes, _, _ in tell(page)]


class TestFailure:
    def send(self, at, refuses=(), for_ever=False):
        """Deliver what is due, by fakes that refuse what `refuses` names."""
        mailer, texters = FakeMailer(), {kind: FakeTexter() for kind in ("sms", "telegram", "slack")}
        mailer.refuses = "no mail today" if "mail" in refuses else ""
        for kind, texter in texters.items():
            texter.refuses, texter.refuses_for_ever = ("no answer" if kind in refuses else ""), for_ever
        return services.deliver_due(now=lambda: at, mailer=mailer, poster=FakePoster(), texters=texters)

    def test_of_the_only_way_brings_the_next_step_at_once(self, save, ada):
        """The text to Ada is refused: Bob is not told ten minutes later but now."""
        add_way(ada, "sms", "+442079460000")
        page = begin(save())
        services.escalate_due(NIGHT)
        self.send(NIGHT, refuses=("sms",))

        services.escalate_due(NIGHT + SECOND)

        assert [(0, ["Ada"], ""), (0, ["Bob"], "")] == tell(page)

    def test_of_one_of_two_ways_does_not(self, save, ada):
        """The text fails and the Telegram message is taken: Ada was reached, Bob sleeps his ten minutes."""
        add_way(ada, "sms", "+442079460000")
        add_way(ada, "telegram", "77")
        page = begin(save())
        services.escalate_due(NIGHT)
        self.send(NIGHT, refuses=("sms",))

        services.escalate_due(NIGHT + SECOND)

        assert [(0, ["Ada", "Ada"], "")] == tell(page)

    def test_never_hurries_a_round(self, save, ada):
        """When the last step fails, the next round comes at its time: failures do not use up all of them in a minute."""
        page = begin(save(WantedStep(0, (ada,)), repeats=3, repeat_after_minutes=15))
        for minute in range(20):
            services.escalate_due(NIGHT + MINUTE * minute)
            self.send(NIGHT + MINUTE * minute, refuses=("mail",))

        assert [0, 15] == [minutes for minutes, _, _ in tell(page)]

    def test_of_a_way_that_nothing_carries_is_one_too(self, save, ada):
        """Nobody named a telephone provider: that is a failure like any other, told beside the message."""
        add_way(ada, "phone", "+442079460000")
        page = begin(save())
        services.escalate_due(NIGHT)
        self.send(NIGHT)

        services.escalate_due(NIGHT + SECOND)

        assert ["Ada", "Bob"] == [name for _, names, _ in tell(page) for name in names]
        assert "nothing is set up that carries Phone call" in Message.objects.get(kind="phone").last_error


class TestAcknowledge:
    def test_stops_all_further_steps_and_what_is_not_sent(self, save, ada, bob):
        """Ada sees to it: Bob is not woken, and her second message, not yet taken, stays unsent."""
        page = begin(save(WantedStep(0, (ada, bob))))
        services.escalate_due(NIGHT)

        services.acknowledge(page=page, by=ada, at=NIGHT + MINUTE)
        run_until(NIGHT + HOUR, start=NIGHT + MINUTE)

        assert (0, []) == (TestFailure().send(NIGHT + HOUR), queries.messages_given_up())
        assert ("acknowledged", 1) == (Page.objects.get().state, len(tell(page)))

    def test_is_the_first_ones(self, save, ada, bob):
        """Bob is told that Ada was quicker; Ada herself may say it twice."""
        page = begin(save())
        services.acknowledge(page=page, by=ada, at=NIGHT + MINUTE)

        with pytest.raises(services.PageIsOver, match="Ada acknowledged"):
            services.acknowledge(page=page, by=bob, at=NIGHT + MINUTE * 2)

        again = services.acknowledge(page=page, by=ada, at=NIGHT + MINUTE * 3)
        assert (NIGHT + MINUTE).utc() == again.acknowledged_at

    def test_by_the_link_of_a_message_is_good_once(self, save, ada):
        """Whoever has the message answers without signing in; the same link again is refused."""
        page = begin(save())
        services.escalate_due(NIGHT)
        token = services.link_of(page, queries.steps_taken(page)[0], ada).rpartition("/")[2]

        answered = services.acknowledge_by_link(token=token, at=NIGHT + MINUTE)

        assert (ada, "acknowledged") == (answered.acknowledged_by, answered.state)
        with pytest.raises(services.LinkIsUsed, match="good once"):
            services.acknowledge_by_link(token=token, at=NIGHT + MINUTE * 2)

    def test_by_a_link_that_was_altered_is_refused(self, save, ada, bob):
        """Another person's number in the link, another page's, or no link at all."""
        page = begin(save())
        services.escalate_due(NIGHT)
        token = services.link_of(page, queries.steps_taken(page)[0], ada).rpartition("/")[2]
        signature = token.rpartition("~")[2]

        for wrong in (f"{page.pk}-0-{bob.pk}~{signature}", token[:-1], "", "x~y", f"{page.pk + 1}-0-{ada.pk}~{signature}"):
            with pytest.raises(services.LinkIsUsed):
                services.acknowledge_by_link(token=wrong, at=NIGHT)
        assert "running" == Page.objects.get().state

    def test_by_a_link_of_somebody_who_left_is_refused(self, save, ada):
        """A former employee still has the mail."""
        page = begin(save())
        services.escalate_due(NIGHT)
        token = services.link_of(page, queries.steps_taken(page)[0], ada).rpartition("/")[2]
        type(ada).objects.filter(pk=ada.pk).update(is_active=False)

        with pytest.raises(services.LinkIsUsed, match="any more"):
            services.acknowledge_by_link(token=token, at=NIGHT)

    def test_of_a_page_that_is_over_says_why(self, save, ada):
        """The outage closed by itself: nobody has to see to it, and nobody is paged further."""
        page = begin(save())
        services.escalate_due(NIGHT)
        ended = [services.resolve_about(about="outage-1", because="the outage closed", at=NIGHT + MINUTE) for _ in range(2)]
        run_until(NIGHT + HOUR, start=NIGHT + MINUTE)

        with pytest.raises(services.PageIsOver, match="the outage closed"):
            services.acknowledge(page=page, by=ada, at=NIGHT + HOUR)
        assert ([1, 0], 1) == (ended, len(tell(page)))
