"""What people do on the pages: each by a plain form, each a fact, each refused in a sentence at its field."""

import json
import subprocess
import sys
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from tests.interfaces import cast
from tests.interfaces.console.reading import fields_of, heading, plain, problems_on, read, with_class
from upheld.apps.ledger.queries import facts_of
from upheld.apps.ledger.services import open_signer
from upheld.apps.maintenance.services import write_notices
from upheld.apps.oncall.models import Message
from upheld.core.facts import (
    CauseApproved,
    CauseAssigned,
    StatementIssued,
    WindowCancelled,
    WindowEnded,
    WindowPlanned,
    WindowStarted,
    of_kind,
)
from upheld.gateways.pyz import read_page, read_verifier

pytestmark = pytest.mark.django_db

OUTAGE = "/outages/O-1"
CAUSE = {
    "cause": "customer-isp", "starts": "Thu 23 Jul 2026 15:30 UTC", "ends": "", "evidence": "supplier-notice",
    "note": "their line was cut",
}  # fmt: skip
PLAN = {
    "service": cast.ACORN, "kind": "scheduled", "starts": "Sat 12 Sep 2026 20:00 UTC", "ends": "Sat 12 Sep 2026 23:00 UTC",
    "reason": "a new disk",
}  # fmt: skip
STATEMENT = "/statements/acorn-legal/teamplify"


def recorded(kind):
    return of_kind(facts_of(cast.ACORN), kind)


class TestAssigningACause:
    def test_is_a_fact_with_a_name_under_it(self, tom, lived):
        """From half past three to its end the customer's provider was at fault; the first half hour counts."""
        answer = tom.post(OUTAGE, CAUSE)

        [fact] = recorded(CauseAssigned)
        assert (303, OUTAGE) == (answer.status_code, answer["Location"])
        assert ("customer-isp", f"person-{lived.people['tom'].pk}") == (fact.cause, fact.by)
        assert ("2026-07-23T15:30:00.000000Z", "2026-07-23T17:00:00.000000Z") == (str(fact.from_at), str(fact.to_at))
        assert "Down for 2 h; 30 min count" == heading(tom.get(OUTAGE))

    def test_is_told_on_the_next_page_once(self, tom):
        """With the number of its fact."""
        tom.post(OUTAGE, CAUSE)
        first, second = tom.get(OUTAGE), tom.get(OUTAGE)

        [toast] = with_class(read(first), "toast")
        assert "Cause customer-isp assigned to O-1." in plain(toast)
        assert [recorded(CauseAssigned)[0].id] == [
            facts_of(cast.ACORN)[int(link.attributes["href"].rpartition("/")[2])].id for link in toast.find("a")
        ]
        assert with_class(read(second), "toast") == []

    def test_from_the_form_as_it_stands_covers_the_whole_outage(self, tom):
        """What the page proposes is accepted to the microsecond."""
        answer = tom.post(OUTAGE, fields_of(tom.get(OUTAGE), OUTAGE))

        [fact] = recorded(CauseAssigned)
        assert 303 == answer.status_code
        assert ("own", "2026-07-23T15:00:00.000000Z", "2026-07-23T17:00:00.000000Z") == (
            fact.cause,
            str(fact.from_at),
            str(fact.to_at),
        )

    @pytest.mark.parametrize(
        ("change", "field", "said"),
        [
            ({"starts": "Thu 23 Jul 15:30"}, "starts", "has no zone; write for instance"),
            ({"starts": "Wed 23 Jul 2026 15:30 UTC"}, "starts", "that day is a Thursday"),
            ({"starts": "soon"}, "starts", "is not a time"),
            ({"ends": "Thu 23 Jul 2026 15:00 UTC"}, "ends", "To lies before From"),
            ({"ends": "Thu 23 Jul 2026 18:00 UTC"}, "ends", "O-1 lasted 2026-07-23T15:00"),
            ({"cause": "gremlins"}, "cause", "knows no cause 'gremlins'"),
            ({"evidence": "measurement"}, "evidence", "is shown by supplier-notice"),
        ],
    )
    def test_that_does_not_fit_is_said_at_its_field(self, change, field, said, tom):
        """Nothing is recorded, and what was typed stays."""
        answer = tom.post(OUTAGE, {**CAUSE, **change})

        [(target, sentence)] = problems_on(answer)
        assert (422, f"#f-{field}") == (answer.status_code, target)
        assert said in sentence
        assert "their line was cut" in plain(read(answer))
        assert recorded(CauseAssigned) == []

    def test_that_asks_for_a_second_person_waits_for_one(self, tom, mara, lived):
        """Tom puts it, and cannot approve it; Mara does, and then it holds."""
        tom.post(
            OUTAGE,
            {**CAUSE, "cause": "outside-control", "evidence": "written-reason", "starts": "Thu 23 Jul 2026 15:00 UTC"},
        )
        waiting = tom.get(OUTAGE)
        [assigned] = recorded(CauseAssigned)

        own = tom.post(f"{OUTAGE}/approve", {"assignment": assigned.id})
        approved = mara.post(f"{OUTAGE}/approve", fields_of(mara.get(OUTAGE), f"{OUTAGE}/approve"))

        assert "Down for 2 h; 120 min count" == heading(waiting)
        assert "once a second person approves" in plain(read(waiting))
        assert (409, 303) == (own.status_code, approved.status_code)
        assert 1 == len(recorded(CauseApproved))
        assert "Down for 2 h; none of it counts" == heading(mara.get(OUTAGE))


