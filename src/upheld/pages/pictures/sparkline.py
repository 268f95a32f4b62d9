"""A period as small as a word: a hairline, and a mark where it was not plainly up."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString

from upheld.core.service_hours import Zone
from upheld.core.timeline import Instant, Span
from upheld.pages.contexts.parts import StateSpan
from upheld.pages.pictures.drawing import THIN, WHOLE, element, fill_of, percent, picture, place_in
from upheld.pages.pictures.sentences import tell_spans
from upheld.pages.states import State
from upheld.pages.words import UTC

HEIGHT, LINE = 18, 14
LEAST = 120
"""Hundredths of a per cent: about two pixels."""


def draw_sparkline(period: Span, spans: Sequence[StateSpan], *, as_of: Instant, zone: Zone = UTC) -> SafeString:
    """The line ends now: nothing is drawn into the future."""
    sentence = tell_spans(spans, zone, as_of).strip() or "No trouble."
    return picture(sentence, draw_marks(period, spans, as_of), height=HEIGHT, class_="spark")


def draw_marks(period: Span, spans: Sequence[StateSpan], as_of: Instant) -> Iterator[SafeString]:
    gone_by = Span(period.start, max(period.start, min(as_of, period.end)))
    yield element("rect", class_="f-up", y=LINE, width=percent(place_in(gone_by, period)[1]), height=2)
    for shown in spans:
        inside = shown.span.overlap(period)
        if inside is None or shown.state is State.UP:
            continue
        left, width = place_in(inside, period)
        thin = " thin" if width < THIN else ""
        yield element(
            "rect",
            class_=f"{fill_of(shown.state)}{thin}",
            x=percent(min(left, WHOLE - LEAST)),
            y=4,
            width=percent(max(width, LEAST)),
            height=11,
        )
