"""The watch over findings sees floats, wherever in a finding they hide."""

from fractions import Fraction
from typing import Any

import pytest

from upheld.core.explain import Count, Finding, Share, Step, Verdict
from upheld.core.timeline import Instant, Span

FEBRUARY = Span(Instant.parse("2026-02-01T00:00:00Z"), Instant.parse("2026-03-01T00:00:00Z"))
WHOLE = Share(Fraction(2153, 2158))


def make(value: Any, lower: Any = None, quantities: Any = (), because: Any = ()) -> Finding:
    """A finding made of anything; the types are let off, since a float is what they do not see."""
    why = Step(value=WHOLE, words="the share", because=because)
    return Finding("availability", FEBRUARY, value, Verdict.MET, why, lower=lower, quantities=quantities)


def test_an_exact_finding_is_let_through():
    """Whole numbers and fractions, at any depth, are in order."""
    finding = make(WHOLE, quantities=(("outages", Count(2, "outages")),), because=(Step(value=WHOLE, words="it"),))

    assert finding.value == WHOLE


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        ("finding.value", {"value": 2153 / 2158}),
        ("finding.value.exact", {"value": Share(2153 / 2158)}),  # type: ignore[arg-type]
        ("finding.lower", {"value": WHOLE, "lower": 0.5}),
        ("finding.quantities[0][1]", {"value": WHOLE, "quantities": (("down", 1.0),)}),
        ("finding.why.because[0].value", {"value": WHOLE, "because": (Step(value=1 / 3, words="a third"),)}),  # type: ignore[arg-type]
    ],
)
def test_a_float_in_a_finding_is_found(place, wrong):
    """A quotient that slipped in is refused when the finding is made, with its place inside it."""
    with pytest.raises(AssertionError, match="a finding holds a float") as refused:
        make(**wrong)

    assert f"{place} = " in str(refused.value)
