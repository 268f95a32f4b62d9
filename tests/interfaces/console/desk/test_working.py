"""Work and money on a ticket's page: what it costs is shown first, and nothing is kept or charged by itself."""

import pytest
from django.urls import reverse

from tests.apps.desk.ground import CUSTOMER, STAFF, open_one, sign
from tests.interfaces.console.conftest import sign_in
from tests.interfaces.console.desk.conftest import NOW, OPENED
from tests.interfaces.console.reading import heading, plain, read
from upheld.apps.desk import services
from upheld.apps.desk.models import Appointment, Instruction, Quote, Work
from upheld.core.timeline import DAY, HOUR, MINUTE

pytestmark = pytest.mark.django_db

WORK = {"charge": "time-and-materials", "from": "Mon 16 Jun 2025 09:01 UTC", "minutes": "5", "words": "Looked at the log"}


def deed(ticket: str, name: str) -> str:
    """The address of a deed on a ticket's page of work."""
    return reverse("ticket-work-deed", args=[ticket, name])


DEEDS = deed("T-1", "keep").removesuffix("keep")
"""How the address of every deed on its page of work begins."""


def section(answer, anchor) -> str:
    [found] = [one for one in read(answer).find("section") if one.attributes.get("aria-labelledby") == anchor]
    return plain(found)


class TestWork:
    def test_shows_first_what_it_costs(self, tom):
        """Five minutes are charged as the hour that is the least; nothing is kept by looking."""
        answer = tom.post(deed("T-1", "cost"), WORK)

        shown = section(answer, "preview")
        assert ("Work on T-1", 200, 0) == (heading(answer), answer.status_code, Work.objects.count())
        assert "time-and-materials: GBP 100.00" in shown
        assert "Nothing is kept yet." in shown
        assert ["GBP 100.00 per hour", "at least", "in steps of"] == [
            words for words in ("GBP 100.00 per hour", "at least", "in steps of") if words in shown
        ]

    def test_is_kept_as_it_was_shown(self, tom):
        answer = tom.post(deed("T-1", "keep"), WORK, follow=True)

        [work] = Work.objects.all()
        assert (MINUTE * 5, "Looked at the log") == (MINUTE * (work.lasted_us // MINUTE.micros), work.words)
        assert "W-1 time-and-materials" in section(answer, "work")
        assert "GBP 100.00" in section(answer, "cost")

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"minutes": "a lot"}, "Write the minutes in digits"),
            ({"minutes": "0"}, "Write the minutes in digits"),
            ({"from": "yesterday"}, "is not a time"),
            ({"charge": "golf"}, "The agreement has no charge and no topic 'golf'"),
            ({"quote": "Q-7"}, "Name one of the quotes of this ticket"),
            ({"minutes": "60"}, "lies ahead"),
        ],
    )
    def test_refused_keeps_what_was_typed(self, tom, changes, said):
        answer = tom.post(deed("T-1", "cost"), {**WORK, **changes})

        assert 422 == answer.status_code
        assert said in plain(read(answer)).replace("’", "'")
        assert 'value="Looked at the log"' in answer.content.decode()

    def test_of_the_past_is_looked_at_only(self, tom):
        """Who looks from another instant is offered nothing to do."""
        answer = tom.get(f"/desk/T-1/work?as_of={OPENED + MINUTE}")
        done = tom.post(deed("T-1", "keep") + f"?as_of={OPENED + MINUTE}", WORK)

        assert ([], 403, 0) == (
            [form for form in read(answer).find("form") if form.attributes.get("action", "").startswith(DEEDS)],
            done.status_code,
            Work.objects.count(),
        )

    def test_on_a_held_ticket_is_refused(self, tom):
        assert "The ticket is held" in plain(read(tom.get("/desk/T-4/work")))
        assert 403 == tom.post(deed("T-4", "keep"), WORK).status_code

    def test_unknown_deeds_are_not_there(self, tom):
        assert 404 == tom.post(deed("T-1", "dance"), WORK).status_code


class TestMisuse:
    def propose(self, tom):
        told = {"charge": "misuse", "from": WORK["from"], "minutes": "5", "because": "The site was up"}
        return tom.post(deed("T-1", "misuse"), told, follow=True)

    def test_waits_for_another_person(self, tom, desk):
        """Whoever proposed it is not offered to agree; another of the provider's people is, and then it is charged."""
        proposed = self.propose(tom)
        other = sign_in(desk.people["mara"])
        offered = other.get("/desk/T-1/work")

        done = other.post(deed("T-1", "agree"), {"work": "W-1"}, follow=True)

        assert "Waits for another person’s consent" in section(proposed, "work")
        assert ("Agree to the charge" in section(proposed, "work"), "Agree to the charge" in section(offered, "work")) == (
            False,
            True,
        )
        assert "misuse: GBP 8.33" in section(done, "cost")

    def test_of_another_ticket_is_not_agreed_to_here(self, tom, desk):
        self.propose(tom)

        assert 404 == sign_in(desk.people["mara"]).post(deed("T-2", "agree"), {"work": "W-1"}).status_code


