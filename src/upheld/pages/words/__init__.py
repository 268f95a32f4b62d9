"""Words for times, lengths, figures, verdicts and facts: the same everywhere a person reads them."""

from upheld.pages.words.facts import tell_fact
from upheld.pages.words.figures import say_count, say_figure, say_money, say_percent
from upheld.pages.words.instants import (
    UTC,
    say_besides,
    say_bounds,
    say_clock,
    say_day,
    say_instant,
    say_month,
    say_period,
    say_span,
    say_spans,
    say_zone,
    write_machine_time,
)
from upheld.pages.words.lengths import say_left, say_length, say_minutes, say_over
from upheld.pages.words.spaces import NBSP, capitalise, join_words, keep_together, say_sentence, shorten
from upheld.pages.words.verdicts import VerdictWords, say_verdict

__all__ = [
    "NBSP",
    "UTC",
    "VerdictWords",
    "capitalise",
    "join_words",
    "keep_together",
    "say_besides",
    "say_bounds",
    "say_clock",
    "say_count",
    "say_day",
    "say_figure",
    "say_instant",
    "say_left",
    "say_length",
    "say_minutes",
    "say_money",
    "say_month",
    "say_over",
    "say_percent",
    "say_period",
    "say_sentence",
    "say_span",
    "say_spans",
    "say_verdict",
    "say_zone",
    "shorten",
    "tell_fact",
    "write_machine_time",
]
