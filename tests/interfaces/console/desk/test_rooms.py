"""What the desk keeps besides tickets: plans, reviews, time bought ahead, appointments, and who is told."""

import pytest

from tests.apps.desk import ground
from tests.interfaces.console.desk.conftest import NOW, OPENED
from tests.interfaces.console.reading import heading, plain, read
from upheld.apps.approvals.queries import list_waiting
from upheld.apps.desk import services
from upheld.apps.desk.models import Action, Escalation, OutageRule, Purchase, Review
from upheld.apps.desk.queries import lines_of
from upheld.apps.oncall.services import WantedStep, save_policy
from upheld.apps.parties.queries import customer
from upheld.core.facts import DutyAsked, HighLoadDeclared, PlanSignedOff, PlanStarted, PlanStepDone, ReviewHeld, SessionHeld
from upheld.core.timeline import DAY, HOUR, MINUTE

pytestmark = pytest.mark.django_db


def section(answer, anchor) -> str:
    [found] = [one for one in read(answer).find("section") if one.attributes.get("aria-labelledby") == anchor]
    return plain(found)


def sign_besides(monkeypatch, name, **parameters):
    """Another agreement of Acorn's."""
    monkeypatch.setattr(ground, "add_customer", lambda **given: customer("acorn"))
    return ground.sign(name, **parameters)


class TestPlans:
    @pytest.fixture
    def hosted(self, desk, monkeypatch):
        return sign_besides(monkeypatch, "flosum", deployment="hosted", region="Germany")

    def test_is_begun_done_and_signed_off_as_facts(self, tom, hosted):
        """The kick-off, a step, a meeting and the customer's word each stay; the page says how far it is."""
        sent = {"agreement": hosted.key, "plan": "hosted-implementation"}
        before = tom.get("/desk/plans")
        for deed, step in (("start", ""), ("step", "tenant login"), ("session", ""), ("sign-off", "")):
            assert 303 == tom.post(f"/desk/plans/{deed}", {**sent, "step": step}).status_code

        after = tom.get("/desk/plans")
        kinds = (PlanStarted, PlanStepDone, SessionHeld, PlanSignedOff)
        assert [1, 1, 1, 1] == [len(ground.recorded(hosted, kind)) for kind in kinds]
        assert ("No plan is under way", "Not begun" in section(before, hosted.key)) == (heading(before), True)
        assert "1 of 5 steps done" in section(after, hosted.key)
        assert "Said to be finished by the customer" in section(after, hosted.key)
        [word] = ground.recorded(hosted, PlanSignedOff)
        assert word.by != word.source

    def test_one_that_is_not_open_says_why(self, tom, hosted):
        """A self-hosted customer's plan is no plan of this one's, and cannot be begun."""
        sent = {"agreement": hosted.key, "plan": "customer-hosted-implementation"}

        refused = tom.post("/desk/plans/start", sent)

        assert 303 != refused.status_code
        assert "This was not recorded" == heading(refused)
        assert "Not open to this customer" in section(tom.get("/desk/plans"), hosted.key)

    def test_of_no_such_name_is_not_there(self, tom, hosted):
        assert 404 == tom.post("/desk/plans/start", {"agreement": hosted.key, "plan": "golf"}).status_code


REVIEW = {"deed": "hold", "ticket": "T-1", "summary": "The disk was full", "cause": "no alarm", "seen": "public"}
PURCHASE = {"charge": "acorn-code-enigma/time-and-materials", "minutes": "300", "reference": "2026-114"}


