"""Contrast of the tokens in a style sheet (WCAG 2.2), and how far apart the state colours stay for colour-blind eyes."""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

SHEET = Path(__file__).parents[1] / "src/upheld/pages/static/upheld/upheld.css"
TOKEN = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)")
GROUNDS = ("paper", "sheet", "sunk")
STATES = ("up", "degraded", "down", "unknown", "excluded", "maintenance")
SOLID = ("up", "degraded", "down")
MAIN_TEXT, TEXT, SHAPE = 7.0, 4.5, 3.0
APART = 8.0
"""Distance in OKLab times 100 that the solid fills keep in every simulation; the patterned ones are told by pattern."""

# Machado, Oliveira and Fernandes 2009 at full severity, applied to linear light; grey is luminance alone.
EYES: Mapping[str, Sequence[Sequence[float]]] = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
}


@dataclass(frozen=True)
class Pair:
    """One colour on another, what it reaches and what it needs."""

    scheme: str
    colour: str
    ground: str
    reached: float
    needed: float

    @property
    def holds(self) -> bool:
        return self.reached >= self.needed

    def __str__(self) -> str:
        return f"{self.scheme}: {self.colour} on {self.ground} reaches {self.reached:.2f}, needs {self.needed}"


def read_tokens(sheet: str) -> dict[str, dict[str, str]]:
    """The colours of each scheme by name."""
    found = TOKEN.findall(sheet)
    return {"light": {name: light for name, light, _ in found}, "dark": {name: dark for name, _, dark in found}}


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def compare(tokens: Mapping[str, Mapping[str, str]]) -> Iterator[Pair]:
    """Every text colour on every ground that it may stand on, every fill and border beside its grounds."""
    for scheme, named in tokens.items():
        washes = [name for name in named if name.endswith("-wash")]
        wanted = [("ink", ground, MAIN_TEXT) for ground in (*GROUNDS, *washes)]
        wanted += [(colour, ground, TEXT) for colour in ("soft", "link", *STATES) for ground in GROUNDS]
        wanted += [(wash.removesuffix("-wash"), wash, TEXT) for wash in washes]
        wanted += [("on-act", "act", TEXT), ("paper", "down", TEXT), ("paper", "up", TEXT)]
        shapes = ("focus", "edge", *(f"{state}-fill" for state in STATES))
        wanted += [(shape, ground, SHAPE) for shape in shapes for ground in ("paper", "sheet")]
        for colour, ground, needed in wanted:
            yield Pair(scheme, colour, ground, contrast(named[colour], named[ground]), needed)


def oklab(colour: str, eye: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    light = linear(colour)
    red, green, blue = (min(1, max(0, sum(a * b for a, b in zip(row, light, strict=True)))) for row in eye)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
    )


def distances(tokens: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str, str, str, float]]:
    """How far the solid fills are from each other, for each scheme and each kind of eye."""
    for scheme, named in tokens.items():
        for eye, matrix in EYES.items():
            for one, other in combinations(SOLID, 2):
                apart = zip(oklab(named[f"{one}-fill"], matrix), oklab(named[f"{other}-fill"], matrix), strict=True)
                yield scheme, eye, one, other, 100 * sum((a - b) ** 2 for a, b in apart) ** 0.5


def main() -> int:
    tokens = read_tokens(SHEET.read_text(encoding="utf-8"))
    failures = [str(pair) for pair in compare(tokens) if not pair.holds]
    failures += [
        f"{scheme}, {eye}: {one} and {other} are {apart:.1f} apart, need {APART}"
        for scheme, eye, one, other, apart in distances(tokens)
        if apart < APART
    ]
    for scheme in tokens:
        least = min((pair for pair in compare(tokens) if pair.scheme == scheme), key=lambda pair: pair.reached / pair.needed)
        print(f"nearest to its limit: {least}")
    print("\n".join(failures) or "every colour holds on every ground")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
