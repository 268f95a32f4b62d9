"""The demo's people: invited, each with a password of their own once they follow a one-time link. There is no other."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from upheld.apps.oncall import queries as duty
from upheld.apps.oncall import services as oncall
from upheld.apps.parties import services as parties
from upheld.apps.parties.queries import UnknownParty, customer, user
from upheld.core.timeline import Instant
from upheld.interfaces.demo.cast import BY

Person = Any
"""A row of the people, as their queries give it."""


def invite_people(cast: dict[str, Any], at: Instant) -> tuple[list[Person], dict[str, list[Person]]]:
    """The provider's people, and each customer's by its slug; whoever is there already is left alone."""
    staff = [find(one["email"]) or parties.invite_staff(**one, at=at)[0] for one in cast["staff"]]
    theirs = {
        slug: [
            find(one["email"])
            or parties.invite_user(
                email=one["email"], name=one["name"], customer=customer(slug), customer_role=one["role"], at=at
            )[0]
            for one in people
        ]
        for slug, people in cast["people"].items()
    }
    return staff, theirs


def find(email: str) -> Person | None:
    try:
        return user(email)
    except UnknownParty:
        return None


def put_on_call(cast: dict[str, Any], staff: list[Person], at: Instant) -> None:
    """A rota of all of them, week by week, and the policy by which pages go; nothing where a rota is there."""
    if duty.list_rotas():
        return
    wanted = cast["rota"]
    # The hand-off of the Monday before: somebody is on call from now on.
    monday = (at.utc() - timedelta(days=at.utc().weekday() + 7)).date()
    turns = duty.Turns(
        people=tuple(one.pk for one in staff), begins_on=monday, handoff_minute=wanted["handoff_minute"],
        shift_days=wanted["shift_days"],
    )  # fmt: skip
    with transaction.atomic():
        rota = oncall.add_rota(name=wanted["name"], zone=wanted["zone"], layers=[turns], by=BY, at=at)
        steps = [oncall.WantedStep(0, (rota,)), oncall.WantedStep(cast["policy"]["after_minutes"], tuple(staff))]
        if duty.default_policy() is None:
            oncall.save_policy(name=cast["policy"]["name"], steps=steps, at=at, is_default=True)
