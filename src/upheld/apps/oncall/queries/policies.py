"""Escalation policies and channels, and the plan that a page keeps of its policy."""

from dataclasses import dataclass
from typing import Any

from upheld.apps.oncall.models import Channel, Policy, Step, Target
from upheld.apps.oncall.queries.allowed import Quiet


class UnknownPolicy(LookupError):
    """A policy or a channel that is not on record."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """Whom a step tells, each as (`rota`, `user` or `channel`, its number), so many minutes after the step before."""

    after_minutes: int
    targets: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A policy as it holds for one page."""

    steps: tuple[PlannedStep, ...]
    repeats: int
    repeat_after_minutes: int
    hours: str
    quiet: Quiet | None

    @property
    def places(self) -> int:
        """How many steps there are over all rounds."""
        return len(self.steps) * (self.repeats + 1)

    def step(self, place: int) -> PlannedStep:
        return self.steps[place % len(self.steps)]

    def begins_round(self, place: int) -> bool:
        return place % len(self.steps) == 0

    def wait_before(self, place: int) -> int:
        """The minutes between a step and the one before it, or the page."""
        if place and self.begins_round(place):
            return self.repeat_after_minutes
        return self.step(place).after_minutes

    def to_json(self) -> dict[str, Any]:
        return {
            "steps": [{"after": step.after_minutes, "targets": [list(one) for one in step.targets]} for step in self.steps],
            "repeats": self.repeats,
            "repeat_after": self.repeat_after_minutes,
            "hours": self.hours,
            "quiet": [self.quiet.zone, self.quiet.from_minute, self.quiet.to_minute] if self.quiet else None,
        }

    @classmethod
    def from_json(cls, written: dict[str, Any]) -> "Plan":
        steps = tuple(
            PlannedStep(step["after"], tuple((kind, number) for kind, number in step["targets"]))
            for step in written["steps"]
        )
        quiet = Quiet(*written["quiet"]) if written["quiet"] else None
        return cls(steps, written["repeats"], written["repeat_after"], written["hours"], quiet)


def list_policies() -> list[Policy]:
    return list(Policy.objects.order_by("name"))


def policy(slug: str) -> Policy:
    """One policy; raises UnknownPolicy."""
    found = Policy.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(row.slug for row in list_policies())
        raise UnknownPolicy(f"no escalation policy is called {slug!r}; there are: {known or 'none'}")
    return found


def default_policy() -> Policy | None:
    """The policy that an outage pages, where there is one."""
    return Policy.objects.filter(is_default=True).first()


def steps_of(policy: Policy) -> list[Step]:
    """The steps in order, with whom they tell."""
    rows = policy.steps.prefetch_related("targets__rota", "targets__user", "targets__channel")
    return list(rows.order_by("number"))


def targets_of(step: Step) -> list[Target]:
    return sorted(step.targets.all(), key=lambda target: target.number)


def plan_of(policy: Policy) -> Plan:
    """The policy as plain values, for a page to keep."""
    steps = tuple(
        PlannedStep(step.after_minutes, tuple(read_target(target) for target in targets_of(step)))
        for step in steps_of(policy)
    )
    quiet = Quiet(policy.quiet_zone, policy.quiet_from_minute, policy.quiet_to_minute) if policy.quiet_zone else None
    return Plan(steps, policy.repeats, policy.repeat_after_minutes, policy.hours, quiet)


def read_target(target: Target) -> tuple[str, int]:
    if target.rota_id is not None:
        return "rota", target.rota_id
    if target.user_id is not None:
        return "user", target.user_id
    assert target.channel_id is not None
    return "channel", target.channel_id


def name_target(target: Target) -> str:
    """As a person reads it: `whoever is on call by Nights`, `Ada`, `the channel ops`."""
    if target.rota is not None:
        return f"whoever is on call by {target.rota.name}"
    return target.user.name if target.user is not None else f"the channel {target.channel}"


def list_channels() -> list[Channel]:
    return list(Channel.objects.order_by("name"))


def channel(name: str) -> Channel:
    """One channel; raises UnknownPolicy."""
    found = Channel.objects.filter(name=name).first()
    if found is None:
        known = ", ".join(row.name for row in list_channels())
        raise UnknownPolicy(f"no channel is called {name!r}; there are: {known or 'none'}")
    return found
