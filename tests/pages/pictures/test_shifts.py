"""The picture of a rota: each shift in its person's lane, cut at the window, and said in a sentence."""

from collections import Counter
from dataclasses import replace

from tests.pages.markup import read_markup
from tests.pages.samples.ground import NOW, at, span
from tests.pages.samples.oncall import LONDON, ROTA, WEEKS
from upheld.pages.pictures import draw_shifts


def draw(shifts, window=ROTA.window):
    tree, problems = read_markup(draw_shifts(shifts, window, as_of=NOW, zone=LONDON))
    assert problems == []
    return tree.children[0]


def bars(picture):
    return [one for one in picture.find("rect") if one.find("title")]


class TestDrawShifts:
    def test_has_a_bar_for_each_shift_in_the_lane_of_its_person(self):
        """Three people, three heights; the names stand above."""
        picture = draw(WEEKS)

        assert (6, 3) == (len(bars(picture)), len({bar.attributes["y"] for bar in bars(picture)}))
        assert {"Mara Ellis", "Tom Okafor", "Ines Duarte"} <= {text.text for text in picture.find("text")}

    def test_tells_the_present_shift_and_stepping_in_apart(self):
        """One is now, one is in place of somebody, the others are to come."""
        assert {"f-ink": 1, "f-none": 1, "f-soft": 4} == Counter(bar.attributes["class"] for bar in bars(draw(WEEKS)))

    def test_stays_inside_its_window(self):
        """A shift that began before is cut at the left edge, and is told whole in its words."""
        [bar] = bars(draw(WEEKS[:1]))

        assert ("0%", True) == (bar.attributes["x"], "Mon 24 Aug 09:00" in bar.find("title")[0].text.replace("\u00a0", " "))

    def test_says_all_of_it_in_a_sentence(self):
        """Each shift by the wall clock of the rota; of very many the first."""
        told = draw(WEEKS).attributes["aria-label"].replace("\u00a0", " ")
        many = draw([replace(WEEKS[0], person=f"P{number}") for number in range(30)]).attributes["aria-label"]

        assert "Wed 9 Sep 19:00 to Thu 10 Sep 07:00 Ines Duarte, stepping in." in told
        assert many.endswith("The rows below say the rest.")

    def test_of_nobody_says_so(self):
        """An empty rota is a sentence, not an empty frame."""
        assert "Nobody." in draw([]).attributes["aria-label"]

    def test_marks_mondays_by_the_wall_clock(self):
        """In the week in which London's clock goes back, Monday begins an hour later in UTC."""
        picture = draw(WEEKS, span("10-20T00:00", "11-05T00:00"))

        assert ["26 Oct", "2 Nov"] == [text.text.replace("\u00a0", " ") for text in picture.find("text")[:2]]
        assert at("10-26T00:00") == LONDON.midnight(LONDON.date_at(at("10-26T00:00")))
