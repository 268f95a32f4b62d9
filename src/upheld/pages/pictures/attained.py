"""What became of the runs of a clock: met, missed, running and left out, each as long as its part."""

from collections.abc import Iterator

from django.utils.safestring import SafeString

from upheld.pages.contexts.attainment import ClockKept
from upheld.pages.pictures.drawing import element, percent, picture
from upheld.pages.words import join_words

HEIGHT = 14
WHOLE = 10_000


def draw_attained(row: ClockKept) -> SafeString:
    """One bar; it says the same in words."""
    return picture(f"{row.clock}: {tell_attained(row)}", draw_parts(row), height=HEIGHT, class_="spark")


def list_parts(row: ClockKept) -> tuple[tuple[int, str, str], ...]:
    return (
        (row.met, "f-up", "met"), (row.missed, "f-down", "missed"), (row.running, "f-run", "running"),
        (len(row.left_out), "f-excluded", "left out"),
    )  # fmt: skip


def draw_parts(row: ClockKept) -> Iterator[SafeString]:
    done, whole = 0, sum(many for many, _, _ in list_parts(row))
    for many, class_, _ in list_parts(row):
        if many:
            left, right = done * WHOLE // whole, (done + many) * WHOLE // whole
            # Met is a line: what was not kept is to be seen first.
            height, top = (4, 5) if class_ == "f-up" else (HEIGHT - 2, 1)
            yield element("rect", class_=class_, x=percent(left), width=percent(right - left), y=top, height=height)
            done += many


def tell_attained(row: ClockKept) -> str:
    """`3 met, 1 missed and 1 running`."""
    return join_words([f"{many} {words}" for many, _, words in list_parts(row) if many]) or "nothing ran"
