"""Which service and which case: parts that fail together, plans without a promise, cases that hold at once."""

import pytest

from tests.core.availability.made import down, finding, promised
from tests.core.terms.changed import bind_blocks
from upheld.core.explain import show, tell
from upheld.core.terms import Terms

THREE = {name: {"covered": True} for name in ("web", "mail", "help")}
FIRST, SECOND, THIRD = (
    down("2026-04-10T10:00Z", "2026-04-10T12:00Z", "web"),
    down("2026-04-10T11:00Z", "2026-04-10T13:00Z", "mail"),
    down("2026-04-10T11:30Z", "2026-04-10T14:00Z", "help"),
)


class TestDownWhen:
    @pytest.mark.parametrize(
        ("down_when", "length"),
        [
            ({"all": ["web", "mail"]}, "60 min"),
            ({"any": ["web", "mail"]}, "180 min"),
            ({"any": ["web", {"all": ["mail", "help"]}]}, "180 min"),
            ({"components down": "more than 1"}, "120 min"),
            ({"components down": "at least 3"}, "30 min"),
            ({"components down": "exactly 1"}, "120 min"),
        ],
    )
    def test_says_which_parts_must_fail(self, down_when, length):
        """Three parts down from ten to twelve, eleven to one and half past eleven to two."""
        blocks = promised(services__shop__components=THREE, services__shop__down_when=down_when)

        assert length == show(finding(blocks, [*FIRST, *SECOND, *THIRD]).quantity("down"))

    def test_checks_add_to_what_is_seen_and_uncovered_parts_do_not(self):
        """A failed look at the website is downtime; a beta feature is not the product."""
        blocks = promised(
            services__shop__components={"web": {"covered": True}, "beta": {"covered": False}},
            services__shop__checks={"website": {"is": "a test"}}, services__shop__down_when={"any": ["web", "website"]},
        )  # fmt: skip
        facts = [
            *down("2026-04-10T10:00Z", "2026-04-10T11:00Z", "website"),
            *down("2026-04-11T10:00Z", "2026-04-11T11:00Z", "beta"),
        ]

        assert "60 min" == show(finding(blocks, facts).quantity("down"))

    def test_hangs_on_all_parts_where_their_number_is_asked(self):
        """Whatever two of them are: all are watched."""
        bound = bind_blocks(
            promised(services__shop__components=THREE, services__shop__down_when={"components down": "more than 1"}), {}
        )

        assert isinstance(bound, Terms)
        assert ("web", "mail", "help") == bound.services["shop"].asked


class TestCases:
    PLANS = ("parameters__plan", {"kind": "choice", "choices": ["basic", "premium"], "usual": "premium"})

    def judged(self, cases, **keys):
        return finding(promised(**dict([self.PLANS]), cases=cases, **keys), down("2026-04-10T10:00Z", "2026-04-10T12:00Z"))

    def test_the_case_that_holds_gives_the_target(self):
        """Two hours keep 99.5 % and miss 99.9 %."""
        found = self.judged(
            {"p": {"when": {"plan": "premium"}, "target": "at least 99.9 %"}, "b": {"when": {"plan": "basic"}}}
        )

        assert "missed" == found.verdict.value
        assert any("plan is premium; asked is premium" in line for line in tell(found.why))

    def test_without_a_case_nothing_was_promised(self):
        """The figure is shown and not judged."""
        found = self.judged({"b": {"when": {"plan": "basic"}}})

        assert ("99.7222 %", "not applicable") == (found.shown, found.verdict.value)
        assert any("no case of the rule holds for this customer" in line for line in tell(found.why))

    @pytest.mark.parametrize("keys", [{}, {"counting": "requests", "idle": "good"}])
    def test_two_at_once_leave_it_undecided(self, keys):
        """The agreement contradicts itself for this customer: nobody decides in its place."""
        when = {"plan": "premium"}
        found = self.judged({"one": {"when": when, "target": "at least 99 %"}, "two": {"when": when}}, **keys)

        assert "undecided" == found.verdict.value


class TestStrength:
    @pytest.mark.parametrize(
        ("strength", "words"),
        [("goal", "is the goal, which is no promise"), ("objective", "is the objective"), ("best effort", "was aimed at")],
    )
    def test_only_promises_break(self, strength, words):
        """A goal of 100 % that is not reached is a finding, and no broken promise."""
        found = finding(promised(strength=strength, target="exactly 100 %"), down("2026-04-10T10:00Z", "2026-04-10T11:00Z"))

        assert "not reached" == found.verdict.value
        assert words in found.why.words
        assert "reached" == finding(promised(strength=strength, target="exactly 100 %"), []).verdict.value
