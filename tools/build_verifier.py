"""Pack core and the verifier into one file that any Python runs: `python -m tools.build_verifier [build/upheld-verify.pyz]`.

The second verifier goes beside it: a page for a browser, and its script for Node; and the customer's witness.
The console and the status page hand out the same bytes.
"""

import sys
from pathlib import Path

from upheld.gateways.pyz import (
    NAME,
    PAGE_NAME,
    SCRIPT_NAME,
    WITNESS_NAME,
    pack_verifier,
    read_page,
    read_script,
    read_witness,
)

ROOT = Path(__file__).parents[1]


def pack(root: Path) -> bytes:
    """The bytes of upheld-verify.pyz, of the checkout in a folder."""
    return pack_verifier(root / "src", (root / "LICENSE").read_bytes())


def main(arguments: list[str]) -> int:
    target = Path(arguments[0]) if arguments else ROOT / "build" / NAME
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pack(ROOT))
    target.chmod(0o755)
    page, script = target.with_name(PAGE_NAME), target.with_name(SCRIPT_NAME)
    page.write_bytes(read_page())
    script.write_bytes(read_script())
    witness = target.with_name(WITNESS_NAME)
    witness.write_bytes(read_witness())
    witness.chmod(0o755)
    for path in (target, page, script, witness):
        print(f"{path}: {path.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
