"""One mutant on trial: a process of its own in which the module is the wrong one, and the tests that ought to notice."""

import contextlib
import importlib.abc
import importlib.machinery
import io
import os
import resource
import signal
import sys
import types
from collections.abc import Mapping, Sequence
from pathlib import Path

import hypothesis
import pytest

from tools.mutants.changes import Mutant

LONGEST_READING = 30
"""Seconds of processor time in which the tests are read, so that a machine with other work to do condemns nobody."""
LONGEST_TEST, TIMES_AS_LONG = 10, 20
"""Seconds of processor time for each test, and how often its usual time is given besides."""
LONGEST_SECONDS = 1800
MOST_BYTES = 3 * 2**30
"""A mutant that never ends may also fill the memory."""
HISTORIES = "100"
QUIET = (
    *("-x", "-q", "--no-header", "--tb=no", "--assert=plain", "--hypothesis-seed=0"),
    *("-p", "no:django", "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:faulthandler"),
)
NOTHING_TO_RUN = 5
"""What pytest ends with when no test is left: nothing was noticed."""


class Profile:
    """How properties are tried: few examples, the same ones each time, and no search for the smallest that fails."""

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self) -> None:
        """After the tests chose their own profile."""
        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile(
            "mutants", max_examples=40, deadline=None, database=None, derandomize=True, phases=phases
        )
        hypothesis.settings.load_profile("mutants")


class Chosen:
    """Of the files that are read only these tests, in this order; none of them forever."""

    def __init__(self, tests: Sequence[str], seconds: Mapping[str, float]) -> None:
        self.places = {name: place for place, name in enumerate(tests) if "::" in name}
        self.seconds = seconds

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self.places:
            items[:] = sorted((it for it in items if it.nodeid in self.places), key=lambda it: self.places[it.nodeid])

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        allow(LONGEST_TEST + TIMES_AS_LONG * self.seconds.get(item.nodeid, 0))


def allow(seconds: float) -> None:
    """This much processor time from now on; then the process ends itself."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


class Wrong(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads the mutant in the place of its module."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, path: object, target: object = None) -> importlib.machinery.ModuleSpec | None:
        if name != self.mutant.module:
            return None
        place = Path(self.mutant.path).resolve()
        spec = importlib.machinery.ModuleSpec(name, self, origin=str(place), is_package=place.name == "__init__.py")
        spec.has_location = True
        if spec.submodule_search_locations is not None:
            spec.submodule_search_locations.append(str(place.parent))
        return spec

    def exec_module(self, module: types.ModuleType) -> None:
        exec(compile(self.mutant.source, self.mutant.path, "exec"), module.__dict__)


def try_mutant(mutant: Mutant, tests: Sequence[str], seconds: Mapping[str, float] | None = None) -> str:
    """
    `killed`, `survived` or `took too long` (which a person would notice too). Tests are files and folders, or single tests
    in the order in which they are to be tried.
    """
    child = os.fork()
    if child == 0:
        run_tests(mutant, tests, seconds or {})
    previous = signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    signal.alarm(LONGEST_SECONDS)
    _, status = os.waitpid(child, 0)
    signal.alarm(0)
    signal.signal(signal.SIGALRM, previous)
    if os.WIFSIGNALED(status):
        return "took too long"
    return "survived" if os.WEXITSTATUS(status) == 0 else "killed"


def run_tests(mutant: Mutant, tests: Sequence[str], seconds: Mapping[str, float]) -> None:
    """In the child: never returns."""
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        allow(LONGEST_READING)
        sys.meta_path.insert(0, Wrong(mutant))
        code = run_quietly(tuple(dict.fromkeys(name.split("::")[0] for name in tests)), [Profile(), Chosen(tests, seconds)])
    except BaseException:
        code = 1
    os._exit(0 if code in {0, NOTHING_TO_RUN} else 1)


def run_quietly(files: Sequence[str], plugins: Sequence[object]) -> int:
    """What pytest ends with; nothing of it is shown."""
    os.environ["HISTORIES"] = HISTORIES
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return int(pytest.main([*QUIET, *files], plugins=plugins))
