"""What is refused says what was expected, what came, by which clause, and what to do next."""

import pytest
from django.test import Client

from tests.interfaces.api.routes import Route, address, body
from upheld.interfaces.api import refusing
from upheld.interfaces.api.problems import KINDS, MEDIA_TYPE

AGREEMENT = "/api/v1/agreements/acorn-harbour"
WORK = {"kind": "scheduled", "from_at": "2026-04-04T20:00Z", "to_at": "2026-04-04T22:00Z"}
CAUSES = Route("post", "/api/v1/outages/{name}/causes")
NOWHERE = ["/api/", "/api/v1/", "/api/v1/nothing", "/api/v2/agreements", "/api/v1/agreements/a%00b"]
CAUSE = body(CAUSES, "acorn")


class TestEveryProblem:
    def test_is_problem_json_with_a_next_step(self, cast):
        answer = cast.get("/api/v1/agreements/nothing")

        assert (404, MEDIA_TYPE) == (answer.status_code, answer["Content-Type"])
        assert {"type", "title", "status", "detail", "next"} == set(answer.json())

    def test_is_of_a_listed_kind(self, cast):
        """What `type` names is explained, with what usually helps."""
        listed = cast.get("/api/v1/problems").json()

        assert [f"/api/v1/problems#{kind.name}" for kind in KINDS] == [one["type"] for one in listed]

    def test_is_kept_by_nobody_on_the_way(self, cast):
        assert "private, no-store" == cast.get("/api/v1/agreements/nothing")["Cache-Control"]


class TestAddresses:
    @pytest.mark.parametrize("path", NOWHERE)
    def test_nothing_is_said_in_the_same_way(self, cast, path):
        """Also to whoever is not signed in, and with a byte in it that no name has."""
        answers = [cast.get(path, member) for member in ("staff", "nobody")]

        assert [404, 404] == [answer.status_code for answer in answers]
        assert {MEDIA_TYPE} == {answer["Content-Type"] for answer in answers}

    def test_a_method_that_is_not_taken_says_which_are(self, cast):
        answer = Client().delete(f"{AGREEMENT}/tickets")

        assert (405, "/api/v1/problems#not-this-way", MEDIA_TYPE) == (
            answer.status_code,
            answer.json()["type"],
            answer["Content-Type"],
        )
        assert {"GET", "POST"} == set(answer["Allow"].split(", "))


class TestBodies:
    @pytest.mark.parametrize(
        ("change", "at", "expected", "came"),
        [
            ({"from_at": "2026-04-04 20:00"}, "body.from_at", "is not an instant", "'2026-04-04 20:00'"),
            ({"from_at": 3}, "body.from_at", "an instant as text", "3"),
            ({"from_at": "1066-10-14T09:00Z"}, "body.from_at", "from 2000 to 2099", "'1066-10-14T09:00Z'"),
            ({"kind": None}, "body.kind", "a valid string", "None"),
            ({"kind": ""}, "body.kind", "at least 1 character", "''"),
            ({"reason": "a\x00b"}, "body.reason", "without control characters", r"'a\x00b'"),
            ({"why": "x"}, "body.why", "no such field", "one"),
        ],
    )
    def test_a_field_that_does_not_fit_is_named(self, cast, change, at, expected, came):
        """With its place, what belongs there, and what came."""
        answer = cast.post(f"{AGREEMENT}/windows", {**WORK, **change})

        assert 422 == answer.status_code
        [misfit] = answer.json()["misfits"]
        assert (at, came) == (misfit["at"], misfit["came"])
        assert expected in misfit["expected"]

    def test_all_that_does_not_fit_is_named_at_once(self, cast):
        answer = cast.post(f"{AGREEMENT}/windows", {"kind": 1, "to_at": "x"})

        assert ["body.kind", "body.from_at", "body.to_at"] == [one["at"] for one in answer.json()["misfits"]]

    def test_no_json_is_no_body(self, cast):
        answer = cast.post(f"{AGREEMENT}/windows", "{")

        assert (422, "the body is no JSON") == (answer.status_code, answer.json()["detail"])

    def test_work_ends_after_it_begins(self, cast):
        answer = cast.post(f"{AGREEMENT}/windows", {**WORK, "to_at": WORK["from_at"]})

        assert (422, "to") == (answer.status_code, answer.json()["misfits"][0]["at"])

    def test_a_kind_of_work_is_one_of_the_agreement(self, cast):
        answer = cast.post(f"{AGREEMENT}/windows", {**WORK, "kind": "nightly"}).json()

        assert ("nightly", True) == (answer["came"], "regular, scheduled" in answer["expected"])

    @pytest.mark.parametrize("amount", ["12 EUR", "EUR 1.005", "EUR -1.00", "EUR 1e9", 12, "EUR " + "9" * 40])
    def test_an_amount_is_one_that_the_ledger_writes_exactly(self, cast, amount):
        """Two decimals at most: a smaller part would be written as a fraction, which no reader of facts takes."""
        invoice = {"invoice": "x", "amount": amount, "issued_at": "2026-03-01T09:00Z", "due_at": "2026-03-15T09:00Z"}

        assert 422 == cast.post(f"{AGREEMENT}/invoices", invoice).status_code

    def test_what_did_not_happen_yet_is_not_recorded(self, cast):
        answer = cast.post(f"{AGREEMENT}/tickets", {"channel": "email", "received_at": "2026-03-11T09:00Z"})

        assert (422, "now or earlier: only what happened is recorded") == (answer.status_code, answer.json()["expected"])