class TestQuote:
    @pytest.fixture
    def ticket(self, desk):
        return open_one(sign("redtrack", activation_over="true"), OPENED, way="email", subject="Rebuild it")

    def test_is_named_accepted_and_worked(self, tom, ticket):
        """It shows that it waits; once the customer accepted it, work is logged for it and costs what was named."""
        told = {"charge": "on-demand", "amount": "EUR 240.00", "words": "Rebuild the funnel"}
        named = tom.post(deed(ticket.name, "quote"), told, follow=True)
        services.accept_quote(quote=Quote.objects.get(), by=CUSTOMER, at=OPENED + MINUTE * 2)
        work = {**WORK, "charge": "on-demand", "quote": "Q-1", "from": "Mon 16 Jun 2025 09:02 UTC"}

        answer = tom.post(deed(ticket.name, "keep"), work, follow=True)

        assert "Waits for the customer" in section(named, "quotes")
        assert "Accepted by person-9" in section(answer, "quotes")
        assert "on-demand: EUR 240.00" in section(answer, "cost")

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"amount": "much"}, "is not money"),
            ({"words": ""}, "Say what is done for the price"),
            ({"charge": "x"}, "leaves no"),
        ],
    )
    def test_refused_stands_at_its_form(self, tom, ticket, changes, said):
        told = {"charge": "on-demand", "amount": "EUR 240.00", "words": "Rebuild the funnel", **changes}

        answer = tom.post(deed(ticket.name, "quote"), told)

        assert (422, 0) == (answer.status_code, Quote.objects.count())
        assert said in plain(read(answer))


class TestAgreed:
    def test_a_time_is_proposed_and_one_of_the_customers_is_agreed_to(self, tom, desk):
        told = {"from": "Tue 17 Jun 2025 09:00 UTC", "to": "Tue 17 Jun 2025 10:00 UTC", "words": "Move the server"}
        proposed = tom.post(deed("T-1", "propose"), told, follow=True)
        services.propose_appointment(
            ticket=desk.urgent, from_at=NOW + DAY, to_at=NOW + DAY + HOUR, side="customer", by=CUSTOMER, at=OPENED,
        )  # fmt: skip

        answer = tom.post(deed("T-1", "accept"), {"appointment": "2"}, follow=True)

        assert "Proposed" in section(proposed, "appointments")
        assert ["proposed", "accepted"] == [one.state for one in Appointment.objects.order_by("number")]
        assert "Agreed" in section(answer, "appointments")
        assert 404 == tom.post(deed("T-1", "decline"), {"appointment": "9"}).status_code

    def test_the_customers_time_is_declined(self, tom, desk):
        services.propose_appointment(
            ticket=desk.urgent, from_at=NOW + DAY, to_at=NOW + DAY + HOUR, side="customer", by=CUSTOMER, at=OPENED,
        )  # fmt: skip

        answer = tom.post(deed("T-1", "decline"), {"appointment": "1"}, follow=True)

        assert "Declined" in section(answer, "appointments")

    def test_an_instruction_of_somebody_whose_word_does_not_count_is_shown_as_such(self, tom, desk):
        """It is kept, with the clause; carrying it out is not offered, and refused."""
        ticket = open_one(sign("teamplify", main_person="ana@acorn.example"), OPENED)
        kept = tom.post(deed(ticket.name, "instruct"), {"by": "the customer", "what": "Delete it"}, follow=True)
        services.receive_instruction(ticket=ticket, by="ana@acorn.example", what="Keep it", at=OPENED)

        refused = tom.post(deed(ticket.name, "carry-out"), {"instruction": "1"})
        done = tom.post(deed(ticket.name, "carry-out"), {"instruction": "2"}, follow=True)

        shown = section(kept, "instructions")
        assert ("Does not count" in shown, "Carried out" in shown, 422) == (True, False, refused.status_code)
        assert "Carried out by" in section(done, "instructions")
        assert [None, True] == [
            one.carried_out_at and True for one in Instruction.objects.filter(ticket=ticket).order_by("number")
        ]

    def test_the_ticket_leads_here(self, tom):
        links = [link.attributes.get("href") for link in read(tom.get("/desk/T-1")).find("a")]

        assert "/desk/T-1/work" in links

    def test_is_read_by_programs_too(self, tom):
        """The same, as JSON."""
        told = tom.get("/desk/T-1/work.json").json()

        assert "Work on T-1" in str(told)
        assert STAFF not in str(told)
