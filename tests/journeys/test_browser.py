"""
A morning in the system's Chromium, on the whole product with its demo: the first administrator is named, an outage is seen
and given its cause, work is planned, a statement is issued, and its bundle is verified without us.
"""

import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

from tools.build_verifier import ROOT, pack
from tools.product import Product, own_product
from upheld.core.timeline import DAY, Instant
from upheld.gateways.clock import now_us

pytestmark = [pytest.mark.browser, pytest.mark.slow]

sync_api = pytest.importorskip("playwright.sync_api")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
VIEWS = {"light": (1360, "light"), "dark": (1360, "dark"), "phone": (390, "light")}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PEOPLE = {"mara@example.org": "Mara Ellis", "mallory@example.org": "Mallory"}
PASSWORD = "a long enough password"
INTERVAL_SECONDS = 5
"""The demo's sampling interval."""
SERVICE, STATEMENTS = "/services/teamplify/acorn-legal", "/statements/acorn-legal/teamplify"


@pytest.fixture(scope="module")
def product(tmp_path_factory) -> Iterator[Product]:
    with own_product(tmp_path_factory.mktemp("journey") / "home", "--demo") as running:
        # The demo breaks its other service once, for the claim: the outage of this morning comes after that one.
        opened = "the desk of the demo is open"
        running.wait_until(lambda: opened in running.log.read_text(errors="replace"), "the demo's desk is open")
        yield running


@pytest.fixture(scope="module")
def administrator(product) -> str:
    """Two people follow the link of the log at the same moment: one becomes the administrator, the other finds nothing."""
    product.wait_until(lambda: "/set-up/" in product.log.read_text(), "the link for the first administrator is printed")
    found = re.search(r"/set-up/(\S+)", product.log.read_text())
    assert found
    start, answers = threading.Barrier(2), {}

    def follow(email: str) -> None:
        start.wait()
        answers[email] = set_up(product.address, found[1], email)

    threads = [threading.Thread(target=follow, args=(email,)) for email in PEOPLE]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [303, 404] == sorted(answers.values())
    return next(email for email, status in answers.items() if status == 303)


class Staying(urllib.request.HTTPRedirectHandler):
    """Where an answer leads is looked at, not followed."""

    def redirect_request(self, *arguments: Any) -> None:
        return None


