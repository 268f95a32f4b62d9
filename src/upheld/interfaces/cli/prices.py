"""What a promise costs, as a person reads it: periods side by side, random years in figures and as a picture."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from upheld.bulk.pricing import Prices, Result
from upheld.core.explain import show
from upheld.core.money import Money
from upheld.core.terms.periods import Period
from upheld.core.timeline import Duration

BAR = 40
COLOUR = "#b7410e"


def compare(period: Period, ours: Sequence[Result], theirs: Sequence[Result]) -> Iterator[str]:
    """A line a period: figure, verdict and money under the proposed terms, and under those in force beside them."""
    heads = ["period", "proposed", "credit"] + (["in force", "credit"] if theirs else [])
    rows = [[period.name_of(one.period), *cells(one)] for one in ours]
    if theirs:
        rows = [[*row, *cells(two)] for row, two in zip(rows, theirs, strict=True)]
    rows.append(["in all", *sums(ours), *(sums(theirs) if theirs else [])])
    yield from table([heads, *rows])


def cells(result: Result) -> list[str]:
    figures = [f"{shown}, {verdict}" for (_, shown), (_, verdict) in zip(result.shown, result.verdicts, strict=True)]
    return ["; ".join(figures) or "no promise", ", ".join(map(show, result.credits)) or "none"]


def sums(results: Sequence[Result]) -> list[str]:
    missed = sum(one.is_missed for one in results)
    currency = next((money.currency for one in results for money in one.credits), "")
    total = sum((one.amount for one in results), Fraction(0))
    return [f"{missed} of {len(results)} missed", show(Money(total, currency)) if currency else "none"]


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def tell_prices(title: str, prices: Prices, mtbf: str, mttr: str, seed: int) -> Iterator[str]:
    periods = prices.years * prices.periods_a_year
    yield f"{title}: {prices.years:,} random years, a failure every {mtbf}, repaired in {mttr}, seed {seed}"
    yield ""
    yield f"down in a year, on average      {show(Duration(int(prices.down // 1)))}"
    yield f"periods missed                  {prices.missed:,} of {periods:,}, {percent(prices.missed, periods)}"
    yield f"years with a period missed      {percent(prices.years_missed, prices.years)}"
    if not prices.currency:
        yield "the agreement pays no money for it"
        return
    for words, amount in (
        ("credits in a year, on average", prices.mean),
        ("  half of the years at most", prices.share_of_years(Fraction(1, 2))),
        ("  95 of 100 years at most", prices.share_of_years(Fraction(95, 100))),
        ("  the worst year", prices.yearly[-1]),
    ):
        yield f"{words:<31} {in_cents(prices.currency, amount)}"
    yield ""
    yield "what one period costs"
    most = max(prices.each.values())
    for low, high, count in bands(prices):
        words = in_cents(prices.currency, low) if low == high else f"up to {in_cents(prices.currency, high)}"
        yield f"  {words:<22} {percent(count, periods):>9}  {'█' * max(1, BAR * count // most)}"


def in_cents(currency: str, amount: Fraction) -> str:
    """A mean is no amount that anybody pays: cut to the cent."""
    return show(Money(Fraction(int(amount * 100 // 1), 100), currency))


def percent(part: int, whole: int) -> str:
    hundredths = part * 10_000 // max(whole, 1)
    return f"{hundredths // 100}.{hundredths % 100:02d} %"


def bands(prices: Prices) -> Iterator[tuple[Fraction, Fraction, int]]:
    """The amounts of a period: each for itself while they are few, else in ten steps of the same height."""
    amounts = list(prices.each.items())
    if len(amounts) <= BAR // 2:
        yield from ((amount, amount, count) for amount, count in amounts)
        return
    if amounts[0][0] == 0:
        yield (Fraction(0), Fraction(0), amounts[0][1])
        amounts = amounts[1:]
    least, step = Fraction(0), amounts[-1][0] / 10
    for number in range(10):
        high = step * (number + 1)
        count = sum(times for amount, times in amounts if least < amount <= high)
        if count:
            yield (least, high, count)
        least = high


def draw(prices: Prices) -> str:
    """What a year costs: the years by their cost, from the cheapest to the dearest."""
    width, height, most = 640, 240, max(prices.yearly[-1], Fraction(1))
    step = max(1, prices.years // width)
    shown = prices.yearly[::step]
    points = " ".join(
        f"{place * width // max(len(shown) - 1, 1)},{height - int(height * amount / most)}"
        for place, amount in enumerate(shown)
    )
    told = f"Credits of a year under these terms: {in_cents(prices.currency, prices.mean)} on average"
    frame = f'viewBox="-8 -24 {width + 16} {height + 48}" role="img" font-family="sans-serif" font-size="13"'
    area = f"0,{height} {points} {width},{height}"
    return "\n".join((
        f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>', f"<title>{told}</title>",
        f'<polygon points="{area}" fill="{COLOUR}" fill-opacity="0.3"/>',
        f'<polyline points="{points}" fill="none" stroke="{COLOUR}" stroke-width="2"/>',
        f'<text x="0" y="-8">{in_cents(prices.currency, most)}</text>',
        f'<text x="0" y="{height + 18}">{prices.years:,} years, the cheapest first</text>', "</svg>", "",
    ))  # fmt: skip
