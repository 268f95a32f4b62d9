"""The gallery once for all tests of pages: as text, as trees, and served on loopback with the product's own policy."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.pages.gallery import GAP, write_gallery
from tests.pages.markup import Element, read_markup
from tests.pages.samples import PAGES, PARTS_ALONE
from upheld.pages import render_page

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture(scope="session")
def rendered() -> dict[str, str]:
    """Every page of the gallery, and the parts that are asked for alone."""
    return {name: render_page(page, bits, marking_gaps=GAP) for name, (page, bits) in {**PAGES, **PARTS_ALONE}.items()}


@pytest.fixture(scope="session")
def trees(rendered) -> dict[str, Element]:
    return {name: read_markup(html)[0] for name, html in rendered.items()}


class Strict(SimpleHTTPRequestHandler):
    """Files of the gallery, under the policy that forbids everything inline."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the tests say what matters."""


@pytest.fixture(scope="session")
def gallery_url(tmp_path_factory) -> Iterator[str]:
    """Where the gallery is served, on a free port of the loopback."""
    folder: Path = tmp_path_factory.mktemp("gallery")
    write_gallery(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
