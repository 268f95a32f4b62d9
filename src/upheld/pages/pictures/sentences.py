"""The sentences of pictures: every span with its times, so that who hears the page misses nothing."""

from collections.abc import Sequence

from upheld.core.service_hours import Zone
from upheld.core.timeline import Instant
from upheld.pages.contexts.parts import StateSpan
from upheld.pages.states import BY_WEIGHT, State
from upheld.pages.words import UTC, say_clock, say_day, say_span


def tell_spans(spans: Sequence[StateSpan], zone: Zone = UTC, as_of: Instant | None = None) -> str:
    """`Down: Tue 4 Aug 09:12–11:10, Fri 28 Aug from 14:38. Not measured: …` with the worst first; nothing of nothing."""
    sentences = []
    for state in BY_WEIGHT:
        told = [tell_span(shown, zone, as_of) for shown in spans if shown.state is state and state is not State.UP]
        if told:
            sentences.append(f"{state.words}: {', '.join(told)}. ")
    return "".join(sentences)


def tell_span(shown: StateSpan, zone: Zone, as_of: Instant | None) -> str:
    if shown.is_running:
        return f"{say_day(shown.span.start, zone, as_of=as_of)} from {say_clock(shown.span.start, zone)}, still running"
    return say_span(shown.span, zone, as_of=as_of, named=False)
