"""How deep the reasons of each figure stand on a page of many figures: the rest is fetched when it is opened."""

from collections.abc import Mapping
from typing import Any

MOST_LINES = 72
"""Lines of reasons on one page: with its tables it then stays below 40 kB."""
WHOLE, DEPTHS = 99, (99, 2, 1, 0)


def count_lines(step: Mapping[str, Any], depth: int = WHOLE) -> int:
    """The lines of a tree of reasons that stand on the page when those below `depth` are fetched."""
    if not depth:
        return 1
    return 1 + len(step.get("facts", ())) + sum(count_lines(below, depth - 1) for below in step.get("because", ()))


def fold_reasons(trees: Mapping[int, Mapping[str, Any]], most: int = MOST_LINES) -> dict[int, int]:
    """
    The depth of each tree, `WHOLE` for one that stands there with all its lines. While all of them together have more
    lines than `most`, the longest is folded one step further.
    """
    depths = dict.fromkeys(trees, WHOLE)
    lines = {place: count_lines(tree) for place, tree in trees.items()}
    while sum(lines.values()) > most and (longest := max(lines, key=lambda place: lines[place], default=None)) is not None:
        if lines[longest] == 1:
            break
        depths[longest] = DEPTHS[DEPTHS.index(depths[longest]) + 1]
        lines[longest] = count_lines(trees[longest], depths[longest])
    return depths
