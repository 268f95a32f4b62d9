"""
Core and the verifier in one file; and the second verifier, which a browser opens, in another.

The same sources give the same bytes on every machine: the files are taken in the order of their names, stored as they are,
with one date and one set of attributes, whatever the checkout says.
"""

import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from io import BytesIO
from pathlib import Path

import upheld

NAME = "upheld-verify.pyz"
PAGE_NAME = "upheld-verify.html"
SCRIPT_NAME = "upheld-verify.js"
PARTS = ("opening", "bytes", "sha2", "ed25519", "spelling", "container", "tree", "note", "facts", "checks", "telling")
"""The parts of the script, in the order in which they make one."""
ROOMS = ("core", "verify")
SHEBANG = b"#!/usr/bin/env python3\n"
FIRST_DATE = (1980, 1, 1, 0, 0, 0)
START = '''\
"""Start the verifier, or say which Python it needs."""

import sys

if sys.version_info < (3, 11):
    sys.stderr.write("upheld-verify needs Python 3.11 or newer, this is %d.%d; run it with that\\n" % sys.version_info[:2])
    sys.exit(2)

from upheld.verify.cli import main

sys.exit(main(sys.argv[1:]))
'''
PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<title>Check a statement's bundle</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
input { font: inherit; max-width: 100%%; }
#key { width: 40rem; }
</style>
<body>
<script>
%s</script>
</html>
"""


class NoLicence(LookupError):
    """The text of the licence is not where it was installed: nothing is handed out without it."""


@cache
def read_verifier() -> bytes:
    """The verifier of the code that runs here, packed once in a process. Raises NoLicence."""
    package = Path(upheld.__path__[0])
    return pack_verifier(package.parent, find_licence(package))


@cache
def digest_verifier() -> str:
    """SHA-256 of it: whoever packs the same sources gets the same."""
    return sha256(read_verifier()).hexdigest()


@cache
def read_page() -> bytes:
    """The second verifier as a page that stands alone: the script in it, nothing fetched."""
    return pack_page(read_script())


@cache
def read_script() -> bytes:
    """The script alone, for Node: its parts, one behind the other."""
    folder = Path(upheld.__path__[0]) / "verify/script"
    return b"".join((folder / f"{part}.js").read_bytes().replace(b"\r\n", b"\n") for part in PARTS)


def pack_page(script: bytes) -> bytes:
    """The page around a script. What it may do is written in it: run this script, reach nothing."""
    return PAGE.encode() % script


def pack_verifier(source: Path, licence: bytes) -> bytes:
    """The bytes of the file, of the sources in a folder that holds `upheld`."""
    return write_archive(list_sources(source, licence))


def write_archive(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """A file that Python runs, of names and contents; the same ones give the same bytes."""
    packed = BytesIO()
    packed.write(SHEBANG)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(entries):
            entry = zipfile.ZipInfo(name, FIRST_DATE)
            # ZipInfo takes these from the machine that it runs on.
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, content, zipfile.ZIP_STORED)
    return packed.getvalue()


def list_sources(source: Path, licence: bytes) -> Iterator[tuple[str, bytes]]:
    """Name in the archive and content of each file that the verifier consists of."""
    paths = [source / "upheld/__init__.py", *(path for room in ROOMS for path in (source / "upheld" / room).rglob("*.py"))]
    for path in paths:
        yield path.relative_to(source).as_posix(), path.read_bytes().replace(b"\r\n", b"\n")
    yield "LICENSE", licence.replace(b"\r\n", b"\n")
    yield "__main__.py", START.encode()


def find_licence(package: Path) -> bytes:
    """The licence: beside the sources in a checkout, else where the wheel was installed."""
    beside = package.parents[1] / "LICENSE"
    if package.parent.name == "src" and beside.is_file():
        return beside.read_bytes()
    try:
        kept = [path for path in distribution("upheld").files or () if path.name == "LICENSE"]
    except PackageNotFoundError:
        kept = []
    if not kept:
        raise NoLicence("the file LICENSE was not installed with upheld; install the wheel again")
    return Path(str(kept[0].locate())).read_bytes()
