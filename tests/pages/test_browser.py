"""The gallery in the system's Chromium: no finding of axe, no sideways scroll, the policy kept, no script needed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.pages.samples import PAGES
from upheld.interfaces.cli.reader import make_reader
from upheld.interfaces.cli.rendering import AS_OF
from upheld.language import check
from upheld.pages import render_page
from upheld.pages.contexts.page import RequestBits

pytestmark = pytest.mark.browser

sync_api = pytest.importorskip("playwright.sync_api")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
VIEWS = {"light": (1360, "light"), "dark": (1360, "dark"), "phone": (390, "light")}
AGREEMENTS = sorted((Path(__file__).parents[2] / "agreements").glob("*.md"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser(chromium) -> Iterator[Any]:
    with sync_api.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(params=VIEWS)
def view(request, browser) -> Iterator[Any]:
    """A page of each width and scheme."""
    width, scheme = VIEWS[request.param]
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def documents(tmp_path_factory) -> list[str]:
    """Each shipped agreement printed for its readers: files by themselves, opened as such."""
    folder = tmp_path_factory.mktemp("documents")
    for path in AGREEMENTS:
        text = path.read_text(encoding="utf-8")
        page = render_page(make_reader(text, check(text, as_of=AS_OF)), RequestBits(as_of=AS_OF))
        (folder / f"{path.stem}.html").write_text(page, encoding="utf-8")
    return [made.as_uri() for made in sorted(folder.iterdir())]


def find_wrongs(view: Any, name: str) -> list[tuple[str, str, list[Any]]]:
    """What axe finds on the page that is open: the page, the rule, the first places."""
    from axe_playwright_python.sync_playwright import Axe

    answer = Axe().run(view, options={"runOnly": RULES, "resultTypes": ["violations"]})
    return [(name, wrong["id"], [node["target"] for node in wrong["nodes"]][:3]) for wrong in answer.response["violations"]]


def open_all_reasons(page: Any) -> None:
    page.evaluate("document.querySelectorAll('details:not([hx-get])').forEach(each => { each.open = true })")


@pytest.mark.slow
class TestEveryPage:
    """One browser page for all of the gallery in a view: a browser for each would take minutes."""

    def test_axe_finds_nothing(self, view, gallery_url):
        """No finding of any grade (WCAG 2.2 AA and good practice), with all reasons open."""
        found = []
        for name in PAGES:
            view.goto(f"{gallery_url}/{name}.html")
            open_all_reasons(view)
            found += find_wrongs(view, name)

        assert found == []

    def test_never_scrolls_sideways(self, view, gallery_url):
        """Nothing stands out at the right, also with every reason open."""
        wide = []
        for name in PAGES:
            view.goto(f"{gallery_url}/{name}.html")
            for deed in ("", "open"):
                if deed:
                    open_all_reasons(view)
                if view.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    wide.append((name, deed))

        assert wide == []

    def test_keeps_to_the_policy(self, view, gallery_url):
        """The strict policy stops nothing, and no script fails."""
        complaints: list[str] = []
        view.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        view.on("pageerror", lambda error: complaints.append(str(error)))
        for name in PAGES:
            view.goto(f"{gallery_url}/{name}.html")

        assert [said for said in complaints if "favicon" not in said and "404" not in said] == []


@pytest.mark.slow
class TestEveryDocument:
    """The agreements as their readers open them, from a file."""

    def test_axe_finds_nothing_and_nothing_stands_out(self, view, documents):
        """No finding of any grade, and no line, name or table wider than the page, on a phone as well."""
        found, wide = [], []
        for address in documents:
            view.goto(address)
            found += find_wrongs(view, address.rsplit("/", 1)[-1])
            if view.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(address)

        assert found == []
        assert wide == []


@pytest.fixture
def desk(browser) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1360, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def bare(browser) -> Iterator[Any]:
    """A browser that runs no script at all."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    yield context.new_page()
    context.close()


class TestWithoutScript:
    def test_reasons_open(self, bare, gallery_url):
        """A reason opens by itself: nothing of the page waits for a script."""
        bare.goto(f"{gallery_url}/service-data.html")
        bare.click("details.why > summary")

        assert bare.get_by_text("T, the whole period").is_visible()

    def test_deep_reasons_have_an_address(self, bare, gallery_url):
        """What a script would fetch is a link to a page of its own."""
        bare.goto(f"{gallery_url}/statement-shallow.html")
        bare.click("details.why > summary")
        bare.click("details.more > summary >> nth=0")

        assert bare.get_by_text("Read them on a page of their own").first.is_visible()

    def test_a_ticket_can_be_worked_on(self, bare, gallery_url):
        """Clocks, who else is there, the answer and every deed are on the page itself."""
        bare.goto(f"{gallery_url}/ticket-data.html")
        bare.click("text=Link it with another ticket…")

        assert bare.get_by_text("Tom Okafor writes here.").is_visible()
        assert bare.get_by_role("heading", name="First response").is_visible()
        assert bare.get_by_role("button", name="Send reply to the customer").is_visible()
        assert bare.get_by_label("The other ticket").is_visible()

    def test_the_verdict_can_be_asked_for(self, bare, gallery_url):
        """Without the answer while typing there is a button that asks."""
        bare.goto(f"{gallery_url}/plan-empty.html")

        assert bare.get_by_role("button", name="Ask for the verdict").is_visible()


