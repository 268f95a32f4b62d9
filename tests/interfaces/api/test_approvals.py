"""What needs two persons, by the API: confirmed once, refused with a reason; appeals, and claims of a period."""

from typing import Any

import pytest
from django.test import Client

from upheld.apps.approvals.queries import list_waiting
from upheld.apps.ledger.queries import facts_of
from upheld.apps.oncall.models import Message
from upheld.core.facts import ClaimAppealed, ClaimFiled, CreditDecided, of_kind
from upheld.doors.confirming import KEPT

KEY = "acorn-harbour"
DECISION = {"granted": True, "because": "it took too long"}
REFUSED = {"granted": False, "because": "too late", "against_the_agreement": True}
APPEAL = {"because": "it was in time"}
CLAIM = {"credit": "tenfold", "channel": "email", "filed_at": "2026-03-02T09:00Z"}


def propose(cast: Any) -> str:
    """One of staff grants what is at discretion: it waits."""
    name: str = cast.post("/api/v1/credits/CR-1/decision", DECISION, "staff", key="first").json()["waits"]
    return f"/api/v1/approvals/{name}"


class TestConfirming:
    def test_is_done_by_a_second_person_once(self, cast: Any) -> None:
        """The same key again is answered alike; the credit is decided, and the customer is told, one time."""
        place = propose(cast)
        answers = [cast.post(f"{place}/confirm", member="administrator") for _ in range(2)]

        assert [(201, "CR-1 is granted")] * 2 == [(one.status_code, one.json()["done"]) for one in answers]
        assert 1 == len(of_kind(facts_of(KEY), CreditDecided))
        assert 1 == Message.objects.filter(key__startswith="CR-1:decided").count()

    def test_is_not_for_who_proposed_it(self, cast: Any) -> None:
        """By a token as on the pages."""
        assert 409 == cast.post(f"{propose(cast)}/confirm").status_code
        assert 1 == len(list_waiting())

    def test_a_refusal_says_why_and_ends_it(self, cast: Any) -> None:
        """Then nothing can be confirmed any more."""
        place = propose(cast)
        answer = cast.post(f"{place}/refuse", {"because": "too much"}, "administrator", key="no").json()

        assert ("too much", None) == (answer["refused_because"], answer["confirmed_at"])
        assert 409 == cast.post(f"{place}/confirm", member="administrator", key="yes").status_code
        assert [] == of_kind(facts_of(KEY), CreditDecided)

    def test_a_session_gives_its_password_again(self, cast: Any) -> None:
        """As on the pages after a quarter of an hour; a token has nobody to ask."""
        place = propose(cast)
        browser = Client()
        browser.force_login(cast.people["administrator"])
        kept = browser.session
        kept[KEPT] = 0
        kept.save()

        answer = browser.post(f"{place}/confirm", {}, content_type="application/json", headers={"Idempotency-Key": "k"})

        assert (403, True) == (answer.status_code, "quarter of an hour" in answer.json()["detail"])
        assert 1 == len(list_waiting())

    def test_lists_what_waits(self, cast: Any) -> None:
        """With its reason; what was decided only where it is asked for."""
        place = propose(cast)
        cast.post(f"{place}/refuse", {"because": "too much"}, key="no")

        assert [] == cast.get("/api/v1/approvals").json()
        assert ["it took too long"] == [one["because"] for one in cast.get("/api/v1/approvals", all="true").json()]


class TestAppeals:
    def test_come_from_the_customer_once(self, cast: Any) -> None:
        """Against a refusal, with a reason; somebody else of the provider decides."""
        assert 409 == cast.post("/api/v1/claims/C-1/appeal", APPEAL, "acorn", key="early").status_code
        cast.post("/api/v1/claims/C-1/decision", REFUSED, "staff", key="no")
        first = cast.post("/api/v1/claims/C-1/appeal", APPEAL, "acorn", key="a")
        again = cast.post("/api/v1/claims/C-1/appeal", APPEAL, "acorn", key="b")

        assert (201, 409, "it was in time") == (first.status_code, again.status_code, first.json()["appeal_because"])
        assert 1 == len(of_kind(facts_of(KEY), ClaimAppealed))
        decided = {"granted": True, "because": "we looked again"}
        assert 409 == cast.post("/api/v1/claims/C-1/appeal/decision", decided, "staff", key="c").status_code
        answer = cast.post("/api/v1/claims/C-1/appeal/decision", decided, "administrator", key="d")
        assert (201, False, True) == (answer.status_code, answer.json()["granted"], answer.json()["appeal_granted"])


class TestClaimsOfAPeriod:
    def test_name_no_outage(self, cast: Any) -> None:
        """The fact has the beginning of the period; without one, that of the last that was over."""
        start = "2026-02-01T00:00:00.000000Z"
        told = [
            cast.post(f"/api/v1/agreements/{KEY}/claims", {**CLAIM, **more}, key=key).json()["period_from_at"]
            for key, more in (("a", {"period_from_at": start}), ("b", {}))
        ]

        assert [start, start] == told
        assert [("", start)] * 2 == [(one.outage, str(one.period_from_at)) for one in of_kind(facts_of(KEY), ClaimFiled)[1:]]

    @pytest.mark.parametrize(
        ("more", "status"),
        [({"outage": "O-1", "period_from_at": "2026-02-01T00:00Z"}, 422), ({"period_from_at": "2027-02-01T00:00Z"}, 422)],
    )
    def test_do_not_fit(self, cast: Any, more: dict[str, str], status: int) -> None:
        """An outage lies in its own period, and a period that has not begun has nothing to claim."""
        assert status == cast.post(f"/api/v1/agreements/{KEY}/claims", {**CLAIM, **more}).status_code
