"""Waiting: only what is proven stops a clock, and the customer's answer ends it."""

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
from upheld.apps.desk.models import Run, State
from upheld.core.facts import HighLoadDeclared, HoldClosed, HoldOpened, MessageSent, TicketOpened
from upheld.core.timeline import DAY, HOUR, MINUTE
from upheld.pages.words import say_instant

pytestmark = pytest.mark.django_db


def mail(agreement):
    """A High request by e-mail, of which the answer is due within an hour."""
    ticket = open_one(agreement, way="email")
    raise_to(ticket, "high", after(0))
    return ticket


class TestHold:
    def test_for_the_customer_stops_until_the_customer_writes(self):
        """What was asked in public stands still, and what was waited for ends it by itself."""
        agreement = sign("redtrack")
        ticket = mail(agreement)
        asked = services.write_automatic(
            ticket=ticket, said=services.Said("Which browser?", says=("question",)), at=after(9)
        )
        hold = services.open_hold(ticket=ticket, waiting_for="customer", asked_in=asked, by=STAFF, at=after(10))
        paused = (ticket.state, ticket.runs.get(clock="respond").state)

        write_back(ticket, after(40))

        hold.refresh_from_db()
        run = ticket.runs.get(clock="respond")
        assert ((State.WAITING, "paused"), after(40).utc(), "running", after(90).micros) == (
            paused,
            hold.closed_at,
            run.state,
            run.due_us,
        )
        assert rows_of(ticket) == runs_by_core(agreement, ticket, after(40))

    def test_says_in_its_fact_what_its_row_says(self):
        agreement = sign("redtrack")
        ticket = mail(agreement)

        hold = services.open_hold(
            ticket=ticket, waiting_for="third-party", evidence="case 4711 of the vendor", by=STAFF, at=after(10)
        )
        services.close_hold(hold=hold, because="they answered", by=STAFF, at=after(20))
        services.close_hold(hold=hold, because="once more", by=STAFF, at=after(30))

        [opened], [closed] = recorded(agreement, HoldOpened), recorded(agreement, HoldClosed)
        assert ("T-1-h1", "third-party", "case 4711 of the vendor", after(20), "they answered") == (
            opened.hold,
            opened.waiting_for,
            opened.evidence,
            closed.occurred_at,
            closed.because,
        )
        assert after(70).micros == ticket.runs.get(clock="respond").due_us

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"waiting_for": "customer"}, "needs the public message that asked something"),
            ({"waiting_for": "third-party"}, "a ticket that waits for a third party needs a reference that proves it"),
            ({"waiting_for": "third-party", "evidence": " "}, "needs a reference that proves it"),
            ({"cause": "third-party"}, "needs a reference that proves it"),
            ({"cause": "weather", "evidence": "x"}, "knows no cause 'weather'; it knows own"),
            ({"waiting_for": "customer", "until_at": MONDAY}, f"the agreed date {say_instant(MONDAY)} is over"),
        ],
    )
    def test_without_what_proves_it_is_refused(self, given, said):
        """No clock stands still by somebody's word alone; nothing is recorded."""
        agreement = sign("redtrack")
        ticket = mail(agreement)

        with pytest.raises(services.CannotDo, match=said):
            services.open_hold(ticket=ticket, by=STAFF, at=after(10), **given)

        assert ([], "running") == (recorded(agreement, HoldOpened), ticket.runs.get(clock="respond").state)

    def test_a_note_asked_the_customer_nothing(self):
        """Nor did a message on another ticket."""
        agreement = sign("redtrack")
        ticket, other = mail(agreement), mail(agreement)
        note = services.write_note(ticket=ticket, said=services.Said("Ask them"), by=STAFF, shown_as="Eve", at=after(5))

        for message in (note, answer(other, after(6), "question")):
            with pytest.raises(services.CannotDo, match="what the customer cannot read asked nothing"):
                services.open_hold(ticket=ticket, waiting_for="customer", asked_in=message, by=STAFF, at=after(10))

    def test_what_was_answered_is_waited_for_no_more(self):
        """A question of yesterday, answered since, stops no clock today; nor does the customer's own message."""
        agreement = sign("redtrack")
        ticket = mail(agreement)
        asked = answer(ticket, after(5), "question")
        said = write_back(ticket, after(8))

        for message, why in ((asked, "the customer answered T-1-m2 with T-1-m3"), (said, "the customer's own message")):
            with pytest.raises(services.CannotDo, match=why):
                services.open_hold(ticket=ticket, waiting_for="customer", asked_in=message, by=STAFF, at=after(10))

        assert [] == recorded(agreement, HoldOpened)

    def test_until_an_agreed_date_ends_by_itself(self):
        """Both agreed on it, so it needs no further word."""
        agreement = sign("redtrack")
        ticket = mail(agreement)

        services.open_hold(ticket=ticket, waiting_for="customer", until_at=after(60), by=STAFF, at=after(10))

        [run] = [run for run in queries.running_of(ticket, after(70)) if run.clock == "respond"]
        assert ("running", after(110)) == (run.state, run.due_at)


