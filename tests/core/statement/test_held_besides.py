"""Facts of money, access, duties and plans that nothing can be done with: shown with the reason, never dropped."""

import pytest

from tests.core.orchard import GONE, state, told, work
from upheld.core.money import Money

AT = "2025-06-10T10:00Z"


def held(*facts, **places) -> list[str]:
    return list(state(list(facts), **places).held)


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        (work("halp", AT, 5, "w"), "w: no charge of the agreement is called 'halp'; it is not charged"),
        (
            told("quote-given", AT, "q", quote="Q", charge="halp", amount=Money.parse("GBP 5"), by="p"),
            "q: no charge of the agreement is called 'halp'; it is a price for nothing",
        ),
        (told("quote-accepted", AT, "q", quote="Q", by="c"), "q: no quote is called 'Q'; nothing is accepted"),
        (
            told("volume-measured", AT, "v", charge="halp", name="disk", bytes=1),
            "v: no charge of the agreement is called 'halp'; it is not charged",
        ),
        (told("resource-ended", AT, "r", resource="R"), "r: no resource is called 'R'; it ends nothing"),
        (
            told("credit-applied", AT, "c", credit="late", amount=Money.parse("EUR 5")),
            "c: the credit is in EUR, the agreement's money in GBP; it is taken off no invoice",
        ),
        (
            told("switch-turned", AT, "s", switch="light", on=True, side="customer"),
            "s: no switch of the agreement is called 'light'; it opens nothing",
        ),
        (
            told("duty-asked", AT, "d", request="R", duty="sing", because="x"),
            "d: no duty of the agreement is called 'sing'; nothing of it is judged",
        ),
        (told("duty-done", AT, "d", duty="sing"), "d: no duty of the agreement is called 'sing'; nothing of it is judged"),
        (
            told("notice-sent", AT, "n", notice="news", about="x", to="y", by="z"),
            "n: no notice of the agreement is called 'news'; it tells of nothing",
        ),
        (told("plan-started", AT, "p", plan="dance"), "p: no plan of the agreement is called 'dance'; it begins nothing"),
        (told("plan-step-done", AT, "p", plan="dance", step="x"), "p: no plan of the agreement is called 'dance'; nothing"),
        (told("session-held", AT, "p", plan="dance"), "p: no plan of the agreement is called 'dance'; nothing of it"),
        (told("plan-signed-off", AT, "p", plan="dance", by="x"), "p: no plan of the agreement is called 'dance'; nothing"),
        (
            told("check-compared", AT, "k", check="pulse", subject="x", required=(), found=()),
            "k: no check of the agreement is called 'pulse'; nothing is compared",
        ),
        (
            told("person-named", AT, "m", role="king", person="x"),
            "m: no role of the agreement is called 'king'; it changes nobody's word",
        ),
        (
            told("version-published", AT, "e", version="1", effective_on="soon"),
            "e: 'soon' is not a date; nobody can be",
        ),
        (told("review-held", AT, "h", next_on="soon"), "h: 'soon' is not a date; no next review is known"),
    ],
)
def test_says_why_a_fact_changes_nothing(fact, reason):
    """Named with the fact, what it speaks of, and what becomes of it."""
    assert [reason] == [line[: len(reason)] for line in held(fact)]


def test_holds_nothing_that_is_known():
    """A charge, a topic, a plan without a name, a review without a next date, a person of a role."""
    facts = [
        work("help", AT, 5, "w1"), work("advice", AT, 5, "w2"), told("plan-started", AT, plan=""), told("review-held", AT),
        told("person-named", AT, role="main-person", person="x"), told("resource-started", AT, resource="R", kind="server"),
        told("resource-ended", "2025-06-11T10:00Z", resource="R"),
        told("credit-applied", AT, credit="late", amount=Money.parse("GBP 5")),
        told("version-published", AT, version="1", effective_on="2022-01-01"),
        told("quote-given", AT, quote="Q", charge="special", amount=Money.parse("GBP 5"), by="p"),
        told("quote-accepted", AT, quote="Q", by="c"),
    ]  # fmt: skip
    assert [] == held(*facts)


def test_an_agreement_without_instructions_has_no_roles():
    """Then a change of a person changes nothing, and that is told."""
    assert 1 == len(held(told("person-named", AT, role="main-person", person="x"), instructions=GONE))
