"""Conditions of claims as sentences: of every shipped agreement, and of each way in which a condition can be written."""

from pathlib import Path

import pytest

from upheld.core.terms.claiming import Claim, bind_claim
from upheld.core.terms.conditions import read_condition
from upheld.core.terms.document import Document
from upheld.core.terms.place import Desk, Place
from upheld.interfaces.cli.rendering import AS_OF
from upheld.language import check
from upheld.pages.words.conditions import say_condition, say_conditions

AGREEMENTS = Path(__file__).parents[3] / "agreements"


def read_claim(name: str) -> Claim:
    """The only claim of a shipped agreement."""
    document = check((AGREEMENTS / f"{name}.md").read_text(encoding="utf-8"), as_of=AS_OF).document
    assert isinstance(document, Document)
    root = Place(Desk(document, {}, {}), (), document.blocks)
    [(named, place)] = root.below("claims").named()
    claim = bind_claim(named, place)
    assert claim is not None
    return claim


def test_each_ground_of_teamplify_is_said_as_what_must_be():
    """What is met is never named by what would refuse it."""
    expected = {
        "availability-met": "Uptime was not met",
        "not-responsible": "The provider answers for it",
        "no-ticket": "A ticket was opened",
        "ticket-late": "The ticket came within 5 business days after the end of the outage",
        "invoice-in-default": "No invoice is overdue",
        "claim-late": "The claim came within 5 business days after the end of the outage",
        "details-missing": "All details that are asked for are given",
    }

    assert expected == say_conditions(read_claim("teamplify"))


def test_a_claim_by_ticket_is_said_so():
    """`not-by-ticket` that does not hold reads as claimed by a ticket."""
    told = say_conditions(read_claim("code-enigma"))

    assert "Claimed by a ticket" == told["not-by-ticket"]
    assert "Uptime was missed or respond was missed" == told["nothing-missed"]
    assert "The cause is not unsupported software" == told["unsupported-software"]


@pytest.mark.parametrize(
    ("written", "held", "not_held"),
    [
        ({"missing": "ticket"}, "No ticket was opened", "A ticket was opened"),
        ({"channel": ["ticket", "email"]}, "Claimed by a ticket or an email", "Not claimed by a ticket or an email"),
        ({"claimed before": True}, "It was claimed before", "It was not claimed before"),
        ({"plan": ["gold"]}, "Plan is gold", "Plan is not gold"),
        ({"overdue": "more than 5"}, "Overdue is more than 5", "Overdue is at most 5"),
        ({"length": "under 15 minutes"}, "Length is under 15 minutes", "Length is at least 15 min"),
        (
            {"claim": "later than 3 months after period end"},
            "The claim came later than 3 months after the end of the period",
            "The claim came within 3 months after the end of the period",
        ),
        (
            {"claim": "later than end of month 1 after outage end"},
            "The claim came after the end of month 1 after the end of the outage",
            "The claim came before the end of month 1 after the end of the outage",
        ),
        ({"any": [{"plan": "a"}, {"plan": "b"}]}, "Plan is a or plan is b", "Plan is not a and plan is not b"),
        ({"plan": "a", "size": "b"}, "Plan is a and size is b", "Plan is not a or size is not b"),
        ({"not": {"plan": "a", "size": "b"}}, "Plan is not a or size is not b", "Plan is a and size is b"),
        (
            {"days late": "more than 3 elapsed days", "times": "at least 1", "within": "2 months"},
            "At least 1 time within 2 months: days late is more than 3 elapsed days",
            "Not at least 1 time within 2 months: days late is more than 3 elapsed days",
        ),
        ({"uptime": "missed", "in a row": "at least 2"}, "At least 2 times in a row: uptime was missed", None),
    ],
)
def test_each_way_to_write_a_condition_has_both_sentences(written, held, not_held):
    """One for when it holds, one for when it does not, each by itself."""
    document = Document({})
    condition = read_condition(Place(Desk(document, {}, {}), ("x",), written))

    assert held == say_condition(condition)
    assert not_held is None or not_held == say_condition(condition, wanted=False)
