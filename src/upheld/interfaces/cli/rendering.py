"""`upheld render`: an agreement file printed back as a document for readers, HTML or PDF."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from upheld.core.timeline import Instant
from upheld.gateways.pdf import NotPrinted, print_agreement
from upheld.interfaces.cli.agreements import AgreementFile, read_file
from upheld.interfaces.cli.reader import make_reader
from upheld.interfaces.cli.stopping import stop
from upheld.language import check
from upheld.pages import render_page
from upheld.pages.contexts.page import Assets, RequestBits

AS_OF = Instant.parse("2026-01-01T00:00Z")
"""Calendars are frozen around this instant: the same text gives the same document on any day."""


def render(
    file: AgreementFile,
    out: Annotated[Path, typer.Option(dir_okay=False, help="Where it is written: a name that ends with .html or .pdf.")],
) -> None:
    """Print an agreement for its readers: prose, every rule in words, open places, examples with their results."""
    form = out.suffix.lower()
    if form not in (".html", ".pdf"):
        stop(f"--out {out}: expected a name that ends with .html or .pdf")
    text = read_file(file)
    checked = check(text, as_of=AS_OF)
    if checked.document is None or not checked.is_clean:
        stop(f"{file} has problems; upheld check {file} lists them all", *(f"{file}:{one}" for one in checked.problems))
    page = make_reader(text, checked)
    if form == ".html":
        # Nothing of a request stands in it: the style is in the file, and there is no script.
        bits = RequestBits(as_of=AS_OF, assets=Assets(style="", icon="", htmx="", script=""))
        out.write_text(render_page(page, bits), encoding="utf-8")
    else:
        try:
            out.write_bytes(print_agreement(asdict(page) | {"counted": page.counted}))
        except NotPrinted as problem:
            stop(str(problem))
    typer.echo(f"{out}: {page.counted}")
