"""What is kept about a ticket beside its facts: macros, tags, who is at it, ratings."""

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.apps.desk.ground import MONDAY, after, open_one, raise_to, recorded, sign
from upheld.apps.desk import queries, services
from upheld.apps.desk.models import Macro, Rating, Run, Tag, Ticket
from upheld.apps.ledger.queries import facts_of
from upheld.apps.parties.models import Role, User
from upheld.apps.parties.services import add_user
from upheld.core.facts import TicketResolved
from upheld.core.timeline import Instant

pytestmark = pytest.mark.django_db


def person(name: str) -> User:
    return add_user(email=f"{name}@example.org", name=name.title(), role=Role.STAFF, password="a long password", at=MONDAY)


class TestMacro:
    def test_names_are_filled_in(self):
        """What is known is written in place of its blank; what is not stays to be seen."""
        macro = services.save_macro(name="thanks", text="Dear {requester}, {ticket}: {priority}", by="person-1", at=MONDAY)

        assert "Dear Ana, T-7: {priority}" == services.fill_in(macro, {"requester": "Ana", "ticket": "T-7", "priority": ""})

    def test_a_name_has_one_text(self):
        """Saved again under its name, a macro has the new text alone."""
        for text in ("one", "two"):
            services.save_macro(name=" thanks ", text=text, by="person-1", at=MONDAY)

        assert [("thanks", "two")] == list(Macro.objects.values_list("name", "text"))

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({"name": " "}, "name and a text"),
            ({"text": "\n"}, "name and a text"),
            ({"name": "x" * 101}, "100 letters"),
            ({"text": "Dear {name}"}, "nothing fills in {name}; a macro may have {customer}"),
            ({"says": ("promise",)}, "came promise"),
            ({"says": ("ETA",), "is_public": False}, "a note holds nothing for the customer"),
            ({"then": "sleep"}, "may follow wait, resolve"),
            ({"then": "wait", "is_public": False}, "nothing follows it"),
            ({"tags": ("two words",)}, "is no tag"),
        ],
    )
    def test_one_that_cannot_be_used_is_refused(self, given, words):
        """Whoever writes a macro learns what is wrong with it, and nothing is kept."""
        with pytest.raises(services.CannotDo, match=words.replace("{", r"\{")):
            services.save_macro(**{"name": "thanks", "text": "Thank you", "by": "person-1", "at": MONDAY, **given})

        assert 0 == Macro.objects.count()

    def test_one_that_was_removed_is_not_offered(self):
        """What is gone is gone from the list, and asking for it says so."""
        services.remove_macro(macro=services.save_macro(name="thanks", text="Thank you", by="person-1", at=MONDAY))

        assert [] == queries.list_macros()
        with pytest.raises(queries.UnknownMacro, match="'thanks'"):
            queries.macro("thanks")


class TestTags:
    def test_are_as_they_were_said_last(self):
        """Small letters, once each, those that are not said again are gone; a tag without a ticket is not offered."""
        ticket = open_one(sign())
        services.set_tags(ticket=ticket, names=["Checkout", "slow"])
        services.set_tags(ticket=ticket, names=[" slow", "slow", "", "db-2"])

        assert (["db-2", "slow"], ["db-2", "slow"], 3) == (queries.tags_of(ticket), queries.list_tags(), Tag.objects.count())

    @pytest.mark.parametrize("name", ["two words", "Straße", "-x", "x" * 51, "a--b", "<b>"])
    def test_a_word_that_is_none_is_refused(self, name):
        """A tag stands in addresses: it is small letters, digits and hyphens."""
        ticket = open_one(sign())

        with pytest.raises(services.CannotDo, match="is no tag"):
            services.set_tags(ticket=ticket, names=["slow", name])
        assert [] == queries.tags_of(ticket)

    def test_no_fact_is_recorded_of_them(self):
        """Nothing is promised by a tag."""
        agreement = sign()
        ticket = open_one(agreement)
        before = len(facts_of(agreement.key))
        services.set_tags(ticket=ticket, names=["slow"])

        assert before == len(facts_of(agreement.key))


class TestPresence:
    def test_says_who_else_is_there_and_writes(self):
        """Others, who writes first; not oneself, and not who was not heard of for two minutes."""
        ticket, (eve, tom, uma, me) = open_one(sign()), map(person, ("eve", "tom", "uma", "me"))
        services.show_presence(ticket=ticket, user=uma, at=after(0), writes=True)
        services.show_presence(ticket=ticket, user=eve, at=after(9))
        services.show_presence(ticket=ticket, user=tom, at=after(9), writes=True)
        services.show_presence(ticket=ticket, user=me, at=after(10))

        there = queries.others_at(ticket, me, after(10))

        assert [("Tom", True), ("Eve", False)] == [(one.user.name, queries.is_writing(one, after(10))) for one in there]

    def test_who_wrote_is_still_there_but_writes_no_more(self):
        """Looking on renews only the looking."""
        ticket, tom, me = open_one(sign()), person("tom"), person("me")
        services.show_presence(ticket=ticket, user=tom, at=after(0), writes=True)
        services.show_presence(ticket=ticket, user=tom, at=after(5))

        [there] = queries.others_at(ticket, me, after(5))

        assert not queries.is_writing(there, after(5))

    def test_of_who_has_gone_is_thrown_away(self):
        """Two minutes after they were last heard of their row is no more; who is there stays."""
        ticket, eve, tom = open_one(sign()), person("eve"), person("tom")
        services.show_presence(ticket=ticket, user=eve, at=after(0))
        services.show_presence(ticket=ticket, user=tom, at=after(9))

        gone = services.forget_presence(at=after(10))

        assert (1, [tom]) == (gone, [one.user for one in ticket.presences.all()])


