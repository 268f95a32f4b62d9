"""Writing escalation policies and channels."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from upheld.apps.oncall.models import Channel, Hours, Policy, Rota, Step, Target
from upheld.apps.oncall.models.rotas import MINUTES_OF_A_DAY
from upheld.apps.oncall.queries.allowed import Quiet
from upheld.apps.oncall.queries.turns import zone_named
from upheld.apps.oncall.services.addresses import check_address
from upheld.apps.parties.models import User
from upheld.apps.parties.queries import is_staff
from upheld.core.timeline import Instant, Span

log = logging.getLogger("upheld.oncall")

MOST_STEPS, MOST_REPEATS, LONGEST_WAIT = 20, 20, 7 * MINUTES_OF_A_DAY


class UnfitPolicy(ValueError):
    """A policy that would wake nobody, or never end; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class WantedStep:
    """Whom to tell so many minutes after the step before (the first: after the page)."""

    after_minutes: int
    targets: tuple[Rota | User | Channel, ...]


def save_policy(
    *,
    name: str,
    steps: Sequence[WantedStep],
    at: Instant,
    policy: Policy | None = None,
    is_default: bool = False,
    repeats: int = 0,
    repeat_after_minutes: int = 30,
    hours: str = Hours.ALWAYS,
    quiet: Quiet | None = None,
) -> Policy:
    """
    A new policy, or `policy` as it is from now on; pages that run keep the steps that they began with.

    The default one is the only default. Raises UnfitPolicy, and UnknownZone.
    """
    name = " ".join(name.split())
    check_policy(name, steps, repeats, repeat_after_minutes, hours)
    if quiet:
        zone_named(quiet.zone, Span(at, at))
        if not (0 <= quiet.from_minute < MINUTES_OF_A_DAY and 0 <= quiet.to_minute < MINUTES_OF_A_DAY):
            raise UnfitPolicy("quiet hours lie between 00:00 and 23:59")
    fields = {
        "name": name, "is_default": is_default, "repeats": repeats, "repeat_after_minutes": repeat_after_minutes,
        "hours": hours, "quiet_zone": quiet.zone if quiet else "", "quiet_from_minute": quiet.from_minute if quiet else 0,
        "quiet_to_minute": quiet.to_minute if quiet else 0,
    }  # fmt: skip
    with transaction.atomic():
        others = Policy.objects.exclude(pk=policy.pk) if policy else Policy.objects.all()
        if others.filter(name=name).exists() or (policy is None and others.filter(slug=slugify(name)).exists()):
            raise UnfitPolicy(f"there is a policy called {name!r} already; change it, or give this one another name")
        if is_default:
            others.filter(is_default=True).update(is_default=False)
        if policy is None:
            saved = Policy.objects.create(slug=slugify(name), **fields)
        else:
            Policy.objects.filter(pk=policy.pk).update(**fields)
            saved = Policy.objects.get(pk=policy.pk)
        saved.steps.all().delete()
        for number, wanted in enumerate(steps, start=1):
            step = Step.objects.create(policy=saved, number=number, after_minutes=wanted.after_minutes)
            Target.objects.bulk_create(aim(step, place, one) for place, one in enumerate(wanted.targets, start=1))
    log.info("escalation policy saved", extra={"policy": saved.slug})
    return saved


def check_policy(name: str, steps: Sequence[WantedStep], repeats: int, repeat_after_minutes: int, hours: str) -> None:
    if not slugify(name) or len(name) > 100:
        raise UnfitPolicy(f"give the policy a name of at most 100 letters, for instance Outages; came {name!r}")
    if not 1 <= len(steps) <= MOST_STEPS:
        raise UnfitPolicy(f"a policy has 1 to {MOST_STEPS} steps, came {len(steps)}")
    for number, step in enumerate(steps, start=1):
        if not step.targets:
            raise UnfitPolicy(f"step {number} tells nobody: name a rota, a person or a channel")
        if not 0 <= step.after_minutes <= LONGEST_WAIT:
            raise UnfitPolicy(f"step {number} waits {step.after_minutes} minutes, expected 0 to {LONGEST_WAIT}")
        for target in step.targets:
            if isinstance(target, User) and not is_staff(target):
                raise UnfitPolicy(f"step {number}: {target.name} is not one of the provider's people who may sign in")
    if not 0 <= repeats <= MOST_REPEATS:
        raise UnfitPolicy(f"a policy is repeated 0 to {MOST_REPEATS} times, came {repeats}")
    if not 1 <= repeat_after_minutes <= LONGEST_WAIT:
        raise UnfitPolicy(f"it is repeated after 1 to {LONGEST_WAIT} minutes, came {repeat_after_minutes}")
    if hours not in Hours.values:
        raise UnfitPolicy(f"a policy tells {', '.join(Hours.values)}; came {hours!r}")


def aim(step: Step, number: int, target: Rota | User | Channel) -> Target:
    return Target(
        step=step, number=number, rota=target if isinstance(target, Rota) else None,
        user=target if isinstance(target, User) else None, channel=target if isinstance(target, Channel) else None,
    )  # fmt: skip


def save_channel(*, name: str, kind: str, address: str) -> Channel:
    """A place where a group reads; under a name that is known, it lies elsewhere from now on. Raises UnfitRecipient."""
    name = " ".join(name.split())
    if not name or len(name) > 100:
        raise UnfitPolicy(f"give the channel a name of at most 100 letters, for instance ops; came {name!r}")
    channel, _ = Channel.objects.update_or_create(
        name=name, defaults={"kind": kind, "address": check_address(kind, address)}
    )  # fmt: skip
    return channel
