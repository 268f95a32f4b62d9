"""Samples that were due and are not kept show as a number."""

from typing import Any

import pytest

from tests.core.sample import header
from tests.core.spans import at, span
from upheld.core.availability.samples import account_samples
from upheld.core.facts import NotMeasured, ObservationsSealed
from upheld.core.timeline import MINUTE, Duration, Timeline

HOUR_LONG = span("2026-02-14T10:00Z", "2026-02-14T11:00Z")


def sealed(start: str, end: str, count: int, component: str = "web", **more: Any) -> ObservationsSealed:
    values: dict[str, Any] = {"every": 60_000_000, "good": count, "bad": 0, "unseen": 0, "digest": "0" * 64, **more}
    return ObservationsSealed(
        **header(f"{component}-{start}", f"2026-02-14T{end}Z"),
        component=component,
        from_at=at(f"2026-02-14T{start}Z"),
        to_at=at(f"2026-02-14T{end}Z"),
        **values,
    )


def blind(start: str, end: str) -> NotMeasured:
    return NotMeasured(
        **header(f"blind-{start}", f"2026-02-14T{end}Z"),
        component="web",
        from_at=at(f"2026-02-14T{start}Z"),
        to_at=at(f"2026-02-14T{end}Z"),
        because="the control target failed",
    )


class TestAccount:
    def test_is_even_where_all_samples_are_kept(self):
        """Good, bad and unseen ones alike; another component counts for itself."""
        facts = [
            sealed("10:00", "10:30", 20, bad=5, unseen=5),
            sealed("10:30", "11:00", 30),
            sealed("10:00", "11:00", 0, "mail"),
        ]

        account = account_samples("web", facts, HOUR_LONG)

        assert (60, 60, 0, ()) == (account.due, account.kept, account.missing, account.short)
        assert Timeline.of([HOUR_LONG]) == account.sealed

    def test_shows_what_was_left_out(self):
        """Ten bad samples are gone from one seal; too many in the next do not make up for them."""
        facts = [sealed("10:00", "10:30", 20), sealed("10:30", "11:00", 45)]

        account = account_samples("web", facts, HOUR_LONG)

        assert (60, 50, 10) == (account.due, account.kept, account.missing)
        assert [(30, 20)] == [(each.due, each.kept) for each in account.short]

    def test_does_not_count_time_in_which_nothing_could_be_seen(self):
        """The prober said so at once: those samples were not due."""
        account = account_samples("web", [blind("10:10", "10:30"), sealed("10:00", "11:00", 40)], HOUR_LONG)

        assert (40, 0) == (account.due, account.missing)

    @pytest.mark.parametrize(("kept", "short"), [(30, 0), (29, 0), (28, 1)])
    def test_lets_a_seal_lack_one(self, kept, short):
        """It begins and ends between two samples; the account as a whole still counts it."""
        account = account_samples("web", [sealed("10:00", "10:30", kept)], HOUR_LONG)

        assert (short, 30 - kept) == (len(account.short), account.missing)

    def test_takes_no_seal_that_reaches_beyond(self):
        """Nor one without an interval, which makes nothing due."""
        facts = [sealed("09:59", "10:30", 1), sealed("10:30", "11:01", 1), sealed("10:00", "10:30", 1, every=0)]

        account = account_samples("web", facts, HOUR_LONG)

        assert (0, 0) == (account.due, account.kept)

    def test_tells_time_that_was_sealed_twice(self):
        """Then the samples of it may stand in both."""
        account = account_samples("web", [sealed("10:00", "10:30", 30), sealed("10:20", "10:40", 20)], HOUR_LONG)

        assert (Duration(MINUTE.micros * 10), 0) == (account.doubled, account.missing)