class TestPlanning:
    def test_answers_before_anything_is_saved(self, tom):
        """Inside business hours and too late: all of it would count, and there is a nearest time."""
        late = {**PLAN, "starts": "Thu 3 Sep 2026 16:00 UTC", "ends": "Thu 3 Sep 2026 19:00 UTC"}
        answer = tom.get("/maintenance/plan/verdict", late)

        assert "All 180 min would count as down" in plain(read(answer))
        assert "Sat 5 Sep 00:00–03:00 UTC" in plain(read(answer))
        assert 1 == len(recorded(WindowPlanned))

    def test_says_what_it_would_cost(self, tom):
        """September bears 216 min; 180 of them would go."""
        late = {**PLAN, "starts": "Thu 3 Sep 2026 16:00 UTC", "ends": "Thu 3 Sep 2026 19:00 UTC"}
        cost = tom.get("/maintenance/plan.json", late).json()["verdict"]["cost"]

        assert ("216 min", "0 min", "180 min") == tuple(
            cost["budget"][part]["shown"] for part in ("allowed", "used", "running")
        )
        assert cost["amount"] is None

    def test_says_what_a_missed_month_would_cost(self, tom):
        """Four hours in September miss it: four full hours of a credit."""
        late = {**PLAN, "starts": "Thu 3 Sep 2026 08:00 UTC", "ends": "Thu 3 Sep 2026 12:00 UTC"}
        cost = tom.get("/maintenance/plan.json", late).json()["verdict"]["cost"]

        # A month of 30 days: EUR 7,440.00 / 720 h x 10 x 4.
        assert "EUR 413.33" == cost["amount"]["shown"]

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"starts": ""}, "The time is missing; write for instance Thu 3 Sep 2026 16:00 UTC."),
            ({"starts": "Sat 12 Sep 20:00 UTC"}, "has no year"),
            ({"ends": "Sat 12 Sep 2026 19:00 UTC"}, "Ends lies before Starts."),
        ],
    )
    def test_says_what_is_missing_for_a_verdict(self, change, said, tom):
        """While one types, in place of the verdict."""
        answer = tom.get("/maintenance/plan/verdict", {**PLAN, **change})

        assert 200 == answer.status_code
        assert said in plain(read(answer))

    def test_saves_a_draft(self, tom):
        """A fact; nobody is told by it."""
        answer = tom.post("/maintenance/plan", {**PLAN, "deed": "draft"})

        assert (303, "/maintenance/M-2", 2) == (answer.status_code, answer["Location"], len(recorded(WindowPlanned)))
        assert "M-2 is planned; nobody is told yet." in plain(read(tom.get("/maintenance/M-2")))

    def test_without_a_script_asks_for_the_verdict_by_a_button(self, tom):
        """The page comes back with it, and nothing is saved."""
        answer = tom.post("/maintenance/plan", {**PLAN, "deed": "verdict"})

        assert (200, 1) == (answer.status_code, len(recorded(WindowPlanned)))
        assert "None of the 180 min would count: all of it out of base" in plain(read(answer))

    def test_without_a_script_takes_a_nearest_time(self, tom):
        """Its button fills the form."""
        sent = {**PLAN, "starts": "Thu 3 Sep 2026 16:00 UTC", "ends": "Thu 3 Sep 2026 19:00 UTC"}
        page = read(tom.post("/maintenance/plan", {**sent, "deed": "verdict"}))
        use = next(button.attributes["value"] for button in page.find("button") if button.attributes.get("name") == "use")

        taken = tom.post("/maintenance/plan", {**sent, "use": use})

        assert "None of the 180 min would count: all of it out of base" in plain(read(taken))
        assert "Sat 5 Sep 2026 00:00 UTC" == fields_of(taken, "/maintenance/plan")["starts"]

    def test_says_everything_that_is_wrong_at_once(self, tom):
        """Each at its field."""
        answer = tom.post(
            "/maintenance/plan", {**PLAN, "starts": "soon", "ends": "Sat 12 Sep 2026", "reason": "", "deed": "draft"}
        )

        assert 422 == answer.status_code
        assert ["#f-starts", "#f-ends", "#f-reason"] == [field for field, _ in problems_on(answer)]

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"kind": "party"}, "kind"),
            ({"service": "nobody"}, "service"),
            ({"starts": "Sat 1 Aug 2026 20:00 UTC", "ends": "Sat 1 Aug 2026 21:00 UTC"}, "ends"),
        ],
    )
    def test_refuses_what_cannot_be_planned(self, change, field, tom):
        """In the sentence of who refuses."""
        answer = tom.post("/maintenance/plan", {**PLAN, **change, "deed": "draft"})

        assert 422 == answer.status_code
        assert f"#f-{field}" in [target for target, _ in problems_on(answer)]
        assert 1 == len(recorded(WindowPlanned))

    def test_takes_a_time_in_the_agreements_zones(self, tom):
        """ISO 8601 as well as words."""
        answer = tom.post(
            "/maintenance/plan", {**PLAN, "starts": "2026-09-12T20:00Z", "ends": "2026-09-12T23:00+00:00", "deed": "draft"}
        )

        assert 303 == answer.status_code


