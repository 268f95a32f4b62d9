"""Facts in which nobody stands go past the marks at once, and only those."""

from typing import Any, get_args

import pytest

from upheld.apps.parties.marking import fields_to_mark, list_names, mark_fact, mark_people, may_name
from upheld.core.facts import KINDS, Fact
from upheld.core.facts.record import fields_of
from upheld.core.money import Money
from upheld.core.timeline import Instant

pytestmark = pytest.mark.django_db

NOON = Instant.parse("2026-02-14T12:00Z")
PLAIN: dict[Any, Any] = {str: "web", int: 5, bool: True, Instant: NOON, Money: Money.parse("EUR 1.50")}
WORDS = "Please call Ada at ada@acorn.example, she knows what happened there"


def kind_of(hint: Any) -> Any:
    """The kind of value behind an annotation, as `str` of `tuple[str, ...]`."""
    options = [each for each in get_args(hint) if each not in (type(None), ...)]
    return kind_of(options[0]) if options else hint


def make(kind: str, /, **own: Any) -> Fact:
    needed = {name: PLAIN[kind_of(hint)] for name, (is_needed, hint) in fields_of(kind).items() if is_needed}
    return KINDS[kind](**{**needed, **own})


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_words_are_found_in_whatever_field_they_stand(kind):
    """Each field of each kind that can hold a text, alone among facts that hold none: marked as if it had come by itself."""
    plain = make(kind)
    for name in fields_to_mark(kind):
        hint = fields_of(kind)[name][1]
        if kind_of(hint) is not str:
            continue
        told = make(kind, **{name: WORDS if hint is str else (WORDS,)})

        assert (True, mark_fact(told, list_names)) == (may_name([plain, told]), mark_people([plain, told])[1])
        assert mark_people([plain, told])[1] != told


def test_a_seal_of_observations_names_nobody():
    """It is not looked at any further."""
    seals = [make("observations-sealed/1", id=f"sealed-{number}") for number in range(3)]

    assert (False, seals) == (may_name(seals), mark_people(seals))
