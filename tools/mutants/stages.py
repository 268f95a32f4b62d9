"""Which tests a mutant meets, and in which order: those that come past its line, then whatever may see it."""

from collections.abc import Iterable
from pathlib import PurePath

from tools.mutants.changes import Change
from tools.mutants.reach import Reach


def list_stages(change: Change, reach: Reach) -> list[list[str]]:
    """
    First the tests of the same room that come past the line, then those of other rooms. At last whatever may see it all the
    same: where the line is at work while core is loaded, or nobody was seen at it, every test; else the other tests of the
    files that come past it while they are read.
    """
    met = reach.of(change.path, change.statement)
    direct = {name for name in met if name in reach.seconds}
    rest = {name for name in reach.seconds if name.split("::")[0] in met or "" in met or not met} - direct
    near = {name for name in direct if PurePath(name.split("::")[0]).parent == PurePath(mirror_of(change)).parent}
    tried = (sort(part, change, reach) for part in (near, direct - near, rest))
    return [part for part in tried if part]


def sort(tests: Iterable[str], change: Change, reach: Reach) -> list[str]:
    """The mirror file before its room, its room before others, whoever uses the module before the rest; quick ones first."""
    mirror = mirror_of(change)
    users = set[str]().union(*reach.tests.get(change.path, {}).values())

    def rank(name: str) -> tuple[bool, bool, bool, float]:
        file = name.split("::")[0]
        return file != mirror, PurePath(file).parent != PurePath(mirror).parent, name not in users, reach.seconds[name]

    return sorted(tests, key=rank)


def mirror_of(change: Change) -> str:
    """The file of tests that is called after the module."""
    inside = PurePath(change.path).relative_to("src/upheld")
    return str("tests" / inside.with_name(f"test_{inside.name}"))
