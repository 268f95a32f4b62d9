"""Opening, answering, hearing the customer, settling: rows and facts that say the same, and clocks that are the core's."""

import pytest

from tests.apps.desk.ground import (
    CUSTOMER,
    MONDAY,
    STAFF,
    after,
    answer,
    open_one,
    raise_to,
    recorded,
    rows_of,
    runs_by_core,
    sign,
    write_back,
)
from upheld.apps.desk import queries, services
from upheld.apps.desk.models import Inbound, Link, State, Ticket
from upheld.core.facts import (
    AnswerWaived,
    MessageSent,
    PrioritySet,
    TicketOpened,
    TicketReopened,
    TicketResolved,
    TopicSet,
)
from upheld.core.timeline import DAY, MICRO, MINUTE

pytestmark = pytest.mark.django_db


def agrees_with_core(agreement, ticket, at):
    ticket.refresh_from_db()
    services.reckon(ticket=ticket, at=at)
    return rows_of(ticket) == runs_by_core(agreement, ticket, at) != {}


class TestOpen:
    def test_is_a_row_and_facts_that_say_the_same(self):
        """Whoever reads the ledger learns what whoever reads the rows learns."""
        agreement = sign()

        ticket = open_one(agreement, wish="high", topic="software-fault", is_urgent=True, told=("volume: 3",))

        [opened], [said] = recorded(agreement, TicketOpened), recorded(agreement, MessageSent)
        assert ("T-1-opened", ticket.name, ticket.channel, ticket.topic, ticket.wish, ticket.is_urgent, MONDAY) == (
            opened.id,
            opened.ticket,
            opened.channel,
            opened.topic,
            opened.priority,
            opened.urgent,
            opened.occurred_at,
        )
        assert (("volume: 3",), "website", "T-1-m1", "customer", CUSTOMER) == (
            opened.told,
            opened.channel,
            said.message,
            said.author,
            said.by,
        )

    def test_runs_from_when_it_was_received(self):
        """A mail that waited an hour to be read has lost that hour."""
        agreement = sign()
        ticket = services.open_ticket(
            agreement=agreement, way="portal", report=services.Report("Slow"), sender=services.Sender(by=CUSTOMER),
            at=after(60), received_at=MONDAY,
        )  # fmt: skip

        raise_to(ticket, "high", after(60))

        [run] = [run for run in queries.running_of(ticket, after(60)) if run.clock == "respond"]
        assert (MONDAY, MONDAY + MINUTE * 60) == (run.start_at, run.due_at)

    @pytest.mark.parametrize("given", [{"topic": "weather"}, {"wish": "yesterday"}])
    def test_refuses_names_that_the_agreement_does_not_know(self, given):
        """The sentence lists those that it knows; neither row nor fact is left."""
        agreement = sign()

        with pytest.raises(services.CannotDo, match=r"the agreement knows no .*; it knows "):
            open_one(agreement, **given)

        assert (0, []) == (Ticket.objects.count(), recorded(agreement, TicketOpened))

    def test_is_refused_by_a_way_that_opens_none(self):
        """Code Enigma's telephone opens no ticket, and the clause is named."""
        with pytest.raises(services.CannotDo, match=r"CE-\d+.*by phone no ticket is opened"):
            open_one(sign("code-enigma"), way="phone")

    def test_by_staff_starts_no_clock_before_the_customer_wrote(self):
        """What an engineer notes is no request; the customer's first message is."""
        agreement = sign()
        report = services.Report("Noticed by us", text="The disk is full")
        ticket = services.open_ticket(
            agreement=agreement, way="portal", report=report, sender=services.Sender(by=STAFF), at=MONDAY, opened_by="staff"
        )
        raise_to(ticket, "high", after(1))
        before = {run.clock: run.start_at for run in queries.running_of(ticket, after(10))}

        write_back(ticket, after(20))

        [run] = [run for run in queries.running_of(ticket, after(30)) if run.clock == "respond"]
        assert (None, after(20)) == (before["respond"], run.start_at)


