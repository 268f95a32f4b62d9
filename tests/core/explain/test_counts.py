"""One thing is named in the singular, every other number of them in the plural."""

import pytest

from upheld.core.explain import Count, show, show_count


@pytest.mark.parametrize(
    ("things", "one"),
    [
        ("times late", "1 time late"),
        ("failed requests", "1 failed request"),
        ("uses against the rules", "1 use against the rules"),
        ("started units of 30 min", "1 started unit of 30 min"),
        ("entries", "1 entry"),
        ("hash boxes", "1 hash box"),
        ("lapses", "1 lapse"),
        ("losses", "1 loss"),
        ("batches", "1 batch"),
        ("wishes", "1 wish"),
        ("GPUs", "1 GPU"),
        ("without calls", "1 without call"),
        ("calls of users", "1 call of users"),
        ("settled", "1 settled"),
        ("to be told", "1 to be told"),
        ("business process", "1 business process"),
        ("status", "1 status"),
        ("series", "1 series"),
        ("", "1"),
    ],
)
def test_one_is_singular(things: str, one: str) -> None:
    """The first plural of the name loses its end; words that are none, and what follows `of`, stay."""
    assert one == show_count(1, things) == show(Count(1, things))


@pytest.mark.parametrize(("number", "shown"), [(0, "0 times late"), (2, "2 times late"), (-1, "-1 times late")])
def test_any_other_number_is_plural(number: int, shown: str) -> None:
    """None, several, and a number below zero."""
    assert shown == show_count(number, "times late")


def test_thousands_are_parted() -> None:
    """As every number of a statement."""
    assert "1,200,300 requests" == show_count(1_200_300, "requests")
