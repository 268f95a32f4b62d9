"""What was found held against what is required."""

from typing import Any

import pytest

from tests.core.orchard import JUNE, bound, told
from upheld.core.duties import compare_sets, judge_checks
from upheld.core.explain import Verdict, tell

REQUIRED = ("ana.ns.example", "bob.ns.example")


def compared(found: tuple[str, ...], at: str = "2025-06-10T10:00Z", check: str = "delegation", required=REQUIRED):
    return told("check-compared", at, f"{check}-{at}", check=check, subject="shop.example", required=required, found=found)


@pytest.mark.parametrize(
    ("found", "exactly", "at_least"),
    [
        (REQUIRED, True, True),
        (tuple(reversed(REQUIRED)), True, True),
        (("ANA.ns.example.", "bob.ns.example", "bob.NS.example"), True, True),
        ((*REQUIRED, "old.ns.example"), False, True),
        (("ana.ns.example",), False, False),
        ((), False, False),
    ],
)
def test_sets_are_equal_or_held(found, exactly, at_least):
    """Neither order, capitals, a final dot nor saying one twice makes a difference; one too many or too few does."""
    other: dict[str, Any] = {"services__shop__checks__delegation__expect": "at least the given ones"}
    checks = [terms.besides.checks["delegation"] for terms in (bound(), bound(**other))]
    assert [exactly, at_least] == [compare_sets(check, REQUIRED, found).agrees for check in checks]


def test_names_what_is_missing_and_what_is_too_much():
    """Both, in the words of the reasons."""
    found = compare_sets(bound().besides.checks["delegation"], REQUIRED, ("ana.ns.example", "old.ns.example"))
    assert (("bob.ns.example",), ("old.ns.example",)) == (found.missing, found.surplus)
    assert found.why.words.endswith("missing: bob.ns.example; too many: old.ns.example")
    assert ("OR-16",) == found.why.clauses


@pytest.mark.parametrize("places", [{"services__shop__checks__banner": {"is": "a banner"}}, {}])
def test_is_undefined_where_nothing_says_how_they_agree(places):
    """A check that expects a greeting, or nothing, compares no names; nor does one without a requirement."""
    checks = bound(**places).besides.checks
    assert compare_sets(checks["banner"], REQUIRED, REQUIRED).agrees is None
    assert compare_sets(checks["delegation"], (), ()).agrees is None


def test_a_statement_tells_of_every_comparison():
    """One finding for each check: how many differ, and each comparison under it."""
    facts = [
        compared(REQUIRED), compared(REQUIRED[:1], "2025-06-11T10:00Z"), compared((), "2025-07-11T10:00Z"),
        compared(REQUIRED, check="banner"), compared(REQUIRED, check="nobody"),
    ]  # fmt: skip
    delegation, banner = judge_checks(bound(), facts, JUNE)

    assert ("checks/delegation", "1 differing comparison", "no") == (
        delegation.rule,
        delegation.shown,
        delegation.quantity("met"),
    )
    assert any("shop.example, Wed 11 Jun 2025 10:00 UTC" in line for line in tell(delegation.why))
    assert ("checks/banner", Verdict.UNDEFINED) == (banner.rule, banner.verdict)
    assert ["yes"] == [one.quantity("met") for one in judge_checks(bound(), facts[:1], JUNE)]