class TestRules:
    def test_a_cause_says_what_shows_it(self, cast):
        """The sentence of the service, and which evidence the cause asks for."""
        answer = cast.post(address(CAUSES, "acorn"), {**CAUSE, "evidence": "hearsay"}).json()

        assert ("/api/v1/problems#not-this", "the cause storm is shown by probes; came 'hearsay'") == (
            answer["type"],
            answer["detail"],
        )

    def test_a_decision_against_the_agreement_says_so(self, cast):
        """Refusing what the agreement grants: not without saying so, with what was set aside in the fact."""
        refused = cast.post("/api/v1/claims/C-1/decision", {"granted": False, "because": "no"})
        said = {"granted": False, "because": "no", "against_the_agreement": True}

        done = cast.post("/api/v1/claims/C-1/decision", said, key="k-2")

        assert ("/api/v1/problems#not-now", 201) == (refused.json()["type"], done.status_code)
        assert "against the agreement" in done.json()["because"]

    def test_a_number_names_one_invoice(self, cast):
        """Another amount under the same number."""
        invoice = body(Route("post", "/invoices"), "acorn") | {"invoice": "2026-0", "amount": "EUR 1.00"}

        answer = cast.post(f"{AGREEMENT}/invoices", invoice)

        assert (409, True) == (answer.status_code, "is on record over EUR 720.00" in answer.json()["detail"])

    def test_a_payment_is_of_an_invoice(self, cast):
        answer = cast.post(f"{AGREEMENT}/payments", {"invoice": "x", "paid_at": "2026-03-01T09:00Z"}).json()

        known = "an invoice of acorn-harbour: 2026-0, INV-2026-0001"
        assert ("invoice", known) == (answer["misfits"][0]["at"], answer["expected"])

    def test_work_that_never_began_does_not_end(self, cast):
        answer = cast.post("/api/v1/windows/M-1/end")

        assert (409, "M-1 has not begun") == (answer.status_code, answer.json()["detail"].split(",")[0])


def test_a_fault_of_ours_tells_nothing_of_the_inside(cast, monkeypatch):
    """The log has it; the answer has none of it."""
    from upheld.interfaces.api import agreements

    monkeypatch.setattr(agreements, "list_agreements", lambda: 1 // 0)

    answer = cast.get("/api/v1/agreements")

    assert (500, "/api/v1/problems#fault") == (answer.status_code, answer.json()["type"])
    assert "zero" not in answer.content.decode()


def test_every_refusal_of_the_rooms_below_has_its_kind():
    """An error of a service that is not in the table would be a fault of ours."""
    from upheld.apps.billing import services as billing
    from upheld.apps.maintenance import services as maintenance
    from upheld.apps.probes import services as probes
    from upheld.apps.statements import services as statements

    raised = {
        found
        for room in (billing, maintenance, probes, statements)
        for found in vars(room).values()
        if isinstance(found, type) and issubclass(found, ValueError | LookupError)
    }
    # A correction is no deed of the API yet; terms that do not bind are told as CannotPrepare.
    assert {"CannotCorrect", "TermsDoNotBind"} == {
        one.__name__ for one in raised if not issubclass(one, tuple(refusing.RAISED))
    }


@pytest.mark.parametrize(("odd", "status"), [("e\u0301", 201), ("x" * 51, 422), ("a\0b", 422)])
def test_a_name_that_no_row_holds_is_refused_or_tidied(cast, odd, status):
    """Letters in parts are put together; what is too long, or no text, is refused: nothing fails inside."""
    ticket = {"channel": "email", "received_at": "2026-02-14T10:00Z", "outage": odd}
    claim = {"credit": "tenfold", "outage": "O-1", "channel": "email", "filed_at": "2026-02-14T10:00Z", "ticket": odd}

    answers = [
        cast.post("/api/v1/agreements/acorn-harbour/tickets", ticket, key="t"),
        cast.post("/api/v1/agreements/acorn-harbour/claims", claim, key="c"),
        cast.post("/api/v1/agreements/acorn-harbour/tickets", {**ticket, "channel": "x" * 51, "outage": ""}, key="x"),
    ]

    assert [status, status, 422] == [answer.status_code for answer in answers]


def test_a_number_with_a_line_break_is_refused(cast):
    """It would be the name of a fact."""
    sent = {
        "invoice": "2026\n1", "amount": "EUR 1.00", "issued_at": "2026-02-01T00:00Z", "due_at": "2026-03-01T00:00Z",
    }  # fmt: skip

    answer = cast.post("/api/v1/agreements/acorn-harbour/invoices", sent)

    assert (422, True) == (answer.status_code, "printable text" in answer.json()["detail"])
