"""What a promise can bear: used, running, left; with its sum in words below it on the page."""

from collections.abc import Iterator

from django.utils.safestring import SafeString

from upheld.core.timeline import ZERO
from upheld.pages.contexts.parts import Budget
from upheld.pages.pictures.drawing import THIN, element, percent, picture, share_of
from upheld.pages.words import say_minutes

HEIGHT = 24


def draw_budget(budget: Budget, used_words: str = "used") -> SafeString:
    """A bar of the whole allowance; an overdrawn one is full, and its sentence says by how much."""
    return picture(tell_budget(budget, used_words), draw_bar(budget), height=HEIGHT, class_="pic budget", overflow="visible")


def draw_bar(budget: Budget) -> Iterator[SafeString]:
    yield element("rect", class_="f-sunk", width="100%", height=HEIGHT)
    used = share_of(budget.used, budget.allowed) if budget.allowed else share_of(budget.used, budget.used)
    running = min(share_of(budget.running, budget.allowed), 10_000 - used)
    for left, width, class_ in ((0, used, "f-down"), (used, running, "f-run")):
        if width:
            thin = " thin" if width < THIN else ""
            yield element("rect", class_=f"{class_}{thin}", x=percent(left), width=percent(width), height=HEIGHT)
    yield element("rect", class_="f-none", width="100%", height=HEIGHT)


def tell_budget(budget: Budget, used_words: str = "used") -> str:
    """`166 min used, 12 min running, 45 min left of 223 min`."""
    return f"{tell_sum(budget, used_words)} of {say_minutes(budget.allowed)}"


def tell_sum(budget: Budget, used_words: str = "used") -> str:
    parts = [f"{say_minutes(budget.used)} {used_words}"]
    if budget.running > ZERO:
        parts.append(f"{say_minutes(budget.running)} running")
    parts.append(f"{say_minutes(budget.over)} over" if budget.over > ZERO else f"{say_minutes(budget.left)} left")
    return ", ".join(parts)
