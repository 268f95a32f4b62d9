"""A step carries what it rests on, and is told as indented lines."""

from tests.core.spans import span
from upheld.core.explain import Step, tell
from upheld.core.timeline import MINUTE, ZERO

NIGHT = span("2025-06-11T06:00Z", "2025-06-11T06:10Z")
LEAF = Step(
    MINUTE * 10, "06:00–06:10, o1: own", ("HH-12",), ("own-cause-wins",), ("o1-opened", "o1-closed"), (NIGHT,), state="down"
)
ROOT = Step(MINUTE * 10, "down and counted", ("HH-11",), because=(LEAF,), adds=True, sign="−", arithmetic="10 of 43,200 min")


class TestStep:
    def test_walks_depth_first(self):
        """The step itself, then what led to it."""
        assert [ROOT, LEAF] == list(ROOT.walk())

    def test_writes_all_it_has_and_nothing_empty(self):
        """Clauses, readings, facts, spans, sign, arithmetic, state: each where there is one."""
        assert {
            "value": {"micros": 600_000_000},
            "shown": "10 min",
            "words": "down and counted",
            "clauses": ["HH-11"],
            "sign": "−",
            "arithmetic": "10 of 43,200 min",
            "adds": True,
            "because": [
                {
                    "value": {"micros": 600_000_000},
                    "shown": "10 min",
                    "words": "06:00–06:10, o1: own",
                    "clauses": ["HH-12"],
                    "readings": ["own-cause-wins"],
                    "facts": ["o1-opened", "o1-closed"],
                    "spans": [["2025-06-11T06:00:00.000000Z", "2025-06-11T06:10:00.000000Z"]],
                    "state": "down",
                }
            ],
        } == ROOT.to_json()
        assert {"value": {"micros": 0}, "shown": "0 min", "words": "nothing"} == Step(ZERO, "nothing").to_json()


class TestTell:
    def test_indents_what_led_to_a_line(self):
        """Figure, words, clauses, readings, facts; the arithmetic stands below its parts."""
        assert [
            "− 10 min  down and counted  [HH-11]",
            "  10 min  06:00–06:10, o1: own  [HH-12]  (reading own-cause-wins)  <o1-opened, o1-closed>",
            "  10 of 43,200 min",
        ] == list(tell(ROOT))
