"""The console at a known instant, with people who are signed in."""

import pytest
from django.test import Client

from tests.interfaces import cast
from upheld.interfaces.console import asking


@pytest.fixture
def clock(monkeypatch):
    """The console's clock stands still at the cast's now."""
    monkeypatch.setattr(asking, "now_us", lambda: cast.NOW.micros)
    return cast.NOW


@pytest.fixture
def people(db):
    return cast.people()


@pytest.fixture
def month(people, clock):
    return cast.live_through()


def sign_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def tom(people):
    """One of the provider's people, signed in."""
    return sign_in(people["tom"])


@pytest.fixture
def mara(people):
    """The administrator, signed in."""
    return sign_in(people["mara"])
