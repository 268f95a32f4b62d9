"""Nothing in core or verify makes a float."""

import pytest

from tests.house.guards.exactness import find_floats

WRONGS = ["1.5", "float(3)", "round(x)", "span.total_seconds()", "at.timestamp()", "2j", "__import__('x').y(0.1)"]


def test_core_and_verify_are_exact(house):
    """No float literal, and none of the names that make floats, occurs in the rooms whose figures are evidence."""
    assert find_floats(house) == []


@pytest.mark.parametrize("room", ["core", "verify"])
@pytest.mark.parametrize("wrong", WRONGS)
def test_finds_a_planted_float(plant, room, wrong):
    """A float planted anywhere in the two rooms is reported with its file and line."""
    root = plant({f"src/upheld/{room}/credits/bands.py": f"x = at = span = 1\n\ny = {wrong}\n"})

    [found] = find_floats(root)

    assert found.startswith(f"src/upheld/{room}/credits/bands.py:3: ")


@pytest.mark.parametrize("wrong", ["import math", "from math import gcd", "from statistics import mean"])
def test_finds_a_planted_import_of_inexact_functions(plant, wrong):
    """An import of a module that works in floats is reported before anything of it is called."""
    root = plant({"src/upheld/core/money/amount.py": f"{wrong}\n"})

    [found] = find_floats(root)

    assert found.startswith("src/upheld/core/money/amount.py:1: ")


def test_leaves_other_rooms_alone(plant):
    """A prober may wait half a second: only the judge and the verifier are held to exactness."""
    root = plant({"src/upheld/interfaces/prober/pace.py": "wait = 0.5\n", "src/upheld/core/pace.py": "wait = 5\n"})

    assert find_floats(root) == []
