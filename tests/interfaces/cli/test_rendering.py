"""An agreement printed for its readers: one file by itself, the same bytes again, nothing of the text left out."""

import os
from pathlib import Path

import pytest

from tests.interfaces.cli.command import do, upheld
from tests.interfaces.console.reading import plain
from tests.pages.markup import read_markup
from upheld.core.timeline import Instant
from upheld.interfaces.cli.reader import make_reader
from upheld.interfaces.cli.rendering import AS_OF
from upheld.language import check
from upheld.pages import render_page
from upheld.pages.contexts.page import RequestBits

ENVIRONMENT = dict(os.environ)
AGREEMENTS = sorted((Path(__file__).parents[3] / "agreements").glob("*.md"))


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.stem)
def test_every_clause_reading_and_example_stands_in_it(path: Path) -> None:
    """Each clause, each open place and each example of the text is in the page, which needs no other file."""
    text = path.read_text(encoding="utf-8")
    checked = check(text, as_of=AS_OF)
    assert checked.document is not None
    page = make_reader(text, checked)

    html = render_page(page, RequestBits(as_of=Instant.parse("2026-01-01T00:00Z")), marking_gaps="⚠ %s")

    assert set(checked.document.clauses) == {clause.id for part in page.parts for clause in part.clauses}
    assert set(checked.document.blocks["readings"]) == {one.name for part in page.parts for one in part.readings}
    assert len(checked.examples) == sum(len(part.examples) for part in page.parts) == page.examples_right
    assert [word for word in ("⚠", "<script", "<link", "<img", 'href="http', "@import", 'src="') if word in html] == []
    document, problems = read_markup(html)
    words = plain(document)
    assert problems == []
    assert [
        one.question for part in page.parts for one in part.readings if " ".join(one.question.split()) not in words
    ] == []


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_the_same_text_gives_the_same_bytes(form: str, tmp_path: Path) -> None:
    """Printed twice by two processes, it is one file; a PDF is a PDF."""
    do(ENVIRONMENT, "new", tmp_path / "hosting.md")
    outs = [tmp_path / f"{name}.{form}" for name in ("one", "two")]
    for out in outs:
        assert "come out as written" in do(ENVIRONMENT, "render", tmp_path / "hosting.md", "--out", out)

    one, two = (out.read_bytes() for out in outs)
    assert one == two
    assert one.startswith(b"%PDF" if form == "pdf" else b"<!doctype html>")


def test_refuses_what_it_cannot_print(tmp_path: Path) -> None:
    """Another ending, or a text with problems: nothing is written, and it says what to do."""
    (tmp_path / "bad.md").write_text("# Nothing\n", encoding="utf-8")

    for out, told in (("x.docx", "ends with .html or .pdf"), ("x.html", "upheld check")):
        ended = upheld(ENVIRONMENT, "render", tmp_path / "bad.md", "--out", tmp_path / out)
        assert (2, True, False) == (ended.code, told in ended.err, (tmp_path / out).exists())