class TestReviews:
    def test_is_kept_and_asks_something_of_somebody(self, tom, desk, monkeypatch):
        """It is kept with what caused it; an action that serves a duty is asked of it as a fact, and done with evidence."""
        agreement = sign_besides(monkeypatch, "funnelflux")
        ticket = ground.open_one(agreement, OPENED)
        tom.post("/desk/reviews", {**REVIEW, "agreement": agreement.key, "ticket": ticket.name})
        [review] = Review.objects.all()
        asked = {"deed": "ask", "what": "Watch the disks", "owner": str(desk.people["tom"].pk), "duty": "learn-from-issues"}
        tom.post(f"/desk/reviews/{review.name}", {**asked, "due": "Mon 23 Jun 2025 16:00 UTC"})
        shown = tom.get(f"/desk/reviews/{review.name}")
        tom.post(f"/desk/reviews/{review.name}", {"deed": "finish", "action": "1", "evidence": "alarm at 80 %"})

        [action] = Action.objects.all()
        assert ("alarm at 80 %", 1, True) == (
            action.evidence, len(ground.recorded(agreement, DutyAsked)), review.is_public
        )  # fmt: skip
        assert "Tom Okafor sees to it. Due Mon 23 Jun" in section(shown, "actions")
        assert "no alarm" in section(shown, "learnt")
        assert "Done by Tom Okafor" in section(tom.get(f"/desk/reviews/{review.name}"), "actions")

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"summary": ""}, "What was learnt is missing"),
            ({"ticket": "T-99"}, "No ticket is called 'T-99'"),
            ({"agreement": ""}, "Name the agreement"),
            ({"deed": "meet", "met": ""}, "Name the agreement that was gone through"),
            ({"deed": "meet", "met": "acorn-code-enigma", "next": "soon"}, "is not a day"),
            ({"deed": "meet", "met": "acorn-code-enigma", "next": "2024-01-01"}, "is not ahead"),
        ],
    )
    def test_refused_says_why_at_its_form(self, tom, desk, changes, said):
        answer = tom.post("/desk/reviews", {**REVIEW, "agreement": desk.agreement.key, **changes})

        assert 422 == answer.status_code
        assert said in plain(read(answer)).replace("’", "'")

    def test_a_meeting_about_the_agreement_is_a_fact(self, tom, desk):
        tom.post("/desk/reviews", {"deed": "meet", "met": desk.agreement.key, "next": "2025-12-01"})

        [held] = ground.recorded(desk.agreement, ReviewHeld)
        assert "2025-12-01" == held.next_on
        assert "The next is on 1 Dec 2025." in section(tom.get("/desk/reviews"), "meetings")

    def test_names_what_is_late(self, tom, desk):
        review = services.hold_review(agreement=desk.agreement, summary="Slow", by=ground.STAFF, at=OPENED)
        asked = services.Asked("Look again", due_at=OPENED + MINUTE)
        services.add_action(review=review, asked=asked, by=ground.STAFF, at=OPENED)

        page = tom.get("/desk/reviews")

        assert ("1 action is late", True) == (heading(page), "R-1-a1: Look again" in section(page, "actions"))


class TestPrepaid:
    def test_says_what_is_left_and_which_work_used_it(self, tom, desk):
        """Five minutes count as the hour that is the least; the ticket and its facts stand beside it."""
        services.buy_time(
            agreement=desk.agreement, charge="time-and-materials", lasted=HOUR * 5, reference="2026-114", by=ground.STAFF,
            at=OPENED,
        )  # fmt: skip
        done = services.Done("time-and-materials", OPENED + MINUTE, MINUTE * 5)
        services.log_work(ticket=desk.urgent, done=done, by=ground.STAFF, at=NOW)

        shown = section(tom.get("/desk/prepaid"), "acorn-code-enigma-time-and-materials")

        assert "4 h left" in shown.replace("\u00a0", " ")
        assert "Used: 1 h for T-1" in shown.replace("\u00a0", " ")

    def test_a_purchase_is_kept(self, tom, desk):
        assert 303 == tom.post("/desk/prepaid", PURCHASE).status_code
        assert [(HOUR * 5).micros] == [one.lasted_us for one in Purchase.objects.all()]

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"minutes": "many"}, "Write the minutes in digits"),
            ({"charge": ""}, "Name the charge"),
            ({"charge": "acorn-code-enigma/golf"}, "has no charge"),
            ({"reference": ""}, "by which invoice or order"),
            ({"until": "soon"}, "is not a time"),
            ({"until": "Mon 2 Jun 2025 09:00 UTC"}, "later than now"),
        ],
    )
    def test_refused_says_why(self, tom, changes, said):
        answer = tom.post("/desk/prepaid", {**PURCHASE, **changes})

        assert (422, 0) == (answer.status_code, Purchase.objects.count())
        assert said in plain(read(answer))


