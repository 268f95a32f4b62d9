"""Instructions, appointments and plans: agreed by those who may, and on record as they were agreed."""

from datetime import date

import pytest

from tests.apps.desk.ground import (
    CUSTOMER,
    MONDAY,
    STAFF,
    after,
    open_one,
    recorded,
    rows_of,
    runs_by_core,
    sign,
)
from upheld.apps.agreements.queries import parameters_at
from upheld.apps.desk import queries, services
from upheld.apps.desk.models import Appointment, Consent, State
from upheld.apps.duties.services import name_person
from upheld.apps.parties.models import CustomerRole, Role, User
from upheld.apps.parties.queries import name_of_mark
from upheld.core.facts import (
    HoldOpened,
    InstructionReceived,
    PlanSignedOff,
    PlanStarted,
    PlanStepDone,
)
from upheld.core.timeline import DAY, HOUR, Span
from upheld.pages.words import say_instant

pytestmark = pytest.mark.django_db


def add_person(customer, email="ana@acorn.example"):
    return User.objects.create(
        email=email, name="Ana", role=Role.CUSTOMER, customer=customer, customer_role=CustomerRole.MEMBER, password="!",
        created_at=MONDAY.utc(),
    )  # fmt: skip


class TestInstruction:
    def agreement(self):
        return sign(main_person="ana@acorn.example", backup_person="bo@acorn.example")

    def tell(self, ticket, by, at=MONDAY):
        return services.receive_instruction(ticket=ticket, by=by, what="Delete the old exports", at=at)

    def test_of_a_named_person_is_carried_out(self):
        agreement = self.agreement()
        given = self.tell(open_one(agreement), "ana@acorn.example")

        done = services.carry_out(instruction=given, by=STAFF, at=after(10))

        [fact] = recorded(agreement, InstructionReceived)
        decided = queries.judge_instruction(done, after(10))
        assert decided is not None
        assert ("T-1-i1", "ana@acorn.example", "Delete the old exports", True, STAFF) == (
            fact.instruction,
            name_of_mark(fact.by),
            name_of_mark(fact.what),
            decided.is_accepted,
            done.carried_out_by,
        )

    def test_of_anybody_else_is_shown_and_not_carried_out(self):
        """It is on record, with the clause that refuses it, and nobody can do it by mistake."""
        ticket = open_one(self.agreement())
        given = self.tell(ticket, CUSTOMER)

        with pytest.raises(services.CannotDo, match=r"TP-19.* is refused; ask somebody whose word counts"):
            services.carry_out(instruction=given, by=STAFF, at=after(10))

        [shown] = queries.instructions_of(ticket)
        decided = queries.judge_instruction(shown, after(10))
        assert decided is not None
        assert ("refused", None) == (decided.outcome, shown.carried_out_at)

    def test_counts_by_who_was_named_when_it_was_given(self):
        """From the very instant of the change the new person's word counts, and the old one's does not."""
        agreement = self.agreement()
        ticket = open_one(agreement)
        name_person(
            agreement=agreement, role="main-person", person="cy@acorn.example", channel="email", received_at=after(10),
            by=STAFF, at=after(10),
        )  # fmt: skip
        told = [
            services.receive_instruction(ticket=ticket, by=by, what="Stop it", at=after(20), received_at=at)
            for by, at in (
                ("ana@acorn.example", after(9)),
                ("ana@acorn.example", after(10)),
                ("cy@acorn.example", after(9)),
                ("cy@acorn.example", after(10)),
            )
        ]

        outcomes = [queries.judge_instruction(one, after(20)) for one in told]

        assert ["accepted", "refused", "refused", "accepted"] == [one.outcome for one in outcomes if one]

    def test_of_somebody_who_signs_in_is_known_by_the_address_that_was_agreed(self):
        """The roles name addresses, by their marks; of whoever has none, facts say the pseudonym."""
        agreement = self.agreement()
        ana, other = add_person(agreement.customer), add_person(agreement.customer, "eve@acorn.example")

        names = [queries.name_in_agreement(agreement, user, MONDAY) for user in (ana, other)]

        assert ["Ana", f"person-{other.pk}"] == [name_of_mark(names[0]), names[1]]
        assert names[0] == parameters_at(agreement, MONDAY)["main-person"]

    def test_counts_whoever_gives_it_where_the_agreement_names_nobody(self):
        given = self.tell(open_one(sign("code-enigma")), CUSTOMER)

        services.carry_out(instruction=given, by=STAFF, at=after(10))

        assert queries.judge_instruction(given, after(10)) is None

    def test_has_words_and_lies_behind_us(self):
        ticket = open_one(self.agreement())

        with pytest.raises(services.CannotDo, match="say what is to be done"):
            services.receive_instruction(ticket=ticket, by=CUSTOMER, what=" ", at=MONDAY)
        with pytest.raises(services.CannotDo, match="the instruction lies ahead"):
            services.receive_instruction(ticket=ticket, by=CUSTOMER, what="x", at=MONDAY, received_at=after(1))

    def test_of_others_accepts_no_quote(self):
        """Where the agreement says whose word counts, it counts for money too."""
        decided = queries.judge_word(self.agreement(), CUSTOMER, MONDAY, MONDAY)

        assert decided is not None
        assert not decided.is_accepted


