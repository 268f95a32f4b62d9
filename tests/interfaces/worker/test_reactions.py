"""What follows when a fact is recorded: letters in the outbox, with the fact or not at all."""

import json

import pytest
from django.db import DataError, IntegrityError, transaction

from tests.apps.watched import NOON, at, observe, pack, sign, watch
from upheld.apps.desk.queries import tickets_under
from upheld.apps.desk.services import open_on_outage
from upheld.apps.maintenance.services import give_notice, plan
from upheld.apps.oncall.models import Message
from upheld.apps.oncall.services import add_recipient
from upheld.apps.parties.services import add_contact, name_provider
from upheld.apps.probes.jobs import Intake
from upheld.apps.probes.queries import list_outages
from upheld.core.timeline import DAY, HOUR, Span
from upheld.gateways.samples import Spool
from upheld.interfaces.worker.reactions import react
from upheld.interfaces.worker.work import write_notices

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.UPHELD_SAMPLES, settings.UPHELD_KEYS = tmp_path / "samples", tmp_path / "keys"
    settings.UPHELD_URL = "https://upheld.example"


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "spool")


@pytest.fixture
def agreement():
    agreement = sign()
    watch()
    add_recipient(kind="mail", address="night@harbour.example")
    add_recipient(kind="webhook", address="https://hooks.harbour.example/x")
    return agreement


class TestReact:
    def test_an_outage_is_told_when_it_opens_and_when_it_closes(self, agreement, spool):
        """By mail and by webhook, each once."""
        spool.seal(pack(observe(1, 0), observe(2, 10, "bad")))
        spool.seal(pack(observe(3, 20), sequence=2))

        Intake(spool, react).take_waiting(at(30))

        told = Message.objects.order_by("pk").values_list("kind", "subject")
        assert [
            ("mail", "Shop is down since Sat 14 Feb 2026 12:00:11 UTC"),
            ("webhook", "outage.opened"),
            ("mail", "Shop is up again since Sat 14 Feb 2026 12:00:21 UTC, after 10 s"),
            ("webhook", "outage.closed"),
        ] == list(told)

    def test_a_mail_says_what_was_seen_and_where_to_look(self, agreement, spool):
        spool.seal(pack(observe(1, 0), observe(2, 10, "bad")))

        Intake(spool, react).take_waiting(at(30))

        assert Message.objects.get(kind="mail").body == (
            "Shop, Acorn, is down since Sat 14 Feb 2026 12:00:11 UTC. This is outage O-1.\n"
            "\n"
            "The first failed answer: connection refused\n"
            "The last good answer began Sat 14 Feb 2026 12:00:00 UTC.\n"
            "\n"
            "What it costs, and the form for its cause: https://upheld.example/outages/O-1\n"
        )

    def test_a_webhook_says_the_same_to_a_machine(self, agreement, spool):
        """With exact instants, and without any person's name or address."""
        spool.seal(pack(observe(1, 0), observe(2, 10, "bad")))

        Intake(spool, react).take_waiting(at(30))

        event = json.loads(Message.objects.get(kind="webhook").body)
        assert ("outage.opened", "O-1", "shop", str(at(11))) == (
            event["type"],
            event["data"]["outage"],
            event["data"]["service"],
            event["data"]["first_bad_at"],
        )

    def test_nothing_is_told_of_what_is_not_recorded(self, agreement, spool):
        """The letter is in the transaction of its fact: it goes with it."""
        spool.seal(pack(observe(1, 0), observe(2, 10, "bad")))

        def fail_after_reacting(facts, moment):
            react(facts, moment)
            raise ValueError("killed")

        Intake(spool, fail_after_reacting).take_waiting(at(30))

        assert (0, 1) == (Message.objects.count(), len(list(spool.waiting_batches())))


