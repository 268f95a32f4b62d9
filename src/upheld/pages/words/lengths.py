"""Lengths of time as a person reads them: floored to the minute, seconds only below two minutes, never rounded our way."""

from upheld.core.explain import show
from upheld.core.timeline import DAY, HOUR, MINUTE, SECOND, ZERO, Duration
from upheld.pages.words.spaces import keep_whole

SHORT = MINUTE * 2


def say_minutes(length: Duration) -> str:
    """In minutes, as agreements count: `44,640 min`, seconds where there are any."""
    return keep_whole(show(length))


def say_length(length: Duration) -> str:
    """
    For a glance: `2 h 30 min`, `3 d 4 h`, `45 s`; what is smaller than shown is cut off.

    >>> say_length(Duration(9_040_000_000)).replace("\\u00a0", " ")
    '2 h 30 min'
    """
    micros = abs(length.micros)
    sign = "−" if length.micros < 0 else ""
    if micros < SHORT.micros:
        return keep_whole(f"{sign}{micros // SECOND.micros} s")
    days, rest = divmod(micros, DAY.micros)
    hours, rest = divmod(rest, HOUR.micros)
    minutes = rest // MINUTE.micros
    if days > 1:
        return keep_whole(f"{sign}{days} d {hours} h" if hours else f"{sign}{days} d")
    hours += days * 24
    if not hours:
        return keep_whole(f"{sign}{minutes} min")
    return keep_whole(f"{sign}{hours} h {minutes} min" if minutes else f"{sign}{hours} h")


def say_left(length: Duration, hours: str = "") -> str:
    """`6 min left`; `hours` names the calendar whose hours count: `3 h 20 min left in the hours of uk-working`."""
    return f"{say_length(max(length, ZERO))} left{f' in the hours of {hours}' if hours else ''}"


def say_over(length: Duration) -> str:
    """`1 h 20 min over`."""
    return f"{say_length(length)} over"
