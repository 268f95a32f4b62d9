"""Work and money at the desk: what it costs is known before it is saved, and nothing is charged without its consent."""

from fractions import Fraction

import pytest

from tests.apps.desk.ground import CUSTOMER, MONDAY, OTHER, STAFF, after, open_one, recorded, sign
from upheld.apps.desk import queries, services
from upheld.apps.desk.models import Purchase, Work
from upheld.core.facts import ChargeApproved, QuoteAccepted, QuoteGiven, WorkLogged
from upheld.core.money import Money
from upheld.core.timeline import HOUR, MINUTE

pytestmark = pytest.mark.django_db

NOON = after(180)


def ticket_of(name="code-enigma", **parameters):
    return open_one(sign(name, **parameters), way="email" if name == "redtrack" else "portal")


def help_for(minutes, charge="time-and-materials", begin=10, **changes):
    return services.Done(charge, after(begin), MINUTE * minutes, words="looked into it", **changes)


def log(ticket, done, by=STAFF, at=NOON):
    return services.log_work(ticket=ticket, done=done, by=by, at=at)


class TestLogWork:
    def test_is_a_row_and_a_fact_that_say_the_same(self):
        """The fact happened when the work was finished."""
        ticket = ticket_of()

        work = log(ticket, help_for(20))

        [fact] = recorded(ticket.agreement, WorkLogged)
        assert ("W-1", "T-1", "time-and-materials", after(10), after(30), (MINUTE * 20).micros, STAFF) == (
            fact.work,
            fact.request,
            fact.charge,
            fact.from_at,
            fact.occurred_at,
            fact.lasted,
            fact.by,
        )
        assert ("W-1", [work.pk]) == (queries.work("W-1").name, [row.pk for row in queries.work_of(ticket)])

    def test_says_what_it_costs_before_it_is_saved(self):
        """Twenty minutes are charged as the hour that is the least; nothing is on record by asking."""
        ticket = ticket_of()

        [line] = services.preview_work(ticket=ticket, done=help_for(20), by=STAFF, at=NOON)

        told = " ".join(step.words for step in line.why.because)
        assert ("GBP 100.00", 0, []) == (str(line.amount), Work.objects.count(), recorded(ticket.agreement, WorkLogged))
        assert "charged in steps of 1 min" in told
        assert "at least 60 min for each request" in told

    def test_is_reckoned_together_with_what_was_worked_before(self):
        """Eighty minutes in two goes are eighty minutes of one request, not two hours."""
        ticket = ticket_of()
        log(ticket, help_for(20))

        [line] = services.preview_work(ticket=ticket, done=help_for(60, begin=60), by=STAFF, at=NOON)
        log(ticket, help_for(60, begin=60))

        thirds = Money.parse("GBP 100.00") * Fraction(4, 3)
        assert [thirds, thirds] == [line.amount, queries.lines_of(ticket, NOON)[0].amount]

    def test_on_another_ticket_is_another_request(self):
        ticket = ticket_of()
        other = open_one(ticket.agreement)
        log(other, help_for(20))

        [line] = services.preview_work(ticket=ticket, done=help_for(20), by=STAFF, at=NOON)

        assert "GBP 100.00" == str(line.amount)

    @pytest.mark.parametrize(
        ("done", "said"),
        [
            (help_for(20, "golf"), "no charge and no topic 'golf'; it knows large-backup, set-up"),
            (help_for(20, begin=170), "lies ahead"),
            (help_for(-20), "lies ahead"),
        ],
    )
    def test_refuses_what_cannot_be_charged_or_was_not_done(self, done, said):
        ticket = ticket_of()

        with pytest.raises(services.CannotDo, match=said):
            log(ticket, done)

        assert [] == recorded(ticket.agreement, WorkLogged)

    def test_of_a_topic_that_costs_nothing_is_free(self):
        """What the provider itself lost is restored for nothing, and the clause says so."""
        ticket = ticket_of()

        [line] = services.preview_work(
            ticket=ticket, done=help_for(20, "individual-restore-provider-fault"), by=STAFF, at=NOON
        )

        assert ("free", None, True) == (line.state, line.amount, bool(line.why.clauses))

    def test_names_what_the_agreement_charges(self):
        """A form offers what the agreement knows, with its price in words."""
        offered = {offer.name: offer.why.words for offer in queries.chargeable(sign("code-enigma"), NOON)}

        assert "GBP 100.00 per hour for each request, at least 60 min, in steps of 1 min" in offered["time-and-materials"]
        with pytest.raises(ValueError, match="no charge and no topic 'golf'"):
            queries.price_of(sign("code-enigma"), "golf", {}, NOON)

    @pytest.mark.parametrize("name", ["W-9", "W-", "X-1", "W-１"])
    def test_of_an_unknown_name_is_told_so(self, name):
        with pytest.raises(queries.UnknownWork, match="no work is called"):
            queries.work(name)


