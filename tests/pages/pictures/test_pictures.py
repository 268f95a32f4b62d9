"""Pictures: every span drawn where it was, never too small to be seen, and said in a sentence."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pages.markup import Element, read_markup
from tests.pages.samples import PAGES
from tests.pages.samples.ground import AUGUST, NOW, at, mins, span
from tests.pages.samples.now import LANES
from tests.pages.samples.services import EDGES, OPEN_EDGES, SERVICE, SPANS
from upheld.core.timeline import DAY, MINUTE, Span
from upheld.pages import contexts as c
from upheld.pages import pictures
from upheld.pages.pictures.drawing import percent
from upheld.pages.states import State
from upheld.pages.words import say_clock

PICTURES = ("pic", "pic budget", "spark")


def draw(markup: str) -> Element:
    tree, problems = read_markup(markup)
    assert problems == []
    return tree.children[0]


def by_class(picture: Element, name: str) -> list[Element]:
    return [element for element in picture.walk() if name in element.classes]


def every_picture() -> list[tuple[str, Element]]:
    from upheld.pages import render_page

    found = []
    for name, (page, bits) in PAGES.items():
        tree = read_markup(render_page(page, bits))[0]
        found += [(name, e) for e in tree.find("svg") if e.attributes.get("class") in PICTURES and "role" in e.attributes]
    return found


class TestAllPictures:
    def test_are_images_with_a_sentence(self):
        """Each picture is an image to the ear, with a whole sentence."""
        shown = every_picture()

        assert len(shown) > 30
        assert [name for name, e in shown if e.attributes.get("role") != "img" or len(e.attributes["aria-label"]) < 8] == []

    def test_places_are_short(self):
        """Coordinates are whole numbers or have two decimals: a page of pictures stays light."""
        loose = [
            (name, key, value)
            for name, picture in every_picture()
            for element in picture.walk()
            for key, value in element.attributes.items()
            if key in ("x", "x1", "x2", "cx", "y", "y1", "y2", "cy", "width", "height", "r")
            and not re.fullmatch(r"-?\d+(\.\d{1,2})?%?", value)
        ]

        assert loose == []

    def test_stay_inside_their_frame(self):
        """Nothing is drawn to the left of the picture or beyond its right edge."""
        outside = []
        for name, picture in every_picture():
            for rect in picture.find("rect"):
                x, width = rect.attributes.get("x", "0%"), rect.attributes.get("width", "0")
                right = float(x.rstrip("%")) + (float(width.rstrip("%")) if width.endswith("%") else 0)
                if x.endswith("%") and not 0 <= right <= 100.01:
                    outside.append((name, x, width))

        assert outside == []


class TestDrawMonth:
    def test_draws_every_span_and_says_it(self):
        """Each span of the table is in the picture once for each day, and in the sentence with its times."""
        picture = draw(pictures.draw_month(AUGUST, SPANS, as_of=NOW, open_hours=SERVICE.open_hours))
        sentence = picture.attributes["aria-label"].replace("\u00a0", " ")

        assert (3, 1, 1, 4) == tuple(
            len(by_class(picture, f"f-{s}")) for s in ("down", "unknown", "excluded", "maintenance")
        )
        for shown in SPANS:
            assert say_clock(shown.span.start) in sentence
        assert "Fri 28 Aug from 14:38, still running" in sentence

    def test_draws_nothing_into_the_future(self):
        """The line of health ends now: what lies ahead is empty, never drawn as up."""
        picture = draw(pictures.draw_month(AUGUST, (), as_of=NOW))
        lines = by_class(picture, "l-up")

        assert 28 == len(lines)
        assert int(lines[-1].attributes["y2"]) < 208

    def test_leaves_a_gap_where_nothing_was_measured(self):
        """Time without samples is a hatch with no line of health behind it."""
        blind = c.StateSpan(span("08-12T00:00", "08-13T00:00"), State.UNKNOWN)
        picture = draw(pictures.draw_month(AUGUST, [blind], as_of=NOW))

        assert 27 == len(by_class(picture, "l-up"))
        assert 1 == len(by_class(picture, "f-unknown"))

    @given(st.integers(0, 27 * 1440), st.integers(1, 2000), st.sampled_from([s for s in State if s is not State.UP]))
    def test_no_trouble_is_too_small_to_be_seen(self, start, length, state):
        """However short, a span is at least 4 pixels high, patterned ones 6, and inside its day."""
        shown = c.StateSpan(Span(AUGUST.start + MINUTE * start, AUGUST.start + MINUTE * (start + length)), state)
        picture = draw(pictures.draw_month(AUGUST, [shown], as_of=NOW))

        drawn = by_class(picture, f"f-{state.value}")
        least = 4 if state in (State.DOWN, State.DEGRADED) else 6
        assert len(drawn) >= 1
        for rect in drawn:
            top, height = int(rect.attributes["y"]), int(rect.attributes["height"])
            assert height >= least
            assert 16 <= top <= top + height <= 208

    def test_business_hours_are_the_ground(self):
        """The open hours of the agreement's calendar lie behind, each week as one."""
        picture = draw(pictures.draw_month(AUGUST, (), as_of=NOW, open_hours=SERVICE.open_hours))
        hours = draw(pictures.draw_hours(AUGUST, open_hours=SERVICE.open_hours))

        assert 5 == len(by_class(picture, "f-sunk"))
        assert ["00:00", "07:00", "17:00", "24:00"] == [text.text for text in hours.find("text")]


