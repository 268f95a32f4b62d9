"""The first who opens an edition waits no longer than the second."""

import pytest
from django.db import connections

from tests.interfaces.console.reading import heading
from upheld.doors.shown import agreement, agreements
from upheld.interfaces.console import warming

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keep_the_connection(monkeypatch):
    """The tests' own connection stays open."""
    monkeypatch.setattr(connections, "close_all", lambda: None)


def test_an_edition_is_read_before_anybody_opens_it(tom, monkeypatch):
    agreements.check_version.cache_clear()
    agreements.find_differences.cache_clear()
    agreement.read_parts.cache_clear()
    warming.warm()
    monkeypatch.setattr(agreements, "run_examples", lambda found: pytest.fail("the examples are run again"))

    assert "Teamplify service level agreement" == heading(tom.get("/agreements/teamplify/2023-01"))


def test_a_failure_is_told_to_the_log_and_stops_nothing(monkeypatch, caplog):
    def fail():
        raise OSError("no rows yet")

    monkeypatch.setattr(warming, "read_editions", fail)

    warming.warm()

    assert ["editions are not made ready; each is read when it is opened"] == [told.message for told in caplog.records]
