"""Every page in every state: whole, well formed, without anything inline, and light enough."""

import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.pages.gallery import GAP
from tests.pages.markup import read_markup
from tests.pages.samples import PAGES, PARTS_ALONE
from upheld.pages import contexts, render_page
from upheld.pages.contexts.page import Page
from upheld.pages.contexts.reader import ReaderPage
from upheld.pages.contexts.status import StatusFrame

EVERY = [*PAGES, *PARTS_ALONE]
ALONE = (ReaderPage.__name__, ReaderPage.template)
MOST_OF_A_PAGE, MOST_OF_STATUS = 40_000, 15_000


def test_the_gallery_shows_every_page():
    """No page is declared, in any module of the records, without a sample that is rendered."""
    for module in pkgutil.iter_modules(contexts.__path__, f"{contexts.__name__}."):
        importlib.import_module(module.name)
    # The document for readers is a file by itself, not a page of the server: tests/interfaces/cli/test_rendering.py.
    declared = {(made.__name__, made.template) for made in list_kinds(Page) if made.template} - {ALONE}
    shown = {type(page) for page, _ in (*PAGES.values(), *PARTS_ALONE.values())}

    assert declared == {(made.__name__, made.template) for made in shown}


def list_kinds(of: type[Page]) -> Iterator[type[Page]]:
    for made in of.__subclasses__():
        yield made
        yield from list_kinds(made)


@pytest.mark.parametrize("name", EVERY)
class TestEveryPage:
    def test_names_nothing_that_is_not_there(self, name, rendered):
        """A template that asks for a name its record does not have would show nothing; it shows a mark here."""
        assert GAP.split("%")[0] not in rendered[name]

    def test_is_well_formed(self, name, rendered):
        """Every element is closed where it should be, and no attribute is said twice."""
        assert read_markup(rendered[name])[1] == []

    def test_has_nothing_inline(self, name, trees):
        """A policy without unsafe-inline lets all of it through: no style, no script, no handler in the page itself."""
        found = [
            f"line {element.line}: {element.name} {key}"
            for element in trees[name].walk()
            for key in element.attributes
            if key == "style" or key.startswith("on") or key == "hx-on"
        ]
        found += [f"line {e.line}: {e.name}" for e in trees[name].walk() if e.name in ("style", "script") and e.text.strip()]

        assert found == []

    def test_points_only_at_what_is_there(self, name, trees):
        """Labels, descriptions and headings that an element names are on the same page, and every id is there once."""
        ids = [element.attributes["id"] for element in trees[name].walk() if "id" in element.attributes]
        named = [
            target
            for element in trees[name].walk()
            for key in ("aria-labelledby", "aria-describedby", "for", "form")
            if (target := element.attributes.get(key))
        ]
        outside = {"plan"} if name in PARTS_ALONE else set()

        assert sorted(set(ids)) == sorted(ids)
        assert [target for targets in named for target in targets.split() if target not in {*ids, *outside}] == []

    def test_writes_no_loose_figures(self, name, rendered):
        """A figure never stands apart from its unit: the space between them does not break."""
        text = read_markup(rendered[name])[0].text

        assert [word for word in (" min", " %") if any(text[at - 1].isdigit() for at in find_all(text, word) if at)] == []


def find_all(text: str, word: str) -> list[int]:
    places, at = [], text.find(word)
    while at >= 0:
        places.append(at)
        at = text.find(word, at + 1)
    return places


@pytest.mark.parametrize("name", PAGES)
class TestWholePage:
    def test_has_one_heading_and_one_main(self, name, trees):
        """The heading is the answer; there is one, in the one main part, with a way to skip to it."""
        [main] = trees[name].find("main")

        assert 1 == len(main.find("h1"))
        assert main.find("h1")[0].text.strip()
        assert "#main" == trees[name].find("body")[0].children[0].attributes["href"]

    def test_names_its_sections(self, name, trees):
        """Each section says in its heading what it is about."""
        unnamed = [
            e.line for e in trees[name].find("section") if not {"aria-labelledby", "aria-label"} & e.attributes.keys()
        ]

        assert unnamed == []

    def test_is_light(self, name, rendered):
        """At most 40 kB before compression; the status page stays below 15 kB, to be served when all else is slow."""
        most = MOST_OF_STATUS if isinstance(PAGES[name][0], StatusFrame) else MOST_OF_A_PAGE

        assert len(rendered[name].encode()) <= most

    def test_asks_nobody_else(self, name, trees):
        """No address of another host is loaded: sheets and scripts come from the page's own place."""
        loaded = [
            e.attributes.get("src") or e.attributes.get("href", "")
            for e in trees[name].walk()
            if e.name in ("script", "link")
        ]

        assert [address for address in loaded if "//" in address] == []

    def test_forms_carry_their_token(self, name, trees):
        """Every form that changes something proves that the page came from us."""
        bits = PAGES[name][1]
        posts = [form for form in trees[name].find("form") if form.attributes.get("method") == "post"]
        bare = [f.line for f in posts if not any(e.attributes.get("name") == "csrfmiddlewaretoken" for e in f.walk())]

        assert not bits.csrf_token or bare == []


def test_needs_no_settings_and_no_request():
    """The status page is rendered by a bare process: no Django settings, no request, no database."""
    script = (
        "from upheld.core.timeline import Instant, Span, DAY\n"
        "from upheld.pages import render_page\n"
        "from upheld.pages.contexts import RequestBits, StatusPage\n"
        "now = Instant.parse('2026-08-28T14:50Z')\n"
        "page = StatusPage(provider='Demo', as_of=now, days=Span(now, now + DAY))\n"
        "print(render_page(page, RequestBits(as_of=now)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], env={"PYTHONPATH": "src"}, capture_output=True, text=True)

    assert "Nothing is shown here yet" in ran.stdout, ran.stderr


def test_the_theme_comes_from_the_server():
    """A chosen theme stands on the document itself, so that nothing flashes; without a choice the system decides."""
    page, bits = PAGES["now-data"]
    dark = contexts.RequestBits(as_of=bits.as_of, theme="dark")

    assert '<html lang="en-GB" data-theme="dark">' in render_page(page, dark)
    assert '<html lang="en-GB">' in render_page(page, bits)


def test_a_past_instant_is_plain_and_has_a_way_back():
    """Who looks from another instant is told so on every page, and the page is not refreshed under their eyes."""
    html = render_page(*PAGES["service-past"])

    assert "data-past" in html
    assert "Back to now" in html
    assert "data-live" not in html


def test_escapes_what_people_wrote():
    """A reason with markup in it is shown as it was written."""
    page = contexts.ProblemPage(status=404, words="<b>x</b>", says='"><script>alert(1)</script>')

    html = render_page(page, PAGES["problem-404"][1])

    assert "<b>x</b>" not in html
    assert "<script>alert" not in html
