"""The strict subset: every scalar stays its text, and nothing that the subset lacks gets past the first event of it."""

import time

import pytest

from tests.golden.record import AS_OF
from tests.language.samples import SMALL, change, check_changed, sentences
from upheld.language import check
from upheld.language.nodes import plain
from upheld.language.problem import Problems
from upheld.language.prose import read_pages
from upheld.language.subset import read_fences


def read(block: str) -> object:
    problems = Problems()
    pages = read_pages(f"```terms\n{block}\n```\n", problems)
    [(_, node)] = read_fences(pages.fences, problems)
    assert not problems.found
    assert node is not None
    return plain(node)


class TestScalars:
    @pytest.mark.parametrize(
        "written",
        ["NO", "yes", "on", "12:30:00", "010", "1e3", "1_000", "0x1F", "0o7", "2024-02-14", "2024-02-14T10:00Z", ".5",
         "~", "null", "1.0", "True", "TRUE", "+5", ".inf", "=", "1,000"],
    )  # fmt: skip
    def test_stays_as_written(self, written: str):
        """What other readers of YAML turn into a date, a number, a flag or nothing is the text that was written."""
        assert {"a": written} == read(f"a: {written}")

    def test_knows_true_and_false_only(self):
        """Only these two words are flags, and only without quotes."""
        assert {"a": True, "b": False, "c": "true"} == read('a: true\nb: false\nc: "true"')

    def test_collapses_white_space(self):
        """A text over several lines is one line."""
        assert {"a": "one two three"} == read("a: one\n  two\n  three")


class TestPlaces:
    def test_counts_from_the_file(self):
        """Line and column are those of the file, also inside an indented fence."""
        text = "- a list\n\n  ```terms\n  a: {b: &x c}\n  ```\n"
        [problem] = [problem for problem in check(text, as_of=AS_OF).problems if "anchor" in problem.what]

        assert (4, 10) == (problem.line, problem.column)


class TestBombs:
    @pytest.mark.parametrize(
        "bomb",
        [
            "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [{', '.join(['*a'] * 9)}]\n" for n in range(9)),
            "a: " + "[" * 100_000,
            "a: " + "{b: " * 50_000,
            "- " * 100_000,
            "? " * 100_000,
            "&" * 200_000,
            "!" * 200_000,
            "".join(f"k{n}: v\n" for n in range(20_000)),
            "a: [" + "x, " * 60_000 + "x]",
            "a: " + "9" * 200_000,
            "a: " + "1," * 100_000,
            'a: "' + "\\n" * 100_000 + '"',
            "readings:\n" + "".join(f"  r{n}: {{question: x}}\n" for n in range(8_000)),
            "".join("  " * n + "a:\n" for n in range(400)),
        ],
        ids=["aliases", "brackets", "braces", "dashes", "questions", "anchors", "tags", "keys", "items", "digits",
             "commas", "escapes", "readings", "indents"],
    )  # fmt: skip
    def test_costs_nothing(self, bomb: str):
        """A file that grows without bound in other readers is refused with its place, within the time of a large file."""
        started = time.process_time()
        checked = check(f"# A\n\n**MH-01** a\n\n```terms\n{bomb}\n```\n", as_of=AS_OF)
        spent = time.process_time() - started

        assert checked.problems
        assert all(problem.line >= 1 and problem.column >= 1 for problem in checked.problems)
        assert spent < 6

    def test_is_refused_beyond_256_kilobytes(self):
        """The limit is one of bytes, and is told before anything is read."""
        [problem] = check(SMALL + "ä" * 131_072, as_of=AS_OF).problems

        assert "this file is larger than 256 kB" == problem.what

    def test_ends_the_search_at_a_thousand_problems(self):
        """Nobody reads more; the first line says that there are more."""
        text = change(("senses: [undecided, up]", f"senses: [{', '.join(f's{n}' for n in range(3000))}]"))
        checked = check(text, as_of=AS_OF)

        assert 1001 == len(checked.problems)
        assert "there are more than 1000 problems" == checked.problems[0].what


def test_one_broken_fence_hides_no_problem_of_another():
    """All problems come at once: what can be read is checked although a fence cannot."""
    told = sentences(check_changed(("strength: promise", "strength: [promise"), ("step: 0.01", "step: 010")))

    assert any("cannot be read" in what for what in told)
    assert any("010 begins with a zero" in what for what in told)
