"""Ninety days in one line: a hairline where all was well, a bar as high as the trouble was long."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString

from upheld.core.service_hours import Zone
from upheld.core.timeline import HOUR, Duration, Instant, Span, Timeline
from upheld.pages.contexts.parts import StateSpan
from upheld.pages.pictures.drawing import PATTERNED, element, fill_of, percent, picture
from upheld.pages.pictures.month import Column, split_days
from upheld.pages.pictures.sentences import tell_spans
from upheld.pages.states import BY_WEIGHT, State
from upheld.pages.words import UTC, join_words, say_day, say_minutes

LINE, LINE_HEIGHT, HEIGHT = 33, 3, 54
BASE = LINE + LINE_HEIGHT
FULL = HOUR * 4
"""Trouble of this length fills the height; more does not rise further, the words say how long it was."""
HIGHEST, LEAST, PATTERN_HEIGHT = 33, 5, 13
MOST_TOLD = 40


def draw_days(days: Span, spans: Sequence[StateSpan], *, name: str, as_of: Instant, zone: Zone = UTC) -> SafeString:
    """One component's days up to now, each state of each day with its minutes."""
    columns = [column for column in split_days(days, zone) if column.span.start < as_of]
    parts = [
        *draw_hairline(columns, spans),
        *draw_months(columns, zone),
        *draw_blind(columns, spans),
        *(bar for column in columns for bar in draw_day(column, spans, zone)),
    ]
    return picture(tell_days(name, columns, spans, zone, as_of), parts, height=HEIGHT)


def minutes_of(state: State, spans: Sequence[StateSpan], day: Span) -> Duration:
    return Timeline.of(shown.span for shown in spans if shown.state is state).within(day).total


def is_blind(column: Column, spans: Sequence[StateSpan]) -> bool:
    """Whether nothing at all of the day was measured."""
    return minutes_of(State.UNKNOWN, spans, column.span) >= column.span.length


def find_runs(columns: Sequence[Column]) -> list[tuple[int, int]]:
    """Days side by side as one stretch each: from where to where."""
    runs: list[tuple[int, int]] = []
    for column in columns:
        right = column.left + column.width
        if runs and runs[-1][1] == column.left:
            runs[-1] = (runs[-1][0], right)
        else:
            runs.append((column.left, right))
    return runs


def draw_blind(columns: Sequence[Column], spans: Sequence[StateSpan]) -> Iterator[SafeString]:
    """Days of which nothing was measured: a gap in the line, hatched, one for each stretch of them."""
    for left, right in find_runs([column for column in columns if is_blind(column, spans)]):
        title = element("title", State.UNKNOWN.phrase)
        yield element(
            "rect", title, class_=fill_of(State.UNKNOWN), x=percent(left), y=LINE - 2, width=percent(right - left), height=6
        )


def draw_hairline(columns: Sequence[Column], spans: Sequence[StateSpan]) -> Iterator[SafeString]:
    """The line of health, broken on days of which nothing was measured."""
    for left, right in find_runs([column for column in columns if not is_blind(column, spans)]):
        yield element("rect", class_="f-up", x=percent(left), y=LINE, width=percent(right - left), height=LINE_HEIGHT)


def draw_months(columns: Sequence[Column], zone: Zone) -> Iterator[SafeString]:
    """The first and last day by date, each month between by its name where there is room for it."""
    if not columns:
        return
    first, last, span = columns[0], columns[-1], columns[-1].left + columns[-1].width
    marks = [(first.left, say_day(first.span.start, zone, as_of=first.span.start, weekday=False))]
    for column in columns[1:]:
        if column.day.day == 1 and column.left > marks[-1][0] + 2000 and column.left < span - 2200:
            marks.append((column.left, f"{column.day:%B}"))
    for left, words in marks:
        yield element("rect", class_="f-soft", x=percent(left), y=BASE, width=1, height=5)
        yield element("text", words, x=percent(left), y=HEIGHT - 3)
    yield element(
        "text", say_day(last.span.start, zone, as_of=last.span.start, weekday=False), x=percent(span), y=HEIGHT - 3,
        text_anchor="end",
    )  # fmt: skip


def draw_day(column: Column, spans: Sequence[StateSpan], zone: Zone) -> Iterator[SafeString]:
    """The bars of one day, the worst at the bottom; a patterned one has one height, since its length costs nothing."""
    base = BASE
    for state in BY_WEIGHT:
        length = minutes_of(state, spans, column.span)
        if not length or state is State.UP or (state is State.UNKNOWN and length >= column.span.length):
            continue
        height = PATTERN_HEIGHT if state in PATTERNED else tall(length)
        base -= height
        words = f"{say_day(column.span.start, zone)}: {state.phrase} {say_minutes(length)}"
        yield element(
            "rect", element("title", words), class_=fill_of(state), x=percent(column.left + column.width * 8 // 100),
            y=max(base, 1), width=percent(column.width * 84 // 100), height=height,
        )  # fmt: skip


def tall(length: Duration) -> int:
    """Pixels: in proportion up to four hours, and never too low to be seen."""
    return max(LEAST, min(HIGHEST, length.micros * HIGHEST // FULL.micros))


def tell_days(name: str, columns: Sequence[Column], spans: Sequence[StateSpan], zone: Zone, as_of: Instant) -> str:
    """Each day with trouble and its minutes; a very long history names its spans instead of its days."""
    if len(spans) > MOST_TOLD:
        return f"{name}, {len(columns)} days. {tell_spans(spans[:MOST_TOLD], zone, as_of)}The list says the rest."
    told = []
    for state in BY_WEIGHT[:-1]:
        days = [
            f"{say_day(column.span.start, zone, as_of=as_of, weekday=False)} {say_minutes(length)}"
            for column in columns
            if (length := minutes_of(state, spans, column.span))
        ]
        told += [f"{state.words}: {shorten(days)}. "] if days else []
    return f"{name}, {len(columns)} days. {''.join(told)}{'Other days up.' if told else 'No day with trouble.'}"


def shorten(days: Sequence[str]) -> str:
    if len(days) <= MOST_TOLD:
        return ", ".join(days)
    return join_words([*days[:MOST_TOLD], f"{len(days) - MOST_TOLD} more days"])