class TestQuote:
    def give(self, ticket, amount="EUR 240.00", charge="on-demand", words="Rebuild the funnel"):
        return services.give_quote(
            ticket=ticket, charge=charge, amount=Money.parse(amount), words=words, by=STAFF, at=after(5)
        )

    def ticket(self):
        return ticket_of("redtrack", activation_over="true")

    def test_is_told_to_the_customer(self):
        """On the ticket, and by the same way as answers; by a machine, so that no clock stops."""
        ticket = self.ticket()

        self.give(ticket)

        [told] = [one for one in queries.visible_messages(ticket) if one.author == "machine"]
        assert told.text.startswith("Q-1: Rebuild the funnel Price: EUR 240.00. Nothing is done for it before you accept")

    def test_is_accepted_and_then_worked(self):
        """Priced, accepted, begun: in this order, and each is a fact."""
        ticket = self.ticket()
        quote = self.give(ticket)
        accepted = services.accept_quote(quote=quote, by=CUSTOMER, at=after(20))

        log(ticket, help_for(30, "on-demand", begin=20, quote=accepted))

        [given], [word], [work] = (recorded(ticket.agreement, kind) for kind in (QuoteGiven, QuoteAccepted, WorkLogged))
        assert ("Q-1", "EUR 240.00", CUSTOMER, after(20), "Q-1") == (
            given.quote,
            str(given.amount),
            word.by,
            word.occurred_at,
            work.quote,
        )
        assert [("charged", "EUR 240.00")] == [(line.state, str(line.amount)) for line in queries.lines_of(ticket, NOON)]

    def test_work_before_it_was_accepted_is_refused(self):
        """Without a quote, with one that nobody accepted, and begun a minute too early."""
        ticket = self.ticket()
        quote = self.give(ticket)
        with pytest.raises(services.CannotDo, match=r"is priced by a quote; give one, .*; work names the one that is"):
            log(ticket, help_for(30, "on-demand"))
        with pytest.raises(services.CannotDo, match="Q-1 is not accepted"):
            log(ticket, help_for(30, "on-demand", quote=quote))
        accepted = services.accept_quote(quote=quote, by=CUSTOMER, at=after(20))

        with pytest.raises(services.CannotDo, match="work that began before"):
            log(ticket, help_for(30, "on-demand", begin=19, quote=accepted))

        assert [] == recorded(ticket.agreement, WorkLogged)

    def test_is_accepted_once(self):
        ticket = self.ticket()
        quote = self.give(ticket)
        services.accept_quote(quote=quote, by=CUSTOMER, at=after(20))

        again = services.accept_quote(quote=quote, by="person-10", at=after(30))

        assert (CUSTOMER, after(20).utc(), 1) == (
            again.accepted_by,
            again.accepted_at,
            len(recorded(ticket.agreement, QuoteAccepted)),
        )
        with pytest.raises(services.CannotDo, match="was accepted by person-9"):
            services.decline_quote(quote=quote, by=CUSTOMER, at=after(31))

    def test_declined_is_not_accepted_afterwards(self):
        ticket = self.ticket()
        quote = services.decline_quote(quote=self.give(ticket), by=CUSTOMER, at=after(20))

        with pytest.raises(services.CannotDo, match="Q-1 was declined; ask for another"):
            services.accept_quote(quote=quote, by=CUSTOMER, at=after(21))

        assert (False, ["Q-1"]) == (queries.quote("Q-1").is_open, [one.name for one in queries.quotes_of(ticket)])

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"charge": "golf"}, "leaves no price of 'golf' to a quote; it does for on-demand, special-arrangement"),
            ({"amount": "EUR 0"}, "is no price"),
            ({"words": " "}, "say what is done for the price"),
        ],
    )
    def test_refuses_what_is_no_quote(self, changes, said):
        with pytest.raises(services.CannotDo, match=said):
            self.give(self.ticket(), **changes)

    def test_refuses_another_currency(self):
        ticket = open_one(sign("code-enigma"))

        with pytest.raises(services.CannotDo, match="the agreement's money is GBP; the quote is in EUR"):
            self.give(ticket, charge="large-backup")


