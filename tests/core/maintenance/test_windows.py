"""Planned work as the facts tell of it."""

from tests.core.sample import header, window
from tests.core.spans import at, span
from upheld.core.facts import (
    NoticeGiven,
    VendorNoticeReceived,
    WindowCancelled,
    WindowEnded,
    WindowPlanned,
    WindowStarted,
    known_at,
)
from upheld.core.maintenance import read_windows

W1 = window("w1", "scheduled", "2025-06-11T20:00Z", "2025-06-11T23:00Z", "2025-06-02T09:00Z", "2025-06-01T09:00Z")

W1_TELLING = ("w1-planned", "w1-notice", "w1-vendor")


def read(*facts):
    return read_windows(known_at(facts, at("2030-01-01T00:00Z")))


def planned_again(recorded: str, start: str, end: str) -> WindowPlanned:
    head = header(f"again-{recorded}", recorded)
    return WindowPlanned(**head, window="w1", kind="scheduled", from_at=at(start), to_at=at(end), reason="the vendor moved")


class TestReadWindows:
    def test_tells_plan_notice_and_vendor(self):
        """What was announced, when notice went out, when the vendor's came, and the facts that say so."""
        (found,) = read(*W1)

        assert span("2025-06-11T20:00Z", "2025-06-11T23:00Z") == found.span == found.worked_span
        assert (at("2025-06-02T09:00Z"), at("2025-06-01T09:00Z")) == (found.notice_at, found.vendor_notice_at)
        assert W1_TELLING == found.facts

    def test_cuts_to_the_time_in_which_the_work_ran(self):
        """Begun late and overrun: what lies outside the announced span is no part of it."""
        started = WindowStarted(**header("s", "2025-06-11T20:30Z"), window="w1")
        ended = WindowEnded(**header("e", "2025-06-11T23:45Z"), window="w1")

        assert span("2025-06-11T20:30Z", "2025-06-11T23:00Z") == read(*W1, started, ended)[0].worked_span

    def test_of_work_that_began_after_its_window_nothing_is_left(self):
        """Started an hour after the announced end: there is no excused time."""
        started = WindowStarted(**header("s", "2025-06-12T00:00Z"), window="w1")

        assert not read(*W1, started)[0].worked_span.length

    def test_the_first_of_each_kind_counts(self):
        """A vendor that writes again, a second start, end and cancellation are not what the window rests on."""
        again = [
            fact
            for day in (11, 12)
            for fact in (
                WindowStarted(**header(f"start-{day}", f"2025-06-{day}T20:30Z"), window="w1"),
                WindowEnded(**header(f"end-{day}", f"2025-06-{day}T22:30Z"), window="w1"),
                WindowCancelled(**header(f"rain-{day}", f"2025-06-{day}T22:45Z"), window="w1", because="rain"),
            )
        ]
        vendor = VendorNoticeReceived(**header("vendor-again", "2025-06-03T09:00Z"), window="w1", vendor="v")
        (found,) = read(*W1, vendor, *again)

        assert at("2025-06-01T09:00Z") == found.vendor_notice_at
        assert ("start-11", "end-11", "rain-11") == found.facts[3:]
        assert W1_TELLING == found.facts[:3]

    def test_the_first_notice_counts(self):
        """A reminder does not make the notice later."""
        reminder = NoticeGiven(**header("n", "2025-06-10T09:00Z"), window="w1", to="ops@example", by="email")
        (found,) = read(*W1, reminder)

        assert (at("2025-06-02T09:00Z"), W1_TELLING) == (found.notice_at, found.facts)

    def test_the_latest_plan_holds_and_needs_a_notice_of_its_own(self):
        """Moved by a week: a notice names date and time, so the one for the old date announces nothing new."""
        moved = planned_again("2025-06-10T09:00Z", "2025-06-18T20:00Z", "2025-06-18T23:00Z")
        (found,) = read(*W1, moved)

        assert (span("2025-06-18T20:00Z", "2025-06-18T23:00Z"), None, "the vendor moved") == (
            found.span,
            found.notice_at,
            found.reason,
        )
        told = NoticeGiven(**header("n", "2025-06-10T09:00Z"), window="w1", to="ops@example", by="email")
        assert at("2025-06-10T09:00Z") == read(*W1, moved, told)[0].notice_at

    def test_a_cancelled_one_says_so(self):
        """It stays to be seen."""
        cancelled = WindowCancelled(**header("x", "2025-06-11T12:00Z"), window="w1", because="rain")

        assert read(*W1, cancelled)[0].is_cancelled

    def test_what_nobody_planned_is_no_window(self):
        """A notice alone announces nothing that could be judged."""
        assert () == read(*W1[1:])

    def test_a_plan_that_runs_backwards_holds_no_time(self):
        """Recorded the wrong way round."""
        assert not read(planned_again("2025-06-10T09:00Z", "2025-06-18T23:00Z", "2025-06-18T20:00Z"))[0].span.length
