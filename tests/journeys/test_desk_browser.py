"""
A day at the desk in the system's Chromium, customer and provider side by side, on a clock that is put forward: an urgent
report and its telephone, a promise of word that is kept, a price that is named, accepted and worked for.

Every page on the way is looked at by axe, in light and in dark.
"""

from typing import Any

import pytest

from tests.journeys.windows import Window
from upheld.core.timeline import MINUTE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REPORT, ANSWER = "Send the report", "Send reply to the customer"


@pytest.fixture(scope="module")
def nell(window) -> Window:
    """Bramble's manager, under Code Enigma's text."""
    opened: Window = window("nell")
    return opened


@pytest.fixture(scope="module")
def iris(window) -> Window:
    """An engineer of the provider's."""
    opened: Window = window("iris")
    return opened


def due_row(desk: Window) -> str:
    """The first ticket of the queue."""
    return desk.go("/desk").read("tbody tr:first-child")


@pytest.fixture(scope="module")
def jonas(window) -> Window:
    opened: Window = window("jonas")
    return opened


@pytest.fixture(scope="module")
def otis(window) -> Window:
    opened: Window = window("otis")
    return opened


@pytest.fixture(scope="module")
def ticket(otis) -> str:
    otis.go("/portal/report/ember-redtrack/any")
    otis.send(REPORT, subject="Rebuild our funnel", text="What would it cost?", kind="request")
    return str(otis.place.rsplit("/", 1)[1])


class TestUrgentReport:
    """In this order: what Nell reports, what she is told, who sees it first, and what an answer ends."""

    def test_1_brings_its_questions(self, nell):
        """The agreement's own words name the priority, who sets it, and what must be found out before."""
        nell.go("/portal/").go("/portal/report")
        assert [] == nell.find_faults()
        nell.click("Urgent")

        told = nell.read()
        assert "A critical failure by which services that customers see are out." in told
        assert "You set how pressing it is." in told
        assert "The site is down for others too The agreement asks for it." in spaced(nell)
        assert "MTR report (not needed)" in spaced(nell)
        assert [] == nell.find_faults()

    def test_2_is_not_sent_without_them(self, nell):
        """What is missing is named with its clause; what was typed stays."""
        nell.send(REPORT, subject="The shop is down", text="Error 502 since nine")

        assert "2 things to mend" in nell.read("#problems")
        assert "The agreement asks for it (CE-58): the site is down for others too" in nell.read("#problems")
        assert "Error 502 since nine" == nell.page.input_value("#f-text")
        assert [] == nell.find_faults()

    def test_3_shows_its_clock_and_why_it_runs(self, nell):
        """From this instant: how long is left, of what, in which hours, by which clause and because of what."""
        nell.send(REPORT, q0="yes, by another network", q1="yes, the code is as it was")

        assert "T-1 is open; its time runs." == nell.toast
        assert "T-1: The shop is down" == nell.heading
        clocks = nell.section("clocks")
        assert "14 min left" in clocks
        assert "of 15 min, round the clock" in clocks
        assert "not stopped" in clocks
        nell.page.locator("section[aria-labelledby=clocks] summary", has_text="why?").first.click()
        nell.page.locator("section[aria-labelledby=clocks] summary", has_text="for within").first.click()
        nell.page.wait_for_selector("section[aria-labelledby=clocks] >> text=priority is urgent")
        assert [] == nell.find_faults()

    def test_4_says_from_when_to_telephone(self, nell, iris):
        """Not before the time of the answer is out; who calls all the same is on record as too early."""
        phone = nell.section("phone")
        assert "It is too early to telephone" in phone
        assert "You may from Mon 7 Sep 10:1" in phone
        assert "+44 (0)20 3588 2200" in phone

        iris.go("/desk/call?ticket=T-1")
        assert [] == iris.find_faults()
        iris.send("Keep this call", words="she asked how long it takes")

        assert "too early" in iris.section("calls")

    def test_5_is_first_in_the_queue(self, iris, stage):
        """With what is due and how long is left; ten minutes on, less is left."""
        stage.pass_time(minutes=10)

        row = due_row(iris)
        assert ("T-1 The shop is down", True) == (iris.page.inner_text("tbody tr:first-child a"), "respond, due" in row)
        assert "4 min left" in row
        assert iris.heading.startswith("T-1 is due next: respond")
        assert [] == iris.find_faults()

    def test_6_is_answered_before_the_time_is_out(self, iris):
        """The page says which clock an answer stops, and by which clause; nothing runs afterwards."""
        iris.page.click("tbody tr:first-child a")
        iris.page.wait_for_load_state()
        assert "Sent to Nell Barrow now. Stops what runs now: respond." in iris.read("#answer")
        assert [] == iris.find_faults()

        iris.send(ANSWER, reply="Nginx is started again; we watch it.")

        assert iris.toast.startswith("Your reply on T-1 is sent.")
        assert "Nothing runs." in iris.read("aside")
        assert "Met respond: 10 min" in iris.section("settled")
        assert [] == iris.find_faults()

    def test_7_shows_the_customer_why_its_clock_stopped(self, nell, stage):
        """By the answer of a person, whose words stand there; and there is nothing to telephone for."""
        nell.go("/portal/tickets/T-1")

        clocks = nell.section("clocks")
        assert "Respond: met" in clocks
        assert "It was due Mon 7 Sep" in clocks
        assert "stopped by: reply by a person" in clocks
        assert "It was answered: there is nothing to telephone for" in nell.section("phone")
        assert "Nginx is started again; we watch it." in nell.section("said")
        assert [] == nell.find_faults()
        stage.wait_for_mail("nell@example.org", "Nginx is started again")

    def test_8_without_an_answer_opens_the_telephone(self, nell, stage):
        """The next one nobody answers: at the instant that was told, and not before, Nell may call."""
        nell.go("/portal/report/bramble-code-enigma/urgent")
        nell.send(REPORT, subject="Down again", text="As before", q0="yes", q1="yes")
        place = nell.place
        stage.pass_time(minutes=14)
        before = nell.go(place).section("phone")
        stage.pass_time(minutes=2)
        after = nell.go(place).section("phone")

        assert "It is too early to telephone" in before
        assert "You may telephone now" in after
        assert "over" in nell.section("clocks").lower()
        assert [] == nell.find_faults()