class TestMerged:
    def test_what_was_offered_goes_on_with_the_ticket(self):
        """A price and a time that wait for the customer are accepted on the ticket that goes on, and worked there."""
        one = ticket_of("redtrack", activation_over="true")
        whole = open_one(one.agreement, way="email")
        quote = services.give_quote(
            ticket=one, charge="on-demand", amount=Money.parse("EUR 240.00"), words="Rebuild it", by=STAFF, at=after(5)
        )
        services.propose_appointment(
            ticket=one, from_at=after(600), to_at=after(660), side="provider", by=STAFF, at=after(5)
        )
        services.merge(ticket=one, into=whole, by=STAFF, at=after(6))

        accepted = services.accept_quote(quote=quote, by=CUSTOMER, at=after(7))
        log(whole, help_for(30, "on-demand", begin=7, quote=accepted))
        [time] = queries.appointments_of(whole)
        services.accept_appointment(appointment=time, side="customer", by=CUSTOMER, at=after(8))

        assert (["EUR 240.00"], [], "accepted") == (
            [str(line.amount) for line in queries.lines_of(whole, NOON)],
            queries.appointments_of(one),
            queries.appointments_of(whole)[0].state,
        )

    def test_what_was_worked_before_is_agreed_to_all_the_same(self):
        """Consent to a charge, and an instruction that is carried out, move no clock."""
        one = ticket_of()
        whole = open_one(one.agreement)
        work = services.propose_misuse(ticket=one, from_at=after(1), lasted=MINUTE, because="up", by=STAFF, at=after(5))
        told = services.receive_instruction(ticket=one, by=CUSTOMER, what="Leave it", at=after(5))
        services.merge(ticket=one, into=whole, by=STAFF, at=after(6))

        services.approve_charge(work=work, by=OTHER, at=after(7))
        done = services.carry_out(instruction=told, by=STAFF, at=after(7))

        assert (1, STAFF) == (len(recorded(one.agreement, ChargeApproved)), done.carried_out_by)


