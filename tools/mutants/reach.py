"""Which tests reach which line of the core, and how long each takes: measured once, so that a mutant meets few tests."""

import importlib
import sys
import time
from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import coverage
import pytest

from tools.mutants.trial import Profile, run_quietly

ROOT = Path(__file__).parents[2]
CORE = ROOT / "src/upheld/core"


@dataclass(frozen=True)
class Reach:
    """What one run of the right code showed."""

    seconds: Mapping[str, float]
    """Every test with the time that it took."""
    tests: Mapping[str, Mapping[int, frozenset[str]]]
    """By path and line: the tests that came past, files of tests while they were read, and `` while core was loaded."""
    failed: tuple[str, ...]
    loaded: frozenset[str]
    """The modules of others that the tests need."""

    def of(self, path: str, lines: Iterable[int]) -> frozenset[str]:
        """Whoever came past any of these lines."""
        held = self.tests.get(path, {})
        return frozenset().union(*(held.get(line, frozenset()) for line in lines))


class Watch:
    """Tells the coverage which test is at work, and looks at the clock."""

    def __init__(self, watched: coverage.Coverage) -> None:
        self.watched, self.seconds, self.failed = watched, dict[str, float](), list[str]()

    @pytest.hookimpl(tryfirst=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> None:
        if isinstance(collector, pytest.Module):
            self.watched.switch_context(collector.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self.watched.switch_context(item.nodeid)
        began = time.process_time()
        outcome = yield
        self.seconds[item.nodeid] = time.process_time() - began
        return outcome

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)


def measure(files: Sequence[str]) -> Reach:
    """Run some files of tests on the right code; for a process of its own, as it loads what is under test."""
    watched = coverage.Coverage(data_file=None, include=[f"{CORE}/*"], config_file=False)
    watch = Watch(watched)
    watched.start()
    for path in sorted(CORE.rglob("*.py")):
        importlib.import_module(".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__"))
    code = run_quietly(files, [Profile(), watch])
    watched.stop()
    found = watched.get_data()
    tests = {
        str(Path(path).relative_to(ROOT)): {line: frozenset(names) for line, names in found.contexts_by_lineno(path).items()}
        for path in found.measured_files()
    }
    failed = tuple(watch.failed) or (() if code == 0 else (f"pytest ended with {code}",))
    return Reach(watch.seconds, tests, failed, frozenset(name for name in sys.modules if is_of_others(name)))


def is_of_others(name: str) -> bool:
    return name.split(".")[0] not in {"upheld", "tests", "tools", "conftest", "__main__", "__mp_main__"}


def join(parts: Sequence[Reach]) -> Reach:
    """What the halves of a run showed together."""
    tests: dict[str, dict[int, frozenset[str]]] = defaultdict(dict)
    for part in parts:
        for path, lines in part.tests.items():
            for line, names in lines.items():
                tests[path][line] = tests[path].get(line, frozenset()) | names
    seconds = {name: length for part in parts for name, length in part.seconds.items()}
    failed = tuple(name for part in parts for name in part.failed)
    return Reach(seconds, tests, failed, frozenset().union(*(part.loaded for part in parts)))