class TestHeld:
    def hold(self):
        return services.hold_ticket(
            way="email", report=services.Report("Help", text="It is down"), sender=services.Sender(by="stranger"),
            because="nobody knows the address", at=after(10), received_at=MONDAY,
        )  # fmt: skip

    def test_starts_no_clock_and_records_nothing(self):
        agreement = sign("redtrack")

        held = self.hold()

        assert ((), 0, [], [held.pk]) == (
            queries.running_of(held, after(20)),
            Run.objects.count(),
            recorded(agreement, TicketOpened),
            [row.pk for row in queries.find_held()],
        )

    def test_is_adopted_as_of_when_it_came(self):
        """Its clock has run since the mail came in, and all that was said is recorded as of when it was said."""
        agreement = sign("redtrack")
        held = self.hold()
        answer(held, after(20))

        services.adopt(ticket=held, agreement=agreement, by=STAFF, at=after(100))
        raise_to(held, "high", after(101))

        run = held.runs.get(clock="respond")
        assert (MONDAY.micros, after(60).micros, after(20).micros) == (run.start_us, run.due_us, run.stop_us)
        assert [MONDAY, after(20)] == [fact.occurred_at for fact in recorded(agreement, MessageSent)]
        assert [after(100)] == [fact.recorded_at for fact in recorded(agreement, TicketOpened)]

    def test_settled_while_it_was_held_stays_settled(self):
        agreement = sign("redtrack")
        held = self.hold()
        services.resolve(ticket=held, by=STAFF, because="a question only", at=after(30))

        services.adopt(ticket=held, agreement=agreement, by=STAFF, at=after(100))

        assert (State.RESOLVED, after(30).utc()) == (held.state, held.resolved_at)

    def test_belongs_to_one_agreement(self):
        agreement, other = sign("redtrack"), sign("teamplify")
        held = self.hold()
        services.adopt(ticket=held, agreement=agreement, by=STAFF, at=after(100))

        with pytest.raises(services.CannotDo, match="T-1 stands under acorn-redtrack already"):
            services.adopt(ticket=held, agreement=other, by=STAFF, at=after(101))

    def test_is_not_judged_by_anybodys_terms(self):
        """No priority is set, nothing waits, before it is known whose words count."""
        held = self.hold()

        with pytest.raises(services.CannotDo, match=r"T-1 is held \(nobody knows the address\); say whose it is"):
            raise_to(held, "high", after(20))


class TestHighLoad:
    def declare(self, agreement, **changes):
        given = {"from_at": after(0), "to_at": after(120), "queue": 40, "at": after(0), **changes}
        return services.declare_high_load(agreement=agreement, by=STAFF, **given)

    def test_gives_chats_that_come_later_their_longer_time(self):
        agreement = sign("redtrack")
        before = open_one(agreement, way="chat", is_urgent=True, at=MONDAY.before(HOUR))
        self.declare(agreement)

        later = open_one(agreement, way="chat", is_urgent=True, at=after(30))

        times = [ticket.runs.get(clock="chat").allowed_us for ticket in (before, later)]
        assert ([(MINUTE * 10).micros, HOUR.micros], after(90).micros) == (times, later.runs.get(clock="chat").due_us)
        assert [40] == [fact.queue for fact in recorded(agreement, HighLoadDeclared)]

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"from_at": MONDAY.before(HOUR)}, "cannot begin before"),
            ({"to_at": MONDAY}, "would end before it begins"),
        ],
    )
    def test_is_refused_for_what_came_before(self, given, said):
        with pytest.raises(services.CannotDo, match=said):
            self.declare(sign("redtrack"), **given)

    def test_is_refused_where_nothing_would_follow(self):
        with pytest.raises(services.CannotDo, match="knows no high load"):
            self.declare(sign("code-enigma"))