class TestMisuse:
    def propose(self, ticket, by=STAFF, **changes):
        given = {"because": "the site was never down", **changes}
        return services.propose_misuse(ticket=ticket, from_at=after(10), lasted=MINUTE * 20, by=by, at=NOON, **given)

    def test_waits_for_a_second_person_with_its_clause(self):
        """It is proposed with what it would cost; it costs nothing until somebody else agreed."""
        ticket = ticket_of()

        work = self.propose(ticket)

        [line] = queries.lines_of(ticket, NOON)
        assert ("waits", None, [work.pk]) == (
            line.state,
            line.amount,
            [row.pk for row in queries.awaiting_approval(ticket.agreement, NOON)],
        )
        assert {"CE-55", "CE-56"} <= set(line.why.clauses)

    def test_is_charged_once_another_person_agreed(self):
        ticket = ticket_of()
        work = self.propose(ticket)
        with pytest.raises(services.CannotDo, match="W-1 is your own work; another person consents"):
            services.approve_charge(work=work, by=STAFF, at=NOON)

        for _ in range(2):
            services.approve_charge(work=work, by=OTHER, at=NOON)

        assert (["charged"], [OTHER], []) == (
            [line.state for line in queries.lines_of(ticket, NOON)],
            [fact.by for fact in recorded(ticket.agreement, ChargeApproved)],
            queries.awaiting_approval(ticket.agreement, NOON),
        )

    def test_says_why(self):
        with pytest.raises(services.CannotDo, match="say what was false, or not covered"):
            self.propose(ticket_of(), because=" ")

    def test_is_proposed_only_where_the_agreement_charges_it(self):
        with pytest.raises(services.CannotDo, match="acorn-teamplify charges misuse by nothing"):
            self.propose(ticket_of("teamplify"))

    def test_consent_is_asked_only_where_the_agreement_asks(self):
        ticket = ticket_of()
        work = log(ticket, help_for(20))

        with pytest.raises(services.CannotDo, match="time-and-materials needs nobody's consent"):
            services.approve_charge(work=work, by=OTHER, at=NOON)


class TestBalance:
    def buy(self, agreement, hours=5, **changes):
        given = {"charge": "time-and-materials", "reference": "invoice 2025-17", "at": MONDAY, **changes}
        return services.buy_time(agreement=agreement, lasted=HOUR * hours, by=STAFF, **given)

    def test_is_what_was_bought_less_what_counts_as_used(self):
        """Twenty minutes use the hour that is the least for a request; fifteen more on the same one use nothing."""
        ticket = ticket_of()
        self.buy(ticket.agreement)
        log(ticket, help_for(20))
        log(ticket, help_for(15, begin=60))

        balance = queries.balance_of(ticket.agreement, "time-and-materials", NOON)

        assert (HOUR * 5, HOUR, HOUR * 4) == (balance.bought, balance.used, balance.left)

    def test_what_ended_is_not_there_any_more(self):
        agreement = sign("code-enigma")
        self.buy(agreement, until_at=after(60))

        left = [queries.balance_of(agreement, "time-and-materials", at).left for at in (after(59), after(60))]

        assert [HOUR * 5, HOUR * 0] == left

    def test_what_ends_first_is_used_first(self):
        """An hour worked before an end is taken from what ends: the rest of that is lost, nothing of the other is."""
        agreement = sign("code-enigma")
        self.buy(agreement)
        self.buy(agreement, until_at=after(600))
        log(open_one(agreement), help_for(20))

        balance = queries.balance_of(agreement, "time-and-materials", after(600))

        assert (HOUR * 10, HOUR, HOUR * 4, HOUR * 5) == (balance.bought, balance.used, balance.lost, balance.left)
        assert ["T-1"] == [one.request for one in balance.taken]

    def test_more_worked_than_bought_is_paid_by_what_is_bought_next(self):
        agreement = sign("code-enigma")
        ticket = open_one(agreement)
        log(ticket, help_for(20))
        before = queries.balance_of(agreement, "time-and-materials", NOON)
        self.buy(agreement)

        balances = queries.balances_of(agreement, NOON)

        assert HOUR * 0 - HOUR == before.left
        assert [("time-and-materials", HOUR * 4)] == [(one.charge, one.left) for one in balances]

    @pytest.mark.parametrize("changes", [{"charge": "golf"}, {"hours": 0}, {"reference": " "}, {"until_at": MONDAY}])
    def test_refuses_what_is_no_purchase(self, changes):
        with pytest.raises(services.CannotDo):
            self.buy(sign("code-enigma"), **changes)

        assert 0 == Purchase.objects.count()
