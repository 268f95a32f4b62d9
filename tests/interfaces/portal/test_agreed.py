"""Prices, times and instructions in the portal: accepted by whose word counts, told to whoever looks."""

import re

import pytest

from tests.apps.desk import ground
from tests.interfaces import cast
from tests.interfaces.console.reading import heading, plain, read
from upheld.apps.desk import services
from upheld.apps.desk.models import Appointment, Instruction, Quote
from upheld.apps.parties.queries import customer
from upheld.core.money import Money
from upheld.core.timeline import DAY, HOUR

pytestmark = pytest.mark.django_db


def section(answer, anchor) -> str:
    [found] = [one for one in read(answer).find("section") if one.attributes.get("aria-labelledby") == anchor]
    return plain(found)


def sign_for_acorn(monkeypatch, name, **parameters):
    """Another agreement of Acorn Legal's."""
    monkeypatch.setattr(ground, "add_customer", lambda **given: customer("acorn-legal"))
    return ground.sign(name, key=f"acorn-{name}", **parameters)


@pytest.fixture
def quoted(lived, monkeypatch) -> Quote:
    """A price that was named to Acorn on a ticket under an agreement that names nobody whose word counts."""
    agreement = sign_for_acorn(monkeypatch, "redtrack", activation_over="true")
    ticket = ground.open_one(agreement, cast.NOW.before(HOUR), way="email", subject="Rebuild it")
    return services.give_quote(
        ticket=ticket, charge="on-demand", amount=Money.parse("EUR 240.00"), words="Rebuild the funnel", by="person-2",
        at=cast.NOW.before(HOUR),
    )  # fmt: skip


class TestPrice:
    def path(self, quote) -> str:
        return f"/portal/tickets/{quote.ticket.name}/agreed"

    def test_is_accepted_by_a_member(self, clients, quoted):
        """It says that it waits, and what is done for it; accepted, it says so."""
        before = clients["acorn-member"].get(self.path(quoted))
        body = {"deed": "accept-quote", "number": str(quoted.number)}

        after = clients["acorn-member"].post(self.path(quoted), body, follow=True)

        quoted.refresh_from_db()
        asked = section(before, "quotes")
        assert ("1 price waits for you", True) == (heading(before), "Rebuild the funnel" in asked)
        assert f"{quoted.name} for {quoted.charge.replace('-', ' ')}: EUR 240.00" in asked
        assert (True, True) == (quoted.accepted_at is not None, "Agreed" in section(after, "quotes"))

    def test_waits_on_the_first_page_and_on_its_ticket(self, clients, quoted):
        """Until it is answered, for its customer alone."""
        ticket = f"/portal/tickets/{quoted.ticket.name}"
        waiting = section(clients["acorn-reader"].get("/portal/"), "waiting")
        offered = plain(read(clients["acorn-member"].get(ticket)))
        elsewhere = section(clients["kettle-member"].get("/portal/"), "waiting")
        clients["acorn-member"].post(self.path(quoted), {"deed": "decline-quote", "number": str(quoted.number)})

        name = f"{quoted.name}: EUR 240.00"
        assert (True, True, False) == (name in waiting, "1 price waits for you" in offered, name in elsewhere)
        assert name not in section(clients["acorn-reader"].get("/portal/"), "waiting")
        assert "Prices, times, instructions" in plain(read(clients["acorn-member"].get(ticket)))

    def test_is_declined(self, clients, quoted):
        body = {"deed": "decline-quote", "number": str(quoted.number)}

        answer = clients["acorn-member"].post(self.path(quoted), body, follow=True)

        assert "Declined" in section(answer, "quotes")

    def test_is_not_for_readers_and_strangers(self, clients, quoted):
        """A reader sees it and is offered nothing; Kettle's people do not learn of it."""
        body = {"deed": "accept-quote", "number": str(quoted.number)}

        seen = clients["acorn-reader"].get(self.path(quoted))

        assert "Accept this price" not in section(seen, "quotes")
        assert [403, 404] == [
            clients[who].post(self.path(quoted), body).status_code for who in ("acorn-reader", "kettle-member")
        ]
        quoted.refresh_from_db()
        assert quoted.accepted_at is None

    def test_of_no_such_number_is_not_there(self, clients, quoted):
        body = {"deed": "accept-quote", "number": "99"}

        assert 404 == clients["acorn-member"].post(self.path(quoted), body).status_code

    def test_is_accepted_only_by_whose_word_counts(self, clients, lived, monkeypatch, quoted):
        """Where the agreement names people, others are told so and nothing is accepted."""
        refusal = services.CannotDo("TP-19: the word of person-9 is refused")

        def refuse(**given):
            raise refusal

        monkeypatch.setattr(services, "accept_quote", refuse)
        body = {"deed": "accept-quote", "number": str(quoted.number)}

        answer = clients["acorn-member"].post(self.path(quoted), body, follow=True)

        assert re.search(r"TP-19: the word of .{1,40} is refused", plain(read(answer)))


class TestAgreed:
    @pytest.fixture
    def path(self, lived) -> str:
        return f"/portal/tickets/{lived.tickets['acorn'].name}/agreed"

    def test_our_time_is_agreed_to(self, clients, lived, path):
        for _ in range(2):
            services.propose_appointment(
                ticket=lived.tickets["acorn"], from_at=cast.NOW + DAY, to_at=cast.NOW + DAY + HOUR, side="provider",
                by="person-2", at=cast.NOW, words="Move the server",
            )  # fmt: skip

        clients["acorn-member"].post(path, {"deed": "accept-time", "number": "1"})
        answer = clients["acorn-member"].post(path, {"deed": "decline-time", "number": "2"}, follow=True)

        assert ["accepted", "declined"] == [one.state for one in Appointment.objects.order_by("number")]
        assert "We proposed it." in section(answer, "times")

    def test_their_time_is_proposed(self, clients, path):
        told = {"deed": "propose", "from": "Thu 3 Sep 2026 09:00 UTC", "to": "Thu 3 Sep 2026 10:00 UTC", "words": "A call"}

        answer = clients["acorn-member"].post(path, told, follow=True)

        assert "A call" in section(answer, "times")
        assert ["customer"] == [one.side for one in Appointment.objects.all()]

    @pytest.mark.parametrize(
        ("told", "said"),
        [
            ({"deed": "propose", "from": "soon", "to": "later"}, "is not a time"),
            ({"deed": "propose", "from": "Thu 3 Sep 2026 09:00 UTC", "to": "Thu 3 Sep 2026 08:00 UTC"}, "before it begins"),
            ({"deed": "instruct", "what": ""}, "Say what is to be done"),
            ({"deed": "instruct", "what": "x" * 5000}, "at most 4,000 are kept"),
        ],
    )
    def test_refused_says_why_at_its_form(self, clients, path, told, said):
        answer = clients["acorn-member"].post(path, told)

        assert 422 == answer.status_code
        assert said in plain(read(answer))

    def test_an_instruction_of_somebody_whose_word_does_not_count_is_told_so(self, clients, path):
        """It is kept and shown, with the clause; the agreement names whose word counts."""
        answer = clients["acorn-member"].post(path, {"deed": "instruct", "what": "Delete it all"}, follow=True)

        shown = section(answer, "instructions")
        assert ("Does not count" in shown, "Delete it all" in shown) == (True, True)
        assert "TP-19" in shown
        assert 1 == Instruction.objects.count()

    def test_the_ticket_leads_here(self, clients, path):
        page = read(clients["acorn-reader"].get(path.removesuffix("/agreed")))

        assert path in [link.attributes.get("href") for link in page.find("a")]
