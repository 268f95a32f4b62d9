"""One fact of every kind, made from its own annotations by hypothesis."""

from fractions import Fraction
from typing import Any, ClassVar, get_origin, get_type_hints

from hypothesis import strategies as st

from upheld.core.facts import KINDS, Fact
from upheld.core.money import Money
from upheld.core.timeline import Instant

instants = st.integers(0, 4 * 10**15).map(Instant)
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=6),
    int: st.integers(-(10**9), 10**9),
    bool: st.booleans(),
    Instant: instants,
    Instant | None: st.none() | instants,
    int | None: st.none() | st.integers(-(10**9), 10**9),
    Money: st.integers(-(10**6), 10**6).map(lambda cents: Money(Fraction(cents, 100), "EUR")),
    tuple[str, ...]: st.lists(st.text(max_size=6), max_size=3).map(tuple),
}


def facts_of(cls: type[Fact]) -> st.SearchStrategy[Fact]:
    hints = {name: hint for name, hint in get_type_hints(cls).items() if get_origin(hint) is not ClassVar}
    return st.builds(cls, **{name: VALUES[hint] for name, hint in hints.items()})


any_fact = st.sampled_from(sorted(KINDS)).flatmap(lambda name: facts_of(KINDS[name]))
