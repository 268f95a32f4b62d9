"""Bands of a credit: no gap, no overlap, no step back, nothing above the target, all of a miss."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from upheld.core.terms.quantities import NotAQuantity, Percent, parse_comparison, parse_percent
from upheld.language.meaning.subject import Subject
from upheld.language.merge import Said

PAYS = "pays"


@dataclass(frozen=True, slots=True)
class Band:
    """The figures from `low` to `high`, each edge inside or not, and the share that they pay."""

    written: str
    low: Fraction
    low_inside: bool
    high: Fraction
    high_inside: bool
    pays: Fraction | None


def check_bands(subject: Subject) -> None:
    for rule in subject.rules("credits"):
        written = subject.value(*rule.path, "bands")
        if not isinstance(written, list):
            continue
        bands = [band for entry in written if (band := read_band(entry)) is not None]
        if len(bands) < len(written):
            subject.error(
                (*rule.path, "bands"), f"a band of {rule.path[1]} cannot be read",
                "write {uptime: at least 99.0 % and under 99.5 %, pays: 10 %}",
            )  # fmt: skip
            continue
        check_steps(subject, rule, sorted(bands, key=lambda band: (band.low, band.high)))


def read_band(entry: Any) -> Band | None:
    figures = [key for key in entry if key != PAYS] if isinstance(entry, dict) else []
    if len(figures) != 1 or PAYS not in entry:
        return None
    try:
        edges = parse_comparison(str(entry[figures[0]])).edges
        pays = parse_percent(str(entry[PAYS])).exact if "%" in str(entry[PAYS]) else None
    except NotAQuantity:
        return None
    low, low_inside, high, high_inside = Fraction(0), True, Fraction(1), True
    for sign, edge in edges:
        if not isinstance(edge, Percent):
            return None
        if sign in (">=", ">", "="):
            low, low_inside = edge.exact, sign != ">"
        if sign in ("<=", "<", "="):
            high, high_inside = edge.exact, sign != "<"
    return Band(str(entry[figures[0]]), low, low_inside, high, high_inside, pays)


def check_steps(subject: Subject, rule: Said, bands: list[Band]) -> None:
    path = (*rule.path, "bands")
    for lower, upper in pairwise(bands):
        if lower.high > upper.low or (lower.high == upper.low and lower.high_inside and upper.low_inside):
            subject.error(path, f"overlap: {lower.written} and {upper.written} hold the same figures", "move one edge")
        elif not touch(lower, upper) and not subject.has(*rule.path, "gap"):
            subject.error(
                path, f"gap: nothing is said between {lower.written} and {upper.written}",
                "move an edge, or settle it with gap: undefined, lower or higher",
            )  # fmt: skip
        if lower.pays is not None and upper.pays is not None and lower.pays < upper.pays:
            subject.error(
                path, f"step back: {lower.written} pays less than {upper.written}, although it is the worse figure",
                "let the worse figure pay at least as much",
            )  # fmt: skip
    check_reach(subject, rule, bands)


def touch(lower: Band, upper: Band) -> bool:
    """Whether no figure lies between two bands."""
    return lower.high > upper.low or (lower.high == upper.low and (lower.high_inside or upper.low_inside))


def check_reach(subject: Subject, rule: Said, bands: list[Band]) -> None:
    target = target_of(subject, rule)
    if not bands or target is None:
        return
    top, (edge, met_at_edge), path = bands[-1], target, (*rule.path, "bands")
    if top.high > edge or (top.high == edge and top.high_inside and met_at_edge):
        subject.error(path, f"{top.written} reaches above the target, where nothing is missed", "end it under the target")
    elif (top.high < edge or not (top.high_inside or met_at_edge)) and not subject.has(*rule.path, "gap"):
        subject.error(
            path, f"gap: a figure between {top.written} and the target is missed and pays nothing",
            "let the highest band end at the target, or settle it with gap",
        )  # fmt: skip
    if (bands[0].low > 0 or not bands[0].low_inside) and not subject.has(*rule.path, "gap"):
        subject.error(
            path, f"gap: a figure below {bands[0].written} is missed and pays nothing", "let the lowest band begin at 0 %"
        )


def target_of(subject: Subject, rule: Said) -> tuple[Fraction, bool] | None:
    """The edge of the promise's target, and whether the edge itself meets it."""
    for name in subject.merged.names(*rule.path, "when"):
        target = subject.read(parse_comparison, "availability", name, "target")
        for sign, edge in target.edges if target else ():
            if sign in (">=", ">") and isinstance(edge, Percent):
                return edge.exact, sign == ">="
    return None
