"""Writing rotas: a change holds from now on or later, so that who was on call stays as it was."""

import logging
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from upheld.apps.oncall.models import Layer, Override, Rota, RotaVersion, Turn
from upheld.apps.oncall.models.rotas import MINUTES_OF_A_DAY
from upheld.apps.oncall.queries.turns import Turns, zone_named
from upheld.apps.parties.models import User
from upheld.apps.parties.queries import is_staff
from upheld.core.timeline import Instant, Span
from upheld.pages.words import say_instant

log = logging.getLogger("upheld.oncall")

LONGEST_SHIFT_DAYS = 366


class UnfitRota(ValueError):
    """A rota that cannot be laid out, or a change that would rewrite the past; the message says what was expected."""


def add_rota(*, name: str, zone: str, layers: Sequence[Turns], by: str, at: Instant, from_at: Instant | None = None) -> Rota:
    """A new rota that holds from `from_at`, else from now. Raises UnfitRota, and UnknownZone."""
    name = " ".join(name.split())
    slug = slugify(name)
    if not slug or len(name) > 100:
        raise UnfitRota(f"give the rota a name of at most 100 letters, for instance Nights; came {name!r}")
    with transaction.atomic():
        if Rota.objects.filter(slug=slug).exists() or Rota.objects.filter(name=name).exists():
            raise UnfitRota(f"there is a rota called {name!r} already; change it, or give this one another name")
        rota = Rota.objects.create(slug=slug, name=name)
        change_rota(rota=rota, zone=zone, layers=layers, by=by, at=at, from_at=from_at)
    return rota


def change_rota(
    *, rota: Rota, zone: str, layers: Sequence[Turns], by: str, at: Instant, from_at: Instant | None = None
) -> RotaVersion:
    """
    The rota is another one from `from_at` on, else from now; versions that were to begin at that time or later are dropped.

    Raises UnfitRota, and UnknownZone.
    """
    from_at = from_at or at
    if from_at < at:
        raise UnfitRota(f"a rota is changed from now on: {from_at} is past, it is {at}; who was on call stays as it was")
    zone_named(zone, Span(from_at, from_at))
    people = check_layers(layers)
    with transaction.atomic():
        # Nobody was on call by those: they were never in force.
        RotaVersion.objects.filter(rota=rota, from_at__gte=from_at.utc()).delete()
        version = RotaVersion.objects.create(rota=rota, from_at=from_at.utc(), zone=zone, made_by=by, made_at=at.utc())
        for number, turns in enumerate(layers, start=1):
            layer = Layer.objects.create(
                version=version, number=number, begins_on=turns.begins_on, handoff_minute=turns.handoff_minute,
                shift_days=turns.shift_days, weekdays="".join(str(day) for day in sorted(turns.weekdays)),
                from_minute=turns.from_minute, to_minute=turns.to_minute,
            )  # fmt: skip
            Turn.objects.bulk_create(
                Turn(layer=layer, place=place, user=people[person]) for place, person in enumerate(turns.people)
            )
    log.info("rota changed", extra={"rota": rota.slug, "from": str(from_at)})
    return version


def check_layers(layers: Sequence[Turns]) -> dict[int, User]:
    """The people of all layers by their numbers; raises UnfitRota."""
    if not layers or not any(turns.people for turns in layers):
        raise UnfitRota("a rota has at least one layer with at least one person: otherwise nobody is ever on call")
    for number, turns in enumerate(layers, start=1):
        if not 1 <= turns.shift_days <= LONGEST_SHIFT_DAYS:
            raise UnfitRota(f"layer {number}: a shift lasts 1 to {LONGEST_SHIFT_DAYS} days, came {turns.shift_days}")
        minutes = (turns.handoff_minute, turns.from_minute, turns.to_minute)
        if not all(0 <= minute < MINUTES_OF_A_DAY for minute in minutes):
            raise UnfitRota(f"layer {number}: wall times lie between 00:00 and 23:59")
        if not turns.weekdays or not all(0 <= day <= 6 for day in turns.weekdays):
            raise UnfitRota(f"layer {number}: name at least one weekday on which it holds")
        if not date(2000, 1, 1) <= turns.begins_on < date(2100, 1, 1):
            raise UnfitRota(f"layer {number}: the first hand-off lies in the years 2000 to 2099, came {turns.begins_on}")
    wanted = {person for turns in layers for person in turns.people}
    people: dict[int, User] = dict(User.objects.in_bulk(wanted))
    for person in sorted(wanted):
        found: Any = people.get(person)
        if not is_staff(found):
            called = found.name if found else f"number {person}"
            raise UnfitRota(f"{called} is not one of the provider's people who may sign in, and cannot be on call")
    return people


def step_in(*, rota: Rota, user: User, from_at: Instant, to_at: Instant, by: str, at: Instant) -> Override:
    """`user` is on call in place of everybody else in [from_at, to_at); what of it is past is left out. Raises UnfitRota."""
    from_at = max(from_at, at)
    if to_at <= from_at:
        ends, begins = say_instant(to_at), say_instant(from_at)
        raise UnfitRota(f"somebody steps in until after now and after they began: {ends} is not after {begins}")
    if not is_staff(user):
        raise UnfitRota(f"{user.name} is not one of the provider's people who may sign in, and cannot be on call")
    return Override.objects.create(
        rota=rota, user=user, from_at=from_at.utc(), to_at=to_at.utc(), made_by=by, made_at=at.utc()
    )  # fmt: skip


def withdraw(*, override: Override, at: Instant) -> None:
    """They do not step in any more; what they did until now stays theirs. The first withdrawal holds."""
    Override.objects.filter(pk=override.pk, withdrawn_at__isnull=True).update(withdrawn_at=at.utc())
