"""
Customers by themselves in the system's Chromium: a manager on a telephone lets somebody in, who chooses a password by the
link of a mail and may only read; a report is sent by the keyboard alone; a chat goes from the first line to the second.

Every page on the way is looked at by axe, in light and in dark.
"""

import re

import pytest

from tests.journeys.desk_stage import PASSWORD
from tests.journeys.windows import Window, plain

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = 390
VERA, ADDRESS, OWN = "Vera Moss", "vera@bramble.example", "a sentence of her own 7"
FORM = "/portal/report/bramble-code-enigma/any"
SEND_BY_HAND = """async place => {
    const mark = document.querySelector('[name=csrfmiddlewaretoken]').value
    const body = new URLSearchParams({csrfmiddlewaretoken: mark, kind: 'question', subject: 'By hand', text: 'By hand'})
    return (await fetch(place, {method: 'POST', body})).status
}"""


@pytest.fixture(scope="module")
def nell(window) -> Window:
    """Bramble's only person yet, who manages the others."""
    opened: Window = window("nell", width=PHONE)
    return opened


@pytest.fixture(scope="module")
def vera(window) -> Window:
    opened: Window = window(width=PHONE)
    return opened


@pytest.fixture(scope="module")
def otis(window) -> Window:
    opened: Window = window(width=PHONE)
    return opened


@pytest.fixture(scope="module")
def writer(window) -> Window:
    """Ember's member, on a telephone."""
    opened: Window = window("otis", width=PHONE)
    return opened


@pytest.fixture(scope="module")
def staff(window) -> Window:
    """Whoever of ours sits at the chat."""
    opened: Window = window("ben")
    return opened


class TestPeople:
    """In this order, each in a window of their own on a small screen."""

    def test_1_somebody_is_invited(self, nell):
        """By the manager, with a role; until they come, the page says that they have not."""
        nell.go("/portal/people")
        assert "1 person of yours may sign in" == nell.heading
        nell.send("Send the invitation", person=VERA, email=ADDRESS, role="reader")

        assert f"{VERA} was invited; the mail is on its way to {ADDRESS}." == nell.toast
        assert "Invited, has not come yet" in nell.section("people")
        assert [] == nell.find_faults()

    def test_2_a_password_is_chosen_by_the_link(self, vera, stage):
        """The mail holds a link and no password; one that is too short is refused, a good one leads into the portal."""
        text = stage.wait_for_mail(ADDRESS, "/password/")
        found = re.search(rf"{stage.address}(/password/\S+)", text)
        assert found
        vera.go(found[1])
        assert "Choose a password" == vera.heading
        assert [] == vera.find_faults()
        vera.send("Take this password", password="short")
        assert "The password was not taken." in vera.read("#problems")
        assert [] == vera.find_faults()

        vera.send("Take this password", password=OWN)

        assert "/portal/" == vera.place
        assert VERA in vera.read("body")
        assert [] == vera.find_faults()
        vera.go(found[1])
        assert "This link leads nowhere any more" == vera.heading

    def test_3_a_reader_reads_and_writes_nothing(self, vera, nell):
        """What the manager reported is seen, with its clock; nothing is offered, and nothing is taken that is sent."""
        nell.go("/portal/report/bramble-code-enigma/normal")
        nell.send(
            "Send the report", subject="Odd log lines", text="Since Friday", q0="yes", q1="yes", q2="/var/log/nginx"
        )  # fmt: skip
        place = nell.place
        assert [] == nell.find_faults()

        vera.go(place)
        assert "Respond:" in vera.section("clocks")
        assert 0 == vera.page.locator("main form").count()
        assert [] == vera.find_faults()
        assert [403, 403] == [vera.page.evaluate(SEND_BY_HAND, one) for one in (place, FORM)]
        vera.go(FORM)
        assert 0 == vera.page.locator("main form").count()
        assert "Your managers and members report problems" in vera.section("report")
        assert [] == vera.find_faults()
        assert "By hand" not in vera.go("/portal/tickets").read()
        assert "Report a problem" not in vera.read()
        assert [] == vera.find_faults()

    def test_4_a_member_writes(self, vera, nell):
        """The manager changes the role; from the next page on it counts."""
        nell.go("/portal/people").click(f"Make {VERA} a member")
        assert f"{VERA} is member from now on." == nell.toast

        vera.go("/portal/tickets").click("Odd log lines")
        vera.send("Send this to us", text="On the second server as well")

        assert "On the second server as well" in vera.section("said")
        assert [] == vera.find_faults()

    def test_5_access_is_closed(self, vera, nell):
        """At once, and everywhere: the page that is open leads to the door."""
        nell.click(f"Close the access of {VERA}")
        assert "Access closed" in nell.section("people")
        assert [] == nell.find_faults()

        vera.go("/portal/tickets")

        assert 0 == vera.page.get_by_text("Odd log lines").count()
        assert vera.heading.startswith("Sign in")