class TestMisuse:
    @pytest.fixture
    def proposed(self, mara, desk):
        """Mara proposed to charge five minutes for a false report."""
        told = {"charge": "misuse", "from": "Mon 16 Jun 2025 09:01 UTC", "minutes": "5", "because": "Nothing was down."}
        assert 303 == mara.post("/desk/T-1/working/misuse", told).status_code
        return "W-1"

    def test_what_waits_names_its_rate_and_clause_and_another_person_agrees(self, tom, mara, desk, proposed):
        """Who proposed it is told that somebody else has to; once one agreed, it is charged."""
        before, own = tom.get("/desk/misuse"), section(mara.get("/desk/misuse"), desk.agreement.key)

        agreed = tom.post("/desk/T-1/working/agree", {"work": proposed})

        shown, after = section(before, desk.agreement.key), tom.get("/desk/misuse")
        assert ("1 charge for misuse waits for another person", 303) == (heading(before), agreed.status_code)
        assert [True] * 3 == [words in shown for words in ("GBP 100.00 per hour", "CE-55", "would be charged once approved")]
        assert ("Agree to charge W-1" in shown, "Propose to dismiss W-1" in shown) == (True, True)
        assert ("somebody else has to agree" in own, "Agree to charge" in own) == (True, False)
        assert "Agreed, is charged" in section(after, desk.agreement.key)
        assert "No charge for misuse waits for another person" == heading(after)

    def test_is_dismissed_by_two_persons_and_never_charged(self, tom, mara, desk, proposed):
        """One proposes to dismiss it, with a reason; once another confirmed, its fact holds no longer and nothing waits."""
        sent = {
            "kind": "correction",
            "agreement": desk.agreement.key,
            "subject": f"{proposed}-logged",
            "because": "It was down",
        }
        assert 303 == tom.post("/approvals", sent).status_code
        asked_for = section(mara.get("/desk/misuse"), desk.agreement.key)
        [approval] = list_waiting(kinds=("correction",))

        assert 303 == mara.post(f"/approvals/{approval.name}/confirm").status_code

        shown = tom.get("/desk/misuse")
        assert "to dismiss it waits for a second person" in asked_for
        assert "Dismissed, is not charged" in section(shown, desk.agreement.key)
        assert "No charge for misuse waits for another person" == heading(shown)
        assert [] == lines_of(desk.urgent, NOW)

    def test_a_call_that_was_misuse_leads_to_a_proposal(self, tom, desk):
        """Nothing follows from the call by itself; the page leads to where somebody proposes it."""
        call = services.record_call(
            agreement=desk.agreement, ticket=desk.urgent, by="person-2", called_at=NOW, taken_by=ground.STAFF, at=NOW
        )
        unmarked = section(tom.get("/desk/misuse"), desk.agreement.key)

        marked = tom.post("/desk/misuse", {"call": call.name, "because": "Asked for the weather"})

        assert (f"Mark {call.name} as misuse" in unmarked, 303) == (True, marked.status_code)
        links = [link.attributes.get("href") for link in read(tom.get("/desk/misuse")).find("a")]

        assert "/desk/T-1/work#misuse" in links


TILL = {"to": "Mon 16 Jun 2025 11:00 UTC", "queue": "40"}


class TestHighLoads:
    def test_is_declared_under_an_agreement_that_knows_it(self, tom, desk, monkeypatch):
        """It runs from when it is declared, and is a fact; an agreement that knows none is not offered."""
        agreement = sign_besides(monkeypatch, "redtrack")

        answer = tom.post("/desk/high-loads", {"agreement": agreement.key, **TILL})

        [fact] = ground.recorded(agreement, HighLoadDeclared)
        page = tom.get("/desk/high-loads")
        assert (303, NOW) == (answer.status_code, fact.from_at)
        assert "1 time of high load runs" == heading(page)
        assert "40 requests wait" in section(page, agreement.key)
        assert desk.agreement.key not in page.content.decode()

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"to": "soon"}, "is not a time"),
            ({"to": "Mon 16 Jun 2025 08:00 UTC"}, "would end before it begins"),
            ({"from": "Mon 16 Jun 2025 08:00 UTC"}, "counts from when it is declared"),
            ({"queue": "many"}, "in digits"),
        ],
    )
    def test_refused_says_why(self, tom, monkeypatch, changes, said):
        """Nothing is recorded, and what was typed stays."""
        agreement = sign_besides(monkeypatch, "redtrack")

        answer = tom.post("/desk/high-loads", {"agreement": agreement.key, **TILL, **changes})

        assert (422, []) == (answer.status_code, ground.recorded(agreement, HighLoadDeclared))
        assert said in plain(read(answer))

    def test_without_such_an_agreement_says_so(self, tom):
        assert "knows times of high load" in section(tom.get("/desk/high-loads"), "none")


