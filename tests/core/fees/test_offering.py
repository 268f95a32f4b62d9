"""What something costs, told before it begins."""

import pytest

from tests.core.orchard import bound
from upheld.core.explain import tell
from upheld.core.fees import offer


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("help", "help: GBP 100.00 per hour for each request, at least 60 min, in steps of 1 min"),
        ("advice", "advice: GBP 100.00 per hour for each request, at least 60 min, in steps of 1 min"),
        ("special", "special: the price is named by a quote, to be accepted first"),
        ("gift", "gift: free"),
        ("disaster", "disaster: nothing is charged"),
        ("mail", "mail: GBP 0.50 per letter for each letter"),
    ],
)
def test_tells_the_price(name, words):
    """Of a charge or a topic, in one sentence."""
    assert words == offer(bound(), name, {}).why.words


def test_tells_who_must_agree():
    """And whether it may be charged at all, as far as the circumstances are known."""
    known = {told: offer(bound(), "misuse", {"erroneous": told} if told else {}) for told in ("true", "false", "")}

    assert {"true": True, "false": False, "": None} == {told: found.may for told, found in known.items()}
    assert known["true"].why.words.endswith("in steps of 1 min; needs the approval of second person")
    assert ("misuse", None) == (known["true"].charge and known["true"].charge.name, known["false"].charge)


def test_does_not_choose_between_cases():
    """Two cases that hold at once have no price."""
    cases = {"one": {"when": {"topic": "x"}}, "two": {"when": {"responsible": "customer"}}}
    found = offer(bound(charges__help__cases=cases), "help", {"topic": "x", "responsible": "customer"})

    assert (None, "undecided") == (found.may, found.why.value)
    assert any("between one and two" in words for words in tell(found.why))


def test_names_what_the_agreement_knows():
    """A name that nobody knows is an error that lists the others."""
    with pytest.raises(ValueError, match="has no charge and no topic 'halp'; it knows advice, disaster"):
        offer(bound(), "halp", {})
    with pytest.raises(ValueError, match="it knows none"):
        offer(bound(charges={}, topics={}), "halp", {})
