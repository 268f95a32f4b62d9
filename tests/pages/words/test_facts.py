"""Every kind of fact reads as a sentence of plain words."""

import dataclasses
from typing import Any, get_args, get_type_hints

import pytest

from upheld.core.facts.record import KINDS
from upheld.core.money import Money
from upheld.core.timeline import HOUR, Instant
from upheld.pages.words import NBSP, tell_fact

MOMENT = Instant.parse("2026-08-28T14:50Z")
OWN = {"id": "f-1", "agreement": "a", "occurred_at": MOMENT, "recorded_at": MOMENT, "source": "s"}


def kind_of(name: str) -> Any:
    """A kind of fact by its name, whose fields a type checker cannot know."""
    return KINDS[name]


def fill(kind: type[Any], field: str) -> Any:
    """A value for a field of a fact, by its type."""
    hint = get_type_hints(kind)[field]
    if Instant in (hint, *get_args(hint)):
        return MOMENT + HOUR if field.startswith(("to_", "ended", "until")) else MOMENT
    if Money in (hint, *get_args(hint)):
        return Money.parse("EUR 12.50")
    if bool in (hint, *get_args(hint)):
        return True
    if int in (hint, *get_args(hint)):
        return 60_000_000
    return ("one", "two") if str(hint).startswith("tuple") else field.replace("_", "-").upper()


def make(kind: type[Any], *, whole: bool) -> Any:
    """A fact of the kind: with every field, or only with those that it cannot do without."""
    fields = [field for field in dataclasses.fields(kind) if field.name not in OWN]
    needed = [f for f in fields if whole or (f.default is f.default_factory is dataclasses.MISSING)]
    return kind(**OWN, **{field.name: fill(kind, field.name) for field in needed})


@pytest.mark.parametrize("kind", sorted(KINDS), ids=str)
@pytest.mark.parametrize("whole", [True, False], ids=["whole", "least"])
def test_kind_is_told(kind: str, whole: bool):
    """Whether much or little of it is known, a fact is told without a gap, a brace or a field's name."""
    told = tell_fact(make(KINDS[kind], whole=whole)).replace(NBSP, " ")

    assert told == told.strip()
    assert not [flaw for flaw in ("  ", "{", "}", "None", "()", " ,", ",,", "_", "Instant", "Duration") if flaw in told]


def test_work_of_a_charge():
    """Work that is charged says how long it took, for what, and who answers for the need of it."""
    work = kind_of("work-logged/1")(
        **OWN, work="W-7", charge="data restore", from_at=MOMENT, lasted=5_400_000_000, count=2, request="T-3",
        responsible="customer", by="Lena",
    )  # fmt: skip

    told = (
        "work W-7 for data restore: 90 min, from Fri 28 Aug 2026 14:50 UTC, 2 times, asked for in T-3, "
        "caused by the customer, by Lena"
    )
    assert told == tell_fact(work).replace(NBSP, " ")


def test_person_of_a_role():
    """A role without a person is told as empty."""
    assert "from now on nobody is contact" == tell_fact(kind_of("person-named/1")(**OWN, role="contact", person=""))


def test_an_erased_person():
    """It is told by the mark alone."""
    assert "what stood behind person-7 was erased" == tell_fact(kind_of("person-erased/1")(**OWN, person="person-7"))


def test_access_and_notices():
    """Who was in says why and for how long; a notice says what it tells of."""
    used = kind_of("access-used/1")(**OWN, who="support", what="data", person="Tom", purpose="repair", ticket="T-9")
    sent = kind_of("notice-sent/1")(
        **OWN, notice="incident", about="O-1", to="ops@a.example", by="Lena", states=("cause", "end")
    )

    assert "Tom (support) had access, data, for repair, ticket T-9" == tell_fact(used).replace(NBSP, " ")
    assert "notice incident sent about O-1 to ops@a.example by Lena, stating cause and end" == tell_fact(sent).replace(
        NBSP, " "
    )
