"""Who is on call, who is paged for what, who is told, and what could not be told."""

from upheld.apps.oncall.models import Hours
from upheld.apps.oncall.queries.allowed import Quiet
from upheld.apps.oncall.queries.outbox import EVENTS, list_recipients, messages_due, messages_given_up, next_due_at
from upheld.apps.oncall.queries.pages import (
    UnknownPage,
    count_open_pages,
    list_pages,
    next_step_at,
    open_pages,
    page_called,
    pages_about,
    pages_due,
    steps_taken,
    told_by,
)
from upheld.apps.oncall.queries.policies import (
    UnknownPolicy,
    channel,
    default_policy,
    list_channels,
    list_policies,
    name_target,
    plan_of,
    policy,
    steps_of,
    targets_of,
)
from upheld.apps.oncall.queries.rotas import (
    OnCall,
    Shift,
    UnknownRota,
    join_shifts,
    layers_of,
    list_rotas,
    look_around,
    override,
    overrides_of,
    rota,
    shifts_between,
    shifts_of,
    version_at,
    versions_of,
    who_is_on_call,
)
from upheld.apps.oncall.queries.turns import Turns, UnknownZone, zone_named
from upheld.apps.oncall.queries.ways import UnknownWay, addresses_of, way, ways_of

__all__ = [
    "EVENTS", "Hours", "OnCall", "Quiet", "Shift", "Turns", "UnknownPage", "UnknownPolicy", "UnknownRota", "UnknownWay",
    "UnknownZone", "addresses_of", "channel", "count_open_pages", "default_policy", "join_shifts", "layers_of",
    "list_channels", "list_pages", "list_policies", "list_recipients", "list_rotas", "look_around", "messages_due",
    "messages_given_up", "name_target", "next_due_at", "next_step_at", "open_pages", "override", "overrides_of",
    "page_called", "pages_about", "pages_due", "plan_of", "policy", "rota", "shifts_between", "shifts_of", "steps_of",
    "steps_taken", "targets_of", "told_by", "version_at", "versions_of", "way", "ways_of", "who_is_on_call", "zone_named",
]  # fmt: skip
