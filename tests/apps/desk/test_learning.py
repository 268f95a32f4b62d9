"""Reviews and requests: what is to be done afterwards is asked of somebody; what is asked for is a ticket of its kind."""

from datetime import date

import pytest

from tests.apps.desk.ground import (
    CUSTOMER,
    MONDAY,
    OTHER,
    STAFF,
    after,
    open_one,
    recorded,
    sign,
    write_back,
)
from upheld.apps.desk import queries, services
from upheld.apps.desk.models import Action, Kind
from upheld.apps.duties.queries import list_duties
from upheld.core.facts import AccessAsked, DutyAsked, DutyDone, ReviewHeld, TicketOpened
from upheld.core.timeline import DAY

pytestmark = pytest.mark.django_db


class TestReview:
    def hold(self, agreement, *asks, **changes):
        given = {"summary": "The disk was full and nobody was told", **changes}
        return services.hold_review(agreement=agreement, by=STAFF, at=MONDAY, asks=asks, **given)

    def test_asks_what_a_duty_of_the_agreement_asks(self):
        """Each action that serves a duty is asked of it with its due day, and done with what shows it."""
        agreement = sign("funnelflux")
        ticket = open_one(agreement)
        asked = services.Asked("Watch the disks", due_at=MONDAY + DAY * 7, duty="learn-from-issues")
        review = self.hold(agreement, asked, services.Asked("Tell the team"), ticket=ticket, cause="no alarm")
        [watch, tell] = queries.actions_of(review)

        services.finish_action(action=watch, evidence="alarm at 80 %", by=OTHER, at=MONDAY + DAY * 8)

        [fact], [done] = recorded(agreement, DutyAsked), recorded(agreement, DutyDone)
        assert ("R-1-a1", "learn-from-issues", MONDAY + DAY * 7, "T-1", "R-1-a1", "alarm at 80 %") == (
            fact.request,
            fact.duty,
            fact.due_at,
            fact.ticket,
            done.request,
            done.evidence,
        )
        assert ([tell.pk], ["R-1"]) == (
            [one.pk for one in queries.open_actions()],
            [one.name for one in queries.list_reviews(agreement)],
        )

    def test_knows_what_is_overdue(self):
        agreement = sign("funnelflux")
        asked = services.Asked("Watch the disks", due_at=after(60), duty="learn-from-issues")
        [action] = queries.actions_of(self.hold(agreement, asked))
        [duty] = [one for one in list_duties(agreement, after(61)) if one.duty.name == "learn-from-issues"]

        assert (False, True, "overdue") == (
            queries.is_overdue(action, after(60)),
            queries.is_overdue(action, after(61)),
            duty.state,
        )

    def test_is_done_once_and_shown(self):
        agreement = sign("funnelflux")
        [action] = queries.actions_of(self.hold(agreement, services.Asked("x", duty="learn-from-issues")))
        with pytest.raises(services.CannotDo, match="say what shows that it was done"):
            services.finish_action(action=action, evidence=" ", by=STAFF, at=after(1))

        for evidence in ("first", "second"):
            services.finish_action(action=action, evidence=evidence, by=STAFF, at=after(2))

        assert ["first"] == [fact.evidence for fact in recorded(agreement, DutyDone)]

    @pytest.mark.parametrize(
        ("asks", "changes", "said"),
        [
            ((), {"summary": " "}, "say what was learnt"),
            ((services.Asked(" "),), {}, "say what is to be done"),
            ((services.Asked("x", due_at=MONDAY),), {}, "which is over"),
            ((services.Asked("x", duty="dance"),), {}, "has no duty 'dance'"),
        ],
    )
    def test_is_whole_or_not_there(self, asks, changes, said):
        agreement = sign("funnelflux")

        with pytest.raises(services.CannotDo, match=said):
            self.hold(agreement, *asks, **changes)

        assert (0, []) == (Action.objects.count(), queries.list_reviews())

    def test_of_an_unknown_name_is_told_so(self):
        with pytest.raises(queries.UnknownReview, match="no review is called 'R-9'"):
            queries.review("R-9")

    def test_of_the_agreement_names_the_next_time(self):
        """It is another thing than a review of what went wrong: only this one moves the agreement's own date."""
        agreement = sign("redtrack")
        self.hold(agreement)
        before = recorded(agreement, ReviewHeld)

        services.review_agreement(agreement=agreement, next_on=date(2026, 6, 16), by=STAFF, at=MONDAY)

        assert ([], ["2026-06-16"]) == (before, [fact.next_on for fact in recorded(agreement, ReviewHeld)])
        with pytest.raises(services.CannotDo, match="not ahead"):
            services.review_agreement(agreement=agreement, next_on=date(2025, 6, 16), by=STAFF, at=MONDAY)


