"""What we learnt from what went wrong, as far as we wrote it for the customer, and what is done about it."""

from typing import Any

from upheld.apps.desk.queries import actions_of, public_reviews
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer
from upheld.doors.asking import Asked
from upheld.doors.refusing import NotHere
from upheld.doors.shown.reviews import Row, tell_action, tell_matter, tell_review
from upheld.interfaces.portal.frame import customer_of
from upheld.pages.contexts.lists import ListPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.words import say_count


def see_reviews(asked: Asked) -> list[Row]:
    customer: Any = customer_of(asked)
    found = public_reviews(customer) if customer else []
    return [one for one in found if Instant.of(one.held_at) <= asked.as_of]


def show_reviews(asked: Asked) -> Answer:
    rows = see_reviews(asked)
    return ListPage(
        as_of=asked.as_of,
        answer=say_count(len(rows), "review", "reviews") if rows else "No review is written for you yet",
        lede="After something went wrong we go through it: what happened, why, and what is done so that it does not again.",
        way=(Link("Home", asked.url_of("home")), Link("Reviews")),
        sections=(
            Section(
                anchor="reviews", heading="Reviews", entries=tuple(tell_review(asked, one) for one in rows),
                empty="What we write for you stands here.",
            ),
        ),
    )  # fmt: skip


def show_review(asked: Asked, name: str) -> Answer:
    row = next((one for one in see_reviews(asked) if one.name == name), None)
    if row is None:
        raise NotHere()
    actions = actions_of(row)
    return ListPage(
        as_of=asked.as_of,
        answer=f"{row.name}: what was learnt",
        way=(Link("Home", asked.url_of("home")), Link("Reviews", asked.url_of("reviews")), Link(row.name)),
        sections=(
            Section(anchor="learnt", heading="What happened", entries=tell_matter(asked, row)),
            Section(
                anchor="actions", heading="What is done about it",
                entries=tuple(tell_action(asked, one) for one in actions), empty="Nothing is to be done.",
            ),
        ),
    )  # fmt: skip
