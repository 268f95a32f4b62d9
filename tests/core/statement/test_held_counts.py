"""What was counted and stands for nothing is shown with the reason."""

from dataclasses import replace
from typing import Any

from tests.core.availability.made import affected, down, level, promised, requests, stated, task
from tests.core.sample import header, window
from upheld.core.facts import ShareAffected, WindowApproved, WindowRefused

START, END = "2026-04-10T10:00Z", "2026-04-10T11:00Z"
MEASURES = {
    "measures__speed": {
        "of": "shop", "figure": "latency in ms", "taken as": "mean", "strength": "promise", "period": "month",
        "target": "at most 3", "evidence": ["probes"],
    }
}  # fmt: skip


def held(*facts) -> tuple[str, ...]:
    """The reasons, without the ids that lead them."""
    return tuple(line.partition(": ")[2] for line in stated(promised(**MEASURES), list(facts)).held)


class TestFindUncounted:
    def test_of_what_is_known_is_nothing(self):
        """Requests, levels, tasks, shares and answers that name what there is."""
        lost = down(START, END)
        said: dict[str, Any] = {"window": "w", "party": "customer", "by": "Ada"}

        assert () == held(
            *lost, affected(lost, 1, 2, START, END), requests(START, END, 10, 10), requests(START, END, 10, 0),
            level(START, END, "latency in ms", "1.5"), task("speed", START, None), *window("w", "regular", START, END),
            WindowApproved(**header("yes", START), **said), WindowRefused(**header("no", START), **said, because="later"),
        )  # fmt: skip

    def test_says_of_each_why(self):
        """Another component, no time, too many failures, no outage, nobody, another figure, no number, no work."""
        lost = down(START, END)
        nowhere = affected(lost, 1, 2, START, END)
        assert isinstance(nowhere, ShareAffected)

        assert {
            "component 'mail' is not in the agreement; its requests are not counted",
            "the requests were counted in no time at all; they are not counted",
            "11 of 10 requests cannot have failed; all of them count so",
            "no outage is called 'o9'; its share of users is put on nothing",
            "a share of 0 users is none; everybody counts as hit",
            "no measure of the agreement has the figure 'heat'; it is only kept",
            "'warm' is no decimal number; it is not counted",
            "no measure is called 'sleep'; nothing of it is judged",
            "no work is called 'w9'; the answer is put on nothing",
        } == set(
            held(
                *lost,
                requests(START, END, 1, 0, component="mail"),
                requests(END, END, 1, 0),
                requests(END, "2026-04-10T12:00Z", 10, 11),
                replace(nowhere, outage="o9"),
                affected(lost, 1, 0, START, END),
                level(START, END, "heat", "1"),
                level(START, END, "latency in ms", "warm"),
                task("sleep", START, END),
                WindowApproved(**header("yes", START), window="w9", party="customer", by="Ada"),
            )
        )
