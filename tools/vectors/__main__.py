"""`python -m tools.vectors [folder]`: write the published vectors. The same sources give the same bytes."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.verify.samples import honest
from tools.vectors.case import KEY, Case
from tools.vectors.containers import make_containers
from tools.vectors.proofs import make_heads, make_proofs
from tools.vectors.signed import make_signed
from tools.vectors.spelled import make_spelled

FOLDER = Path(__file__).parents[2] / "tests/vectors"
BASE = "bundle.zip"


def list_cases() -> Iterator[Case]:
    yield Case("valid/honest", "the bundle as it was issued", honest())
    yield Case("valid/honest/no-key", "the same, by somebody who holds no key", honest(), (), None)
    for case in (*make_containers(), *make_spelled(), *make_signed()):
        yield case
        if not case.wrong and case.key == KEY:
            yield Case(f"{case.name}/no-key", f"{case.why}; no key at hand", case.data, (), None)


def write_files() -> dict[str, bytes]:
    """Name and content of each file."""
    base = honest()
    bundles = [case.to_json(BASE, base) for case in list_cases()]
    lists = {"bundles.json": bundles, "heads.json": list(make_heads()), "proofs.json": list(make_proofs())}
    return {BASE: base, **{name: write(entries) for name, entries in lists.items()}}


def write(entries: list[dict[str, Any]]) -> bytes:
    """One vector a line, so that a change of one shows as a change of one."""
    lines = ",\n".join(json.dumps(entry, ensure_ascii=True, sort_keys=True) for entry in entries)
    return f"[\n{lines}\n]\n".encode()


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in write_files().items():
        (folder / name).write_bytes(content)
        print(f"{folder / name}: {len(content)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
