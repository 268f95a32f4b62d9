"""The months of the status page: the same spans, month by month, each a file that links to its neighbours."""

import json
import os

import pytest

from tests.interfaces import cast
from upheld.core.timeline import HOUR, Instant, Span
from upheld.interfaces.worker.status_file import write_status
from upheld.interfaces.worker.status_month import build_status_month, list_months
from upheld.pages.states import State

pytestmark = pytest.mark.django_db

JULY = Span(Instant.parse("2026-07-01T00:00Z"), Instant.parse("2026-08-01T00:00Z"))
AUGUST = Span(JULY.end, Instant.parse("2026-09-01T00:00Z"))


@pytest.fixture
def lived(settings, tmp_path):
    settings.UPHELD_SAMPLES, settings.UPHELD_KEYS = tmp_path / "samples", tmp_path / "keys"
    cast.people()
    return cast.live_through()


def test_go_back_to_the_first_sample(lived):
    """The one that runs first."""
    assert [AUGUST, JULY] == list_months(cast.NOW)


def test_where_nothing_was_seen_are_the_one_that_runs(db):
    """There is always a page."""
    assert [AUGUST] == list_months(cast.NOW)


def test_one_that_is_over_is_shown_whole(lived):
    """July's outage, July's time before the first sample, nothing of August."""
    page = build_status_month(JULY, cast.NOW)

    acorn = page.components[0]
    assert [Span(Instant.parse("2026-07-23T15:00Z"), Instant.parse("2026-07-23T17:00Z"))] == [
        shown.span for shown in acorn.spans if shown.state is State.DOWN
    ]
    assert all(JULY.start <= shown.span.start and shown.span.end <= JULY.end for shown in acorn.spans)
    assert ("July 2026: 1 span of trouble", None, "2026-08.html") == (
        page.heading.replace("\u00a0", " "),
        page.before,
        page.after.url if page.after else "",
    )


def test_are_files_that_lie_below_the_page(lived, tmp_path):
    """With relative addresses, so that all of it can stand anywhere; what is over is written again after an hour."""
    folder = tmp_path / "status"
    write_status(folder, cast.NOW)
    july = folder / "history" / "2026-07.html"
    words = july.read_text()
    july.write_text("old")
    os.utime(july, ns=(cast.NOW.micros * 1000,) * 2)

    write_status(folder, cast.NOW.before(HOUR) + HOUR)
    soon = july.read_text()
    write_status(folder, cast.NOW + HOUR)

    assert ["2026-07.html", "2026-08.html"] == sorted(path.name for path in (folder / "history").iterdir())
    assert 'href="../upheld.css"' in words
    assert ("old", True) == (soon, july.read_text() != "old")


def test_the_figures_are_there_for_programs(lived, tmp_path):
    """The page as JSON, beside it."""
    write_status(tmp_path / "status", cast.NOW)

    told = json.loads((tmp_path / "status" / "status.json").read_text())
    assert ("Acorn Legal, application is down", ["down", "up"]) == (
        told["heading"].replace("\u00a0", " "),
        [component["state"] for component in told["components"]],
    )
