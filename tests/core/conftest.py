"""Every finding that any test of core makes is walked to its leaves: a float in it fails the test."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from upheld.core import explain


@pytest.fixture(autouse=True, scope="session")
def _no_finding_holds_a_float() -> Iterator[None]:
    """int / int makes a float that no reader of the source sees: so look at what comes out, whatever test made it."""
    original = explain.Finding.__init__

    def make_finding(finding: Any, *values: Any, **named: Any) -> None:
        original(finding, *values, **named)
        if places := list(find_floats(finding, "finding")):
            raise AssertionError(f"a finding holds a float: {', '.join(places)}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(explain.Finding, "__init__", make_finding)
        yield


def find_floats(value: object, place: str) -> Iterator[str]:
    """The places of all floats and complex numbers in a value made of data classes, tuples, lists, sets and mappings."""
    if isinstance(value, float | complex):
        yield f"{place} = {value!r}"
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from find_floats(getattr(value, field.name), f"{place}.{field.name}")
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from find_floats(key, f"{place} key {key!r}")
            yield from find_floats(held, f"{place}[{key!r}]")
    elif isinstance(value, list | tuple | set | frozenset):
        for number, held in enumerate(value):
            yield from find_floats(held, f"{place}[{number}]")
