"""Where packages come from is the installer's choice: no file of the tree names a registry or a machine's folder."""

import re
import tomllib
from pathlib import Path

from tests.house.guards.tree import list_files, read_lines

# The hyphens and dots stand in brackets, so that this file does not find itself.
REGISTRY = re.compile(
    r"\bpypi[.](org|python[.]org)|pythonhosted[.]org|registry[.](npmjs|yarnpkg)[.]"
    r"|\b(deb|security|ftp[.]\w+)[.]debian[.]org"
    r"|--(extra-)?index[-]url[ =]+\S+|--find[-]links[ =]+[/\w]",
    re.IGNORECASE,
)
FOREIGN_LOCKS = {"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock"}


def find_registry_addresses(root: Path) -> list[str]:
    """Addresses of package registries, and options that name one."""
    return [
        f"{path.relative_to(root)}:{number}: '{found.group()}' names where packages come from: the machine decides that"
        for path in list_files(root)
        for number, line in enumerate(read_lines(path), start=1)
        for found in REGISTRY.finditer(line)
    ]


def find_foreign_locks(root: Path) -> list[str]:
    """Lock files of tools that write addresses into them; ours are made by `make lock`."""
    return [
        f"{path.relative_to(root)}: not ours: the pins are in requirements*.lock, made by `make lock`"
        for path in list_files(root)
        if path.name in FOREIGN_LOCKS
    ]


def find_loose_locks(root: Path) -> list[str]:
    """Lines of our locks that are neither a pin, nor a hash, nor a remark free of a machine's folders."""
    allowed = re.compile(r"[\w.-]+(\[[\w,-]+\])?==\S+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|\s*#[^/\\]*")
    return [
        f"{path.relative_to(root)}:{number}: neither a pin with its hashes nor a plain remark: run `make lock`"
        for path in sorted(root.glob("requirements*.lock"))
        for number, line in enumerate(read_lines(path), start=1)
        if not allowed.fullmatch(line)
    ]


def find_unequal_requirements(root: Path) -> list[str]:
    """Packages that pyproject.toml asks for and the lists behind the locks do not, or the other way round."""
    project = tomllib.loads((root / "pyproject.toml").read_text())
    pairs = (
        ("requirements.in", "[project] dependencies", project["project"]["dependencies"]),
        ("requirements-build.in", "[build-system] requires", project["build-system"]["requires"]),
    )
    return [
        f"{name}: '{package}' stands in only one of {name} and pyproject.toml's {table}"
        for name, table, asked in pairs
        for package in sorted(set(asked) ^ read_requirements(root / name))
    ]


def read_requirements(path: Path) -> set[str]:
    return {line.strip() for line in read_lines(path) if line.strip() and not line.lstrip().startswith(("#", "-"))}


def find_unlocked_requirements(root: Path) -> list[str]:
    """Packages of a `.in` list that its lock does not pin, and pins that differ between the locks."""
    wrong = []
    pinned = {path.name: read_pins(path) for path in sorted(root.glob("requirements*.lock"))}
    for path in sorted(root.glob("requirements*.in")):
        lock = path.with_suffix(".lock").name
        for package in sorted(read_requirements(path)):
            name = normalize(re.split(r"[<>=\[ ;]", package)[0])
            if name not in pinned.get(lock, {}):
                wrong.append(f"{path.name}: '{package}' is not pinned in {lock}: run `make lock`")
    everything = pinned.get("requirements-dev.lock", {})
    wrong += [
        f"{lock}: {name} {version} is {everything.get(name, 'missing')} in requirements-dev.lock: run `make lock`"
        for lock, pins in pinned.items()
        for name, version in pins.items()
        if everything.get(name) != version
    ]
    return wrong


def read_pins(path: Path) -> dict[str, str]:
    """Package and version of each pin."""
    return {
        normalize(match.group(1)): match.group(2)
        for line in read_lines(path)
        if (match := re.match(r"([\w.-]+)(?:\[.*\])?==(\S+)", line))
    }


def normalize(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
