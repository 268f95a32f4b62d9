"""The outbox: with its reason or not at all, at least once, and not for ever."""

import json
from itertools import pairwise

import pytest
from django.db import transaction

from tests.apps.oncall.people import add_person
from upheld.apps.oncall import queries, services
from upheld.apps.oncall.models import Kind, Message
from upheld.core.timeline import HOUR, MINUTE, SECOND, Instant
from upheld.gateways.clock import SettableClock
from upheld.gateways.mail import FakeMailer
from upheld.gateways.webhook import FakePoster

pytestmark = pytest.mark.django_db

NOON = Instant.parse("2026-02-14T12:00Z")
HOOK = "http://127.0.0.1:9/hook"


def write(key="outage-1:1", body="The shop is down.", to="night@example.org", kind=Kind.MAIL):
    services.write_message(kind=kind, to=to, subject="The shop is down", body=body, key=key, at=NOON)


@pytest.fixture
def mailer():
    return FakeMailer()


@pytest.fixture
def poster():
    return FakePoster()


@pytest.fixture
def deliver(mailer, poster):
    return lambda at: services.deliver_due(now=lambda: at, mailer=mailer, poster=poster)


class TestWriteMessage:
    def test_is_part_of_the_transaction_that_gave_the_reason(self, deliver):
        """What is rolled back tells nobody."""

        def fail_after_writing():
            with transaction.atomic():
                write()
                raise RuntimeError("no reason after all")

        with pytest.raises(RuntimeError):
            fail_after_writing()

        assert deliver(NOON) == 0

    def test_writes_a_reason_once(self, deliver, mailer):
        """A job that runs twice tells once, also when the message is sent already."""
        write()
        deliver(NOON)
        write()

        assert (0, 1) == (deliver(NOON + HOUR), len(mailer.taken))

    def test_refuses_another_message_under_the_same_key(self):
        """Two reasons under one key would tell only one of them."""
        write()

        with pytest.raises(services.MessageDiffers, match="outage-1:1"):
            write(body="The mill is down.")


class TestTell:
    def test_tells_each_recipient_in_its_own_way(self, deliver, mailer, poster):
        """A mail for people, a webhook with the same as fields for programs."""
        services.add_recipient(kind=Kind.MAIL, address="night@example.org")
        services.add_recipient(kind=Kind.WEBHOOK, address=HOOK)

        for _ in range(2):
            services.tell(
                event="outage.opened",
                subject="The shop is down",
                text="Since 12:00.",
                event_fields={"service": "shop"},
                key="outage-1-opened",
                at=NOON,
            )
        deliver(NOON)

        assert [("night@example.org", "The shop is down", "Since 12:00.")] == [
            (m.to, m.subject, m.text) for m in mailer.taken
        ]
        [hook] = poster.taken
        assert {"type": "outage.opened", "timestamp": str(NOON), "data": {"service": "shop"}} == json.loads(hook.body)

    def test_tells_of_what_each_chose(self, deliver, mailer, poster):
        """Of outages whoever chose nothing; of nothing else whoever chose something else."""
        services.add_recipient(kind=Kind.MAIL, address="night@example.org")
        services.add_recipient(kind=Kind.WEBHOOK, address=HOOK, events=["clock.missed", "ticket.opened"])

        for event in ("outage.opened", "ticket.opened", "ticket.message"):
            services.tell(event=event, subject=event, text="…", event_fields={}, key=event, at=NOON)
        deliver(NOON)

        assert ["outage.opened"] == [mail.subject for mail in mailer.taken]
        assert ["ticket.opened"] == [json.loads(hook.body)["type"] for hook in poster.taken]

    @pytest.mark.parametrize("events", [[], ["ticket.eaten"]])
    def test_refuses_a_choice_of_nothing_that_happens(self, events):
        """An address that is told of nothing would look as if somebody were told."""
        with pytest.raises(services.UnfitRecipient):
            services.add_recipient(kind=Kind.MAIL, address="night@example.org", events=events)

    @pytest.mark.parametrize(
        ("kind", "address"),
        [
            (Kind.MAIL, "nobody"),
            (Kind.MAIL, "a@b@c"),
            (Kind.MAIL, "a@b\nBcc: c@d"),
            (Kind.WEBHOOK, "ftp://x/"),
            ("pigeon", "x@y"),
        ],
    )
    def test_refuses_an_address_to_which_nothing_can_be_sent(self, kind, address):
        """Said when it is written down, not when the outage comes."""
        with pytest.raises(services.UnfitRecipient):
            services.add_recipient(kind=kind, address=address)

        assert [] == queries.list_recipients()