class TestPromiseOfWord:
    """Flosum's text: word on how things stand every four hours, each time anew."""

    def test_1_begins_with_the_first_answer(self, jonas, iris):
        """The engineer sets the priority, begins to work and answers; the next word is due four hours later."""
        jonas.go("/portal/report/cedar-flosum/availability")
        jonas.send(REPORT, subject="Backups fail", text="All of them, since six")
        name = jonas.place.rsplit("/", 1)[1]
        iris.go(f"/desk/{name}").open_form("Set the priority").send("Set the priority", priority="availability")
        iris.click("Work has begun")
        iris.send(ANSWER, reply="We look into it.")

        update = iris.read("aside section:first-child")
        assert "Update, 1" in update
        assert "3 h 59 min left" in update
        assert "in progress, availability" in jonas.go(f"/portal/tickets/{name}").read(".lede").lower()
        assert "Update, 1: 3 h 59 min left" in jonas.section("clocks")
        assert [] == iris.find_faults() + jonas.find_faults()

    def test_2_is_due_in_the_queue(self, iris, stage):
        """Two tickets wait by then: the one that is over comes first, then the word that is due."""
        stage.pass_time(hours=3, minutes=40)

        iris.go("/desk")
        rows = [" ".join(row.inner_text().split()) for row in iris.page.locator("tbody tr").all()]
        [row] = [row for row in rows if "Backups fail" in row]
        assert "19 min left update, due" in row
        assert rows.index(row) == 1

    def test_3_is_kept_by_an_update_and_begins_anew(self, iris, jonas):
        """An answer that holds an update ends this promise and makes the next; the customer sees both."""
        iris.page.get_by_role("link", name="Backups fail").click()
        iris.page.wait_for_load_state()
        iris.send(ANSWER, reply="Half of them run again.", says="update")

        assert "Update, 2" in iris.read("aside section:first-child")
        assert "3 h 59 min left" in iris.read("aside section:first-child")
        assert "Reached update, 1: 3 h 40 min of 4 h, round the clock" in iris.section("settled")
        jonas.page.reload()
        clocks = jonas.section("clocks")
        assert "Update, 2: 3 h 59 min left" in clocks
        assert "Update, 1: reached" in clocks
        assert "stopped by: update sent" in clocks
        assert "Half of them run again." in jonas.section("said")
        assert [] == iris.find_faults() + jonas.find_faults()


