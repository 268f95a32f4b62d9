"""What ran in a period stands on the page of its statement as the statement has it."""

from upheld.doors.shown.owing import list_kept, list_runs
from upheld.pages.contexts.attainment import ClockKept


def test_clocks_that_ran_stand_with_what_became_of_their_runs():
    """One row for each clock of the period; single runs, clocks that never began and other promises have none."""
    many = {"met": {"count": 12, "of": "met"}, "missed": {"count": 4, "of": "missed"}, "running": {"count": 1, "of": ""}}
    none = {name: {"count": 0, "of": name} for name in many}
    findings = [
        {"rule": "clocks/quiet", "shown": "none", "quantities": none},
        {"rule": "clocks/reply", "shown": "75.0000 %", "quantities": many},
        {"rule": "clocks/reply/T-1", "shown": "75.0000 %", "quantities": many},
        {"rule": "duties/reply", "shown": "12 times", "quantities": many},
    ]

    expected = ClockKept(clock="reply", met=12, missed=4, running=1, shown="75.0000 %", url="#a1")

    assert [expected] == list(list_kept({"findings": findings}, lambda place: f"#a{place}"))


def test_a_clock_is_named_as_people_say_it():
    """The clock and its hours stand without hyphens; the ticket keeps its own, and the statement its rule."""
    run = {
        "rule": "clocks/first-response/T-1/2", "shown": "3600 s", "verdict": "met", "why": {},
        "quantities": {"allowed": {"micros": 3_600_000_000}, "calendar": {"words": "support-hours"}},
    }  # fmt: skip
    whole = {"rule": "clocks/first-response", "shown": "100 %", "quantities": {"met": {"count": 1, "of": "met"}}}

    (told,) = list_runs({"findings": [run]}, lambda place: "")
    (kept,) = list_kept({"findings": [whole]}, lambda place: "")

    assert ("first response", "T-1, 2", "60\u00a0min, support hours") == (told.clock, told.of, told.allowed)
    assert "first response" == kept.clock
    assert "clocks/first-response/T-1/2" == run["rule"]
