"""The leaf of a fact, written in one go, is what core's own writing of facts and of canonical JSON gives."""

from collections.abc import Callable
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from upheld.apps.ledger.facts import leaf_of
from upheld.core.facts import KINDS
from upheld.core.facts.record import fields_of
from upheld.core.money import Money
from upheld.core.proof import NotCanonical, canonical_bytes
from upheld.core.timeline import Instant

TEXTS = st.text(max_size=12) | st.sampled_from(["", "é", "é", '"\\\n\x7f', "\U0001f600", " "])
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(-(2**60), 2**60),
    bool: st.booleans(),
    Instant: st.integers(0, 2**51).map(Instant),
    Money: st.sampled_from([Money.parse("EUR 1.50"), Money.parse("USD -7")]),
}


def values_for(hint: Any) -> st.SearchStrategy[Any]:
    if hint in PLAIN:
        return PLAIN[hint]
    options = [kind for kind in get_args(hint) if kind not in (type(None), ...)]
    if type(None) in get_args(hint):
        return st.none() | values_for(options[0])
    return st.lists(values_for(options[0]), max_size=3).map(tuple)


@st.composite
def facts(draw: st.DrawFn) -> Any:
    kind = draw(st.sampled_from(sorted(KINDS)))
    given_fields = {
        name: draw(values_for(hint))
        for name, (is_needed, hint) in fields_of(kind).items()
        if is_needed or draw(st.booleans())
    }
    return KINDS[kind](**given_fields)


@settings(max_examples=400)
@given(facts())
def test_a_leaf_is_the_canonical_writing_of_its_fact(fact):
    """For every kind and any values: the same bytes, or the same refusal."""
    assert outcome_of(lambda: canonical_bytes(fact.to_json())) == outcome_of(lambda: leaf_of(fact))


def outcome_of(write: Callable[[], bytes]) -> Any:
    try:
        return write()
    except NotCanonical as refused:
        return str(refused)
