"""The addresses of on call, with who may look and who may act."""

from functools import partial

from django.urls import URLPattern

from upheld.apps.parties.queries import is_administrator, may_change_facts
from upheld.doors import addresses
from upheld.doors.frames import anybody
from upheld.interfaces.console.frame import FRAME
from upheld.interfaces.console.oncall import links, now, pages, policies, rota, ways, writing_policy, writing_rota

address = partial(addresses.address, frame=FRAME)
TWIN = ("json",)

DOORS: list[URLPattern] = [
    *address(
        "on-call/answer/<str:token>", "answer-page", show=links.show_answer, do=links.acknowledge, may=anybody, is_once=False
    ),
    *address("on-call/calendar/<str:token>.ics", "calendar", show=links.download_calendar, may=anybody),
]
"""Open to anybody who was given the address: each holds a signature that nobody guesses."""

ROOMS: list[URLPattern] = [
    *address("on-call", "oncall", forms=TWIN, show=now.show_oncall),
    *address("on-call/pages", "pages", forms=TWIN, show=pages.list_pages),
    *address(
        "on-call/pages/<slug:name>", "page", forms=TWIN, show=pages.show, do=pages.acknowledge, may_do=may_change_facts
    ),
    *address("on-call/pages/<slug:name>/resolve", "page-resolve", do=pages.resolve, may_do=may_change_facts),
    *address(
        "on-call/policies", "policies", forms=TWIN, show=policies.show, do=policies.add_channel, may_do=is_administrator
    ),
    *address(
        "on-call/policies/new", "policy-new", show=writing_policy.show_new, do=writing_policy.write_new,
        may_do=is_administrator,
    ),
    *address(
        "on-call/policies/<slug:slug>", "policy", forms=TWIN, show=writing_policy.show, do=writing_policy.write_again,
        may_do=is_administrator,
    ),
    *address(
        "on-call/rotas/new", "rota-new", show=writing_rota.show_new, do=writing_rota.write_new, may_do=is_administrator
    ),
    *address("on-call/rotas/<slug:slug>", "rota", forms=TWIN, show=rota.show, do=rota.step_in, may_do=may_change_facts),
    *address("on-call/rotas/<slug:slug>/withdraw", "rota-withdraw", do=rota.withdraw, may_do=may_change_facts),
    *address("on-call/rotas/<slug:slug>/calendar", "rota-calendar", do=rota.renew, may_do=is_administrator),
    *address(
        "on-call/rotas/<slug:slug>/change", "rota-change", show=writing_rota.show_change, do=writing_rota.write_change,
        may_do=is_administrator,
    ),
    *address("on-call/me", "ways", show=ways.show, do=ways.add),
    *address("on-call/me/confirm", "way-confirm", do=ways.confirm),
    *address("on-call/me/remove", "way-remove", do=ways.remove),
    *address("on-call/me/calendar", "calendar-renew", do=ways.renew),
]  # fmt: skip
"""For the provider's people; rotas, policies and channels are written by administrators."""
