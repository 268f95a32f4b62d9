"""What all pictures share: lengths as whole hundredths of a per cent, elements with classes, a sentence for the ear."""

from collections.abc import Iterable

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from upheld.core.timeline import Duration, Span
from upheld.pages.states import State

WHOLE = 10_000
THIN = 60
"""A span narrower than this many hundredths of a per cent gets a stroke of its own colour, to be seen at all."""
PATTERNED = frozenset({State.UNKNOWN, State.EXCLUDED, State.MAINTENANCE})


def share_of(part: Duration, whole: Duration) -> int:
    """Hundredths of a per cent, floored and kept inside the picture."""
    return max(0, min(WHOLE, part.micros * WHOLE // whole.micros)) if whole else 0


def place_in(span: Span, frame: Span) -> tuple[int, int]:
    """Where a span begins in its frame and how wide it is, both in hundredths of a per cent."""
    start = share_of(span.start - frame.start, frame.length)
    return start, share_of(span.end - frame.start, frame.length) - start


def percent(hundredths: int) -> str:
    """
    >>> percent(3333), percent(500), percent(0)
    ('33.33%', '5%', '0%')
    """
    whole, part = divmod(hundredths, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".") + "%"


def element(name: str, words: str = "", **attributes: object) -> SafeString:
    """One element; an underscore in an attribute's name is a hyphen, `class_` is class. Text and values are escaped."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{conditional_escape(str(value))}"'
        for key, value in attributes.items()
        if value not in ("", None)
    )
    inside = conditional_escape(words)
    return mark_safe(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")


def gather(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))


def picture(
    sentence: str, parts: Iterable[SafeString], *, height: int, class_: str = "pic", overflow: str = ""
) -> SafeString:
    """The frame of every picture: an image to the ear, with a sentence that says all of it."""
    frame = {"class_": class_, "role": "img", "aria_label": sentence, "height": height, "overflow": overflow}
    return element("svg", gather(parts), **frame)


def fill_of(state: State, *, is_running: bool = False) -> str:
    """The class that gives colour and pattern; trouble that still runs is striped."""
    return "f-run" if is_running and state is State.DOWN else f"f-{state.value}"
