"""Bands of a credit: no gap, no overlap, no step back, nothing above the target, all of a miss."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from upheld.core.money import NotMoney
from upheld.core.terms.paying import parse_band
from upheld.core.terms.place import Unreadable
from upheld.core.terms.quantities import NotAQuantity, Percent, measure_of, parse_comparison
from upheld.core.timeline import Duration
from upheld.language.meaning.subject import Subject
from upheld.language.merge import Said

ENDLESS = Fraction(10**30)
"""The upper edge of a band that has none."""


@dataclass(frozen=True, slots=True)
class Band:
    """
    The figures from `low` to `high`, each edge inside or not, and the share that they pay. Of lengths the greater is the
    worse, of figures the smaller.
    """

    written: str
    low: Fraction
    low_inside: bool
    high: Fraction
    high_inside: bool
    pays: Fraction | None
    is_length: bool = False


def check_bands(subject: Subject) -> None:
    for rule in subject.rules("credits"):
        written = subject.value(*rule.path, "bands")
        if not isinstance(written, list):
            continue
        bands = [band for entry in written if (band := read_band(entry)) is not None]
        if len(bands) < len(written):
            # What is wrong with one is told where its words are checked.
            continue
        check_steps(subject, rule, sorted(bands, key=lambda band: (band.low, band.high)))


def read_band(entry: Any) -> Band | None:
    try:
        band = parse_band(entry)
        edges = [(sign, measure_of(edge)) for sign, edge in band.wanted.edges]
    except (NotAQuantity, NotMoney, Unreadable):
        return None
    is_length = any(isinstance(edge, Duration) for _, edge in band.wanted.edges)
    low, low_inside, high, high_inside = Fraction(0), True, ENDLESS if is_length else Fraction(1), True
    for sign, edge in edges:
        if sign in (">=", ">", "="):
            low, low_inside = edge, sign != ">"
        if sign in ("<=", "<", "="):
            high, high_inside = edge, sign != "<"
    pays = band.pays.exact if isinstance(band.pays, Percent) else None
    return Band(str(band.wanted), low, low_inside, high, high_inside, pays, is_length)


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
        worse, better = (upper, lower) if lower.is_length else (lower, upper)
        if worse.pays is not None and better.pays is not None and worse.pays < better.pays:
            subject.error(
                path, f"step back: {worse.written} pays less than {better.written}, although it is the worse figure",
                "let the worse figure pay at least as much",
            )  # fmt: skip
    check_reach(subject, rule, bands)


def touch(lower: Band, upper: Band) -> bool:
    """Whether no figure lies between two bands."""
    return lower.high > upper.low or (lower.high == upper.low and (lower.high_inside or upper.low_inside))


def check_reach(subject: Subject, rule: Said, bands: list[Band]) -> None:
    target = target_of(subject, rule)
    if not bands or target is None or bands[0].is_length:
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
