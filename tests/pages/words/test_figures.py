"""Figures and lengths: floored, with units they never leave."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.core import facts as kinds
from upheld.core.explain import Share, Verdict
from upheld.core.money import Money
from upheld.core.timeline import HOUR, MINUTE, SECOND, Duration, Instant
from upheld.pages.states import BY_WEIGHT, State, UnknownState, find_worst
from upheld.pages.words import (
    NBSP,
    join_words,
    keep_together,
    say_count,
    say_figure,
    say_left,
    say_length,
    say_minutes,
    say_over,
    say_percent,
    say_verdict,
    tell_fact,
)


def plain(words: str) -> str:
    return words.replace(NBSP, " ")


class TestSayLength:
    @pytest.mark.parametrize(
        ("length", "said"),
        [
            (Duration(45_900_000), "45 s"),
            (SECOND * 119, "119 s"),
            (SECOND * 179, "2 min"),
            (MINUTE * 45, "45 min"),
            (MINUTE * 150, "2 h 30 min"),
            (HOUR * 3, "3 h"),
            (HOUR * 47, "47 h"),
            (HOUR * 76, "3 d 4 h"),
            (Duration(-3_600_000_000), "−1 h"),
        ],
    )
    def test_is_for_a_glance(self, length, said):
        """Two units at most; seconds only below two minutes; what is cut off is never rounded up."""
        assert said == plain(say_length(length))

    @given(st.integers(0, 10**13))
    def test_never_says_more_than_there_is(self, micros):
        """What is left is floored: nobody is told a minute that they do not have."""
        said = plain(say_length(Duration(micros))).split(" ")
        units = {"s": SECOND, "min": MINUTE, "h": HOUR, "d": HOUR * 24}
        told = sum(int(number) * units[unit].micros for number, unit in zip(said[::2], said[1::2], strict=True))

        assert told <= micros

    def test_says_left_and_over(self):
        """What hours are meant is said; a clock that is over says by how much."""
        assert "3 h 20 min left in the hours of support-hours" == plain(say_left(MINUTE * 200, "support-hours"))
        assert "0 s left" == plain(say_left(Duration(-5)))
        assert "1 h 20 min over" == plain(say_over(MINUTE * 80))


class TestSayFigure:
    @pytest.mark.parametrize(
        ("value", "said"),
        [
            (MINUTE * 44640, "44,640 min"),
            (Share(Fraction(44288, 44540)), "99.4342 %"),
            (Money.parse("EUR 1234.5"), "EUR 1,234.50"),
            ("undecided", "undecided"),
        ],
    )
    def test_writes_what_core_writes(self, value, said):
        """Page, JSON and verifier write one figure in one way; here its spaces do not break."""
        assert said == plain(say_figure(value))
        assert " " not in say_figure(value)

    def test_a_share_of_nothing_is_no_figure(self):
        """Before any time has gone by there is no percentage, and none is made up."""
        assert "no time yet" == say_percent(Duration(0), Duration(0))
        assert "99.9371 %" == plain(say_percent(MINUTE * 39745, MINUTE * 39770))

    def test_minutes_keep_their_seconds(self):
        """What counts is exact."""
        assert "223 min 13 s" == plain(say_minutes(SECOND * 13393))


class TestKeepTogether:
    @pytest.mark.parametrize(
        "figure",
        ["178 min", "99.5 %", "EUR 10.00", "Fri 28 Aug 2026 14:50 UTC", "5 Sep 20:00–23:00 UTC", "− 40", "3 days"],
    )
    def test_figures_and_times_do_not_break(self, figure):
        """Inside a sentence a figure is one word, the words around it are not."""
        said = keep_together(f"there is {figure} of it")

        assert figure.replace(" ", NBSP) in said
        assert said.startswith("there is ")

    @given(st.text(alphabet="abc 0123456789:%−EUR", max_size=40))
    def test_changes_spaces_only(self, text):
        """The words stay as they are."""
        assert text == plain(keep_together(text))


def test_counts_and_lists_read_as_words():
    """None, one, many; and a list ends with its last word."""
    assert ["no outage", "1 outage", "2,000 outages"] == [plain(say_count(number, "outage")) for number in (0, 1, 2000)]
    assert ["", "a", "a and b", "a, b and c"] == [join_words(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])]


class TestSayVerdict:
    def test_every_verdict_has_words(self):
        """No verdict of core is without its word, and only the decided ones have a colour."""
        shown = {verdict: say_verdict(verdict) for verdict in Verdict}

        assert {"Met": "up", "Missed": "down"} == {s.words: s.colour for s in shown.values() if s.colour in ("up", "down")}

    def test_a_goal_is_never_missed(self):
        """A goal is reached or not reached: only a promise can be missed."""
        assert "Not reached" == say_verdict(Verdict.MISSED, is_goal=True).words
        assert "Reached" == say_verdict(Verdict.MET, is_goal=True).words


class TestState:
    @given(st.lists(st.sampled_from(State), min_size=1))
    def test_the_worst_is_said_first(self, states):
        """A sentence about several begins with the worst of them."""
        assert all(BY_WEIGHT.index(find_worst(states)) <= BY_WEIGHT.index(state) for state in states)

    def test_nothing_watched_is_not_up(self):
        """Of nothing one cannot say that it is well."""
        assert State.UNKNOWN is find_worst([])

    @pytest.mark.parametrize("word", ["down", "Not measured", "out of base", "up by exclusion", "unknown"])
    def test_reads_the_words_of_reasons(self, word):
        """Steps name states in core's words; each has its picture."""
        assert State.read(word) in State

    def test_refuses_other_words(self):
        """A word that is no state is a fault, said with the words that are."""
        with pytest.raises(UnknownState, match="'green' is no state; a service is up"):
            State.read("green")


class TestTellFact:
    def test_every_kind_has_a_sentence(self):
        """No kind of fact that is judged today is told by its field names."""
        from upheld.core.facts.record import KINDS
        from upheld.pages.words.facts import SENTENCES

        assert {kind.rsplit("/", 1)[0] for kind in KINDS} - set(SENTENCES) == set()

    def test_a_new_kind_is_told_plainly(self):
        """A fact without a sentence of its own is shown with everything it says."""
        from upheld.pages.words.facts import tell_plainly

        moment = Instant.parse("2026-08-28T14:50Z")
        paid = kinds.InvoicePaid(id="f", agreement="a", occurred_at=moment, recorded_at=moment, source="s", invoice="I-1")

        assert "invoice paid: invoice I-1" == tell_plainly("invoice-paid", paid)
        assert "invoice I-1 paid" == tell_fact(paid)
