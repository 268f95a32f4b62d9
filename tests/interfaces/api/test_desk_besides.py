"""Work, prices, times, instructions, plans, reviews, who is told and who is on call, for programs."""

import pytest

from tests.interfaces.api.routes import POLICY, ROTA

T3 = "/api/v1/tickets/T-3"
KEY = "/api/v1/agreements/acorn-harbour"


class TestWork:
    def test_is_shown_with_what_it_costs_and_waits_for_a_second_person(self, cast):
        """An hour of help costs its hour; another person agrees to it once."""
        before = cast.get(f"{T3}/worked").json()
        done = cast.post("/api/v1/work/W-1/approve").json()

        [work] = before["work"]
        assert ("W-1", True, False) == (work["work"], work["waits"], done["waits"])
        assert ["help"] == [line["charge"] for line in before["costs"]]
        assert ["Q-1"] == [quote["quote"] for quote in before["quotes"]]

    def test_time_bought_is_used_by_it(self, cast):
        [balance] = cast.get(f"{KEY}/prepaid", "acorn").json()

        assert ("300 min", "60 min", "240 min") == tuple(balance[part]["shown"] for part in ("bought", "used", "left"))
        assert [("T-3", ["W-1"])] == [(one["request"], one["work"]) for one in balance["taken"]]

    def test_under_a_foreign_quote_is_refused(self, cast):
        sent = {"charge": "help", "from_at": "2026-02-15T09:00Z", "lasted": 1, "quote": "Q-2"}

        answer = cast.post(f"{T3}/worked", sent)

        assert (422, "one of the quotes of this ticket") == (answer.status_code, answer.json()["expected"])

    def test_a_price_is_accepted_once(self, cast):
        """The same answer comes again; after it nobody declines."""
        accepted = cast.post("/api/v1/quotes/Q-1/accept", {}, "acorn", key="a").json()
        declined = cast.post("/api/v1/quotes/Q-1/decline", {}, "acorn", key="b")

        assert accepted["accepted_at"] is not None
        assert 422 == declined.status_code


class TestAgreed:
    def test_a_time_is_answered_by_the_other_side(self, cast):
        """Ours waits for the customer: we cannot accept it for them."""
        address = f"{T3}/appointments/1/accept"

        refused, accepted = cast.post(address, {}, key="a"), cast.post(address, {}, "acorn", key="b")

        assert (422, "accepted") == (refused.status_code, accepted.json()["state"])
        assert ["accepted"] == [one["state"] for one in cast.get("/api/v1/appointments", "acorn").json()]

    def test_an_instruction_is_the_customers_own_word(self, cast):
        told = cast.post(f"{T3}/instructions", {"what": "Delete it"}, "acorn", key="a").json()
        nobody = cast.post(f"{T3}/instructions", {"what": "Delete it"}, key="b")
        done = cast.post(f"{T3}/instructions/1/carry-out", key="c").json()

        assert (None, 422) == (told["counts"], nobody.status_code)
        assert done["carried_out_at"] is not None


class TestPlan:
    def test_goes_step_by_step_to_the_customers_word(self, cast):
        plan = f"{KEY}/plans/onboarding"
        cast.post(f"{plan}/start", key="a")
        cast.post(f"{plan}/steps", {"step": "account"}, key="b")
        cast.post(f"{plan}/sessions", key="c")
        told = cast.post(f"{plan}/sign-off", {}, "acorn", key="d").json()

        assert ("signed off", ["account"], 1) == (told["state"], told["done"], told["sessions_held"])
        assert [told] == cast.get(f"{KEY}/plans", "acorn").json()

    @pytest.mark.parametrize(
        ("end", "sent", "status"),
        [("golf/start", {}, 404), ("onboarding/steps", {"step": "account"}, 422), ("onboarding/sign-off", {}, 422)],
    )
    def test_that_is_not_begun_goes_nowhere(self, cast, end, sent, status):
        assert status == cast.post(f"{KEY}/plans/{end}", sent).status_code


class TestReview:
    def test_written_for_the_customer_is_theirs_to_read(self, cast):
        """One that was not is not there for them."""
        made = cast.post(f"{KEY}/reviews", {"summary": "Among us"}).json()

        assert [404, 200] == [cast.get(f"/api/v1/reviews/{name}", "acorn").status_code for name in (made["review"], "R-1")]
        assert ["R-1"] == [one["review"] for one in cast.get("/api/v1/reviews", "acorn").json()]

    def test_an_action_is_done_with_what_shows_it(self, cast):
        done = cast.post("/api/v1/reviews/R-1/actions/1/done", {"evidence": "alarm at 80 %"}, key="a").json()
        nowhere = cast.post("/api/v1/reviews/R-1/actions/9/done", {"evidence": "x"}, key="b")

        assert ("alarm at 80 %", 404) == (done["evidence"], nowhere.status_code)

    def test_a_meeting_names_the_next(self, cast):
        cast.post(f"{KEY}/meetings", {"next_on": "2026-09-30"}, key="a")
        wrong = cast.post(f"{KEY}/meetings", {"next_on": "soon"}, key="b")

        assert (["2026-09-30"], 422) == (
            [one["next_on"] for one in cast.get(f"{KEY}/meetings", "acorn").json()], wrong.status_code
        )  # fmt: skip


class TestOnCall:
    def test_rotas_and_policies_are_written_by_administrators(self, cast):
        """Staff are told who may; what was written holds at once."""
        asked = (("/api/v1/rotas", ROTA), ("/api/v1/policies", POLICY))
        refused = [cast.post(path, sent).status_code for path, sent in asked]
        rota = cast.post("/api/v1/rotas", ROTA, "administrator", key="a").json()
        policy = cast.post("/api/v1/policies", {**POLICY, "steps": [{"after_minutes": 0, "rotas": ["nights"]}]},
                           "administrator", key="b").json()  # fmt: skip

        assert ([403, 403], "nights", 1) == (refused, rota["slug"], len(policy["steps"]))

    @pytest.mark.parametrize(
        ("path", "sent"),
        [
            ("rotas", {**ROTA, "zone": "Mars/Olympus"}),
            ("rotas", {**ROTA, "layers": [{"people": ["acorn@example.org"], "begins_on": "2026-04-06"}]}),
            ("rotas", {**ROTA, "layers": [{"people": ["staff@example.org"], "begins_on": "2026-02-30"}]}),
            ("policies", {**POLICY, "steps": [{"after_minutes": 0}]}),
            ("policies", {**POLICY, "steps": [{"after_minutes": 0, "rotas": ["golf"]}]}),
        ],
    )
    def test_what_would_wake_nobody_is_refused(self, cast, path, sent):
        assert 422 == cast.post(f"/api/v1/{path}", sent, "administrator").status_code

    def test_a_line_has_a_moment_of_its_own(self, cast):
        sent = {"policy": "acorn-shop", "when": "after", "minutes": 30, "around_clock": True}
        made = cast.post("/api/v1/escalations", sent, key="a").json()
        sent = {"policy": "acorn-shop", "when": "before", "minutes": 5, "percent": 5}
        both = cast.post("/api/v1/escalations", sent, key="b")

        assert (30, None, True, 422) == (made["minutes"], made["percent"], made["around_clock"], both.status_code)

    def test_a_line_is_removed(self, cast):
        made = cast.post("/api/v1/escalations", {"policy": "acorn-shop", "when": "after"}, key="a").json()
        cast.post(f"/api/v1/escalations/{made['line']}/remove", key="b")

        assert [] == cast.get("/api/v1/escalations").json()