class TestAsking:
    def report(self, **changes):
        return services.Report(**{"subject": "A copy, please", "text": "For our archive.", **changes})

    def test_for_a_copy_says_that_the_warning_was_read(self):
        """FunnelFlux warns that the copy disturbs; the ticket is what asks for the duty."""
        agreement = sign("funnelflux")
        given = {"agreement": agreement, "way": "portal", "report": self.report(), "sender": services.Sender(by=CUSTOMER)}
        with pytest.raises(services.CannotDo, match=r"the agreement warns \(FF-.*say that you read it"):
            services.ask_copy(duty="hand-over-copies", is_warned=False, at=MONDAY, **given)

        ticket = services.ask_copy(duty="hand-over-copies", is_warned=True, at=MONDAY, **given)

        [duty] = [one for one in list_duties(agreement, after(5)) if one.duty.name == "hand-over-copies"]
        [opened] = recorded(agreement, TicketOpened)
        assert (Kind.COPY, "database-copy", "waiting", ["T-1"]) == (
            ticket.kind,
            opened.topic,
            duty.state,
            [asked.name for asked in duty.asked],
        )
        assert any(line.startswith("warning: ") for line in opened.told)

    def test_for_what_no_ticket_asks_for_is_refused(self):
        with pytest.raises(services.CannotDo, match="has no duty 'learn-from-issues' that a ticket asks for"):
            services.ask_copy(
                agreement=sign("funnelflux"), way="portal", report=self.report(), sender=services.Sender(by=CUSTOMER),
                duty="learn-from-issues", is_warned=True, at=MONDAY,
            )  # fmt: skip

    def test_to_come_in_is_a_ticket_and_a_fact(self):
        agreement = sign("code-enigma")

        ticket = services.ask_access(
            agreement=agreement, way="portal", report=self.report(), sender=services.Sender(by=CUSTOMER),
            who="customer administrator", what="sudo", person="person-9", until_at=after(60), at=MONDAY,
        )  # fmt: skip

        [fact] = recorded(agreement, AccessAsked)
        assert (Kind.ACCESS, ticket.name, "sudo", after(60)) == (ticket.kind, fact.ticket, fact.what, fact.until_at)

    def test_to_come_in_where_no_rule_speaks_of_it_is_refused(self):
        """Neither ticket nor fact is left."""
        agreement = sign("code-enigma")

        with pytest.raises(services.CannotDo, match="says nothing of neighbour and roof"):
            services.ask_access(
                agreement=agreement, way="portal", report=self.report(), sender=services.Sender(by=CUSTOMER),
                who="neighbour", what="roof", at=MONDAY,
            )  # fmt: skip

        assert [] == recorded(agreement, TicketOpened)

    def test_a_complaint_is_a_ticket_with_its_clocks(self):
        agreement = sign("code-enigma")

        ticket = open_one(agreement, kind=Kind.COMPLAINT, wish="normal")

        write_back(ticket, after(5), "Really.")
        assert (Kind.COMPLAINT, "running") == (ticket.kind, ticket.runs.get(clock="respond").state)
