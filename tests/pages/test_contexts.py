"""Headings are the answer: computed from the same values as the page below them."""

from dataclasses import replace

import pytest

from tests.pages.samples.ground import BITS, BUDGET, NOW, at, mins, span
from tests.pages.samples.now import FIRST_RUN, NOW_PAGE, QUIET, RISK
from tests.pages.samples.outages import CLOSED_OUTAGE, OUTAGE
from tests.pages.samples.planning import GOOD_VERDICT, VERDICT, WINDOWS
from tests.pages.samples.services import ROWS, SERVICE, SERVICES
from tests.pages.samples.statements import STATEMENT
from tests.pages.samples.status import CALM_STATUS, STATUS
from upheld.core.explain import Verdict
from upheld.core.timeline import ZERO
from upheld.pages import contexts as c
from upheld.pages import render_page
from upheld.pages.states import State


def heading(page: c.Page) -> str:
    return page.heading.replace("\u00a0", " ")


class TestNow:
    def test_says_what_costs_money_next_and_when(self):
        """Amount, time left and instant of the first money that is owed if nothing changes."""
        assert "EUR 100.00 can be claimed in 45 min, at 15:35 UTC, unless Teamplify comes back" == heading(NOW_PAGE)

    def test_names_the_trouble_where_no_money_is_near(self):
        """An outage that costs nothing yet is still the first thing said."""
        cheap = replace(RISK, missed_at=None, owed=())

        assert "Teamplify is in trouble since 14:38 UTC" == heading(replace(NOW_PAGE, risks=(cheap,)))

    def test_says_what_can_still_be_borne(self):
        """With nothing down, the promise that can bear least is named."""
        assert "Nothing is down. August 2026 can bear 25 min of FunnelFlux" == heading(QUIET)

    def test_a_first_run_is_no_blank_table(self):
        """Nothing to show yet is said, with the three next steps below."""
        assert "Nothing is watched yet" == heading(FIRST_RUN)
        assert 3 == render_page(FIRST_RUN, BITS).count('class="empty gap"')

    def test_only_a_crossing_is_spoken(self):
        """A minute later nothing has crossed, so nothing is read aloud; another outage is."""
        later = replace(NOW_PAGE, as_of=at("08-28T14:51"))

        assert NOW_PAGE.crossing == later.crossing
        assert NOW_PAGE.crossing != QUIET.crossing


class TestService:
    def test_says_how_long_and_what_is_left(self):
        """How long it is down, and what the month can still bear."""
        assert "The application has been down for 12 min. August can bear 45 min more" == heading(SERVICE)

    def test_says_by_how_much_it_is_missed(self):
        """A budget that is overdrawn is missed, by so much."""
        over = replace(SERVICE, budget=c.Budget(mins(223), mins(240), mins(12)))

        assert "The application has been down for 12 min. August is missed by 29 min" == heading(over)

    def test_its_rows_add_up(self):
        """The rows and the time that was up are the time gone by, to the microsecond."""
        assert ZERO == SERVICE.missing
        assert "39,770 min gone by, less 178 min down, 40 min maintenance" in SERVICE.sum_words.replace("\u00a0", " ")

    def test_rows_that_do_not_add_up_are_not_smoothed_over(self):
        """An account that misses two minutes says so in a row of its own."""
        wrong = replace(SERVICE, up=SERVICE.up - mins(2))

        assert mins(2) == wrong.missing
        assert "These rows do not add up" in render_page(wrong, BITS)
        assert "These rows do not add up" not in render_page(SERVICE, BITS)

    def test_a_period_that_is_over_is_told_in_the_past(self):
        """After its end the month no longer bears anything: it was so much."""
        over = replace(SERVICE, is_decided=True, rows=ROWS[:5])

        assert "August: 166 min down and counted" == heading(over)

    def test_the_list_names_what_is_down(self):
        """All services in one line, the worst first."""
        assert "Teamplify is down; 1 other is not" == heading(SERVICES)


class TestBudget:
    @pytest.mark.parametrize(("used", "left", "over"), [(166, 45, 0), (211, 0, 0), (250, 0, 39)])
    def test_is_left_or_over(self, used, left, over):
        """What is left is never negative; what is over has its own figure."""
        budget = replace(BUDGET, used=mins(used))

        assert (mins(left), mins(over)) == (budget.left, budget.over)