class TestRating:
    def test_the_last_word_stands(self):
        """A customer who thinks again is heard; there is one rating for a ticket."""
        ticket = open_one(sign())
        services.resolve(ticket=ticket, by="person-1", because="repaired", at=after(60))
        services.rate(ticket=ticket, score=2, by="person-9", at=after(70))
        services.rate(ticket=ticket, score=5, by="person-9", at=after(80), words=" thank you ")

        rating = queries.rating_of(ticket)

        assert rating is not None
        assert (5, "thank you", 1) == (rating.score, rating.words, Rating.objects.count())

    @pytest.mark.parametrize("score", [0, 6, -1])
    def test_is_one_to_five(self, score):
        """What lies outside is no rating."""
        with pytest.raises(services.CannotDo, match="1 to 5"):
            services.rate(ticket=open_one(sign()), score=score, by="person-9", at=after(1))

    def test_comes_after_the_end(self):
        """A ticket that goes on is not rated."""
        agreement = sign()
        ticket = open_one(agreement)

        with pytest.raises(services.CannotDo, match="is not resolved"):
            services.rate(ticket=ticket, score=5, by="person-9", at=after(1))
        assert (None, []) == (queries.rating_of(ticket), recorded(agreement, TicketResolved))


class TestQueue:
    def test_held_then_due_soonest_then_nothing_due(self):
        """What nobody can judge yet leads; then time decides; a resolved ticket is not in the queue."""
        agreement = sign()
        late, soon = open_one(agreement, after(30)), open_one(agreement, after(0))
        for ticket in (late, soon):
            raise_to(ticket, "high", after(31))
        over = open_one(agreement, after(1))
        services.resolve(ticket=over, by="person-1", because="repaired", at=after(2))
        sender = services.Sender(by="mail:x", address="x@example.org")
        held = services.hold_ticket(
            way="email", report=services.Report("?"), sender=sender, because="nobody knows", at=after(40)
        )
        runs = queries.next_runs([late, soon])

        assert [held.name, soon.name, late.name] == [row.name for row in queries.list_queue(queries.Wanted())]
        assert (runs[soon.pk].due_us or 0) < (runs[late.pk].due_us or 0)

    def test_counts_tickets_that_are_over_time_once(self):
        """A ticket with two clocks over its time is one ticket; at the due instant itself nothing is over."""
        ticket = open_one(sign(), after(0))
        raise_to(ticket, "high", after(1))
        due = sorted(run.due_us for run in ticket.runs.filter(state="running") if run.due_us)

        assert (0, 1, 1) == tuple(map(queries.count_overdue, (Instant(due[0]), Instant(due[0] + 1), Instant(due[-1] + 1))))

    @given(
        dues=st.lists(st.lists(st.integers(1, 6), max_size=3), min_size=1, max_size=12),
        held=st.sets(st.integers(0, 11), max_size=4),
        size=st.integers(1, 5),
    )
    @settings(max_examples=25)
    def test_pages_follow_each_other_as_one_list(self, dues, held, size):
        """Cut into pages of any size, the queue is the whole list sorted: none twice, none left out."""
        with transaction.atomic():
            agreement, at = sign(), MONDAY.utc()
            told = {}
            for number, mine in enumerate(dues, 1):
                is_held = number - 1 in held
                ticket = Ticket.objects.create(
                    number=number, agreement=None if is_held else agreement, held_because="nobody knows" if is_held else "",
                    subject="?", channel="portal", received_at=at, opened_at=at, changed_at=at,
                )  # fmt: skip
                told[f"T-{number}"] = (not is_held, *((0, min(mine)) if mine and not is_held else (1, 0)), number)
                for place, due in enumerate(() if is_held else mine):
                    Run.objects.create(
                        ticket=ticket, agreement=agreement, clock=f"c{place}", number=1, state="running", verdict="x",
                        calendar="always", due_us=due, seen_us=0,
                    )  # fmt: skip
            pages = [
                [row.name for row in queries.list_queue(queries.Wanted(), limit=size, after=after)]
                for after in range(0, len(dues) + size, size)
            ]
            transaction.set_rollback(True)

        assert sorted(told, key=lambda name: told[name]) == [name for page in pages for name in page]
