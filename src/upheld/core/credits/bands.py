"""Which band a figure falls into, and what of a figure that falls into none or into two."""

from collections.abc import Sequence
from fractions import Fraction

from upheld.core.availability import Account
from upheld.core.credits.setting import Setting, figure_of
from upheld.core.explain import Finding, Share, show
from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.credits import Credit
from upheld.core.terms.paying import Band
from upheld.core.terms.quantities import measure_of
from upheld.core.timeline import Duration


@frozen_class
class Chosen(Frozen):
    """The band of a figure. Without one it pays nothing, or the agreement leaves it undefined."""

    band: Band | None
    undefined: bool = False
    why: str = ""

    @property
    def band_words(self) -> str:
        return str(self.band.pays) if self.band else ""


def choose_band(
    setting: Setting, credit: Credit, account: Account | None, counted: Duration, findings: Sequence[Finding]
) -> Chosen:
    """The band that holds the figure; between two bands as `gap` says; two at once are undefined."""
    assert credit.bands is not None
    bands = credit.bands.value
    figures = {band.figure: find_figure(setting, band.figure, account, counted, findings) for band in bands}
    missing = [name for name, figure in figures.items() if figure is None]
    if missing:
        return Chosen(None, True, f"{', '.join(missing)} has no figure")
    known = {name: figure for name, figure in figures.items() if figure is not None}
    held = [band for band in bands if band.wanted.holds(known[band.figure])]
    if len(held) == 1:
        return Chosen(held[0], False, f"{shown(known[held[0].figure])} is {held[0].wanted}")
    if held:
        return Chosen(None, True, f"two bands hold it: {' and '.join(str(band.wanted) for band in held)}")
    return choose_beside(credit, bands, known)


def choose_beside(credit: Credit, bands: Sequence[Band], figures: dict[str, Fraction | Duration]) -> Chosen:
    """A figure in no band: `gap` says whether it pays as the band below it, as the one above, or is left undefined."""
    told = figures[bands[0].figure]
    below = nearest_band([band for band in bands if bare(told) >= edge_of(band, "<")], "<")
    above = nearest_band([band for band in bands if bare(told) <= edge_of(band, ">")], ">")
    words, gap = f"{shown(told)} lies in no band", credit.gap.value if credit.gap else ""
    is_between = below is not None and above is not None
    if not is_between and (not gap or isinstance(told, Duration)):
        return Chosen(None, False, words)
    if gap in ("", "undefined"):
        edges = " and ".join(str(band.wanted) for band in (below, above) if band)
        return Chosen(None, True, f"{words}: nothing is said beside {edges}")
    return Chosen(below if gap == "lower" else above, False, f"{words}; the {gap} one is read")


def nearest_band(bands: Sequence[Band], side: str) -> Band | None:
    """The band whose edge on one side lies nearest to what is beyond it."""
    if not bands:
        return None
    ordered = sorted(bands, key=lambda band: edge_of(band, side))
    return ordered[-1] if side == "<" else ordered[0]


def edge_of(band: Band, side: str) -> Fraction:
    """The upper (`<`) or lower (`>`) edge of a band; where it has none, one that no figure passes."""
    edges = [measure_of(edge) for sign, edge in band.wanted.edges if sign.startswith((side, "="))]
    return edges[0] if edges else FAR if side == "<" else -FAR


FAR = Fraction(10**30)


def bare(figure: Fraction | Duration) -> Fraction:
    return Fraction(figure.micros) if isinstance(figure, Duration) else figure


def find_figure(
    setting: Setting, name: str, account: Account | None, counted: Duration, findings: Sequence[Finding]
) -> Fraction | Duration | None:
    """The exact figure that a band asks for: a rule's own, the one that the credit is for, or the length that counts."""
    if name == "length":
        return counted
    if name == "figure":
        own = list(findings) or ([account.finding] if account else [])
        return figure_of(setting.terms, own[0]) if own else None
    accounts = [setting.accounts[name].finding] if name in setting.accounts else []
    named = [one for one in (*findings, *accounts, *setting.findings) if one.rule.split("/")[1] == name]
    return figure_of(setting.terms, named[0]) if named else None


def shown(figure: Fraction | Duration) -> str:
    return show(figure) if isinstance(figure, Duration) else show(Share(figure))