class TestQueue:
    def test_has_the_clocks_of_the_core(self):
        """After each deed the rows are what the core finds in the whole ledger."""
        agreement = sign()
        ticket = open_one(agreement)
        raise_to(ticket, "high", after(1))
        opened = agrees_with_core(agreement, ticket, after(1))
        answer(ticket, after(30))
        answered = agrees_with_core(agreement, ticket, after(30))
        services.resolve(ticket=ticket, by=STAFF, because="mended", at=after(90))

        assert (True, True, True) == (opened, answered, agrees_with_core(agreement, ticket, after(90)))

    def test_has_what_is_due_soonest_first(self):
        """A high ticket that came later is due before a low one."""
        agreement = sign()
        low, high = open_one(agreement), open_one(agreement, at=after(5))
        raise_to(low, "low", after(6))
        raise_to(high, "high", after(6))

        listed = queries.list_queue(queries.Wanted())

        assert [high.name, low.name] == [row.name for row in listed]
        due = [run.due_at for run in queries.running_of(high, after(6)) if run.due_at]
        assert due[0].micros == vars(listed[0])["due_us"]


class TestSay:
    def test_an_automatic_message_stops_no_clock(self):
        """A machine never answers: the clock stops with a person's first words."""
        agreement = sign()
        ticket = open_one(agreement)
        raise_to(ticket, "high", after(1))
        services.write_automatic(ticket=ticket, said=services.Said("We have got it."), at=after(2))
        machine = {row.clock: row.state for row in ticket.runs.all()}

        services.start_work(ticket=ticket, by=STAFF, at=after(20))
        answer(ticket, after(20))

        assert ("running", "stopped") == (machine["respond"], ticket.runs.get(clock="respond").state)
        assert agrees_with_core(agreement, ticket, after(20))

    def test_a_note_is_heard_by_nobody(self):
        """Neither by the customer nor by a clock."""
        ticket = open_one(sign())
        raise_to(ticket, "high", after(1))

        services.write_note(ticket=ticket, said=services.Said("Ask Bo"), by=STAFF, shown_as="Eve", at=after(5))

        assert (1, 2, "running") == (
            len(queries.visible_messages(ticket)),
            len(queries.messages_of(ticket)),
            ticket.runs.get(clock="respond").state,
        )

    def test_an_answer_without_words_is_none(self):
        with pytest.raises(services.CannotDo, match="an answer has words"):
            answer(open_one(sign()), after(5), text="  ")

    def test_a_word_of_thanks_needs_no_answer(self):
        """Where each message of the customer asks for an answer, one that was waived does not."""
        agreement = sign("flosum")
        ticket = open_one(agreement, way="email")
        raise_to(ticket, "other", after(1))
        answer(ticket, after(10))
        thanks = write_back(ticket, after(20), "Thanks!")
        waiting = [run.state for run in queries.running_of(ticket, after(30)) if run.start_at == after(20)]

        services.waive(message=thanks, because="a word of thanks", by=STAFF, at=after(30))

        still = [run for run in queries.running_of(ticket, after(40)) if run.start_at == after(20)]
        assert (["running"], []) == (waiting, still)
        assert ["T-1-m3"] == [fact.message for fact in recorded(agreement, AnswerWaived)]

    def test_thanks_after_the_end_leave_it_settled(self):
        """Once it is said that thanks need no answer, no time was used by them and the ticket is settled, as of then."""
        agreement = sign("funnelflux")
        ticket = open_one(agreement, wish="critical")
        answer(ticket, after(10))
        services.resolve(ticket=ticket, by=STAFF, because="mended", at=after(20))
        before = {run.clock: (run.used, run.verdict) for run in queries.running_of(ticket, after(30))}
        thanks = write_back(ticket, after(40), "Thanks!")
        opened = ticket.is_open

        services.waive(message=thanks, because="a word of thanks", by=STAFF, at=after(600))

        last = {run.clock: (run.used, run.verdict) for run in queries.running_of(ticket, after(700))}
        settled = recorded(agreement, TicketResolved)[-1]
        ticket.refresh_from_db()
        assert (True, State.RESOLVED, before) == (opened, ticket.state, last)
        assert (after(40) + MICRO, after(600), "T-1-m3 needs no answer: a word of thanks") == (
            settled.occurred_at,
            settled.recorded_at,
            settled.because,
        )
        assert agrees_with_core(agreement, ticket, after(700))

    @pytest.mark.parametrize("more", ["a further message", "an answer", "a reason"])
    def test_thanks_leave_open_what_has_another_reason(self, more):
        """What else was written since, or opened by a person, is not settled by a word of thanks."""
        ticket = open_one(sign())
        services.resolve(ticket=ticket, by=STAFF, because="mended", at=after(20))
        if more == "a reason":
            services.reopen(ticket=ticket, by=STAFF, because="it came back", at=after(30))
        thanks = write_back(ticket, after(40), "Thanks!")
        if more == "a further message":
            write_back(ticket, after(41), "But it came back.")
        if more == "an answer":
            answer(ticket, after(41))

        services.waive(message=thanks, because="a word of thanks", by=STAFF, at=after(50))

        ticket.refresh_from_db()
        assert ticket.is_open

    def test_waiving_says_why_and_only_of_customers(self):
        ticket = open_one(sign())
        first = ticket.messages.get(number=1)

        with pytest.raises(services.CannotDo, match="say why"):
            services.waive(message=first, because=" ", by=STAFF, at=after(5))
        with pytest.raises(services.CannotDo, match="only a customer's message"):
            services.waive(message=answer(ticket, after(6)), because="ours", by=STAFF, at=after(7))


