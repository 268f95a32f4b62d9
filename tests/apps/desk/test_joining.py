"""Merging, splitting, linking: no promise is lost by it, and none is told twice."""

import threading

import pytest
from django.db import connection, connections

from tests.apps.desk.ground import (
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
from upheld.apps.desk.models import Link, Run, State, Ticket
from upheld.core.facts import MessageSent, TicketMerged, TicketOpened


@pytest.mark.django_db
class TestMerge:
    def two(self):
        agreement = sign()
        one, other = open_one(agreement), open_one(agreement, at=after(10))
        raise_to(one, "high", after(11))
        raise_to(other, "high", after(11))
        return agreement, one, other

    def test_the_one_that_goes_on_has_the_earlier_start(self):
        """The later ticket takes over the time that the earlier one has used."""
        agreement, one, other = self.two()

        services.merge(ticket=one, into=other, by=STAFF, at=after(20))

        assert (State.MERGED, other.pk, 1) == (one.state, one.merged_into_id, len(recorded(agreement, TicketMerged)))
        assert [MONDAY.micros] == list(other.runs.filter(clock="respond").values_list("start_us", flat=True))

    @pytest.mark.parametrize("back", [False, True])
    def test_leaves_the_clocks_that_the_core_finds(self, back):
        """On both tickets, in both directions, and after what happens later."""
        agreement, one, other = self.two()
        part, whole = (other, one) if back else (one, other)
        services.merge(ticket=part, into=whole, by=STAFF, at=after(20))

        answer(whole, after(30))

        found = [(rows_of(ticket), runs_by_core(agreement, ticket, after(30))) for ticket in (part, whole)]
        assert all(rows == core for rows, core in found)
        assert not Run.objects.filter(ticket=part, state="running").exists()

    def test_a_chain_of_merges_is_one_matter(self):
        """The first of three hands its start on to the last."""
        agreement, one, other = self.two()
        third = open_one(agreement, at=after(15))
        raise_to(third, "high", after(16))
        services.merge(ticket=one, into=other, by=STAFF, at=after(20))

        services.merge(ticket=other, into=third, by=STAFF, at=after(21))

        assert (rows_of(third), MONDAY.micros) == (
            runs_by_core(agreement, third, after(21)),
            third.runs.get(clock="respond").start_us,
        )

    def test_what_the_customer_writes_goes_to_the_one_that_goes_on(self):
        _, one, other = self.two()
        services.merge(ticket=one, into=other, by=STAFF, at=after(20))

        assert other.pk == write_back(one, after(25)).ticket_id

    def test_whoever_works_on_the_merged_one_is_told_where_it_went(self):
        _, one, other = self.two()
        services.merge(ticket=one, into=other, by=STAFF, at=after(20))

        with pytest.raises(services.CannotDo, match="T-1 was merged into T-2, which goes on for both; do it there"):
            answer(one, after(25))

    def test_is_refused_between_agreements(self):
        """Their clocks are not one."""
        one, other = open_one(sign()), open_one(sign(key="acorn-second"))

        with pytest.raises(services.CannotDo, match="different agreements"):
            services.merge(ticket=one, into=other, by=STAFF, at=after(20))

    def test_is_refused_into_itself_and_back(self):
        _, one, other = self.two()
        with pytest.raises(services.CannotDo, match="into itself"):
            services.merge(ticket=one, into=one, by=STAFF, at=after(20))
        services.merge(ticket=one, into=other, by=STAFF, at=after(20))

        with pytest.raises(services.CannotDo, match="T-1 was merged already"):
            services.merge(ticket=other, into=one, by=STAFF, at=after(21))

    def test_is_refused_while_nobody_knows_whose_it_is(self):
        """What is held is in no ledger, so a merge could not be told there."""
        one = open_one(sign())
        held = services.hold_ticket(
            way="email", report=services.Report("Who am I?"), sender=services.Sender(by="stranger"),
            because="nobody knows the address", at=MONDAY,
        )  # fmt: skip

        with pytest.raises(services.CannotDo, match="say whose it is, then merge it"):
            services.merge(ticket=held, into=one, by=STAFF, at=after(1))


@pytest.mark.django_db
class TestSplit:
    def test_the_new_one_runs_from_when_its_message_came(self):
        """Not from when somebody noticed that it is another matter."""
        agreement = sign()
        parent = open_one(agreement)
        message = write_back(parent, after(30), "And the export fails, too.")

        child = services.split(message=message, subject="The export fails", by=STAFF, at=after(90))
        raise_to(child, "high", after(91))

        opened = recorded(agreement, TicketOpened)[-1]
        assert ("T-2", "T-1", after(30), after(90)) == (
            opened.ticket,
            opened.split_from,
            opened.received_at,
            opened.occurred_at,
        )
        assert (after(30).micros, "The export fails") == (child.runs.get(clock="respond").start_us, child.subject)
        assert ["T-1", "T-1", "T-2"] == [fact.ticket for fact in recorded(agreement, MessageSent)]

    def test_takes_the_files_of_its_message_along(self):
        """Whoever works on the new ticket has what the customer sent with it."""
        parent, file = open_one(sign()), services.Attached("export.csv", "text/csv", b"a,b")
        said = services.Said("And the export fails.", attached=(file,))
        message = services.receive(ticket=parent, said=said, sender=services.Sender(by="person-9"), at=after(30))

        child = services.split(message=message, subject="The export fails", by=STAFF, at=after(31))

        assert b"a,b" == bytes(queries.attachment(child, 1, 1).content)

    def test_only_what_the_customer_said(self):
        parent = open_one(sign())

        with pytest.raises(services.CannotDo, match="at a message of the customer"):
            services.split(message=answer(parent, after(5)), subject="x", by=STAFF, at=after(6))


@pytest.mark.django_db
class TestLink:
    def test_said_twice_it_is_known_once(self):
        agreement = sign()
        one, other = open_one(agreement), open_one(agreement)

        for _ in range(2):
            services.link(one=one, other=other, about="related", by=STAFF, at=after(5))

        with pytest.raises(services.CannotDo, match="anyway"):
            services.link(one=one, other=one, about="related", by=STAFF, at=after(5))
        assert 1 == Link.objects.count()


class TestAtOnce:
    @pytest.fixture
    def agreement(self, transactional_db):
        if connection.vendor == "sqlite":
            pytest.skip("SQLite in memory refuses a second connection; on disk, whoever writes has it alone")
        return sign()

    def let_go(self, *deeds):
        """Run deeds in threads of their own, at one moment; what each raised, or None."""
        start = threading.Barrier(len(deeds))
        told: dict[int, Exception | None] = {}

        def run(place, deed):
            try:
                start.wait()
                deed()
                told[place] = None
            except Exception as problem:
                told[place] = problem
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=one) for one in enumerate(deeds)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return [told[place] for place in range(len(deeds))]

    @pytest.mark.parametrize("attempt", range(3))
    def test_two_merges_crosswise_are_one(self, agreement, attempt):
        """Neither waits for the other for ever, and they do not swallow each other."""
        one, other = open_one(agreement), open_one(agreement)
        first, second = Ticket.objects.get(pk=one.pk), Ticket.objects.get(pk=other.pk)

        told = self.let_go(
            lambda: services.merge(ticket=one, into=other, by=STAFF, at=after(5)),
            lambda: services.merge(ticket=second, into=first, by=STAFF, at=after(5)),
        )

        assert [services.CannotDo] == [type(problem) for problem in told if problem is not None]
        assert (1, 1) == (
            Ticket.objects.filter(state=State.MERGED).count(),
            len(recorded(agreement, TicketMerged)),
        )

    @pytest.mark.parametrize("attempt", range(3))
    def test_a_message_during_a_merge_is_not_lost(self, agreement, attempt):
        """It is on the one or on the other, and the customer is not told that anything went wrong."""
        one, other = open_one(agreement), open_one(agreement)
        seen = Ticket.objects.get(pk=one.pk)

        told = self.let_go(
            lambda: services.merge(ticket=one, into=other, by=STAFF, at=after(5)), lambda: write_back(seen, after(5))
        )

        said = sum(len(queries.messages_of(ticket)) for ticket in (one, other))
        assert ([None, None], 3) == (told, said)

    def test_numbers_are_given_once(self, agreement):
        told = self.let_go(*(lambda: open_one(agreement) for _ in range(4)))

        assert ([None] * 4, [1, 2, 3, 4]) == (told, sorted(Ticket.objects.values_list("number", flat=True)))

    def test_answers_at_one_moment_are_all_there(self, agreement):
        ticket = open_one(agreement)
        rows = [Ticket.objects.get(pk=ticket.pk) for _ in range(3)]

        told = self.let_go(*(lambda row=row: answer(row, after(5)) for row in rows))

        assert ([None] * 3, [1, 2, 3, 4]) == (told, [message.number for message in queries.messages_of(ticket)])
