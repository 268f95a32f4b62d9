"""Of all that can be done to a bundle, nothing that changes what it says goes through with the real key."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verify.samples import HARBOUR, IMPOSTOR, Issued, february, honest, issue, live_through_february, state
from upheld.core.proof import canonical_bytes
from upheld.verify import Outcome, read_container, verify_bundle, write_container

KEY = str(HARBOUR.key)
PLACES = st.integers(0, len(honest()) - 1)
LEAVES = st.integers(0, len(february().facts) - 1)


ENTRIES = ["agreement.md", "calendars.json", "checkpoint.txt", "facts.jsonl", "statement.json", "terms.json"]


def leaves_of(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The path of every value in a statement that is neither a map nor a list."""
    if isinstance(value, dict):
        return [place for key, item in value.items() for place in leaves_of(item, (*path, key))]
    if isinstance(value, list):
        return [place for key, item in enumerate(value) for place in leaves_of(item, (*path, key))]
    return [path]


FIGURES = leaves_of(json.loads(february().statement))
VALUES = st.one_of(st.integers(-9, 9), st.text("0123456789 %.", max_size=8), st.booleans(), st.none())


@given(PLACES, st.binary(min_size=0, max_size=6), st.integers(0, 6))
def test_no_stretch_of_bytes_can_be_replaced(place, put, length):
    """Bytes overwritten, put in or taken out, anywhere: not one bundle but the issued one is verified."""
    tampered = honest()[:place] + put + honest()[place + length :]

    assert (tampered == honest()) == (Outcome.VERIFIED == verify_bundle(tampered, KEY).outcome)


@settings(max_examples=60)
@given(st.lists(LEAVES, min_size=1, max_size=60), st.booleans())
def test_no_other_ledger_has_the_signed_root(places, is_resigned):
    """Facts dropped, doubled, reordered in any way: only the very same ledger goes with the provider's signature."""
    facts = tuple(february().facts[place] for place in places)
    other = replace(february(), facts=facts)
    packed = other.pack(IMPOSTOR) if is_resigned else other.pack(checkpoint=february().sign())

    assert (facts == february().facts) == (Outcome.VERIFIED == verify_bundle(packed, KEY).outcome)


@settings(max_examples=60)
@given(st.sampled_from(FIGURES), VALUES)
def test_no_value_of_a_statement_can_be_invented(path, value):
    """The provider itself states another value, anywhere, issues that and signs it: the value is named."""
    facts = live_through_february()
    stated = json.loads(february().statement)
    around = stated
    for step in path[:-1]:
        around = around[step]
    is_same, around[path[-1]] = canonical_bytes(around[path[-1]]) == canonical_bytes(value), value
    content = canonical_bytes(stated)

    report = verify_bundle(Issued((*facts, issue(state(facts), content)), content).pack(), KEY)

    assert is_same == (Outcome.VERIFIED == report.outcome)


@settings(max_examples=60)
@given(st.sampled_from(ENTRIES), st.binary(max_size=40), st.booleans())
def test_no_entry_can_be_replaced(name, content, is_added):
    """Any content in the place of an entry, or behind it, in a container that is made anew."""
    entries = read_container(honest())
    assert isinstance(entries, dict)
    put = entries[name] + content if is_added else content

    outcome = verify_bundle(write_container({**entries, name: put}), KEY).outcome

    assert (put == entries[name]) == (Outcome.VERIFIED == outcome)