class TestTheWork:
    def test_is_told_begun_and_ended(self, tom):
        """Each step is a form of one button, and a fact."""
        for deed in ("notice", "start", "end"):
            sent = fields_of(tom.get("/maintenance/M-1"), f"/maintenance/M-1/{deed}")
            assert 303 == tom.post(f"/maintenance/M-1/{deed}", sent).status_code

        assert (1, 1) == (len(recorded(WindowStarted)), len(recorded(WindowEnded)))
        assert 1 == tom.get("/maintenance/M-1.json").json()["row"]["status"].count("over")

    def test_is_cancelled_with_a_reason(self, tom):
        """Without one it is asked for."""
        without = tom.post("/maintenance/M-1/cancel", {"because": " "})
        given = tom.post("/maintenance/M-1/cancel", {"because": "the disk did not come"})

        assert (422, 303) == (without.status_code, given.status_code)
        assert ["the disk did not come"] == [fact.because for fact in recorded(WindowCancelled)]

    def test_that_was_told_of_is_taken_back_by_mail(self, tom):
        """The page says who is told; the worker writes the mail."""
        tom.post("/maintenance/M-1/notice")
        write_notices(write=lambda notice: ("work", "soon"), at=cast.NOW)
        Message.objects.update(sent_at=cast.NOW.utc(), due_at=None)

        answer = tom.post("/maintenance/M-1/cancel", {"because": "the disk did not come"})

        [toast] = with_class(read(tom.get(answer["Location"])), "toast")
        assert "M-1 is cancelled; ops@acorn-legal.example, who had notice of it, is told by mail." in plain(toast)

    def test_that_somebody_ended_first_is_told(self, tom):
        """His deed stands; here it is."""
        tom.post("/maintenance/M-1/cancel", {"because": "no disk"})
        answer = tom.post("/maintenance/M-1/start")

        assert (409, True) == (answer.status_code, "M-1 was cancelled" in plain(read(answer)))

    @pytest.mark.parametrize("place", ["/maintenance/M-9/start", "/maintenance/M-1/dance"])
    def test_that_is_not_there(self, place, tom):
        """Neither the work nor the deed."""
        assert 404 == tom.post(place).status_code


