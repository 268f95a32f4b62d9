"""What every test stands on: how properties are tried, which servers and browsers there are, and what stays unloaded."""

import builtins
import os
import shutil
import sys
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import settings

from tests.installation import pytest_unconfigure  # noqa: F401  (a hook: it removes the home of the tests)

ROOT = Path(__file__).parents[1]
UNDER_CI = os.environ.get("CI") == "true"
PURE_ROOMS = (ROOT / "tests/core", ROOT / "tests/verify")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Time on a shared machine is no evidence, so no property has a deadline. CI tries other examples on every run: it
# prints the blob that repeats a failure, and pytest's header names the seed that repeats a whole run.
settings.register_profile("home", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=False, print_blob=True, max_examples=200)
settings.load_profile("ci" if UNDER_CI else "home")


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Core and the verifier are tested with `-p no:django`: the setting that this plugin reads is known all the same."""
    if not pluginmanager.has_plugin("django"):
        parser.addini("DJANGO_SETTINGS_MODULE", "read by pytest-django, which is switched off")


def pytest_configure(config: pytest.Config) -> None:
    """Give every run a seed, so that one that fails can be repeated whole; the workers of a run share it."""
    if config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = str(int.from_bytes(os.urandom(4), "big"))


def pytest_report_header(config: pytest.Config) -> str:
    return f"to repeat the properties of this run: --hypothesis-seed={config.option.hypothesis_seed}"


# ---- what a test needs from the machine


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that the machine cannot run is skipped loudly at home, and fails under CI=true."""
    if item.get_closest_marker("browser") and find_chromium() is None:
        refuse_or_skip("no Chromium on this machine: `apt-get install chromium`")
    if item.get_closest_marker("root") and os.geteuid() != 0:
        refuse_or_skip("needs root")


def refuse_or_skip(reason: str) -> None:
    if UNDER_CI:
        pytest.fail(f"{reason}; CI=true allows no test to be left out", pytrace=False)
    pytest.skip(reason)


def find_chromium() -> str | None:
    """The system's Chromium, or None."""
    return next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say in so many words what was left out: an `s` among thousands of dots is not loud."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(str(report.longrepr[2]) for report in skipped if isinstance(report.longrepr, tuple))
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"LEFT OUT: {count} tests: {reason.removeprefix('Skipped: ')}", yellow=True)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium, for tests marked `browser`."""
    found = find_chromium()
    if found is None:
        refuse_or_skip("no Chromium on this machine: `apt-get install chromium`")
    return str(found)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL database: the one in UPHELD_DATABASE_URL, or one started for this session."""
    given = os.environ.get("UPHELD_DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        yield given
        return
    from tools.with_postgres import start_postgres

    with start_postgres() as address:
        yield address


# ---- core and the verifier are tested without Django


def is_pure(path: Path) -> bool:
    return any(path.is_relative_to(room) for room in PURE_ROOMS)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, pytest.CollectReport]:
    """A test file of a pure room that loads Django is an error of the collection."""
    if not is_pure(collector.path):
        untouched: pytest.CollectReport = yield
        return untouched
    with watch_for_django() as loads:
        report: pytest.CollectReport = yield
    if loads:
        report.outcome = "failed"
        report.longrepr = describe_loads(loads)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """A test of a pure room during which Django gets loaded fails."""
    if not is_pure(item.path):
        return (yield)
    with watch_for_django() as loads:
        result = yield
    if loads:
        pytest.fail(describe_loads(loads), pytrace=False)
    return result


def describe_loads(loads: list[str]) -> str:
    return f"core and verify are tested without Django, but it was loaded by {', '.join(sorted(set(loads)))}"


@contextmanager
def watch_for_django() -> Iterator[list[str]]:
    """
    Collect who loads Django meanwhile: a module of ours by an import statement, or anybody who loads it first.

    Django may be in memory already, for tests of other rooms: so the statement is watched, not only the memory.
    """
    loads: list[str] = []
    was_loaded = "django" in sys.modules
    find = builtins.__import__

    def watch(
        name: str,
        scope: Mapping[str, object] | None = None,
        local: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        importer = str((scope or {}).get("__name__", ""))
        if level == 0 and name.split(".")[0] == "django" and importer.split(".")[0] in {"upheld", "tests"}:
            loads.append(importer)
        return find(name, scope, local, fromlist, level)

    builtins.__import__ = watch  # type: ignore[assignment]
    try:
        yield loads
    finally:
        builtins.__import__ = find
        if not was_loaded and "django" in sys.modules and not loads:
            loads.append("something that was imported meanwhile")