class TestKeyboard:
    """Nothing but Tab, Enter and letters, from the door to the clock."""

    def test_1_somebody_signs_in(self, otis):
        otis.go("/sign-in")
        write(otis, "E-mail", "otis@example.org")
        write(otis, "Password", PASSWORD)
        otis.page.keyboard.press("Enter")
        otis.page.wait_for_url("**/portal/")

        assert [] == otis.find_faults()

    def test_2_a_problem_is_reported(self, otis):
        """The first key skips the frame; every stop on the way shows where one is."""
        otis.page.keyboard.press("Tab")
        assert "Skip to the content" == read_focus(otis)
        otis.page.keyboard.press("Enter")
        press(otis, "Report a problem")
        otis.page.wait_for_url("**/portal/report")
        press(otis, "High")
        otis.page.wait_for_url("**/high")
        assert "You wish how pressing it is; we decide" in otis.read(".lede")
        write(otis, "In one line", "Postbacks come late")
        write(otis, "What happens", "By an hour")
        press(otis, "Send the report")
        otis.page.wait_for_url("**/portal/tickets/T-*")

        assert "Postbacks come late" in otis.heading
        assert [] == otis.find_faults()

    def test_3_something_is_added(self, otis):
        write(otis, "Your message", "Since noon")
        press(otis, "Send this to us")
        otis.page.wait_for_selector("text=Since noon")

        assert "Since noon" in otis.section("said")
        assert [] == otis.find_faults()


class TestChat:
    """RedTrack's text: a first line for what is soon settled, and a second for what takes its time."""

    def test_1_begins_where_somebody_is(self, writer, staff):
        """It says so before; what is written is a ticket whose clock runs, and is first in the queue."""
        writer.go("/portal/chat")
        assert "Somebody is there" in writer.section("chats")
        assert [] == writer.find_faults()
        writer.click("RedTrack").click("A question")
        assert [] == writer.find_faults()
        writer.send("Begin the chat", text="Postbacks come twice", urgent="yes")

        assert "The first line has it" in writer.read()
        assert "Chat: 9 min left" in writer.read()
        assert [] == writer.find_faults()
        staff.go("/desk").page.get_by_role("link", name="Postbacks come twice").click()
        staff.page.wait_for_load_state()
        assert "Chat" in staff.read("aside section:first-child")

    def test_2_is_answered_while_one_looks(self, writer, staff):
        """The first line's words stand in the open page by themselves, and its clock has stopped."""
        staff.send("Send reply to the customer", reply="Since when do they?")

        writer.page.wait_for_selector("main >> text=Since when do they?")
        assert "Chat: met" in writer.go(writer.place).read()
        assert [] == writer.find_faults()

    def test_3_goes_on_in_the_second_line(self, writer, staff, stage):
        """It turns out to be what the chat is not for: it is handed over by the clause, and answered by mail in its time."""
        staff.open_form("Say what it is about").send("Say what it is about", topic="funnel-setup")
        staff.open_form("Set the priority").send("Set the priority", priority="high")
        stage.wait_until(lambda: "Second line" in writer.go(writer.place).read(), "the chat is handed over")

        told = writer.read()
        assert "It was handed over" in told
        assert "The chat is not for funnel setup. It goes on by email" in told
        assert "clause RT-27" in told
        assert "Respond:" in told
        assert [] == writer.find_faults()
        staff.go(staff.place).send("Send reply to the customer", reply="We rebuild that funnel today.")
        assert [] == staff.find_faults()
        stage.wait_for_mail("otis@example.org", "We rebuild that funnel today.")
        assert "We rebuild that funnel today." in writer.go(writer.place).read()


def read_focus(window: Window) -> str:
    """What a person hears of the element that has the focus: its label, or its words."""
    words = "(document.activeElement.labels?.[0] ?? document.activeElement).textContent"
    return plain(str(window.page.evaluate(words)))


def reach(window: Window, words: str) -> None:
    """Go on by Tab to what begins with these words; each stop has an outline."""
    passed = []
    for _ in range(120):
        window.page.keyboard.press("Tab")
        passed.append(read_focus(window))
        on_page = window.page.evaluate("document.activeElement !== document.body")
        outlined = window.page.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'")
        assert outlined or not on_page, f"nothing shows that the focus is on {passed[-1]!r}"
        if passed[-1].startswith(words):
            return
    raise AssertionError(f"no way by Tab to {words!r}; passed {passed}")


def press(window: Window, words: str) -> None:
    reach(window, words)
    window.page.keyboard.press("Enter")


def write(window: Window, label: str, words: str) -> None:
    reach(window, label)
    window.page.keyboard.type(words)
