"""
Carry out golden cases in the application: `python -m tools.cases.kept FOLDER`.

The cases of outages, planned work, credits, claims, access and reviews are done with the product's own services, on a
database of their own; outcomes are read from statements that it issues, out of their bundles, and compared with what is
expected.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools.cases.__main__ import run
from tools.cases.desk import prepare
from tools.cases.question import Question

Translate = Callable[[Question], dict[str, Any]]
FIGURES = (
    "pct", "down_s", "credit", "amount", "hours", "accepted", "reasons", "classified", "allowed", "overdue", "base_s",
    "version", "excluded_s", "full_hours",
)  # fmt: skip


def refused_aloud(translate: Translate) -> Translate:
    """What the application refuses to do is in the place of every figure, so that nothing passes by being left out."""

    def ask(question: Question) -> dict[str, Any]:
        try:
            return translate(question)
        except (ValueError, KeyError, AssertionError, LookupError, NotImplementedError) as problem:
            return dict.fromkeys(FIGURES, f"{type(problem).__name__}: {problem}")

    return ask


def list_translators() -> dict[str, Translate]:
    """Every kind with its deeds. Needs a database with the product's tables."""
    from tools.cases import kept_besides, kept_claims, kept_outages

    told: dict[str, Translate] = {
        "availability": kept_outages.availability,
        "maintenance-class": kept_outages.classified,
        "credit-tenfold": kept_outages.credit,
        "credit-prorated": kept_outages.prorated,
        "compensation": kept_outages.compensation,
        "claim-tenfold": kept_claims.claim,
        "access": kept_besides.access,
        "review": kept_besides.review,
        "version": kept_besides.version,
    }
    return {kind: refused_aloud(one) for kind, one in told.items()}


def main(folder: Path, shipped: Path) -> int:
    """Every case found in a folder; the number of what differs ends the output."""
    with tempfile.TemporaryDirectory(prefix="upheld-cases-") as home:
        prepare(Path(home))
        translators = list_translators()
        return run(folder, shipped, translators, only=tuple(translators))


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        raise SystemExit("usage: python -m tools.cases.kept FOLDER, a folder of golden cases (*.json)")
    raise SystemExit(main(Path(sys.argv[1]), Path(__file__).parents[2] / "agreements"))
