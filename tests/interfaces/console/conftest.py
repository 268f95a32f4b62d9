"""The console at a known instant, over a month that really happened, with people who are signed in."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.apps.conftest import let_tables_be_emptied  # noqa: F401  (tests of real transactions end by emptying tables)
from tests.interfaces import cast
from upheld.apps.maintenance.services import plan
from upheld.apps.oncall import services as oncall
from upheld.apps.oncall.queries import Turns
from upheld.apps.statements.services import prepare
from upheld.core.timeline import DAY, Instant, Span
from upheld.doors import addresses, asking, problems, signing_in


@pytest.fixture(autouse=True)
def clock(monkeypatch) -> Instant:
    """The console's clock stands still at the cast's now, and nobody has tried to sign in yet."""
    for module in (addresses, asking, problems):
        monkeypatch.setattr(module, "now_us", lambda: cast.NOW.micros)
    for tries in (signing_in.by_person, signing_in.by_address, signing_in.by_name):
        tries.kept.clear()
    return cast.NOW


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """Passwords are made hard to guess elsewhere; a hundred of them a test would take minutes."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """The cast after its month, made once for a file of tests: each test's own deeds are rolled back to it."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around._from_testcase = True  # type: ignore[attr-defined]
        with around:
            people, agreements = cast.people(), cast.live_through()
            window = plan(
                agreement=agreements["acorn"],
                kind="scheduled",
                span=Span(Instant.parse("2026-09-05T20:00Z"), Instant.parse("2026-09-05T23:00Z")),
                reason="Larger database",
                by=f"person-{people['tom'].pk}",
                at=cast.NOW.before(DAY),
            )
            lay_rota(people)
            statement = prepare(agreement=agreements["acorn"], period="2026-07", by="person-1", at=cast.NOW)
            yield SimpleNamespace(people=people, agreements=agreements, window=window, statement=statement)
            transaction.set_rollback(True)


def lay_rota(people: dict[str, Any]) -> None:
    """Mara and Tom are on call by weeks from Monday 09:00 in London, and one page waits for somebody."""
    turns = Turns((people["mara"].pk, people["tom"].pk), date(2026, 8, 24), 540, 7)
    at = cast.NOW.before(DAY * 20)
    rota = oncall.add_rota(name="Nights", zone="Europe/London", layers=[turns], by="person-1", at=at)
    policy = oncall.save_policy(name="Outages", steps=[oncall.WantedStep(0, (rota,))], at=at)
    oncall.page(
        policy=policy, key="asked", about="O-3", urgent=True, subject="Look at Teamplify", text="It was slow.", at=cast.NOW
    )  # fmt: skip
    oncall.escalate_due(cast.NOW)


def sign_in(user, **settings) -> Client:
    client = Client(**settings)
    client.force_login(user)
    return client


@pytest.fixture
def tom(lived, db) -> Client:
    """One of the provider's people, signed in."""
    return sign_in(lived.people["tom"])


@pytest.fixture
def mara(lived, db) -> Client:
    """The administrator, signed in."""
    return sign_in(lived.people["mara"])


@pytest.fixture
def lena(lived, db) -> Client:
    """One of a customer's people, signed in."""
    return sign_in(lived.people["lena"])