class TestDecide:
    def test_keeps_the_wish_beside_the_decision(self):
        """Who wished high and got low finds both."""
        agreement = sign()
        ticket = open_one(agreement, wish="high")

        raise_to(ticket, "low", after(3))

        [fact] = recorded(agreement, PrioritySet)
        assert ("high", "low", "low", STAFF) == (ticket.wish, ticket.priority, fact.priority, fact.by)

    def test_where_the_customer_sets_it_their_word_moves_the_clock(self):
        """Whoever of ours writes it down says how it was given; without that nothing is set."""
        agreement = sign("code-enigma")
        ticket = open_one(agreement, wish="normal")
        before = ticket.runs.get(clock="respond").due_us
        with pytest.raises(services.CannotDo, match="say how they told you"):
            services.set_priority(ticket=ticket, priority="urgent", by=STAFF, because=" ", at=after(5))

        services.set_priority(ticket=ticket, priority="urgent", by=STAFF, because="on the telephone", at=after(5))
        services.reckon(ticket=ticket, at=after(6))

        [fact] = recorded(agreement, PrioritySet)
        assert ("customer", STAFF, "on the telephone") == (fact.side, fact.by, fact.because)
        sooner = ticket.runs.get(clock="respond").due_us
        assert before is not None
        assert sooner is not None
        assert sooner < before

    def test_a_topic_that_is_not_covered_takes_the_clocks_away(self):
        """What is outside the scope runs no clock, and the reason says so."""
        agreement = sign("code-enigma")
        ticket = open_one(agreement, wish="urgent", topic="software-failure")
        before = ticket.runs.get(clock="respond").state

        services.set_topic(ticket=ticket, topic="own-applications", by=STAFF, at=after(2))

        [run] = queries.running_of(ticket, after(3))
        assert ("running", None, "own-applications") == (before, run.due_at, recorded(agreement, TopicSet)[0].topic)

    def test_refuses_what_the_agreement_does_not_know(self):
        with pytest.raises(services.CannotDo, match="knows no priority 'urgent'; it knows high, medium, low"):
            raise_to(open_one(sign()), "urgent", after(1))

    def test_settled_once(self):
        """Twice settled is once."""
        agreement = sign()
        ticket = open_one(agreement)
        services.resolve(ticket=ticket, by=STAFF, because="mended", at=after(9))

        with pytest.raises(services.CannotDo, match="T-1 is resolved already"):
            services.resolve(ticket=ticket, by=STAFF, because="again", at=after(10))

        assert (1, State.RESOLVED) == (len(recorded(agreement, TicketResolved)), ticket.state)

    def test_reopened_with_a_reason(self):
        agreement = sign()
        ticket = open_one(agreement)
        with pytest.raises(services.CannotDo, match="is not resolved"):
            services.reopen(ticket=ticket, by=STAFF, because="it came back", at=after(8))
        services.resolve(ticket=ticket, by=STAFF, because="mended", at=after(9))
        with pytest.raises(services.CannotDo, match="say why"):
            services.reopen(ticket=ticket, by=STAFF, because=" ", at=after(10))

        services.reopen(ticket=ticket, by=STAFF, because="it came back", at=after(10))

        assert (1, True, None) == (len(recorded(agreement, TicketReopened)), ticket.is_open, ticket.resolved_at)
        assert agrees_with_core(agreement, ticket, after(10))