class TestAppointment:
    def propose(self, ticket, side="provider", **changes):
        given = {"from_at": MONDAY + DAY, "to_at": MONDAY + DAY + HOUR, "at": after(5), **changes}
        return services.propose_appointment(ticket=ticket, side=side, by=STAFF, words="Move the server", **given)

    def test_holds_the_ticket_until_both_agreed_to_meet(self):
        """Proposed it is nothing; accepted by the other side it is a hold with a date, which ends by itself."""
        agreement = sign("code-enigma")
        ticket = open_one(agreement, wish="low", topic="configuration")
        proposed = self.propose(ticket)
        before = recorded(agreement, HoldOpened)

        accepted = services.accept_appointment(appointment=proposed, side="customer", by=CUSTOMER, at=after(30))

        ticket.refresh_from_db()
        [hold] = recorded(agreement, HoldOpened)
        assert ([], MONDAY + DAY, "customer", State.WAITING, Consent.ACCEPTED) == (
            before,
            hold.until_at,
            hold.waiting_for,
            ticket.state,
            accepted.state,
        )
        assert rows_of(ticket) == runs_by_core(agreement, ticket, after(30))
        assert [accepted.pk] == [one.pk for one in queries.list_appointments(Span(MONDAY + DAY, MONDAY + DAY * 2))]

    def test_is_accepted_once_and_by_the_other_side(self):
        agreement = sign("code-enigma")
        proposed = self.propose(open_one(agreement), side="customer")
        with pytest.raises(services.CannotDo, match="proposed by the customer; the other side decides"):
            services.accept_appointment(appointment=proposed, side="customer", by=CUSTOMER, at=after(30))

        for _ in range(2):
            services.accept_appointment(appointment=proposed, side="provider", by=STAFF, at=after(31))

        assert 1 == len(recorded(agreement, HoldOpened))
        with pytest.raises(services.CannotDo, match="T-1-a1 was accepted by person-1"):
            services.decline_appointment(appointment=proposed, side="provider", by=STAFF, at=after(32))

    def test_declined_holds_nothing(self):
        agreement = sign("code-enigma")
        ticket = open_one(agreement)
        proposed = self.propose(ticket)

        services.decline_appointment(appointment=proposed, side="customer", by=CUSTOMER, at=after(30))

        with pytest.raises(services.CannotDo, match="was declined by person-9"):
            services.accept_appointment(appointment=proposed, side="customer", by=CUSTOMER, at=after(31))
        assert ([], ["declined"]) == (
            recorded(agreement, HoldOpened),
            [one.state for one in queries.appointments_of(ticket)],
        )

    def test_is_too_late_once_it_would_have_begun(self):
        proposed = self.propose(open_one(sign("code-enigma")))

        with pytest.raises(services.CannotDo, match="would have begun"):
            services.accept_appointment(appointment=proposed, side="customer", by=CUSTOMER, at=MONDAY + DAY)

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"side": "neighbour"}, "proposed by provider or customer"),
            ({"from_at": MONDAY}, f"begin at {say_instant(MONDAY)}, which is over"),
            ({"to_at": MONDAY + DAY}, "would end before it begins"),
        ],
    )
    def test_takes_time_that_is_ahead(self, changes, said):
        with pytest.raises(services.CannotDo, match=said):
            self.propose(open_one(sign("code-enigma")), **changes)

        assert 0 == Appointment.objects.count()