class TestStatements:
    def test_one_that_is_due_is_looked_at_and_issued(self, tom):
        """What would be stated, then what was: in the ledger, signed."""
        place = "/statements/kettle-media/teamplify/2026-07"
        before = tom.get(place)
        answer = tom.post(place, fields_of(before, place))

        assert "Not issued: this is what would be stated now" in plain(read(before))
        assert (303, place) == (answer.status_code, answer["Location"])
        assert heading(before) == heading(tom.get(place)) == "July 2026: availability was met"
        assert [f"{cast.KETTLE}/2026-07/1"] == [fact.statement for fact in of_kind(facts_of(cast.KETTLE), StatementIssued)]

    def test_of_a_month_that_runs_is_an_interim_one(self, tom):
        """And the button says so."""
        place = f"{STATEMENT}/2026-08"

        assert "Issue the interim statement" in plain(read(tom.get(place)))
        assert 303 == tom.post(place).status_code
        assert tom.get(f"{place}.json").json()["is_over"] is False

    def test_a_second_follows_the_first(self, tom):
        """A cause that came late: the first says that facts came after it, and keeps its figures."""
        tom.post(OUTAGE, CAUSE)
        first = tom.get(f"{STATEMENT}/2026-07")
        answer = tom.post(f"{STATEMENT}/2026-07/2", fields_of(first, f"{STATEMENT}/2026-07/2"))

        assert "Facts came after this one was issued" in plain(read(first))
        assert (303, f"{STATEMENT}/2026-07/2") == (answer.status_code, answer["Location"])
        assert "A later statement follows this one" in plain(read(tom.get(f"{STATEMENT}/2026-07")))
        assert "99.7311 %" in plain(read(tom.get(f"{STATEMENT}/2026-07")))
        assert "99.9327 %" in plain(read(tom.get(f"{STATEMENT}/2026-07/2")))

    def test_whoever_is_too_late_is_told(self, tom):
        """The first one stands."""
        answer = tom.post(f"{STATEMENT}/2026-07")

        assert (409, True) == (answer.status_code, "Somebody was faster" in plain(read(answer)))

    @pytest.mark.parametrize("place", ["2026-07/3", "2026-10", "2026-07/2/bundle.zip", "2026-08.pdf", "2026-07/1/why/9"])
    def test_one_that_is_not_there(self, place, tom):
        """Nothing is kept at this address."""
        assert 404 == tom.get(f"{STATEMENT}/{place}").status_code

    def test_json_is_what_was_issued_byte_for_byte(self, tom, lived):
        """The digest in the ledger is its digest."""
        answer = tom.get(f"{STATEMENT}/2026-07.json")

        assert bytes(lived.statement.content) == answer.content
        assert "acorn-legal-teamplify/2026-07/1" == json.loads(answer.content)["statement"]

    def test_paper_is_printed_from_it(self, tom):
        """The same bytes each time."""
        first, second = tom.get(f"{STATEMENT}/2026-07.pdf"), tom.get(f"{STATEMENT}/2026-07.pdf")

        assert ("application/pdf", True) == (first["Content-Type"], first.content.startswith(b"%PDF-"))
        assert first.content == second.content

    def test_table_is_a_file_for_a_spreadsheet(self, tom):
        """The button leads to it; its first row of figures is the promise of the page."""
        page = tom.get(f"{STATEMENT}/2026-07")
        [button] = [link for link in with_class(read(page), "btn") if plain(link) == "CSV"]
        answer = tom.get(button.attributes["href"])

        assert ("text/csv; charset=utf-8", 'attachment; filename="acorn-legal-teamplify-2026-07-1.csv"') == (
            answer["Content-Type"], answer["Content-Disposition"],
        )  # fmt: skip
        head, first, *_ = answer.content.decode().split("\r\n")
        assert head.startswith("kind,name,figure,exact,verdict,at least")
        assert first.startswith("figure,availability/uptime,")

    def test_one_that_is_not_issued_is_a_table_too(self, tom):
        """What would be stated of the running month."""
        answer = tom.get(f"{STATEMENT}/2026-08.csv")

        assert (200, True) == (answer.status_code, b"figure,availability/uptime," in answer.content)

    def test_both_verifiers_are_linked(self, tom, client):
        """From the page, for anybody: they are for those who do not trust us."""
        links = {plain(link): link.attributes["href"] for link in read(tom.get(f"{STATEMENT}/2026-07")).find("a")}

        programme, page = client.get(links["The verifier"]), client.get(links["The second verifier"])
        assert (read_verifier(), read_page()) == (programme.content, page.content)
        assert 'attachment; filename="upheld-verify.html"' == page["Content-Disposition"]

    def test_bundle_verifies_with_the_key_on_the_page(self, tom, tmp_path):
        """Downloaded as a browser does, checked as a customer does."""
        page = tom.get(f"{STATEMENT}/2026-07")
        [button] = [link for link in with_class(read(page), "btn") if plain(link) == "Download the bundle"]
        answer = tom.get(button.attributes["href"])
        bundle = tmp_path / "bundle.zip"
        bundle.write_bytes(answer.content)

        key = open_signer().verifier_key()
        verified = subprocess.run(
            [sys.executable, "-I", "-m", "upheld.verify", str(bundle), "--key", key], capture_output=True, text=True
        )

        assert (0, "") == (verified.returncode, verified.stderr)
        assert key in plain(read(page))
        assert 'filename="acorn-legal-teamplify-2026-07-1.zip"' in answer["Content-Disposition"]
        assert "statement.json" in ZipFile(BytesIO(answer.content)).namelist()

    def test_verifier_is_had_from_its_page_by_anybody(self, tom):
        """The one file, with its digest on the page; who has no account here gets the same."""
        page = read(tom.get(f"{STATEMENT}/2026-07"))
        [link] = [link for link in page.find("a") if plain(link) == "The verifier"]

        programme = Client().get(link.attributes["href"])

        assert (200, 'attachment; filename="upheld-verify.pyz"') == (programme.status_code, programme["Content-Disposition"])
        assert sha256(programme.content).hexdigest() in plain(page)
        assert read_verifier() == programme.content

    def test_lines_below_a_reason_are_a_page_and_a_part(self, tom):
        """For a person without scripts a page of its own, for a script the lines alone."""
        place = f"{STATEMENT}/2026-07/1/why/0?step=2"

        assert "Why 120 min" == heading(tom.get(place))
        part = tom.get(place, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part
        assert "O-1" in part