class TestPrice:
    """RedTrack's text: help that costs extra, at a price that is named and accepted before anybody begins."""

    CHARGE, NAME_IT, COST = "on-demand", "Name this price", "Show what it costs"

    def test_1_is_needed_before_work(self, iris, stage, ticket):
        """Work that nobody priced is refused, and the reason stands at the form."""
        iris.go(f"/desk/{ticket}/work")
        self.log(iris, stage)

        assert "On-demand is priced by a quote; give one, and begin once it is accepted" in iris.section("work")
        assert [] == iris.find_faults()

    def test_2_is_named_and_waits(self, iris, stage, otis, ticket):
        """The customer finds it among what waits for them; until they accept it, no work can be booked on it."""
        iris.send(self.NAME_IT, charge=self.CHARGE, amount="EUR 240.00", words="The funnel is rebuilt")
        assert "Waits for the customer" in iris.section("quotes")
        self.log(iris, stage)
        assert "is priced by a quote" in iris.section("work")

        assert "Q-1: EUR 240.00" in otis.go("/portal/").read()
        assert "1 price waits for you" in otis.go(f"/portal/tickets/{ticket}").read()
        otis.click("1 price waits for you")
        assert "1 price waits for you" == otis.heading
        assert [] == iris.find_faults() + otis.find_faults()

    def test_3_is_not_for_readers(self, window, ticket):
        """Who may only read sees the price, and is offered nothing."""
        rhea = window("rhea")

        told = rhea.go(f"/portal/tickets/{ticket}/agreed").section("quotes")

        assert ("EUR 240.00" in told, "Accept" in told) == (True, False)
        assert 0 == rhea.page.locator("main form").count()
        assert [] == rhea.find_faults()

    def test_4_is_accepted_and_worked_for(self, iris, otis, stage, ticket):
        """Otis accepts; what is done afterwards is kept on the quote, at its price, for both sides to see."""
        otis.click("Accept this price")
        assert "Q-1 is accepted; we begin." == otis.toast
        stage.pass_time(minutes=30)
        iris.go(f"/desk/{ticket}/work")
        self.log(iris, stage, quote="Q-1")
        assert "EUR 240.00" in iris.section("preview")
        assert [] == iris.find_faults()
        iris.click("Keep this work")

        assert "W-1 on-demand" in iris.section("work")
        assert "EUR 240.00" in iris.section("cost")
        otis.go(f"/portal/tickets/{ticket}/agreed")
        assert ("Agreed" in otis.section("quotes"), "EUR 240.00" in otis.section("cost")) == (True, True)
        assert [] == iris.find_faults() + otis.find_faults()

    def log(self, iris: Window, stage: Any, **more: str) -> None:
        began = f"{stage.now.before(MINUTE * 10).utc():%a %d %b %Y %H:%M} UTC"
        given = {"charge": self.CHARGE, "from": began, "minutes": "5", "words": "Rebuilt the landing page"}
        iris.send(self.COST, **given, **more)


def spaced(window: Window) -> str:
    """With a space between what stands in lines of their own."""
    return " ".join(str(window.page.inner_text("main")).split())
