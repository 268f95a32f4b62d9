"""The leaves of many facts, written column by column, are what core's own writing of facts and of canonical JSON gives."""

from collections.abc import Callable
from functools import partial
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from upheld.apps.ledger.leaves import write_leaves
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
def batches(draw: st.DrawFn) -> Any:
    """Up to six facts of up to two kinds; every field has a few values, so that some of them share it and some do not."""
    made = []
    for kind in draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=2, unique=True)):
        few = {name: draw(st.lists(values_for(hint), min_size=1, max_size=2)) for name, (_, hint) in fields_of(kind).items()}
        for _ in range(draw(st.integers(1, 3))):
            given_fields = {
                name: draw(st.sampled_from(few[name]))
                for name, (is_needed, _) in fields_of(kind).items()
                if is_needed or draw(st.booleans())
            }
            made.append(KINDS[kind](**given_fields))
    return draw(st.permutations(made))


@settings(max_examples=400)
@given(batches())
def test_leaves_are_the_canonical_writing_of_their_facts(facts):
    """For every kind and any values, alone or together: the same bytes, or a refusal that one of them would meet alone."""
    alone = [outcome_of(partial(write_alone, fact)) for fact in facts]
    refusals = [outcome for outcome in alone if isinstance(outcome, str)]

    together = outcome_of(lambda: write_leaves(facts))

    assert together in refusals if refusals else [leaf for (leaf,) in alone] == together


def write_alone(fact: Any) -> list[bytes]:
    return [canonical_bytes(fact.to_json())]


def outcome_of(write: Callable[[], list[bytes]]) -> Any:
    try:
        return write()
    except NotCanonical as refused:
        return str(refused)
