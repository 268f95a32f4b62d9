"""Whatever people do on tickets, in whatever order: the queue has the clocks of the core, and rows say what facts say."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.apps.desk.ground import (
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
from upheld.apps.desk.models import Hold, Message, State, Ticket
from upheld.core.facts import HoldOpened, MessageSent, TicketMerged, TicketOpened

DEEDS = (
    "open", "answer", "tell", "note", "automatic", "write", "late", "raise", "work", "inform", "identify", "resolve",
    "reopen", "wait", "wait until", "go on", "waive", "split", "merge", "topic",
)  # fmt: skip
STEPS = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 2), st.integers(0, 2), st.integers(1, 400)), min_size=1, max_size=14
)
FEW = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])


def do(agreement, deed, one, other, number, at):
    """One deed on one ticket; `number` chooses among what there is to choose."""
    desk = queries.desk_of(agreement, [one.name], at)[0].desk
    say = services.Said("Words.")
    newest = one.messages.order_by("-number").first()
    known = {"ticket": one, "by": STAFF, "at": at}
    if deed == "answer":
        answer(one, at, *(["question"] if number % 3 == 0 else []))
    elif deed == "tell":
        answer(one, at, "update", "ETA")
    elif deed == "note":
        services.write_note(ticket=one, said=say, by=STAFF, shown_as="Eve", at=at)
    elif deed == "automatic":
        services.write_automatic(ticket=one, said=say, at=at)
    elif deed == "write":
        write_back(one, at)
    elif deed == "late":
        write_back(one, at, sent_at=at.before(after(number % 60) - after(0)))
    elif deed == "raise":
        raise_to(one, list(desk.priorities)[number % len(desk.priorities)], at)
    elif deed == "topic":
        services.set_topic(**known, topic=list(desk.topics)[number % len(desk.topics)] if desk.topics else "none")
    elif deed == "wait":
        services.open_hold(**known, waiting_for="third-party", evidence="case 1")
    elif deed == "wait until":
        services.open_hold(**known, waiting_for="customer", until_at=at + (after(number) - after(0)))
    elif deed == "go on" and (hold := one.holds.filter(closed_at__isnull=True).first()):
        services.close_hold(hold=hold, because="there", by=STAFF, at=at)
    elif deed == "waive":
        services.waive(message=newest, because="thanks", by=STAFF, at=at)
    elif deed == "split":
        services.split(message=newest, subject="Another", by=STAFF, at=at)
    elif deed == "merge":
        services.merge(ticket=one, into=other, by=STAFF, at=at)
    elif deed in ("resolve", "reopen"):
        getattr(services, deed)(**known, because="so it is")
    elif deed in ("work", "inform", "identify"):
        named = {"work": "start_work", "inform": "complete_information", "identify": "identify_fault"}
        getattr(services, named[deed])(**known)


class TestAnyCourse(TestCase):
    def follow(self, name, steps):
        """Do it all; what the desk refuses is left out. The agreement, and the instant of the last deed."""
        agreement, minute = sign(name), 0
        way = "email" if name == "redtrack" else "portal"
        open_one(agreement, way=way)
        for deed, first, second, number in steps:
            minute += number % 97 + 1
            tickets = list(Ticket.objects.order_by("number"))
            one, other = tickets[first % len(tickets)], tickets[second % len(tickets)]
            try:
                if deed == "open":
                    open_one(agreement, at=after(minute), way=way)
                else:
                    do(agreement, deed, one, other, number, after(minute))
            except services.CannotDo:
                continue
        return agreement, after(minute)

    def agree(self, name, steps):
        agreement, at = self.follow(name, steps)
        for ticket in Ticket.objects.order_by("number"):
            services.reckon(ticket=ticket, at=at)
            assert runs_by_core(agreement, ticket, at) == rows_of(ticket), ticket.name
        said = {
            fact.message: (fact.author, fact.is_public, fact.occurred_at.utc()) for fact in recorded(agreement, MessageSent)
        }
        rows = Message.objects.select_related("ticket")
        assert said == {row.name: (row.author, row.is_public, row.sent_at) for row in rows}
        assert len(recorded(agreement, TicketOpened)) == Ticket.objects.count()
        assert len(recorded(agreement, TicketMerged)) == Ticket.objects.filter(state=State.MERGED).count()
        assert {fact.hold for fact in recorded(agreement, HoldOpened)} == {row.name for row in Hold.objects.all()}

    @given(steps=STEPS)
    @FEW
    def test_where_information_and_progress_are_timed(self, steps):
        self.agree("teamplify", steps)

    @given(steps=STEPS)
    @FEW
    def test_where_each_message_asks_for_an_answer(self, steps):
        self.agree("flosum", steps)

    @given(steps=STEPS)
    @FEW
    def test_where_waiting_stops_the_clock(self, steps):
        self.agree("redtrack", steps)