class TestDrawDays:
    DAYS = Span(at("05-31T00:00"), at("08-29T00:00"))

    def draw(self, *spans: c.StateSpan) -> Element:
        return draw(pictures.draw_days(self.DAYS, spans, name="web", as_of=NOW))

    def test_height_is_length(self):
        """A dip of a minute is a short bar and four hours are a full one: a day is never painted whole for a minute."""
        short = c.StateSpan(Span(at("07-01T10:00"), at("07-01T10:01")), State.DOWN)
        long = c.StateSpan(Span(at("07-02T10:00"), at("07-02T20:00")), State.DOWN)
        heights = [int(rect.attributes["height"]) for rect in by_class(self.draw(short, long), "f-down")]

        assert [5, 33] == heights

    def test_says_each_day_with_its_minutes(self):
        """The sentence gives what the eye reads from the heights."""
        shown = c.StateSpan(Span(at("07-01T10:00"), at("07-01T10:22")), State.DOWN)
        said = self.draw(shown).attributes["aria-label"].replace("\u00a0", " ")

        assert "web, 90 days. Down: 1 Jul 22 min. Other days up." == said

    def test_time_before_watching_is_a_gap(self):
        """Days of which nothing was measured are one hatch and no line: nobody claims that they were up."""
        before = c.StateSpan(Span(at("05-31T00:00"), at("07-01T00:00")), State.UNKNOWN)
        picture = self.draw(before)
        [hatch], [line] = by_class(picture, "f-unknown"), by_class(picture, "f-up")

        assert hatch.attributes["width"] == line.attributes["x"]

    @given(st.lists(st.tuples(st.integers(0, 89 * 1440), st.integers(1, 600)), max_size=8))
    def test_names_as_many_days_as_it_draws(self, dips):
        """The days of the sentence are the bars of the picture."""
        spans = [
            c.StateSpan(Span(self.DAYS.start + MINUTE * start, self.DAYS.start + MINUTE * (start + length)), State.DOWN)
            for start, length in dips
        ]
        picture = self.draw(*(s for s in spans if s.span.end <= NOW))
        said = picture.attributes["aria-label"]

        assert len(by_class(picture, "f-down")) == len(re.findall(r"\d+\xa0\w{3} [\d,]+\xa0min", said))


