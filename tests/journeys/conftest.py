"""A home of its own for every journey; and for journeys of the desk a running one, with windows of its people."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.apps.conftest import let_tables_be_emptied  # noqa: F401  (tests of real transactions end by emptying tables)
from tests.journeys.desk_stage import PASSWORD
from tests.journeys.stage import Stage
from tests.journeys.windows import FLAGS, Window


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.UPHELD_HOME = tmp_path
    for name in ("SAMPLES", "KEYS", "SPOOL", "STATUS", "MAIL"):
        setattr(settings, f"UPHELD_{name}", tmp_path / name.lower())


@pytest.fixture(scope="session")
def chrome(chromium) -> Iterator[Any]:
    """The browser that the windows of the desk's people are in."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def stage(tmp_path_factory) -> Iterator[Stage]:
    """A desk of its own for a file of journeys."""
    with Stage(tmp_path_factory.mktemp("desk")) as running:
        yield running


@pytest.fixture(scope="module")
def window(chrome, stage) -> Iterator[Callable[..., Window]]:
    """Somebody's window, signed in: `window("nell")`; `window()` is a stranger's. `width` is that of the screen."""
    opened: list[Window] = []

    def open_one(short: str = "", **more: Any) -> Window:
        made = Window(chrome, stage.address, **more)
        opened.append(made)
        if short:
            made.sign_in(f"{short}@example.org", PASSWORD)
        return made

    yield open_one
    for one in opened:
        one.close()