def set_up(address: str, code: str, email: str) -> int:
    """Send the form as a browser does; the status of the answer."""
    jar = CookieJar()
    cookies = urllib.request.HTTPCookieProcessor(jar)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies, Staying())
    opener.open(f"{address}/set-up/{code}").close()
    mark = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
    form = {"code": code, "person": PEOPLE[email], "email": email, "password": PASSWORD, "csrfmiddlewaretoken": mark}
    request = urllib.request.Request(f"{address}/set-up", urllib.parse.urlencode(form).encode(), {"Referer": address})
    try:
        with opener.open(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        return answer.code


@pytest.fixture(scope="module")
def browser(chromium) -> Iterator[Any]:
    with sync_api.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def page(browser, product, administrator) -> Iterator[Any]:
    """The administrator's window, signed in, in the order of the morning."""
    context = browser.new_context(viewport={"width": 1360, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(opened, product, administrator)
    yield opened
    context.close()
    assert complaints == [], "the strict policy stopped something, or a script failed"


def sign_in(page: Any, product: Product, email: str) -> None:
    page.goto(f"{product.address}/now")
    assert "Sign in to see what matters now" == page.inner_text("h1")
    page.fill("#f-name", email)
    page.fill("#f-password", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/now")


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def wait_for(page: Any, address: str, holds: Any, seconds: float) -> float:
    """Load a page until it says something; how long that took."""
    began = time.monotonic()
    while True:
        page.goto(address)
        if holds(plain(page.inner_text("h1"))):
            return time.monotonic() - began
        if time.monotonic() - began > seconds:
            raise AssertionError(f"{address} says after {seconds} s: {plain(page.inner_text('main'))[:600]}")
        time.sleep(0.3)


class TestTheMorning:
    """In this order, in one window; each test is a thing that somebody does."""

    def test_1_begins_with_nothing_down(self, page, product):
        """The demo's service is watched, and up."""
        wait_for(page, f"{product.address}/services", lambda words: "none down" in words, 60)

    def test_2_an_outage_is_on_the_console_within_two_intervals(self, page, product):
        """Seen by the same prober, shown by the same page as any other."""
        product.do("demo", "break")

        took = wait_for(page, f"{product.address}/services", lambda words: "is down" in words, 60)

        # Two intervals, the deadline of the second attempt, and the start of the command that broke it.
        assert took < 2 * INTERVAL_SECONDS + 5
        assert "unless Teamplify comes back" in wait_words(page, product)

    def test_3_it_is_opened_and_given_a_cause(self, page, product):
        """From the first page, by the keyboard's way through the form, with a word about what was done."""
        page.goto(f"{product.address}/now")
        page.click("text=Assign a cause")
        page.check("input[name=cause][value=own]")
        page.fill("#f-note", "we broke it ourselves")
        page.click("text=Assign this cause")

        assert "Cause own assigned to O-2." in plain(page.inner_text(".toast"))
        assert "we broke it ourselves" in plain(page.inner_text("main"))

    def test_4_it_comes_back(self, page, product):
        """The outage is closed, with its edges."""
        product.do("demo", "mend")

        wait_for(page, f"{product.address}/outages", lambda words: words == "No outage is open", 60)
        page.goto(f"{product.address}/outages/O-2")

        assert "first good" in plain(page.inner_text("main"))

    def test_5_work_is_planned_and_judged_while_one_types(self, page, product):
        """The verdict follows what is typed; a nearest time is taken by its button; the draft is saved."""
        page.goto(f"{product.address}/maintenance/plan")
        page.check("input[name=kind][value=scheduled]")
        day = (Instant(now_us()) + DAY).utc().strftime("%d %b %Y")
        page.fill("#f-starts", f"{day} 20:00 UTC")
        page.fill("#f-ends", f"{day} 21:00 UTC")
        page.fill("#f-reason", "a new disk")
        page.wait_for_selector("#verdict > .plan.down:first-child")
        assert "All 60 min would count as down" == plain(page.inner_text("#verdict-words"))

        page.click("#verdict button[name=use]")
        page.wait_for_selector("#verdict > .plan.up:first-child")
        assert "None of the 60 min would count: all of it out of base" == plain(page.inner_text("#verdict-words"))
        page.click("text=Save it as a draft")

        assert "M-2 is planned; nobody is told yet." in plain(page.inner_text(".toast"))

    def test_6_notice_is_given(self, page, product):
        """Asked once more on the work's own page; the mail leaves, and the fact comes back."""
        page.click("text=Give notice to")

        product.wait_until(lambda: any(fact["type"] == "notice-given/1" for fact in product.facts("acorn-legal-teamplify")),
                           "the notice was sent")  # fmt: skip
        page.reload()
        assert "The customer was told at" in plain(page.inner_text("main"))

    def test_7_a_statement_is_issued_and_opened(self, page, product):
        """An interim one of the month; every figure opens down to the facts."""
        page.goto(f"{product.address}/statements")
        page.click("text=which still runs")
        page.click("text=Issue the interim statement")
        page.wait_for_selector("text=Download the bundle")
        page.click("a.asked >> nth=0")

        assert "O-2: own" in plain(page.inner_text(".reasons >> nth=0"))
        assert "outage O-2 opened" in plain(page.inner_text(".reasons >> nth=0"))

    def test_8_its_bundle_is_verified_without_us(self, page, product, tmp_path):
        """By the one file, on a bare Python, with the key that the status page shows to everybody."""
        with page.expect_download() as downloading:
            page.click("text=Download the bundle")
        bundle, verifier = tmp_path / downloading.value.suggested_filename, tmp_path / "upheld-verify.pyz"
        downloading.value.save_as(bundle)
        with page.expect_download() as having:
            page.click("text=The verifier")
        having.value.save_as(verifier)
        assert pack(ROOT) == verifier.read_bytes()
        page.goto(f"{product.address}/status/")
        key = plain(page.inner_text("#keys ~ .mono, section:has(#keys) .mono"))

        assert 0 == verify(verifier, bundle, key)
        content = bytearray(bundle.read_bytes())
        content[len(content) // 2] ^= 1
        bundle.write_bytes(content)
        assert 0 != verify(verifier, bundle, key)

    def test_9_the_door_is_shut(self, page, product):
        """After signing out, nothing but the status page is open."""
        page.goto(f"{product.address}/now")
        page.click("text=Sign out")
        page.wait_for_url("**/status/")
        page.goto(f"{product.address}/facts")

        assert "Sign in to see the facts" == page.inner_text("h1")


def wait_words(page: Any, product: Product) -> str:
    page.goto(f"{product.address}/now")
    return plain(page.inner_text("h1"))


def verify(verifier: Path, bundle: Path, key: str) -> int:
    command = [sys.executable, "-I", "-S", str(verifier), str(bundle), "--key", key]
    return subprocess.run(command, capture_output=True, timeout=60).returncode


@pytest.mark.parametrize("view", VIEWS)
def test_every_page_is_fit_for_everybody(view, browser, product, administrator):
    """No finding of axe of any grade and no sideways scroll, with every reason open: light, dark and on a phone."""
    from axe_playwright_python.sync_playwright import Axe

    width, scheme = VIEWS[view]
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    wrong = []
    for place in ["/status/", f"/status/history/{this_month()}", "/sign-in", *list_places()]:
        page.goto(f"{product.address}{place}")
        page.evaluate("document.querySelectorAll('details:not([hx-get])').forEach(each => { each.open = true })")
        answer = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
        found = [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in answer.response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(("sideways", []))
        wrong += [(place, *each) for each in found]
        if place == "/sign-in":
            sign_in(page, product, administrator)
    context.close()

    assert wrong == []


def this_month() -> str:
    return f"{Instant(now_us()).utc():%Y-%m}"


def list_places() -> list[str]:
    month = this_month()
    return [
        "/now", "/services", SERVICE, "/outages", "/outages/O-2", "/maintenance", "/maintenance/plan", "/maintenance/M-2",
        "/agreements", "/agreements/teamplify/2023-01", "/statements", f"{STATEMENTS}/{month}", f"{STATEMENTS}/{month}/2",
        "/facts", "/facts/acorn-legal-teamplify/0", "/people", "/settings", "/desk", "/desk/T-4",
        f"{SERVICE}?period=2020-01", "/nothing/is/here", f"/why/acorn-legal-teamplify/{month}/availability/uptime",
    ]  # fmt: skip