class TestDrawBudget:
    @given(st.integers(1, 3000), st.integers(0, 4000), st.integers(0, 500))
    def test_parts_make_the_whole(self, allowed, used, running):
        """Used, running and left are the allowance, in minutes and in the picture; what is over is said."""
        budget = c.Budget(mins(allowed), mins(used), mins(running))
        picture = draw(pictures.draw_budget(budget))
        widths = [float(rect.attributes["width"].rstrip("%")) for rect in picture.find("rect")[1:-1]]

        assert sum(widths) <= 100.0
        assert budget.used + budget.running + budget.left == budget.allowed + budget.over
        assert ("over" in picture.attributes["aria-label"]) == (used + running > allowed)

    def test_says_its_sum(self):
        """The words below the bar add up to what it can bear."""
        said = pictures.tell_budget(c.Budget(mins(223), mins(166), mins(12))).replace("\u00a0", " ")

        assert "166 min used, 12 min running, 45 min left of 223 min" == said


class TestDrawEdges:
    def test_shows_the_four_instants(self):
        """Last good, first bad, last bad, first good, each to the second, with what counts and its bounds."""
        picture = draw(pictures.draw_edges(EDGES, as_of=NOW))
        words = [text.text for text in picture.find("text")]
        said = picture.attributes["aria-label"].replace("\u00a0", " ")

        assert [clock in words for clock in ("09:11:00", "09:12:00", "11:09:00", "11:10:00")] == [True] * 4
        assert said.endswith("It counts 118 min, at least 117 min, at most 119 min.")
        assert 6 == len(by_class(picture, "ring"))

    def test_a_running_outage_ends_now(self):
        """While it lasts nothing is known of its end: it counts so far, striped from the last bad sample to now."""
        picture = draw(pictures.draw_edges(OPEN_EDGES, as_of=NOW))

        assert "counts 12 min so far, at least 11 min" in picture.attributes["aria-label"].replace("\u00a0", " ")
        assert 3 == len(by_class(picture, "ring"))

    @pytest.mark.parametrize(("bad", "squares"), [(1, 1), (2, 2), (6, 6), (7, 6), (118, 6)])
    def test_shows_its_samples(self, bad, squares):
        """Each bad sample up to six is drawn; of more, the three at either edge, and their number in words."""
        last = EDGES.first_bad_at + MINUTE * (bad - 1)
        edges = c.Edges(
            name="O-1", url="#", first_bad_at=EDGES.first_bad_at, last_bad_at=last, last_good_at=EDGES.last_good_at,
            first_good_at=last + MINUTE, every=MINUTE, bad=bad,
        )  # fmt: skip
        picture = draw(pictures.draw_edges(edges, as_of=NOW))

        assert squares == len(by_class(picture, "mid"))
        assert (bad > 6) == any("all bad" in text.text for text in picture.find("text"))

    def test_an_outage_that_was_there_from_the_start(self):
        """Where nothing good was seen before, no earliest beginning is claimed."""
        edges = c.Edges(name="O-1", url="#", first_bad_at=at("08-04T09:12"), last_bad_at=at("08-04T09:20"), bad=9)
        said = draw(pictures.draw_edges(edges, as_of=NOW)).attributes["aria-label"]

        assert "no good sample before" in said
        assert "at most" not in said


class TestDrawHorizon:
    def test_says_every_flag_in_order(self):
        """What falls due is in the sentence by its time, whatever line it stands on."""
        said = draw(pictures.draw_horizon(LANES, span("08-28T14:30", "08-28T18:30"), as_of=NOW)).attributes["aria-label"]

        assert ["15:35", "15:38", "18:20"] == re.findall(r"(\d\d:\d\d) \w+:", said)


class TestDrawSparkline:
    def test_ends_now(self):
        """The line reaches as far as the time that has gone by."""
        picture = draw(pictures.draw_sparkline(Span(NOW.before(DAY), NOW + DAY), (), as_of=NOW))

        assert "50%" == picture.find("rect")[0].attributes["width"]
        assert "No trouble." == picture.attributes["aria-label"]


@given(st.integers(0, 10_000))
def test_a_per_cent_is_exact(hundredths):
    """No place is lost in writing it."""
    whole, _, part = percent(hundredths).rstrip("%").partition(".")

    assert hundredths == int(whole) * 100 + int(part.ljust(2, "0") or 0)
