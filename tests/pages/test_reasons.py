"""Reasons on the page: the lines add up, deep ones are folded or fetched, facts and clauses are where they belong."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pages.samples import PAGES
from tests.pages.samples.ground import BITS, LINES, TEAMPLIFY, mins, step
from tests.pages.samples.statements import JULY_STEP, STATEMENT, WHY
from upheld.core.explain import Step
from upheld.core.timeline import Duration
from upheld.pages import contexts, render_page
from upheld.pages.reasons import Reason, read_below, read_reasons


def why(root: object, **more: object) -> contexts.Why:
    return contexts.Why(step=root, agreement=TEAMPLIFY, facts=LINES, **more)  # type: ignore[arg-type]


def walk(reason: Reason):
    yield reason
    for below in reason.below:
        yield from walk(below)


def added(steps: tuple[Step, ...]) -> Duration:
    return Duration(sum((-1 if s.sign == "−" else 1) * s.value.micros for s in steps if isinstance(s.value, Duration)))


def every_step():
    """All steps that any page of the gallery opens, each once."""
    parts = [part for page, _ in PAGES.values() for part in getattr(page, "sections", ())]
    roots = [part.why.step for part in parts if getattr(part, "why", None)]
    roots += [figure.why.step for page, _ in PAGES.values() for figure in getattr(page, "figures", ()) if figure.why]
    roots += [risk.why.step for page, _ in PAGES.values() for risk in getattr(page, "risks", ()) if risk.why]
    return list({id(one): one for root in roots if isinstance(root, Step) for one in root.walk()}.values())


def test_children_add_up_to_their_parent():
    """Wherever the gallery opens a sum, the signed values of its lines make it."""
    sums = [one for one in every_step() if one.adds]

    assert len(sums) > 4
    assert [one.words for one in sums if added(one.because) != one.value] == []


class TestReadReasons:
    def test_reads_a_step_and_its_json_alike(self):
        """A statement keeps its reasons as JSON: the page is the same."""
        assert read_reasons(why(JULY_STEP)) == read_reasons(why(JULY_STEP.to_json()))

    def test_puts_the_operator_before_the_value(self):
        """A line that is taken away says so, with a true minus that does not leave its figure."""
        assert "−\u00a0252\u00a0min" in [reason.figure for reason in walk(read_reasons(why(JULY_STEP)))]

    def test_folds_below_the_second_level(self):
        """What lies deeper is folded, unless all of it is open because the verdict is missed."""
        folded = [reason.words for reason in walk(read_reasons(why(JULY_STEP))) if reason.is_folded]
        opened = [reason.words for reason in walk(read_reasons(why(JULY_STEP, is_open=True))) if reason.is_folded]

        assert any(words.endswith("storage full. 2 full hours") for words in folded)
        assert opened == []

    def test_fetches_what_is_too_deep(self):
        """With an address, lines below the depth are left out, counted, and found at the address by their position."""
        lines = list(walk(read_reasons(why(JULY_STEP, url="/why/f-1", depth=1))))
        [down] = [line for line in lines if line.more_url == "/why/f-1?step=2"]

        assert 2 == down.hidden
        assert down.below == ()

    def test_reads_below_a_position(self):
        """What is fetched is what was left out: the lines of that step, all open."""
        part = contexts.WhyPart(why=why(JULY_STEP), path="2")

        assert ["152\u00a0min", "100\u00a0min"] == [line.figure for line in read_below(part.why, part.step, part.path)]

    def test_gives_facts_their_words(self):
        """A fact in the book is a line of its own; one that is not at hand is still named."""
        [storage, release] = read_reasons(why(JULY_STEP)).below[2].below

        assert [61204, 61322, 61340] == [fact.number for fact in storage.facts if isinstance(fact, contexts.FactLine)]
        assert ("f-57730", "f-57815") == release.facts


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=6), st.integers(0, 4), st.booleans())
def test_no_line_is_lost(lengths, depth, is_open):
    """Whatever is folded or fetched, every step is shown or counted."""
    inner = tuple(step(mins(length), f"part {place}") for place, length in enumerate(lengths))
    middle = step(mins(sum(lengths)), "middle", because=inner, adds=True)
    root = step(mins(sum(lengths)), "root", because=(middle,), adds=True)

    lines = list(walk(read_reasons(why(root, url="/why/x", depth=depth, is_open=is_open))))

    hidden = {line.path: line.hidden for line in lines if line.hidden}
    assert len(list(root.walk())) == len(lines) + sum(len(inner) + 1 if path == "" else n for path, n in hidden.items())


class TestOnThePage:
    def test_a_sum_ends_with_its_line(self):
        """A figure whose lines add up is read as a sum: the parts first, the result last under a rule."""
        html = render_page(*PAGES["now-data"])

        assert html.index("down is allowed in August") < html.index('<li class="sum">') < html.index("left. If the")

    def test_ends_with_the_exact_arithmetic(self):
        """The last line is the calculation as it was made, and how it was floored."""
        html = render_page(STATEMENT, BITS).replace("\u00a0", " ")

        assert "44,640 − 100 − 252" in html
        assert "shown floored as 99.4342 %" in html

    def test_has_an_anchor_for_every_step_at_its_own_address(self):
        """The permanent page of a tree lets one step be pointed at."""
        html = render_page(WHY, BITS)

        for anchor in ("s", "s0", "s2-1"):
            assert f'id="{anchor}"' in html

    def test_every_figure_that_moves_money_has_a_why(self):
        """On statement, outage and service each leading figure opens its reasons or leads to them."""
        for name in ("statement-data", "outage-open", "service-data"):
            page = PAGES[name][0]
            assert isinstance(page, contexts.StatementPage | contexts.OutagePage | contexts.ServicePage)
            assert [figure.says for figure in page.figures if not (figure.why or figure.anchor)] == []

    def test_reads_the_figure_to_who_hears_the_page(self):
        """`why?` alone says nothing out of its place: the figure goes with it for the ear."""
        html = render_page(*PAGES["service-data"])

        assert '<span class="u">why?</span><span class="sr"> 99.6008\u00a0%</span>' in html


@pytest.mark.parametrize("clause", ["TP-39", "TP-99"])
def test_a_citation_leads_to_its_clause(clause):
    """Each clause leads to its own words; the hint shows the first of them where they are known."""
    root = step(mins(1), "x", clause)
    html = render_page(replace(WHY, why=why(root)), BITS)

    assert f'href="agreement-data.html#{clause}"' in html
    assert (clause == "TP-39") == ("data-hint" in html)
