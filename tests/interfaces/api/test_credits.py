"""Credits by the API: listed with their reasons, decided once under a key, by the rules of two persons."""

from datetime import UTC, datetime

import pytest

from upheld.apps.approvals.queries import list_waiting
from upheld.apps.billing.models import Credit
from upheld.apps.ledger.queries import facts_of
from upheld.core.facts import CreditDecided, of_kind

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DECISION = {"granted": True, "because": "it took too long"}


def test_lists_what_is_the_askers(cast):
    """A customer's program sees its own credits, with where each stands."""
    found = cast.get("/api/v1/credits", "acorn").json()

    assert [("CR-1", "acorn-harbour", "claimed", "C-1")] == [
        (one["credit"], one["agreement"], one["state"], one["claim"]) for one in found
    ]


def test_tells_one_with_its_reasons(cast):
    """The tree of its finding, and what other senses of readings would give."""
    found = cast.get("/api/v1/credits/CR-1").json()

    assert ("credits/tenfold", True, "") == (found["rule"], bool(found["why"]["because"]), found["problem"])


def test_of_another_name_is_not_on_record(cast):
    """A name that nothing has, and one of somebody else, are answered alike."""
    assert [404, 404] == [cast.get(f"/api/v1/credits/{name}", "acorn").status_code for name in ("CR-99", "CR-2")]


def test_at_discretion_waits_for_a_second_person(cast):
    """The deed is done once for its key: one proposal waits, and nothing is decided."""
    answers = [cast.post("/api/v1/credits/CR-1/decision", DECISION) for _ in range(2)]

    [waiting] = list_waiting(kinds=("credit",))
    assert [(201, waiting.name, "claimed")] * 2 == [
        (answer.status_code, answer.json()["waits"], answer.json()["state"]) for answer in answers
    ]
    assert [] == of_kind(facts_of("acorn-harbour"), CreditDecided)


def test_by_right_on_a_claim_is_told_to_decide_the_claim(cast):
    """What cannot be decided so is a problem that says what to do."""
    Credit.objects.update(kind="right")

    answer = cast.post("/api/v1/credits/CR-1/decision", DECISION)

    assert (409, True) == (answer.status_code, "decide the claim C-1" in answer.json()["detail"])


@pytest.mark.parametrize("sent", [{}, {"granted": True}, {"granted": True, "because": " "}])
def test_without_a_reason_does_not_fit(cast, sent):
    """The customer reads the reason, so there is one."""
    assert 422 == cast.post("/api/v1/credits/CR-1/decision", sent).status_code


class TestCorrection:
    """A given credit is put right by two persons, by programs as on the pages."""

    def test_waits_for_a_second_person(self, cast):
        """Proposed under one key twice, one proposal waits; the credit is as it was."""
        Credit.objects.filter(number=1).update(
            state="granted", decided_by="person-1", confirmed_by="person-2", decided_at=NOW, because="so"
        )
        amount = Credit.objects.get(number=1).amount
        sent = {"amount": f"{amount.partition(' ')[0]} 2.00", "because": "it took longer"}

        answers = [cast.post("/api/v1/credits/CR-1/corrections", sent) for _ in range(2)]

        [waiting] = list_waiting(kinds=("credit correction",))
        assert [(201, waiting.name, amount)] * 2 == [
            (answer.status_code, answer.json()["waits"], answer.json()["amount"]) for answer in answers
        ]

    def test_of_what_is_not_given_is_a_conflict(self, cast):
        """What nobody granted is not corrected; and an amount has a measure."""
        said = {"amount": "EUR 2.00", "because": "it took longer"}

        assert 409 == cast.post("/api/v1/credits/CR-1/corrections", said).status_code
        Credit.objects.filter(number=1).update(
            state="granted", decided_by="person-1", confirmed_by="person-2", decided_at=NOW, because="so"
        )
        assert 422 == cast.post("/api/v1/credits/CR-1/corrections", {**said, "amount": "a lot"}).status_code
