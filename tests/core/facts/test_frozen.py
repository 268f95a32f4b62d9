"""Frozen classes: values by place or name, never changed, equal by what they hold."""

import copy
import pickle
from dataclasses import FrozenInstanceError, field, replace
from typing import Any

import pytest

from upheld.core.facts.frozen import Frozen, frozen_class


@frozen_class
class Promise(Frozen):
    """What the tests make."""

    name: str
    most: int = 3
    rates: dict[str, int] = field(default_factory=dict)


make: Any = Promise


class TestMaking:
    def test_takes_values_by_place_and_by_name(self) -> None:
        """A value is given by its place or by its name; the rest is as usual."""
        assert Promise("answer", 4) == Promise(name="answer", most=4, rates={})
        assert (Promise("answer").most, Promise("answer").rates) == (3, {})

    def test_makes_the_usual_map_anew(self) -> None:
        """What was put into the map of one does not stand in that of another."""
        first = Promise("first")
        first.rates["a"] = 1
        assert {} == Promise("second").rates

    @pytest.mark.parametrize(
        ("placed", "named", "told"),
        [
            ((), {}, "Promise needs name"),
            (("a", 1, {}, 4), {}, "Promise has 3 fields with a place, and 4 were given"),
            (("a",), {"name": "b"}, "Promise is given name twice"),
            (("a",), {"colour": "b"}, "Promise knows no colour"),
        ],
    )
    def test_tells_what_does_not_fit(self, placed: tuple[Any, ...], named: dict[str, Any], told: str) -> None:
        """A missing, surplus, doubled or unknown value is refused, and the refusal names it."""
        with pytest.raises(TypeError, match=f"^{told}$"):
            make(*placed, **named)


class TestKeeping:
    def test_cannot_be_changed(self) -> None:
        """Neither set nor deleted once it is made."""
        promise: Any = Promise("answer")
        with pytest.raises(FrozenInstanceError, match="Promise cannot be changed: most"):
            promise.most = 4
        with pytest.raises(FrozenInstanceError, match="Promise cannot be changed: most"):
            del promise.most

    def test_is_what_it_holds(self) -> None:
        """Copies and changed copies are equal where every field is, and show their fields."""
        promise = Promise("answer", rates={"a": 1})
        assert [promise] * 3 == [copy.deepcopy(promise), pickle.loads(pickle.dumps(promise)), replace(promise)]
        assert promise != replace(promise, most=4)
        assert "Promise(name='answer', most=3, rates={'a': 1})" == repr(promise)

    def test_is_one_key(self) -> None:
        """Two that hold the same are one key of a map; what is of another class is never equal."""
        assert hash(Frozen()) == hash(Frozen())
        assert Promise("answer") != "answer"
