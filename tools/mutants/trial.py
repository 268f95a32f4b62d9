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
from collections.abc import Sequence
from pathlib import Path

import hypothesis
import pytest

from tools.mutants.changes import Mutant

LONGEST_CPU_SECONDS = 200
"""Of processor time, so that a machine with other work to do condemns nobody: three times what all of the tests take."""
LONGEST_SECONDS = 1800
MOST_BYTES = 3 * 2**30
"""A mutant that never ends may also fill the memory."""
HISTORIES = "100"
QUIET = ("-x", "-q", "-p", "no:django", "-p", "no:cacheprovider", "-p", "no:randomly", "--no-header", "--tb=no")


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


def try_mutant(mutant: Mutant, tests: Sequence[str]) -> str:
    """`killed`, `survived` or `took too long` (which a person would notice too)."""
    child = os.fork()
    if child == 0:
        run_tests(mutant, tests)
    previous = signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    signal.alarm(LONGEST_SECONDS)
    _, status = os.waitpid(child, 0)
    signal.alarm(0)
    signal.signal(signal.SIGALRM, previous)
    if os.WIFSIGNALED(status):
        return "took too long"
    return "survived" if os.WEXITSTATUS(status) == 0 else "killed"


def run_tests(mutant: Mutant, tests: Sequence[str]) -> None:
    """In the child: never returns."""
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_CPU_SECONDS, LONGEST_CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        os.environ["HISTORIES"] = HISTORIES
        hypothesis.settings.register_profile("mutants", max_examples=15, deadline=None, database=None, derandomize=True)
        hypothesis.settings.load_profile("mutants")
        sys.meta_path.insert(0, Wrong(mutant))
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            code = int(pytest.main([*QUIET, *tests]))
    except BaseException:
        code = 1
    os._exit(0 if code == 0 else 1)