class TestIntake:
    def test_takes_what_waits_and_clears_the_spool(self, agreement, spool):
        spool.seal(pack(observe(1, 0)))

        assert (1, 0, []) == (
            Intake(spool, react).take_waiting(at(5)),
            Intake(spool, react).take_waiting(at(5)),
            list(spool.waiting_batches()),
        )

    def test_goes_on_past_a_batch_that_cannot_be_taken(self, agreement, spool, caplog):
        """It is named once and stays in the spool; the others are taken."""
        spool.seal(pack(observe(1, 0), boot="a0"))
        spool.seal(pack(observe(1, 10)))

        def refuse_the_first(facts, moment, seen=[]):  # noqa: B006
            seen.append(1)
            if len(seen) == 1:
                raise ValueError("no")

        intake = Intake(spool, refuse_the_first)
        counts = [intake.take_waiting(at(20)), intake.take_waiting(at(20))]

        assert ([1, 0], ["a0-000000000001.json"]) == (counts, [batch.name for batch in spool.waiting_batches()])

    @pytest.mark.parametrize("refusal", [IntegrityError, DataError])
    def test_goes_on_past_a_batch_that_the_rows_cannot_hold(self, agreement, spool, refusal):
        """It would not fit at the next try either: what was seen after it must not wait for ever."""
        spool.seal(pack(observe(1, 0), boot="a0"))
        spool.seal(pack(observe(1, 10)))

        def refuse_the_first(facts, moment, seen=[]):  # noqa: B006
            seen.append(1)
            if len(seen) == 1:
                raise refusal("this does not fit")

        counts = Intake(spool, refuse_the_first).take_waiting(at(20))

        assert (1, ["a0-000000000001.json"]) == (counts, [batch.name for batch in spool.waiting_batches()])

    def test_stops_when_the_database_cannot_be_reached(self, agreement, spool):
        """Or what comes later would be taken first, and what came first be too late."""
        spool.seal(pack(observe(1, 0)))

        def fail(facts, moment):
            with transaction.atomic():
                Message.objects.raw("SELECT nothing FROM nowhere")[0]

        from django.db import DatabaseError

        with pytest.raises(DatabaseError):
            Intake(spool, fail).take_waiting(at(5))

        assert 1 == len(list(spool.waiting_batches()))


class TestNotices:
    def test_say_date_time_and_zone(self, agreement):
        name_provider(name="Harbour")
        add_contact(customer=agreement.customer, name="Ana", email="ana@acorn.example")
        start = NOON + DAY * 14 + HOUR * 8
        window = plan(
            agreement=agreement,
            kind="scheduled",
            span=Span(start, start + HOUR),
            reason="a new disk",
            by="person-1",
            at=NOON,
        )
        give_notice(window=window, by="person-1", at=NOON)

        write_notices(NOON)

        message = Message.objects.get(to="ana@acorn.example")
        assert ("Harbour: planned work Sat 28 Feb 20:00–21:00 UTC", True, True) == (
            message.subject,
            "It starts Sat 28 Feb 2026 20:00 UTC.\nIt ends Sat 28 Feb 2026 21:00 UTC." in message.body,
            "What for: a new disk" in message.body,
        )


class TestIncidents:
    def test_an_outage_opens_a_ticket_where_that_was_chosen(self, agreement, spool):
        """Once for an outage, linked to it, by staff: the customer's clocks begin with their first message."""
        open_on_outage(agreement=agreement, by="person-1", at=at(0))
        spool.seal(pack(observe(1, 0), observe(2, 10, "bad")))

        for second in (15, 16):
            Intake(spool, react).take_waiting(at(second))

        assert [("O-1", "staff")] == [(one.outage, one.opened_by) for one in tickets_under(agreement)]

    def test_an_outage_opens_none_otherwise(self, agreement, spool):
        """The provider's people look at outages anyway; a ticket for each is their choice."""
        spool.seal(pack(observe(1, 0), observe(2, 10, "bad")))
        Intake(spool, react).take_waiting(at(15))

        assert [] == tickets_under(agreement)

    def test_a_choice_that_fits_no_more_keeps_no_outage_from_being_recorded(self, agreement, spool):
        """The topic was taken out of the agreement since: the outage counts all the same."""
        rule = open_on_outage(agreement=agreement, by="person-1", at=at(0))
        type(rule).objects.filter(pk=rule.pk).update(priority="unheard-of")
        spool.seal(pack(observe(1, 0), observe(2, 10, "bad")))

        Intake(spool, react).take_waiting(at(15))

        assert ([], 1) == (tickets_under(agreement), len(list_outages()))