class TestHear:
    def resolved(self):
        agreement = sign()
        ticket = open_one(agreement)
        services.resolve(ticket=ticket, by=STAFF, because="mended", at=after(9))
        return agreement, ticket

    def test_within_fourteen_days_opens_it_again(self):
        """At the very end of the fourteenth day it is the same matter still."""
        agreement, ticket = self.resolved()

        message = write_back(ticket, after(9) + DAY * 14)

        assert (ticket.pk, True, [after(9) + DAY * 14]) == (
            message.ticket_id,
            ticket.is_open,
            [fact.occurred_at for fact in recorded(agreement, TicketReopened)],
        )

    def test_later_opens_another_that_follows_it(self):
        """One microsecond later it is another matter, linked to the first."""
        _, ticket = self.resolved()

        message = write_back(ticket, after(9) + DAY * 14 + MICRO)

        assert ("T-2", State.RESOLVED, ["follows"]) == (
            message.ticket.name,
            ticket.state,
            list(Link.objects.filter(one=message.ticket, other=ticket).values_list("about", flat=True)),
        )

    def test_the_days_are_the_operators_to_choose(self, settings):
        """With two, what comes after two days is another matter."""
        settings.UPHELD_REOPEN_DAYS = 2
        _, ticket = self.resolved()

        late, last = write_back(ticket, after(9) + DAY * 2 + MICRO), write_back(ticket, after(9) + DAY * 2)

        assert ["T-2", "T-1"] == [late.ticket.name, last.ticket.name]

    def test_that_crossed_with_the_resolution_opens_it_again(self):
        """It was sent before, and nobody had read it: then it was settled for no time at all."""
        agreement, ticket = self.resolved()

        write_back(ticket, after(12), sent_at=after(5))

        assert (State.NEW, None, after(9)) == (
            ticket.state,
            ticket.resolved_at,
            recorded(agreement, TicketReopened)[0].occurred_at,
        )

    def test_finds_what_whoever_brings_it_does_not_know(self):
        """A page that was open since yesterday holds an old row; the deed looks anew."""
        _, ticket = self.resolved()
        old = Ticket.objects.get(pk=ticket.pk)
        old.state, old.resolved_at = State.NEW, None

        message = write_back(old, after(9) + DAY * 20)

        assert "T-2" == message.ticket.name


class TestKeepInbound:
    def keep(self, raw=b"Subject: x\r\n\r\nHello"):
        return services.keep_inbound(
            channel="email", raw=raw, received_at=MONDAY, envelope_from="ana@acorn.example", envelope_to=["help@x.example"]
        )

    def test_what_comes_twice_is_kept_once(self):
        assert (self.keep().pk, 1) == (self.keep().pk, Inbound.objects.count())

    def test_bytes_come_back_as_they_came(self):
        """Whatever they are."""
        raw = bytes(range(256))

        assert raw == bytes(Inbound.objects.get(pk=self.keep(raw).pk).raw)
