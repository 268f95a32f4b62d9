"""What the public page counts: the judge's down time, also inside planned work, and nothing that is not everybody's."""

import pytest

from tests.apps.watched import KEY, NOON, at, observe, pack, sign, watch
from tests.interfaces import cast
from upheld.apps.agreements.queries import agreement, list_agreements
from upheld.apps.findings.queries import main_account, state_of
from upheld.apps.fleet.models import Service
from upheld.apps.ledger.services import record
from upheld.apps.maintenance import services as planning
from upheld.apps.parties.services import name_provider
from upheld.apps.probes.queries import outage
from upheld.apps.probes.services import assign_cause, ingest
from upheld.core.facts import NoticeGiven
from upheld.core.timeline import DAY, HOUR, MINUTE, SECOND, Instant, Span, Timeline
from upheld.interfaces.worker.status_file import write_status
from upheld.interfaces.worker.status_month import build_status_month
from upheld.interfaces.worker.status_page import build_status_page
from upheld.pages.states import State

pytestmark = pytest.mark.django_db

WORK = Span(NOON, NOON + HOUR)
DOWN = Span(at(11), at(21))
SECRET = "the disk that Kettle Media filled"


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.UPHELD_SAMPLES, settings.UPHELD_KEYS = tmp_path / "samples", tmp_path / "keys"


@pytest.fixture
def shop():
    name_provider(name="Harbour")
    sign()
    watch()


def plan(*, told: bool) -> None:
    """Work on Saturday from noon to one, planned ten days before; scheduled work needs five business days of notice."""
    early = NOON.before(DAY * 10)
    window = planning.plan(agreement=agreement(KEY), kind="scheduled", span=WORK, reason=SECRET, by="person-1", at=early)
    if told:
        notice = NoticeGiven(
            id="told", agreement=KEY, occurred_at=early, recorded_at=early, source="person-1", window=window.name,
            to="contact", by="email",
        )  # fmt: skip
        record(facts=[notice])


def fail() -> None:
    """Down from 12:00:11 to 12:00:21, seen up to 12:00:31."""
    batch = pack(observe(1, 0), observe(2, 10, "bad"), observe(3, 20), observe(4, 30))
    ingest(batch=batch, at=Instant(batch.sealed_at))


def read(as_of: Instant = NOON + SECOND * 35):
    page = build_status_page(as_of)
    [component] = page.components
    times = {
        state: Timeline.of(shown.span for shown in component.spans if shown.state is state and shown.span.end > NOON)
        for state in (State.DOWN, State.MAINTENANCE, State.EXCLUDED)
    }
    return page, component, times


class TestPlannedWork:
    def test_that_does_not_count_is_maintenance(self, shop):
        plan(told=True)
        fail()

        page, component, times = read()

        assert (Timeline(), Timeline.of([Span(NOON, at(35))])) == (times[State.DOWN], times[State.MAINTENANCE])
        assert "February so far: none down." == component.says.replace("\u00a0", " ").partition(" January")[0]
        assert ["Shop was not reached; none of it counts as down"] == [trouble.words for trouble in page.troubles]

    def test_that_counts_is_down_while_it_was(self, shop):
        """Nobody was told of it: the judge counts the ten seconds, and the page shows the same ten."""
        plan(told=False)
        fail()

        page, _, times = read()

        account = main_account(state_of(agreement(KEY), "2026-02", at(35)))
        assert account is not None
        counted = account.finding.quantity("down")
        assert (Timeline.of([DOWN]), counted) == (times[State.DOWN], times[State.DOWN].total)
        assert Timeline.of([Span(NOON, DOWN.start), Span(DOWN.end, at(35))]) == times[State.MAINTENANCE]
        assert ["Shop was down"] == [trouble.words for trouble in page.troubles]

    def test_is_told_by_time_and_kind_alone(self, shop, tmp_path):
        """Why the work is done is for the customer who is told; no file of the page holds it."""
        plan(told=True)
        fail()

        write_status(tmp_path / "status", at(35))

        [work] = build_status_page(at(35)).planned
        assert (WORK, "Shop", "scheduled maintenance") == (work.span, work.component, work.title)
        written = [path.read_text() for path in (tmp_path / "status").rglob("*") if path.suffix in (".html", ".json")]
        assert (3 <= len(written), False) == (True, any(SECRET in text for text in written))
        assert any("scheduled maintenance" in text for text in written)

    def test_that_is_over_is_not_ahead(self, shop):
        """Ended before its time, it is no planned work any more."""
        plan(told=True)
        window = planning.start(window=agreement(KEY).windows.get(), by="person-1", at=NOON)
        planning.end(window=window, by="person-1", at=NOON + MINUTE)

        assert () == build_status_page(NOON + MINUTE * 2).planned