class TestOutage:
    def test_says_how_long_and_what_counts(self):
        """Elapsed and counted are two figures; both are said."""
        assert "Down for 12 min; 12 min count so far" == heading(OUTAGE)
        assert "Down for 1 h 58 min; 118 min count" == heading(CLOSED_OUTAGE)
        assert "Down for 1 h 58 min; none of it counts" == heading(replace(CLOSED_OUTAGE, counted=ZERO))


class TestPlan:
    def test_the_verdict_is_a_sentence(self):
        """All, a part, or none of the work would count."""
        part = replace(VERDICT, counts=mins(60), out_of_base=mins(120))

        assert "All 180 min would count as down" == VERDICT.sentence.replace("\u00a0", " ")
        assert "60 min of 180 min would count as down" == part.sentence.replace("\u00a0", " ")
        assert "None of the 180 min would count: all of it out of base" == GOOD_VERDICT.sentence.replace("\u00a0", " ")

    def test_the_list_says_how_many_would_count(self):
        """The heading of planned work is its verdict."""
        assert "2 works are planned; 1 would count" == heading(WINDOWS)


class TestStatement:
    @pytest.mark.parametrize(
        ("verdict", "said"),
        [(Verdict.MET, "was met"), (Verdict.MISSED, "was missed"), (Verdict.UNDECIDED, "is undecided")],
    )
    def test_says_the_verdict_and_what_is_credited(self, verdict, said):
        """Period, verdict, money."""
        assert f"July 2026: availability {said}. EUR 200.00 is credited" == heading(replace(STATEMENT, verdict=verdict))
        assert f"July 2026: availability {said}" == heading(replace(STATEMENT, verdict=verdict, credited=None))

    def test_the_command_trusts_the_key_that_is_named(self):
        """The command is complete: verifier, bundle, key."""
        assert STATEMENT.command.startswith(
            "python upheld-verify.pyz acorn-legal-teamplify-2026-07.zip --key upheld.example/"
        )


class TestStatus:
    def test_says_the_worst_thing_first(self):
        """The component that is down is the heading; what is only slow comes after."""
        assert "Teamplify application is down" == heading(STATUS)
        assert ["FunnelFlux redirects"] == [component.name for component in STATUS.others]

    def test_says_that_all_is_up_only_where_it_is(self):
        """All up is said of all; two that are down are both named."""
        down = tuple(replace(component, state=State.DOWN) for component in CALM_STATUS.components)

        assert "All 2 components are up" == heading(CALM_STATUS)
        assert "FunnelFlux reporting and Managed servers are down" == heading(replace(CALM_STATUS, components=down))

    def test_what_is_not_measured_is_not_up(self):
        """A prober that cannot see makes no claim."""
        blind = replace(STATUS.components[2], state=State.UNKNOWN)

        assert "FunnelFlux reporting is not measured" == heading(replace(CALM_STATUS, components=(blind,)))

    def test_names_nobody(self):
        """Neither staff nor customers are on the public page."""
        html = render_page(STATUS, BITS)

        assert [name for name in ("Mara Ellis", "Tom Okafor", "Acorn", "Kettle", "Administrator") if name in html] == []


def test_a_form_keeps_its_answers_and_says_what_is_wrong():
    """Each problem stands at its field and in the summary, with the same words."""
    field = c.Field(name="starts", label="Starts", value="Thu 3 Sep 16:00")
    words = "Thu 3 Sep 16:00 has no zone; write for instance Thu 3 Sep 2026 16:00 UTC"
    form = c.Form(url="/x", deed="Go", fields=(field,), problems=(c.Problem("starts", words),))
    html = render_page(c.SignInPage(form=form), c.RequestBits(as_of=NOW)).replace("\u00a0", " ")

    assert 2 == html.count(words)
    assert 'value="Thu 3 Sep 16:00"' in html
    assert 'aria-describedby="m-starts" aria-invalid="true"' in html


def test_a_window_of_the_past_is_still_a_span():
    """A span without length is legal; its words do not fail."""
    row = replace(WINDOWS.ahead[0], span=span("09-05T20:00", "09-05T20:00"))

    assert "20:00–20:00" in render_page(replace(WINDOWS, ahead=(row,)), BITS)