class TestAppointments:
    @pytest.fixture
    def proposed(self, desk):
        return services.propose_appointment(
            ticket=desk.quiet, from_at=NOW + DAY, to_at=NOW + DAY + HOUR, side="customer", by=ground.CUSTOMER, at=NOW,
            words="Move the server",
        )  # fmt: skip

    def test_stand_by_whether_they_are_agreed(self, tom, proposed):
        waiting = tom.get("/desk/appointments")
        services.accept_appointment(appointment=proposed, side="provider", by=ground.STAFF, at=NOW)
        agreed = tom.get("/desk/appointments")

        assert ("Nothing is agreed", "1 appointment is agreed") == (heading(waiting), heading(agreed))
        assert "The customer proposed it; we answer." in section(waiting, "proposed")
        assert "Move the server" in section(agreed, "agreed")

    def test_are_a_calendar(self, tom, proposed):
        """What is not agreed is tentative; times are UTC."""
        text = tom.get("/desk/appointments.ics").content.decode()

        assert ["STATUS:TENTATIVE", "DTSTART:20250617T090900Z"] == [
            line for line in text.splitlines() if line.startswith(("STATUS", "DTSTART"))
        ][::-1]


class TestWhoIsTold:
    @pytest.fixture
    def policy(self, desk):
        return save_policy(name="Nights", steps=[WantedStep(0, (desk.people["tom"],))], at=NOW)

    def line(self, policy, **changes) -> dict[str, str]:
        return {"deed": "line", "policy": policy.slug, "when": "after", "hours": "always", "urgent": "yes", **changes}

    def test_a_line_is_kept_and_removed(self, tom, policy):
        tom.post("/desk/told", self.line(policy, agreement="acorn-code-enigma", priority="urgent"))
        [row] = Escalation.objects.all()
        shown = section(tom.get("/desk/told"), "lines")
        tom.post("/desk/told", {"deed": "no-line", "line": str(row.pk)})

        assert "Nights is told once the time is over" in shown
        assert "Of every clock on urgent tickets, around the clock." in shown
        assert 0 == Escalation.objects.count()

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"when": "before", "moment": "2 hours"}, "Nights is told 2 h before the time is over"),
            ({"when": "before", "moment": "75 %"}, "Nights is told once 75 % of the time is used"),
            ({"moment": "30 minutes", "counted": "yes"}, "Nights is told 30 min after the time is over, counted around"),
        ],
    )
    def test_a_line_can_have_a_moment_of_its_own(self, tom, policy, changes, said):
        tom.post("/desk/told", self.line(policy, **changes))

        assert said in section(tom.get("/desk/told"), "lines").replace("\u00a0", " ")

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"moment": "soon"}, "written such as 2 hours"),
            ({"moment": "75%"}, "before it is over"),
            ({"policy": "golf"}, "is called 'golf'"),
            ({"agreement": "acorn-code-enigma", "priority": "golf"}, "knows no priority 'golf'"),
            ({"agreement": "acorn-code-enigma", "clocks": "golf"}, "knows no clock 'golf'"),
            ({"when": "never"}, "Somebody is told before or after"),
        ],
    )
    def test_refused_says_what_is_known(self, tom, policy, changes, said):
        answer = tom.post("/desk/told", {**self.line(policy), **changes})

        assert (422, 0) == (answer.status_code, Escalation.objects.count())
        assert said.lower() in plain(read(answer)).replace("’", "'").lower()

    def test_outages_open_tickets_from_now_on_and_none_again(self, tom, desk):
        tom.post("/desk/told", {"deed": "outage", "under": desk.agreement.key, "as": "urgent"})
        shown = section(tom.get("/desk/told"), "outages")
        kept = OutageRule.objects.count()
        tom.post("/desk/told", {"deed": "no-outage", "under": desk.agreement.key})

        assert ("A ticket is opened as urgent." in shown, 1, 0) == (True, kept, OutageRule.objects.count())

    def test_without_a_policy_says_what_comes_first(self, tom):
        assert "Write an escalation policy first" in section(tom.get("/desk/told"), "lines")


def test_the_desk_leads_to_each(tom):
    """From the queue every room of the desk is one step away."""
    found = {link.attributes.get("href") for link in read(tom.get("/desk")).find("a")}

    rooms = ("appointments", "plans", "reviews", "prepaid", "misuse", "high-loads", "told", "macros", "templates")
    assert {f"/desk/{name}" for name in (*rooms, "attainment")} <= found
