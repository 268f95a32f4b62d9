"""A home of its own for every journey."""

import pytest

from tests.apps.conftest import let_tables_be_emptied  # noqa: F401  (tests of real transactions end by emptying tables)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.UPHELD_HOME = tmp_path
    for name in ("SAMPLES", "KEYS", "SPOOL", "STATUS", "MAIL"):
        setattr(settings, f"UPHELD_{name}", tmp_path / name.lower())
