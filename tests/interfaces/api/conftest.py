"""The ground, the cast, and an API whose clock stands still."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from tests.apps.conftest import let_tables_be_emptied  # noqa: F401  (tests of real transactions end by emptying tables)
from tests.interfaces.api.cast import Cast, gather
from tests.interfaces.api.ground import NOW, SIGNED, build
from upheld.gateways.signing import FakeSigner
from upheld.interfaces.api import entering


@pytest.fixture(scope="module")
def ground(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[tuple[Cast, Path]]:
    """Laid once for all tests of a file, and taken back after them; what a test does is taken back after each."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        from django.conf import settings

        patch.setattr(settings, "UPHELD_SAMPLES", home / "samples")
        # The slow hash of passwords is not what is tried here.
        patch.setattr(settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
        outer = transaction.atomic()
        outer._from_testcase = True  # type: ignore[attr-defined]  # as Django's own: inside, a durable block is allowed
        with outer:
            build(FakeSigner())
            yield gather(SIGNED), home
            transaction.set_rollback(True)


@pytest.fixture
def cast(ground, db, settings, monkeypatch):
    people, home = ground
    settings.UPHELD_SAMPLES, settings.UPHELD_KEYS = home / "samples", home / "keys"
    monkeypatch.setattr(entering, "now_us", lambda: NOW.micros)
    return people
