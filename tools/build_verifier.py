"""Pack core and the verifier into one file that any Python runs: `python -m tools.build_verifier [build/upheld-verify.pyz]`.

The same sources give the same bytes on every machine: the files are taken in the order of their names, stored as they are,
with one date and one set of attributes, whatever the checkout says.
"""

import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).parents[1]
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


def list_sources(root: Path) -> Iterator[tuple[str, bytes]]:
    """Name in the archive and content of each file that the verifier consists of."""
    source = root / "src"
    paths = [source / "upheld/__init__.py", *(path for room in ROOMS for path in (source / "upheld" / room).rglob("*.py"))]
    for path in paths:
        yield path.relative_to(source).as_posix(), path.read_bytes().replace(b"\r\n", b"\n")
    yield "LICENSE", (root / "LICENSE").read_bytes().replace(b"\r\n", b"\n")
    yield "__main__.py", START.encode()


def pack(root: Path) -> bytes:
    """The bytes of upheld-verify.pyz."""
    packed = BytesIO()
    packed.write(SHEBANG)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(list_sources(root)):
            entry = zipfile.ZipInfo(name, FIRST_DATE)
            # ZipInfo takes these from the machine that it runs on.
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, content, zipfile.ZIP_STORED)
    return packed.getvalue()


def main(arguments: list[str]) -> int:
    target = Path(arguments[0]) if arguments else ROOT / "build/upheld-verify.pyz"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pack(ROOT))
    target.chmod(0o755)
    print(f"{target}: {target.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
