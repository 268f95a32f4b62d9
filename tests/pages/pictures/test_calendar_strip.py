"""The picture of the hours that a clock crosses: openings by length, closed time narrow, and a sentence for all of it."""

from collections import Counter
from dataclasses import replace

from tests.pages.markup import read_markup
from tests.pages.samples.desk import CROSSING, LATE, opening
from tests.pages.samples.ground import NOW
from upheld.pages.pictures import draw_calendar_strip
from upheld.pages.words import NBSP, UTC


def draw(strip):
    tree, problems = read_markup(draw_calendar_strip(strip, as_of=NOW, zone=UTC))
    assert problems == []
    return tree.children[0]


def texts(picture):
    return [text.text.replace(NBSP, " ") for text in picture.find("text")]


def test_draws_each_part_once():
    """Two openings, what is closed between them, two used parts, a pause, two parts left, the line where it is due."""
    kinds = Counter(rect.attributes["class"] for rect in draw(CROSSING).find("rect"))

    assert {"f-sunk": 2, "f-none dash": 1, "f-ink": 3, "f-none": 1, "f-soft": 2} == kinds


def test_writes_days_now_and_due():
    """The days of the openings above, closed between them, and below the start, now and the end."""
    assert ["Fri 28 Aug", "Tue 1 Sep", "closed", "10:20 due", "now", "10:20"] == texts(draw(CROSSING))


def test_words_that_would_overlap_are_left_out():
    """Where it is due comes first: now stands beside it and is in the sentence."""
    close = replace(CROSSING, due_at=NOW, left=())

    assert (True, False) == ("14:50 due" in texts(draw(close)), "now" in texts(draw(close)))


def test_says_all_of_it_in_a_sentence():
    """Each part with its spans and its length; closed time is said not to count."""
    told = draw(CROSSING).attributes["aria-label"].replace(NBSP, " ")

    assert "Used: Fri 28 Aug 10:20–12:00 and Fri 28 Aug 13:00–14:50, 3 h 30 min." in told
    assert "Left: Fri 28 Aug 14:50–16:00 and Tue 1 Sep 08:00–10:20, 3 h 30 min." in told
    assert told.endswith("Closed time between them does not count.")
    assert "Over: Fri 28 Aug 14:00–14:50, 50 min." in draw(LATE.strip).attributes["aria-label"].replace(NBSP, " ")


def test_many_openings_stay_inside_the_picture():
    """Twenty days of hours: closed time gets narrower, and nothing runs past the right edge."""
    days = tuple(opening(f"09-{day:02d}") for day in range(1, 21))
    picture = draw(replace(CROSSING, opened=days, due_at=days[-1].end, used=(), paused=(), left=days))

    ends = [
        float(rect.attributes["x"].rstrip("%")) + float(rect.attributes["width"].rstrip("%"))
        for rect in picture.find("rect")
        if rect.attributes["width"].endswith("%")
    ]
    assert (59, True) == (len(ends), max(ends) <= 100.6)
