"""Every page of the portal in the system's Chromium, as Acorn's manager has it: axe, width, policy, keyboard."""

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.interfaces import cast
from tests.interfaces.console.conftest import sign_in
from tests.interfaces.portal.conftest import LOOK, begin_chat
from tests.pages.conftest import Strict
from upheld.apps.desk.services import Attached, keep_exhibit
from upheld.apps.duties.services import name_person
from upheld.apps.parties.queries import pseudonym_of
from upheld.core.timeline import HOUR
from upheld.pages.engine import ROOM

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]

sync_api = pytest.importorskip("playwright.sync_api")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
VIEWS = {"light": (1360, "light"), "dark": (1360, "dark"), "phone": (390, "light")}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STATEMENT = "/portal/statements/acorn-legal/teamplify/2026-07"
PLACES = {
    "home": "/portal/", "services": "/portal/services", "service": "/portal/services/teamplify/acorn-legal",
    "outage": "/portal/outages/{outage}", "maintenance": "/portal/maintenance", "window": "/portal/maintenance/{window}",
    "notices": "/portal/notices", "agreements": "/portal/agreements", "agreement": "/portal/agreements/teamplify/2023-01",
    "statements": "/portal/statements", "statement": STATEMENT, "facts": "/portal/facts",
    "fact": "/portal/facts/acorn-legal-teamplify/0", "records": "/portal/records", "claims": "/portal/claims",
    "heads": "/portal/heads",
    "claim": "/portal/claims/{claim}", "filing": "/portal/claims/file/acorn-legal-teamplify/tenfold/{outage}",
    "duties": "/portal/duties", "access": "/portal/access", "persons": "/portal/persons", "people": "/portal/people",
    "tickets": "/portal/tickets", "ticket": "/portal/tickets/{ticket}", "report": "/portal/report",
    "reporting": "/portal/report/acorn-legal-teamplify/high", "nothing": "/portal/nothing/is/here",
    "disputes": "/portal/disputes", "dispute": f"{STATEMENT}/1/dispute", "lines": f"{STATEMENT}/1/why/0",
    "chat": "/portal/chat", "chat-start": "/portal/chat/acorn-redtrack",
    "chat-begin": "/portal/chat/acorn-redtrack?topic=funnel-setup", "chat-room": "/portal/chats/{chat}",
    "clock": "/portal/tickets/{ticket}/clocks/{clock}/1", "forgotten": "/forgotten",
}  # fmt: skip


@pytest.fixture
def folder(lived, db, tmp_path: Path) -> Path:
    """Each page as a file, with sheet and scripts where the pages look for them."""
    manager = lived.people["acorn-manager"]
    name_person(
        agreement=lived.agreements["acorn"], role="main-person", person=pseudonym_of(manager), channel="email",
        received_at=cast.NOW.before(HOUR), by="person-2", at=cast.NOW.before(HOUR),
    )  # fmt: skip
    keep_exhibit(
        customer=manager.customer, kind="measurements", file=Attached("seen.csv", "text/csv", b"at,result\nyesterday,503\n"),
        says="Our own probe", by=pseudonym_of(manager), shown_as=manager.name, at=cast.NOW.before(HOUR),
    )  # fmt: skip
    client = sign_in(manager)
    running, claim = f"O-{lived.outages['acorn'][-1]}", lived.claims["acorn"].name
    names = {"outage": running, "window": lived.windows["acorn"].name, "claim": claim, "ticket": lived.tickets["acorn"].name}
    names["chat"] = begin_chat(lived.people["acorn-member"]).name
    names["clock"] = lived.tickets["acorn"].runs.order_by("pk")[0].clock
    for name, place in PLACES.items():
        (tmp_path / f"{name}.html").write_bytes(client.get(place.format(**names)).content)
    client.post("/sign-out")
    client.force_login(lived.people["tom"])
    client.post("/portal/look", LOOK)
    (tmp_path / "looking.html").write_bytes(client.get("/portal/").content)
    (tmp_path / "look.html").write_bytes(client.get("/portal/look").content)
    shutil.copytree(ROOM / "static", tmp_path / settings.STATIC_URL.strip("/"))
    return tmp_path


@pytest.fixture
def served(folder) -> Iterator[tuple[str, list[str]]]:
    """Where they are on the loopback, under the product's own policy; and their names."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", sorted(path.stem for path in folder.glob("*.html"))
    server.shutdown()
    server.server_close()
    thread.join()


def walk(chromium: Any, served: tuple[str, list[str]]) -> list[tuple[object, ...]]:
    """All pages in all views: what axe finds, what stands out at the right, what the policy stopped."""
    from axe_playwright_python.sync_playwright import Axe

    address, names = served
    found: list[tuple[object, ...]] = []
    with sync_api.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        for view, (width, scheme) in VIEWS.items():
            page = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme).new_page()
            said: list[str] = []
            page.on("console", lambda message, said=said: said.append(message.text) if message.type == "error" else None)
            for name in names:
                page.goto(f"{address}/{name}.html")
                page.evaluate("document.querySelectorAll('details:not([hx-get])').forEach(each => { each.open = true })")
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    found.append((view, name, "scrolls sideways"))
                answer = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
                for wrong in answer.response["violations"]:
                    found.append((view, name, wrong["id"], [node["target"] for node in wrong["nodes"]][:3]))
            found += [(view, line) for line in said if "favicon" not in line and "404" not in line]
        browser.close()
    return found


def test_no_page_has_a_finding(chromium, served):
    """Axe finds nothing, nothing scrolls sideways, the policy stops nothing: light, dark, and on a phone."""
    assert [] == walk(chromium, served)


def test_home_is_walked_by_keyboard_alone(chromium, served):
    """The first key leads past the frame; every link and button is reached, and its focus is seen."""
    address, _ = served
    with sync_api.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
        page.goto(f"{address}/home.html")
        wanted = page.evaluate("document.querySelectorAll('a[href], button, summary, input:not([type=hidden])').length")
        hidden = page.evaluate(
            "[...document.querySelectorAll('a[href], button, summary, input:not([type=hidden])')]"
            ".filter(one => !one.checkVisibility()).length"
        )
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.textContent")
        reached, unseen = 1, 0
        for _ in range(wanted):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break
            reached += 1
            outlined = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
            unseen += not page.evaluate(outlined)
        browser.close()

    assert ("Skip to the content", 0) == (first, unseen)
    assert reached >= wanted - hidden
