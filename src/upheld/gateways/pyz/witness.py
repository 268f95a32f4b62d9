"""The customer's witness as one file: like the verifier, the same sources give the same bytes."""

from functools import cache
from pathlib import Path

import upheld
from upheld.gateways.pyz.packing import find_licence, write_archive

WITNESS_NAME = "upheld-witness.pyz"
PARTS = ("interfaces/cli/witness", "gateways/clock")
START = '''\
"""Start the witness, or say which Python it needs."""

import sys

if sys.version_info < (3, 9):
    sys.stderr.write("upheld-witness needs Python 3.9 or newer, this is %d.%d; run it with that\\n" % sys.version_info[:2])
    sys.exit(2)

from upheld.interfaces.cli.witness.command import main

sys.exit(main(sys.argv[1:]))
'''


@cache
def read_witness() -> bytes:
    """The witness of the code that runs here, packed once in a process. Raises NoLicence."""
    package = Path(upheld.__path__[0])
    return pack_witness(package.parent, find_licence(package))


def pack_witness(source: Path, licence: bytes) -> bytes:
    """The bytes of the file, of the sources in a folder that holds `upheld`."""
    entries = {"LICENSE": licence, "__main__.py": START.encode()}
    for part in PARTS:
        folder = source / "upheld" / part
        for path in folder.rglob("*.py"):
            entries[path.relative_to(source).as_posix()] = path.read_bytes()
        for above in (folder, *folder.parents):
            if above == source:
                break
            # Rooms in between are there in name: what they hold otherwise is no part of the witness.
            entries.setdefault(f"{above.relative_to(source).as_posix()}/__init__.py", b"")
    return write_archive((name, content.replace(b"\r\n", b"\n")) for name, content in entries.items())
