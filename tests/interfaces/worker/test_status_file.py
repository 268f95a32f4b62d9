"""The public status page: true, whole, and without anybody's name."""

import pytest

from tests.apps.watched import at, observe, pack, sign, watch
from upheld.apps.parties.services import name_provider
from upheld.apps.probes.services import ingest
from upheld.apps.witnesses.models import Stamp
from upheld.core.timeline import Instant, Span, Timeline
from upheld.interfaces.worker.status_file import write_status
from upheld.interfaces.worker.status_page import build_status_page
from upheld.interfaces.worker.work import sign_heads
from upheld.pages.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.UPHELD_SAMPLES, settings.UPHELD_KEYS = tmp_path / "samples", tmp_path / "keys"
    name_provider(name="Harbour")
    sign()
    watch()


def take(*observations, **changes):
    batch = pack(*observations, **changes)
    ingest(batch=batch, at=Instant(batch.sealed_at))


def spans_in(component, state):
    return Timeline.of(shown.span for shown in component.spans if shown.state is state)


class TestPage:
    def test_shows_what_is_down(self):
        take(observe(1, 0), observe(2, 10, "bad"))

        page = build_status_page(at(15))

        [component] = page.components
        assert (State.DOWN, at(11), (Span(at(11), at(15)),), "Shop is down") == (
            component.state,
            component.since,
            spans_in(component, State.DOWN).spans,
            page.heading,
        )

    def test_shows_what_was_not_measured(self):
        """Before the first sample, and while the prober was blind; never what was seen."""
        take(observe(1, 0), observe(2, 10, "unseen"), observe(3, 20), observe(4, 30))

        page = build_status_page(at(33))

        [component] = page.components
        assert (Span(page.days.start, at(21)),) == spans_in(component, State.UNKNOWN).spans

    def test_becomes_unknown_when_no_sample_comes(self):
        take(observe(1, 0))

        assert [State.UP, State.UNKNOWN] == [build_status_page(at(second)).worst for second in (15, 30)]

    def test_tells_days_with_trouble(self):
        take(observe(1, 0), observe(2, 10, "bad"), observe(3, 20))

        [trouble] = build_status_page(at(25)).troubles
        assert (Span(at(11), at(21)), "Shop was down", False) == (trouble.span, trouble.words, trouble.is_running)


class TestFile:
    def test_stands_alone(self, tmp_path):
        """A page with its sheet and script beside it; no customer is named in it."""
        take(observe(1, 0))

        write_status(tmp_path / "status", at(5))

        page = (tmp_path / "status" / "index.html").read_text()
        assert (
            {"history", "index.html", "mark.svg", "status.json", "upheld-verify.html", "upheld-verify.pyz", "upheld.css"}
            | {"upheld.js"},
            True,
            False,
        ) == (
            {path.name for path in (tmp_path / "status").iterdir()},
            "Shop" in page,
            "Acorn" in page,
        )


class TestHead:
    def test_is_linked_once_it_is_signed(self, settings, tmp_path):
        """The head over all ledgers stands beside the page, and so does the programme that watches it."""
        settings.UPHELD_STATUS = tmp_path / "status"
        before = build_status_page(at(5))
        sign_heads(at(5))
        write_status(tmp_path / "status", at(6))

        page = (tmp_path / "status" / "index.html").read_text()
        assert "" == before.head_url
        for name in ("heads/head.json", "upheld-witness.pyz"):
            assert (True, True) == (f'href="{name}"' in page, (tmp_path / "status" / name).is_file())

    def test_with_a_stamp_is_linked_from_both_pages(self, settings, tmp_path):
        """Once an authority stamped one: beside the page, and one folder up from a month's."""
        settings.UPHELD_STATUS = tmp_path / "status"
        before = build_status_page(at(5)).stamp_url
        day = at(4).utc()
        Stamp.objects.create(day=day.date(), size=1, note="n", authority="tsa.example", token=b"t", stamped_at=day)

        assert ("", "heads/stamp.json") == (before, build_status_page(at(5)).stamp_url)