class TestKeyboard:
    def test_the_first_stop_skips_to_the_content(self, desk, gallery_url):
        """Who has only a keyboard is past the navigation with two keys."""
        desk.goto(f"{gallery_url}/now-data.html")
        desk.keyboard.press("Tab")
        assert "Skip to the content" == desk.evaluate("document.activeElement.textContent")
        desk.keyboard.press("Enter")

        assert "main" == desk.evaluate("document.activeElement.id")

    def test_focus_is_seen_everywhere(self, desk, gallery_url):
        """Every stop of the Tab key shows a ring of three pixels, and none is hidden below something that sticks."""
        desk.goto(f"{gallery_url}/service-data.html")
        unseen = []
        for _ in range(40):
            desk.keyboard.press("Tab")
            ring = desk.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
            if desk.evaluate("document.activeElement !== document.body") and ring < 3:
                unseen.append(desk.evaluate("document.activeElement.outerHTML.slice(0, 80)"))

        assert unseen == []

    def test_keys_lead_to_pages_and_open_reasons(self, desk, gallery_url):
        """`g s` goes to the services, `j` to the next row, `w` opens the why of the row."""
        desk.goto(f"{gallery_url}/now-data.html")
        desk.keyboard.press("j")
        assert "Teamplify · Acorn Legal" == desk.evaluate("document.activeElement.textContent")
        desk.keyboard.press("w")
        assert desk.locator("details.why").first.evaluate("each => each.open")
        desk.keyboard.press("g")
        desk.keyboard.press("s")
        desk.wait_for_url("**/services-data.html")

    def test_keys_can_be_turned_off(self, desk, gallery_url):
        """Single keys bother who speaks to the computer: they can be turned off, and stay off."""
        desk.goto(f"{gallery_url}/now-data.html")
        desk.keyboard.press("?")
        desk.get_by_role("button", name="Turn single keys off").click()
        desk.reload()
        desk.keyboard.press("w")

        assert not desk.locator("details.why").first.evaluate("each => each.open")

    def test_keys_leave_fields_alone(self, desk, gallery_url):
        """A letter typed into a field is a letter."""
        desk.goto(f"{gallery_url}/plan-data.html")
        desk.fill("#f-reason", "")
        desk.type("#f-reason", "gs?w")

        assert "gs?w" == desk.input_value("#f-reason")

    def test_a_refused_form_takes_the_focus(self, desk, gallery_url):
        """The summary of what is to be mended is where the reader is, and its links lead to the fields."""
        desk.goto(f"{gallery_url}/plan-wrong.html")
        assert "problems" == desk.evaluate("document.activeElement.id")
        desk.click("#problems a >> nth=0")

        assert "f-starts" == desk.evaluate("document.activeElement.id")


class TestVerdictWhileTyping:
    def test_follows_what_is_typed(self, desk, gallery_url):
        """The form's fields are sent after a pause, without the token, and the answer is shown and spoken."""
        asked: list[str] = []
        desk.on("request", lambda request: asked.append(request.url) if "verdict" in request.url else None)
        desk.goto(f"{gallery_url}/plan-empty.html")
        desk.fill("#f-starts", "Thu 3 Sep 2026 16:00 UTC")
        desk.type("#f-ends", "x")
        desk.wait_for_selector("#verdict .plan.down")

        assert 1 == len(asked)
        assert "starts=Thu+3+Sep+2026+16%3A00+UTC" in asked[0].replace("%20", "+")
        assert "csrf" not in asked[0]
        assert "would count as down" in desk.text_content("#aloud")

    def test_takes_the_nearest_time(self, desk, gallery_url):
        """One press puts the offered time into the form, and the verdict is asked again."""
        desk.goto(f"{gallery_url}/plan-data.html")
        with desk.expect_request("**/plan-verdict-part.html*"):
            desk.click("text=Use this time >> nth=0")

        assert "Sat 5 Sep 2026 00:00 UTC" == desk.input_value("#f-starts")


