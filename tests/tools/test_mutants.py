"""Mutants: what is changed, what is left alone, and that the right code survives."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tools.mutants.changes import Change, Mutant, list_changes, write_mutant
from tools.mutants.reach import Reach, join
from tools.mutants.stages import list_stages
from tools.mutants.trial import Wrong

ROOT = Path(__file__).parents[2]
SUM = "src/upheld/core/money/__init__.py"


def changes(text: str) -> list[str]:
    """Each change of a text, as the line that it makes of the last one."""
    made = map(write_mutant, list_changes("upheld.core.x", "x.py", textwrap.dedent(text)))
    return [f"{mutant.what}: {mutant.source.splitlines()[-1].strip()}" for mutant in made]


class TestListChanges:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("found = one < two", ["Lt -> LtE: found = one <= two"]),
            ("found = one + 1", ["Add -> Sub: found = one - 1", "1 -> 2: found = one + 2"]),
            ("found = not one", ["not x -> not not x: found = not not one"]),
            ("found = any(each)", ["any -> all: found = all(each)"]),
            ("found = one and True", ["And -> Or: found = one or True", "True -> False: found = one and False"]),
        ],
    )
    def test_changes_one_thing_at_a_time(self, text, expected):
        """An operator, a constant or a word; each mutant has one change, and says which."""
        assert expected == changes(text)

    @pytest.mark.parametrize(
        "text", ['"""One of 2."""', 'words = f"{one + 1} of them"', "raise ValueError(1)", "one: Literal[1]", "import x"]
    )
    def test_leaves_alone_what_no_test_should_hold_fast(self, text):
        """Sentences for readers, annotations and imports."""
        assert [] == changes(text)

    def test_knows_the_lines_of_the_statement(self):
        """Whoever comes past the head of a statement meets the change; the body of it is another statement's."""
        text = "def f(\n    at=1,\n):\n    if at == (\n        2\n    ):\n        return [\n            3\n        ]\n"
        found = {change.what: change.statement for change in list_changes("x", "x.py", text)}

        assert found == {
            "1 -> 2": range(1, 4), "Eq -> NotEq": range(4, 7), "the condition turned round": range(4, 7),
            "2 -> 3": range(4, 7), "3 -> 4": range(7, 10),
        }  # fmt: skip


QUICK, SLOW, FAR = (
    "tests/core/money/test_amount.py::quick",
    "tests/core/money/test_amount.py::slow",
    "tests/core/test_x.py::far",
)
OTHER = "tests/clauses/test_clauses.py::other"
SECONDS = {SLOW: 2.0, FAR: 0.1, QUICK: 1.0, OTHER: 0.5}


class TestListStages:
    @pytest.mark.parametrize(
        ("met", "expected"),
        [
            ({FAR, SLOW, QUICK}, [[QUICK, SLOW], [FAR]]),
            ({FAR}, [[FAR]]),
            ({SLOW, "tests/core/test_x.py"}, [[SLOW], [FAR]]),
            ({FAR, ""}, [[FAR], [QUICK, SLOW, OTHER]]),
            (set(), [[QUICK, SLOW, FAR, OTHER]]),
        ],
    )
    def test_asks_first_whoever_comes_past_the_line(self, met, expected):
        """
        Its room before others, quick tests first; then whole files that came past it while they were read; and everyone
        about a line that is at work while core is loaded, or at which nobody was seen.
        """
        change = Change("upheld.core.money.amount", "src/upheld/core/money/amount.py", "", 0, 7, range(7, 8), "it", {})
        reach = Reach(SECONDS, {change.path: {7: frozenset(met)}}, (), frozenset())

        assert expected == list_stages(change, reach)


class TestJoin:
    def test_puts_the_halves_of_a_run_together(self):
        """A line that tests of both halves come past is reached by all of them."""
        one = Reach({QUICK: 1.0}, {"x.py": {1: frozenset({QUICK})}}, (), frozenset({"json"}))
        two = Reach({FAR: 2.0}, {"x.py": {1: frozenset({FAR}), 2: frozenset({FAR})}}, (FAR,), frozenset({"re"}))
        both = join([one, two])

        assert both == Reach({QUICK: 1.0, FAR: 2.0}, both.tests, (FAR,), frozenset({"json", "re"}))
        assert [{QUICK, FAR}, {FAR}] == [both.of("x.py", [line]) for line in (1, 2)]


class TestWrong:
    def test_stands_in_for_its_module_alone(self):
        """Every other module is loaded as it is."""
        assert Wrong(Mutant("upheld.core.money", SUM, 1, "nothing", "")).find_spec("upheld.core.money.amount", None) is None

    @pytest.mark.parametrize(("path", "places"), [(SUM, [str(ROOT / "src/upheld/core/money")]), ("src/x.py", None)])
    def test_of_a_package_is_a_package(self, path, places, monkeypatch):
        """So that its modules are found; else every mutant of it would seem to be noticed."""
        monkeypatch.chdir(ROOT)
        spec = Wrong(Mutant("it", path, 1, "nothing", "")).find_spec("it", None)

        assert spec
        assert places == spec.submodule_search_locations


TRY = """
import sys
from tools.mutants.changes import Mutant
from tools.mutants.trial import try_mutant
print(try_mutant(Mutant("upheld.core.money", sys.argv[1], 1, "it", sys.argv[2]), ["tests/core/money"]))
"""


class TestTryMutant:
    @pytest.mark.parametrize(
        ("source", "outcome"), [("", "survived"), ("from upheld.core.money.amount import Money as Coin", "killed")]
    )
    def test_the_right_code_survives_and_the_wrong_one_does_not(self, source, outcome):
        """The package of money as it is, and without its one name; each in a fresh interpreter."""
        text = source or (ROOT / SUM).read_text("utf-8")
        ran = subprocess.run([sys.executable, "-c", TRY, SUM, text], cwd=ROOT, capture_output=True, text=True, check=True)

        assert outcome == ran.stdout.strip()