class TestCauses:
    def test_that_do_not_count_are_not_down(self, shop):
        """An outage for which the provider does not answer is shown as not ours, once its cause is known."""
        fail()
        cause = {"cause": "storm", "evidence": "probes", "by": "person-1"}
        assign_cause(outage=outage("O-1"), span=DOWN, at=at(32), **cause)

        _, _, times = read()

        assert (Timeline(), Timeline.of([DOWN])) == (times[State.DOWN], times[State.EXCLUDED])

    def test_of_a_part_are_told_by_minutes(self, shop):
        batch = pack(observe(1, 0), *(observe(place + 2, 10 + place * 10, "bad") for place in range(18)), observe(20, 190))
        ingest(batch=batch, at=Instant(batch.sealed_at))
        half = Span(at(11), at(11) + MINUTE)
        assign_cause(outage=outage("O-1"), span=half, cause="storm", evidence="probes", by="person-1", at=at(192))

        page, _, times = read(at(195))

        assert ["Shop was down; 2 min of it count"] == [trouble.words.replace("\u00a0", " ") for trouble in page.troubles]
        assert MINUTE * 2 == times[State.DOWN].total


class TestSums:
    def test_are_the_judges_in_every_month(self):
        """Of every customer: what is drawn down adds up to the finding of the month, and the sentence says it."""
        cast.people()
        cast.live_through()
        page = build_status_page(cast.NOW)

        for row, component in zip(list_agreements(), page.components, strict=True):
            drawn = Timeline.of(shown.span for shown in component.spans if shown.state is State.DOWN)
            for month in ("2026-07", "2026-08"):
                statement = state_of(row, month, cast.NOW)
                account = main_account(statement)
                assert account is not None
                assert account.finding.quantity("down") == drawn.within(statement.period).total
        assert ["August so far: 132 min down. July: 120 min down.", "August so far: none down. July: none down."] == [
            component.says.replace("\u00a0", " ") for component in page.components
        ]

    def test_of_a_month_that_is_over_stand_on_its_page(self):
        cast.people()
        cast.live_through()
        july = Span(Instant.parse("2026-07-01T00:00Z"), Instant.parse("2026-08-01T00:00Z"))

        page = build_status_month(july, cast.NOW)

        assert "July: 120 min down." == page.components[0].says.replace("\u00a0", " ")

    def test_go_on_between_two_looks_of_the_judge(self, shop):
        """The judge is asked once a minute; what runs grows by the second all the same."""
        batch = pack(observe(1, 0), observe(2, 10, "bad"))
        ingest(batch=batch, at=Instant(batch.sealed_at))

        seen = [read(at(second))[2][State.DOWN] for second in (12, 15)]

        assert [Timeline.of([Span(at(11), at(second))]) for second in (12, 15)] == seen


def test_a_component_without_a_promise_is_shown_as_it_was_seen(shop):
    """Its agreement speaks of another service: there is no judge to take anything away."""
    Service.objects.update(terms_service="mail")
    plan(told=True)
    fail()

    _, component, times = read()

    assert (Timeline.of([DOWN]), "") == (times[State.DOWN], component.says)