class TestCalls:
    def urgent(self, at=MONDAY):
        agreement = sign("code-enigma")
        return agreement, open_one(agreement, wish="urgent", topic="software-failure", at=at)

    def call(self, agreement, ticket, called_at, at=None):
        return services.record_call(
            agreement=agreement, ticket=ticket, by=CUSTOMER, called_at=called_at, taken_by=STAFF, at=at or called_at
        )

    @pytest.mark.parametrize(("minutes", "code"), [(14, "too-early"), (15, "too-early"), (16, "ok")])
    def test_are_labelled_by_when_they_came(self, minutes, code):
        """Only after the quarter of an hour, and not at it."""
        agreement, ticket = self.urgent()

        assert code == self.call(agreement, ticket, after(minutes)).code

    def test_without_a_ticket_say_that_one_comes_first(self):
        agreement, _ = self.urgent()

        assert "ticket-first" == self.call(agreement, None, after(20)).code

    def test_after_an_answer_are_answered_already(self):
        agreement, ticket = self.urgent()
        answer(ticket, after(10))

        assert "already-answered" == self.call(agreement, ticket, after(20)).code

    def test_on_a_low_ticket_are_for_another_priority(self):
        agreement = sign("code-enigma")
        ticket = open_one(agreement, wish="low", topic="software-failure")

        assert "not-for-this-priority" == self.call(agreement, ticket, after(20)).code

    def test_written_down_later_are_judged_by_what_had_happened(self):
        """The ticket came before the call; that both were written down afterwards changes nothing."""
        agreement = sign("code-enigma")
        ticket = services.open_ticket(
            agreement=agreement, way="email", report=services.Report("Down", wish="urgent"),
            sender=services.Sender(by=CUSTOMER), at=after(30), received_at=MONDAY,
        )  # fmt: skip

        assert "ok" == self.call(agreement, ticket, after(16), at=after(40)).code

    def test_say_when_one_may_call(self):
        """The portal shows why not, and from when."""
        _, ticket = self.urgent()

        gate = queries.may_call(ticket, after(3))

        assert gate is not None
        assert ("too-early", after(15)) == (gate.code, gate.opens_after_at)

    def test_ahead_of_us_are_refused(self):
        agreement, ticket = self.urgent()

        with pytest.raises(services.CannotDo, match="the call lies ahead"):
            self.call(agreement, ticket, after(20), at=after(10))

    def test_on_somebody_elses_ticket_are_refused(self):
        agreement, _ = self.urgent()
        other = open_one(sign("teamplify"))

        with pytest.raises(services.CannotDo, match="T-2 is no ticket under acorn-code-enigma"):
            self.call(agreement, other, after(20))

    def test_where_there_is_no_telephone_have_no_label(self):
        agreement = sign("teamplify")

        assert "" == self.call(agreement, open_one(agreement), after(20) + DAY).code

    def test_that_were_misuse_say_why(self):
        """The label and the reason are kept; marked twice it is marked once."""
        agreement, ticket = self.urgent()
        call = self.call(agreement, ticket, after(14))
        with pytest.raises(services.CannotDo, match="say why the call was misuse"):
            services.mark_misuse(call=call, because=" ", by=STAFF, at=after(20))

        for because in ("the site was up", "once more"):
            call = services.mark_misuse(call=call, because=because, by=STAFF, at=after(20))

        assert (True, 1, True) == (call.is_misuse, call.words.count("\n") + 1, call.words.endswith("the site was up"))
