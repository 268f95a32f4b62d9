"""Reasons stand on the page as far as they fit: the longest are folded first, and only as far as they must."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from upheld.doors.shown.folding import WHOLE, count_lines, fold_reasons


def tree(*widths: int, facts: int = 0) -> dict[str, Any]:
    """A step with as many steps below it as the first width says, each with as many as the next."""
    below = [tree(*widths[1:], facts=facts) for _ in range(widths[0])] if widths else []
    return {"because": below, "facts": ["f"] * facts}


class TestCountLines:
    def test_counts_steps_and_facts(self) -> None:
        """The line itself, those below it and the facts of each."""
        assert 1 + 3 + 6 == count_lines(tree(3, 2))
        assert 2 + 3 * 2 == count_lines(tree(3, facts=1))

    def test_counts_down_to_a_depth(self) -> None:
        """Facts and steps below the depth are fetched; depth nought is the line alone."""
        assert [1, 4, 10, 10] == [count_lines(tree(3, 2), depth) for depth in (0, 1, 2, WHOLE)]
        assert [1, 5] == [count_lines(tree(3, facts=1), depth) for depth in (0, 1)]


class TestFoldReasons:
    def test_leaves_what_fits(self) -> None:
        """Up to the most that there may be, every line stands on the page."""
        assert {4: WHOLE, 7: WHOLE} == fold_reasons({4: tree(3), 7: tree(5)}, most=10)

    def test_folds_the_longest_first(self) -> None:
        """One line more, and the longest is folded; of a deep one only what lies deeper than two steps."""
        assert {4: WHOLE, 7: 0} == fold_reasons({4: tree(3), 7: tree(6)}, most=10)
        assert {4: WHOLE, 7: 2} == fold_reasons({4: tree(3), 7: tree(1, 1, 5)}, most=10)

    def test_of_nothing_is_nothing(self) -> None:
        """A statement without reasons, or with more figures than lines, is shown all the same."""
        assert {} == fold_reasons({}, most=0)
        assert {1: WHOLE, 2: WHOLE} == fold_reasons({1: tree(), 2: tree()}, most=1)

    @given(st.dictionaries(st.integers(0, 20), st.lists(st.integers(1, 4), max_size=4).map(lambda w: tree(*w))))
    def test_never_shows_more_than_the_most(self, trees: dict[int, dict[str, Any]]) -> None:
        """Whatever the trees, their lines fit, or each is one line."""
        depths = fold_reasons(trees, most=30)
        lines = [count_lines(trees[place], depth) for place, depth in depths.items()]

        assert trees.keys() == depths.keys()
        assert sum(lines) <= 30 or set(lines) == {1}
