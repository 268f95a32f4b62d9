"""Instants, half-open spans and sets of spans: the only arithmetic of time that core knows."""

from upheld.core.timeline.index import SpanIndex
from upheld.core.timeline.instant import (
    DAY,
    HOUR,
    MICRO,
    MINUTE,
    SECOND,
    ZERO,
    Duration,
    Instant,
    NotAnInstant,
)
from upheld.core.timeline.span import Span, SpanRunsBackwards, Timeline

__all__ = [
    "DAY",
    "HOUR",
    "MICRO",
    "MINUTE",
    "SECOND",
    "ZERO",
    "Duration",
    "Instant",
    "NotAnInstant",
    "Span",
    "SpanIndex",
    "SpanRunsBackwards",
    "Timeline",
]
