"""A status page is read with all it says of its own times: a window it states is exact, a time of posting only a bound."""

import json
from collections.abc import Mapping

from upheld.core.facts import OutageClosed, OutageOpened
from upheld.core.timeline import Duration, Instant, Span
from upheld.gateways.incidents import Placing, read_statuspage, write_facts

STATED = {
    "id": "a1", "impact": "major", "components": ["Web"], "first_post": "2026-04-01T16:06:11Z",
    "resolved_post": "2026-04-01T16:10:17Z", "last_post": "2026-04-01T16:10:17Z", "stated_from": "2026-04-01T15:34:00Z",
    "stated_to": "2026-04-01T16:02:00Z", "stated_day_basis": "day in text", "check": None,
}  # fmt: skip
INTO_WEB = Placing("agreement", "statuspage", {"Web": "web"})


def at(text: str) -> Instant:
    return Instant.parse(text)


def edges(entry: Mapping[str, object], placing: Placing = INTO_WEB) -> tuple[Instant | None, Instant, Instant, Instant]:
    facts, _ = write_facts(read_statuspage(json.dumps(entry)).incidents, placing)
    opened, closed = facts[0], facts[1]
    assert isinstance(opened, OutageOpened)
    assert isinstance(closed, OutageClosed)
    return opened.last_good_at, opened.first_bad_at, closed.last_bad_at, closed.first_good_at


def test_a_stated_window_is_exact() -> None:
    start, end = at("2026-04-01T15:34Z"), at("2026-04-01T16:02Z")
    assert edges(STATED) == (start, start, end, end)


def test_a_window_whose_day_is_a_guess_keeps_both_times() -> None:
    doubtful = {**STATED, "stated_day_basis": "posting day"}
    assert edges(doubtful) == (
        at("2026-04-01T15:34Z"), at("2026-04-01T16:06:11Z"), at("2026-04-01T16:06:11Z"), at("2026-04-01T16:10:17Z"),
    )  # fmt: skip


def test_without_a_window_only_the_posts_are_known_and_lateness_is_a_bound() -> None:
    silent = {**STATED, "stated_from": None, "stated_to": None}
    posted, resolved = at("2026-04-01T16:06:11Z"), at("2026-04-01T16:10:17Z")
    assert edges(silent) == (None, posted, posted, resolved)
    late = Placing("agreement", "statuspage", {"Web": "web"}, late_by=Duration(42 * 60 * 10**6))
    assert edges(silent, late) == (at("2026-04-01T15:24:11Z"), posted, posted, resolved)


def test_the_posts_of_the_usual_format_bound_the_end() -> None:
    page = {"incidents": [{
        "id": "b2", "name": "Slow", "impact": "critical", "components": [{"name": "Web"}],
        "created_at": "2026-04-01T10:00:00Z", "resolved_at": "2026-04-01T12:00:00Z",
        "incident_updates": [
            {"created_at": "2026-04-01T10:00:00Z", "status": "investigating"},
            {"created_at": "2026-04-01T10:40:00Z", "status": "identified"},
            {"created_at": "2026-04-01T11:10:00Z", "status": "monitoring"},
            {"created_at": "2026-04-01T12:00:00Z", "status": "resolved"},
        ],
    }]}  # fmt: skip
    facts, _ = write_facts(read_statuspage(json.dumps(page)).incidents, INTO_WEB)
    closed = facts[1]
    assert isinstance(closed, OutageClosed)
    assert (closed.last_bad_at, closed.first_good_at) == (at("2026-04-01T10:40Z"), at("2026-04-01T12:00Z"))


def test_an_incident_that_runs_is_not_closed() -> None:
    page = {"id": "c3", "impact": "major", "components": [{"name": "Web"}], "created_at": "2026-04-01T10:00:00Z"}
    facts, _ = write_facts(read_statuspage(json.dumps(page)).incidents, INTO_WEB)
    assert [fact.TYPE for fact in facts] == ["outage-opened/1"]


def test_nothing_is_dropped_without_a_word() -> None:
    lines = "\n".join([json.dumps(STATED), "{not json", json.dumps({"id": "d4", "first_post": "yesterday"}), "7"])
    read = read_statuspage(lines)
    assert len(read.incidents) + len(read.left) == 4
    assert [left.place for left in read.left] == ["line 2", "line 3", "line 4"]
    _, left = write_facts(read.incidents, Placing("agreement", "statuspage", impacts=("critical",)))
    assert [one.why for one in left] == ["its impact is major, which is no outage here"]
    _, left = write_facts(read.incidents, Placing("agreement", "statuspage"))
    assert "it names Web" in left[0].why


def test_a_window_of_several_components_is_an_outage_of_each() -> None:
    entry = {"id": "e5", "begin": "2026-04-01T10:00:00+00:00", "end": "2026-04-01T11:00:00+00:00", "products": ["A", "B"],
             "status_impact": "SERVICE_OUTAGE"}  # fmt: skip
    covers = Span(at("2026-04-01T00:00Z"), at("2026-05-01T00:00Z"))
    facts, _ = write_facts(
        read_statuspage(json.dumps([entry])).incidents, Placing("agreement", "page", {"A": "a", "B": "b"}, covers=covers)
    )
    opened = [(fact.outage, fact.component) for fact in facts if isinstance(fact, OutageOpened)]
    assert opened == [("page/e5/a", "a"), ("page/e5/b", "b")]
    assert facts[-1].TYPE == "coverage-declared/1"
