"""Time down weighed by the share of users that it hit."""

from fractions import Fraction

from tests.core.availability.made import affected, down, finding, promised, runs
from tests.core.sample import covered
from upheld.core.explain import show, tell
from upheld.core.timeline import Duration

KEYS = {"counting": "affected time", "target": "exactly 100 %"}
HUNDRED = ("2026-04-10T10:00Z", "2026-04-10T11:40Z")


class TestWeigh:
    def test_a_hundred_minutes_that_hit_two_in_a_hundred(self):
        """100 minutes for 2.1 % of the users are 2.1 minutes of 43,200."""
        lost = down(*HUNDRED)
        found = finding(promised(**KEYS), [*lost, affected(lost, 21, 1000, *HUNDRED)])

        assert (1 - Fraction(21, 10) / 43_200, "missed") == (found.value.exact, found.verdict.value)  # type: ignore[union-attr]
        assert ("2.1000 %", "2 min 6 s") == (show(found.quantity("affected share")), show(found.quantity("affected time")))

    def test_time_is_told_in_whole_microseconds(self):
        """A seventh of 100 minutes is 857.142857142... seconds: what is not a whole microsecond is left out."""
        lost = down(*HUNDRED)
        found = finding(promised(**KEYS), [*lost, affected(lost, 1, 7, *HUNDRED)])

        (told,) = (step.value for step in found.why.walk() if "by the share of users" in step.words)

        assert Duration(857_142_857) == found.quantity("affected time") == told
        assert 1 - Fraction(1, 7 * 432) == found.value.exact  # type: ignore[union-attr]

    def test_the_greatest_share_of_a_moment_holds(self):
        """Half of the users for an hour, all of them for the last half of it; where nobody tells, everybody was hit."""
        lost = down(*HUNDRED)
        facts = [
            *lost,
            affected(lost, 1, 2, "2026-04-10T10:00Z", "2026-04-10T11:00Z"),
            affected(lost, 1, 1, "2026-04-10T10:30Z", "2026-04-10T11:00Z"),
            affected(lost, 9, 0, "2026-04-10T10:00Z", "2026-04-10T11:00Z"),
            affected(lost, 1, 4, "2026-05-10T10:30Z", "2026-05-10T11:00Z"),
        ]
        found = finding(promised(**KEYS), facts)

        assert 1 - Fraction(15 + 30 + 40, 43_200) == found.value.exact  # type: ignore[union-attr]
        assert any("for nobody told whom it hit, so everybody" in line for line in tell(found.why))

    def test_without_any_share_everybody_was_hit(self):
        """An outage of which nothing more is told counts in full."""
        assert 1 - Fraction(100, 43_200) == finding(promised(**KEYS), down(*HUNDRED)).value.exact  # type: ignore[union-attr]

    def test_what_nobody_saw_may_have_hit_everybody(self):
        """The lower bound takes all unseen time as down for all."""
        lost = down(*HUNDRED)
        facts = [*lost, affected(lost, 1, 2, *HUNDRED), covered("2026-04-01T00:00Z", "2026-04-30T00:00Z")]
        found = finding(promised(**KEYS), facts, seen=False)

        assert show(found.lower) == "96.5509 %"  # type: ignore[arg-type]
        assert 1 - Fraction(50, 43_200) == found.value.exact  # type: ignore[union-attr]

    def test_of_instances_together_each_has_its_share(self):
        """Two instances, one outage of a that hit half: 50 of 86,400 minutes."""
        lost = down(*HUNDRED, resource="a")
        facts = [*runs("a", "2026-04-01T00:00Z"), *runs("b", "2026-04-01T00:00Z"), *lost, affected(lost, 1, 2, *HUNDRED)]
        found = finding(promised(**KEYS, pooled_over="all instances"), facts)

        assert 1 - Fraction(50, 86_400) == found.value.exact  # type: ignore[union-attr]
