"""Log lines: one event a line, whatever is in it, and no secrets."""

import logging
import sys

from upheld.project.log_lines import LogLine


def line_of(message, *args, exc_info=None, **extra):
    record = logging.LogRecord("upheld.ledger", logging.INFO, "x.py", 1, message, args, exc_info)
    record.created = 1_771_070_400.5
    vars(record).update(extra)
    return LogLine().format(record)


def test_says_when_how_grave_where_and_what():
    """Words first, then the figures as key=value."""
    assert "2026-02-14T12:00:00.500000Z INFO upheld.ledger facts recorded agreement=acorn count=2" == line_of(
        "facts recorded", agreement="acorn", count=2
    )


def test_puts_words_with_spaces_into_quotation_marks():
    """So that a value ends where it ends."""
    assert line_of("told", because='no "answer"').endswith("told because=\"no 'answer'\"")


def test_stays_one_line_whatever_it_is_told():
    """Nobody writes a second event into the log by what they send."""
    line = line_of("sent to %s", "x\n2026-02-14T12:00:00Z INFO upheld all well", to="a\r\nb\x1b[2J")

    assert 1 == len(line.splitlines())
    assert "\x1b" not in line


def test_hides_what_is_secret():
    """By the name of the key, and by the shape of an address."""
    line = line_of(
        "opened smtp://user:walnut@host:25", password="walnut", setup_token="walnut", url="postgres://u:walnut@h/n"
    )

    assert "walnut" not in line
    assert "smtp://(hidden)@host:25" in line


def test_sets_a_traceback_in():
    """A line that begins a line is an event; what belongs to it is set in."""
    try:
        raise RuntimeError("no rows at postgres://u:walnut@h/n")
    except RuntimeError:
        lines = line_of("job failed", exc_info=sys.exc_info()).splitlines()

    assert lines[0].endswith("job failed")
    assert all(line.startswith("    ") for line in lines[1:])
    assert lines[-1] == "    RuntimeError: no rows at postgres://(hidden)@h/n"
