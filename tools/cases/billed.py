"""
Carry out golden cases of invoices and of the contract's end: `python -m tools.cases.billed FOLDER`.

What a case tells is done by the product's own services, each deed at its time, for a customer who signed the agreement:
servers are looked after, work is logged and approved at the desk, quotes are accepted. The invoice is then issued, granted
credits taken off by it, and the contract's end asked for; what is on record is compared with what is expected.
"""

import sys
import tempfile
from pathlib import Path

from tools.cases.__main__ import run
from tools.cases.desk import prepare, refused_aloud


def main(folder: Path, shipped: Path) -> int:
    """Every case of these two kinds found in a folder; the number of what differs ends the output."""
    with tempfile.TemporaryDirectory(prefix="upheld-cases-") as home:
        prepare(Path(home))
        from tools.cases.bills import FIGURES, invoice, term

        translators = {"invoice": invoice, "term": term}
        aloud = {kind: refused_aloud(one, FIGURES) for kind, one in translators.items()}
        return run(folder, shipped, aloud, only=tuple(translators))


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        raise SystemExit("usage: python -m tools.cases.billed FOLDER, a folder of golden cases (*.json)")
    raise SystemExit(main(Path(sys.argv[1]), Path(__file__).parents[2] / "agreements"))
