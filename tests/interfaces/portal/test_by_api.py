"""Whatever the portal lets a customer's person do, their program does by the API; what it does not has its reason."""

from inspect import getclosurevars

import pytest

from upheld.interfaces.api.interface import describe
from upheld.interfaces.portal.urls import ROOMS

BY_API = {
    "statement-dispute": ("/agreements/{key}/periods/{period}/statements/{number}/dispute",),
    "ticket-dispute": ("/tickets/{name}/dispute",),
    "own": ("/exhibits",),
    "heads": (
        "/agreements/{key}/head-readers", "/agreements/{key}/head-readers/remove", "/agreements/{key}/witnesses",
    ),
    "ticket": ("/tickets/{name}/messages",),
    "ticket-rating": ("/tickets/{name}/rating",),
    "ticket-priority": ("/tickets/{name}/priority",),
    "agreed": (
        "/quotes/{name}/accept", "/quotes/{name}/decline", "/tickets/{name}/appointments",
        "/tickets/{name}/appointments/{number}/accept", "/tickets/{name}/appointments/{number}/decline",
        "/tickets/{name}/instructions",
    ),
    "reporting": ("/agreements/{key}/tickets",),
    "chat-start": ("/agreements/{key}/chat",),
    "chat-room": ("/tickets/{name}/messages",),
    "plans": ("/agreements/{key}/plans/{plan}/sign-off",),
    "telegram": ("/chats", "/chats/unlink"),
    "claim-appeal": ("/claims/{name}/appeal",),
    "claim-period": ("/agreements/{key}/claims",),
    "claim-filing": ("/agreements/{key}/claims",),
    "endings": ("/agreements/{key}/ends",),
    "duties": ("/agreements/{key}/duties/{duty}/ask",),
    "switch": ("/agreements/{key}/switches/{switch}",),
    "persons": ("/agreements/{key}/persons",),
    "people": ("/people",),
    "person": (
        "/people/{person}/role", "/people/{person}/close", "/people/{person}/open", "/people/{person}/invite",
    ),
}  # fmt: skip
NOT_BY_API = {
    "look": "the provider's people look at pages so; a program of theirs sees every customer by itself",
    "look-stop": "the same",
}


def list_deeds() -> set[str]:
    """Addresses of the portal where a form is posted, by name."""
    doing = (one for one in ROOMS if getclosurevars(one.callback).nonlocals.get("do") is not None)
    return {str(one.name).partition(".")[0] for one in doing}


def list_posts() -> set[str]:
    return {path.removeprefix("/api/v1") for path, methods in describe()["paths"].items() if "post" in methods}


def test_names_every_deed_of_the_portal():
    """A form that is added to the portal is added to the API too, or it is said here why not."""
    missing = list_deeds() - BY_API.keys() - NOT_BY_API.keys()

    assert set() == missing


@pytest.mark.parametrize("deed", sorted(BY_API))
def test_each_is_possible_by_the_api(deed):
    assert set() == set(BY_API[deed]) - list_posts()