class TestAnswering:
    def test_tells_others_that_somebody_writes(self, desk, gallery_url):
        """The first letter of an answer is told to the server, and nothing of what is written; the others are shown."""
        desk.goto(f"{gallery_url}/ticket-data.html")
        desk.evaluate("document.getElementById('others').textContent = ''")
        with desk.expect_request("**/others-part.html?writes=1") as told:
            desk.type("#f-reply", "Half an answer")
        desk.wait_for_selector("#others >> text=Tom Okafor writes here.")

        assert told.value.url.endswith("/others-part.html?writes=1")

    def test_is_sent_by_the_form_itself(self, desk, gallery_url):
        """The script that tells of writing does not come between the button and the server: words and files are sent."""
        desk.goto(f"{gallery_url}/ticket-data.html")
        desk.fill("#f-reply", "An answer")
        with desk.expect_request("**/do/reply") as sent:
            desk.click("text=Send reply to the customer")

        assert ("POST", True) == (sent.value.method, "multipart/form-data" in sent.value.headers["content-type"])


class TestLazyReasons:
    def test_are_fetched_on_opening(self, desk, gallery_url):
        """Deep lines come when they are opened, once."""
        desk.goto(f"{gallery_url}/statement-shallow.html")
        desk.click("details.why > summary")
        desk.click("details.more[hx-get$='step=2'] > summary")
        desk.wait_for_selector("text=failed release 4.29")


class TestRefresh:
    def test_shows_and_speaks_of_a_crossing(self, browser, gallery_url):
        """After a minute the page is asked for again: a new state is shown and said aloud."""
        context = browser.new_context(viewport={"width": 1360, "height": 900})
        page = context.new_page()
        page.clock.install()
        page.goto(f"{gallery_url}/service-data.html")
        html = page.request.get(f"{gallery_url}/service-up.html").text()
        page.route("**/service-data.html", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.clock.run_for(61_000)
        page.wait_for_selector("h1:has-text('is up')")

        assert "is up" in page.text_content("#aloud")
        context.close()

    def test_keeps_what_is_open(self, browser, gallery_url):
        """A reader in the middle of the reasons is not disturbed, and minutes that tick by are not spoken."""
        context = browser.new_context(viewport={"width": 1360, "height": 900})
        page = context.new_page()
        page.clock.install()
        page.goto(f"{gallery_url}/service-data.html")
        page.click("details.why > summary")
        html = page.content().replace("down for 12", "down for 13").replace(" open=", " shut=")
        page.route("**/service-data.html", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.clock.run_for(61_000)
        page.wait_for_selector("h1:has-text('down for 13')")

        assert page.locator("details.why").first.evaluate("each => each.open")
        assert "" == page.text_content("#aloud")
        context.close()

    def test_leaves_a_draft_alone(self, browser, gallery_url):
        """Half an answer stays in its field while the clocks beside it go on."""
        context = browser.new_context(viewport={"width": 1360, "height": 900})
        page = context.new_page()
        page.clock.install()
        page.goto(f"{gallery_url}/ticket-data.html")
        html = page.content().replace("6&nbsp;min left", "5&nbsp;min left")
        page.fill("#f-reply", "Half an answer")
        page.evaluate("document.activeElement.blur()")
        page.route("**/ticket-data.html", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.clock.run_for(61_000)
        page.wait_for_selector("aside >> text=5\u00a0min left")

        assert "Half an answer" == page.input_value("#f-reply")
        context.close()

    def test_leaves_ticked_boxes_alone(self, browser, gallery_url):
        """Tickets that are chosen stay chosen, whatever became due meanwhile."""
        context = browser.new_context(viewport={"width": 1360, "height": 900})
        page = context.new_page()
        page.clock.install()
        page.goto(f"{gallery_url}/desk-data.html")
        html = page.content()
        page.check("[aria-label='Choose T-3']")
        page.evaluate("document.activeElement.blur()")
        page.route("**/desk-data.html", lambda route: route.fulfill(body=html, content_type="text/html"))
        with page.expect_response("**/desk-data.html"):
            page.clock.run_for(61_000)
        page.wait_for_timeout(50)

        assert page.is_checked("[aria-label='Choose T-3']")
        context.close()

    def test_says_when_the_connection_is_lost(self, browser, gallery_url):
        """Figures that could not be renewed say from when they are."""
        context = browser.new_context(viewport={"width": 1360, "height": 900})
        page = context.new_page()
        page.clock.install()
        page.goto(f"{gallery_url}/service-data.html")
        page.route("**/service-data.html", lambda route: route.abort())
        page.clock.run_for(61_000)
        page.wait_for_selector("text=the connection is lost")

        assert "These figures are from Fri\u00a028\u00a0Aug\u00a02026" in page.text_content("#upheld-lost")
        context.close()


def test_print_opens_every_reason(desk, gallery_url):
    """On paper nothing is folded: the statement's reasons are all there, without navigation and buttons."""
    desk.goto(f"{gallery_url}/statement-shallow.html")
    desk.emulate_media(media="print")

    assert desk.get_by_text("T, the month: 31 days").is_visible()
    assert not desk.locator(".rail").is_visible()
    assert not desk.get_by_text("Download the bundle").is_visible()
