"""Pack core and the verifier into one file that any Python runs: `python -m tools.build_verifier [build/upheld-verify.pyz]`.

The second verifier goes beside it: a page for a browser, and its script for Node.
The console and the status page hand out the same bytes.
"""

import sys
from pathlib import Path

from upheld.gateways.pyz import NAME, PAGE_NAME, SCRIPT_NAME, pack_verifier, read_page, read_script

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
    for path in (target, page, script):
        print(f"{path}: {path.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