class TestPlan:
    PLAN = "hosted-implementation"

    def test_goes_from_the_kick_off_to_the_word_of_the_customer(self):
        """Two weeks, five steps, two sessions; finished when the customer says so."""
        agreement = sign("flosum", deployment="hosted", region="Germany")
        begun = services.start_plan(agreement=agreement, plan=self.PLAN, by=STAFF, at=MONDAY)
        for step in begun.decided.steps[:2]:
            services.do_step(agreement=agreement, plan=self.PLAN, step=step, by=STAFF, at=MONDAY + DAY)
        services.hold_session(agreement=agreement, plan=self.PLAN, by=STAFF, at=MONDAY + DAY)
        under_way = queries.plan_of(agreement, self.PLAN, MONDAY + DAY)

        over = services.sign_off(agreement=agreement, plan=self.PLAN, by=CUSTOMER, at=MONDAY + DAY * 13)

        assert under_way.finding is not None
        assert over.finding is not None
        assert (date(2025, 6, 30), 2, 1, "under way", "signed off", CUSTOMER) == (
            begun.decided.ends_on,
            len(under_way.done),
            under_way.sessions_held,
            under_way.finding.value,
            over.finding.value,
            over.signed_off.by if over.signed_off else "",
        )
        assert [1, 2, 1] == [len(recorded(agreement, kind)) for kind in (PlanStarted, PlanStepDone, PlanSignedOff)]

    def test_is_overdue_the_day_after(self):
        agreement = sign("flosum", deployment="hosted", region="Germany")
        services.start_plan(agreement=agreement, plan=self.PLAN, by=STAFF, at=MONDAY)

        states = [queries.plan_of(agreement, self.PLAN, MONDAY + DAY * days).finding for days in (14, 15)]

        assert ["under way", "overdue"] == [state.value for state in states if state]

    def test_that_is_not_for_this_customer_is_not_begun(self):
        agreement = sign("flosum", deployment="hosted", region="Germany")

        with pytest.raises(services.CannotDo, match=r"FL-29.*customer-hosted-implementation is not valid"):
            services.start_plan(agreement=agreement, plan="customer-hosted-implementation", by=STAFF, at=MONDAY)

        assert [] == recorded(agreement, PlanStarted)

    def test_is_begun_once_and_knows_its_steps(self):
        agreement = sign("flosum", deployment="hosted", region="Germany")
        with pytest.raises(services.CannotDo, match="was not begun"):
            services.hold_session(agreement=agreement, plan=self.PLAN, by=STAFF, at=MONDAY)
        services.start_plan(agreement=agreement, plan=self.PLAN, by=STAFF, at=MONDAY)

        with pytest.raises(services.CannotDo, match="was begun"):
            services.start_plan(agreement=agreement, plan=self.PLAN, by=STAFF, at=after(1))
        with pytest.raises(services.CannotDo, match="has no step 'lunch'; it has self-registration"):
            services.do_step(agreement=agreement, plan=self.PLAN, step="lunch", by=STAFF, at=after(2))
        with pytest.raises(queries.UnknownPlan, match="has no plan 'holiday'"):
            services.start_plan(agreement=agreement, plan="holiday", by=STAFF, at=after(1))

    def test_that_starts_with_the_signature_needs_no_kick_off(self):
        """RedTrack's activation runs from the first day."""
        agreement = sign("redtrack", package="activation")

        over = services.do_step(agreement=agreement, plan="activation", step="terms agreed", by=STAFF, at=MONDAY)

        assert ("terms agreed",) == over.done

    def test_the_managers_hours_are_told(self):
        """Ten to seven, three hours ahead of UTC."""
        agreement = sign("redtrack", package="personal-manager")

        attended = [
            next(one for one in queries.list_attended(agreement, at) if one.channel == "manager")
            for at in (MONDAY, MONDAY + HOUR * 7)
        ]

        assert [(True, None), (False, MONDAY.before(HOUR * 2) + DAY)] == [(one.is_open, one.opens_at) for one in attended]