class TestDeliverDue:
    def test_sends_what_is_due_and_nothing_else(self, deliver, mailer):
        """Once sent it is never due again."""
        write()

        taken = [deliver(NOON.before(SECOND)), deliver(NOON), deliver(NOON + HOUR)]

        assert ([0, 1, 0], 1, None) == (taken, len(mailer.taken), queries.next_due_at())

    def test_wakes_somebody_before_all_else(self, mailer, poster):
        """A hundred webhooks whose receivers hang have waited longer; the page is tried first."""
        for number in range(3):
            write(key=f"hook-{number}", kind=Kind.WEBHOOK, to=HOOK)
        steps = [services.WantedStep(0, (add_person("Ada"),))]
        policy = services.save_policy(name="Outages", steps=steps, at=NOON)
        services.page(policy=policy, key="k", about="o", urgent=True, subject="Down", text="", at=NOON + HOUR)
        services.escalate_due(NOON + HOUR)

        assert ["mail", "webhook", "webhook", "webhook"] == [
            message.kind for message in queries.messages_due(NOON + HOUR)
        ]

    def test_tries_again_with_longer_and_longer_pauses(self, deliver, mailer):
        """Ten attempts in about 75 hours, then somebody has to look."""
        write()
        mailer.refuses = "the server sleeps"
        tried = [NOON]
        deliver(NOON)
        while due_at := queries.next_due_at():
            tried.append(due_at)
            deliver(due_at)

        pauses = [later - earlier for earlier, later in pairwise(tried)]
        assert list(services.PAUSES) == pauses
        [given_up] = queries.messages_given_up()
        assert (10, "the server sleeps") == (given_up.attempts, given_up.last_error)

    def test_sends_late_what_was_refused_at_first(self, deliver, mailer):
        """The mail server comes back after hours: the message goes out once, under the same key."""
        write()
        mailer.refuses = "the server sleeps"
        deliver(NOON)
        mailer.refuses = ""

        assert (1, ["outage-1:1"], []) == (
            deliver(NOON + SECOND * 5),
            [mail.key for mail in mailer.taken],
            queries.messages_given_up(),
        )

    def test_gives_up_at_once_where_the_receiver_asks_for_it(self, deliver, poster):
        """A webhook that is gone is not knocked at for three days."""
        write(kind=Kind.WEBHOOK, to=HOOK)
        poster.refuses, poster.refuses_for_ever = "answered 410", True

        deliver(NOON)

        assert ["answered 410"] == [message.last_error for message in queries.messages_given_up()]

    def test_lets_one_message_wait_without_the_others(self, deliver, mailer, poster):
        """A webhook that fails keeps no mail back."""
        write(kind=Kind.WEBHOOK, to=HOOK, key="first")
        write(key="second")
        poster.refuses = "no answer"

        assert (1, ["second"]) == (deliver(NOON), [mail.key for mail in mailer.taken])

    def test_tries_again_after_a_crash_while_sending(self, deliver, mailer):
        """Whoever died with the message in hand loses it when the lease ends: at least once, never lost."""
        write()
        message = Message.objects.get()
        services.claim(message, NOON)

        assert [0, 1] == [deliver(NOON + SECOND), deliver(NOON + MINUTE * 2)]

    def test_gives_a_message_to_one_worker(self, mailer, poster):
        """Two workers read the same list; the second finds the message taken."""
        write()
        first, second = Message.objects.get(), Message.objects.get()

        sent = [services.deliver(message, now=lambda: NOON, mailer=mailer, poster=poster) for message in (first, second)]

        assert ([True, False], 1) == (sent, len(mailer.taken))

    def test_counts_from_when_it_was_taken(self, mailer, poster):
        """A server that takes its time: the mail was sent when the server had it, not when the round began."""
        write(key="first")
        write(key="second")
        clock = SettableClock(now_us=NOON.micros)
        send = mailer.send
        def send_slowly(mail):
            clock.advance((SECOND * 8).micros)
            send(mail)

        mailer.send = send_slowly

        services.deliver_due(now=lambda: Instant(clock.now_us()), mailer=mailer, poster=poster)

        moments = Message.objects.order_by("pk").values_list("sent_at", flat=True)
        sent = [Instant.of(moment) for moment in moments if moment]
        assert [NOON + SECOND * 8, NOON + SECOND * 16] == sent
        assert [NOON, NOON + SECOND * 8] == [mail.at for mail in mailer.taken]

    def test_takes_up_nothing_more_when_its_round_is_over(self, mailer, poster):
        """Ten receivers that hang hold up the rest of the worker for one round, not for ten."""
        for number in range(10):
            write(key=f"outage-{number}")
        clock = SettableClock(now_us=NOON.micros)
        send = mailer.send
        def send_slowly(mail):
            clock.advance((SECOND * 15).micros)
            send(mail)

        mailer.send = send_slowly
        clock_at = lambda: Instant(clock.now_us())  # noqa: E731

        counts = [services.deliver_due(now=clock_at, mailer=mailer, poster=poster) for _ in range(5)]

        assert [2, 2, 2, 2, 2] == counts

    def test_a_message_that_a_gateway_stumbles_over_keeps_no_other_back(self, deliver, mailer):
        """Whatever is raised: the others are sent, and in the end it stands among those given up."""
        write(key="first", to="stumble@example.org")
        write(key="second")
        send = mailer.send

        def stumble(mail):
            if mail.to.startswith("stumble"):
                raise IndexError("string index out of range")
            send(mail)

        mailer.send = stumble
        sent = deliver(NOON)
        while due_at := queries.next_due_at():
            deliver(due_at)

        assert (1, ["second"]) == (sent, [mail.key for mail in mailer.taken])
        [given_up] = queries.messages_given_up()
        assert (10, "it could not be tried: IndexError('string index out of range')") == (
            given_up.attempts,
            given_up.last_error,
        )
