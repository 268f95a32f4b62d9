"""
Run golden cases: `python -m tools.cases FOLDER` judges each case of each `*.json` there.

The runner only translates. It never decides, and knows no agreement and no case by name. A kind that no translator speaks
for, or an agreement that is not shipped, is reported by name as not yet supported, never as passed.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Container, Mapping
from pathlib import Path
from typing import Any

from tools.cases.besides import access, delegation, instruction, plan, review, version
from tools.cases.claims import claim
from tools.cases.credits import compensation, credit, prorated
from tools.cases.fees import invoice, term
from tools.cases.maintenance import maintenance
from tools.cases.outages import availability
from tools.cases.question import Agreement, Question, at
from tools.cases.recovery import backup, recovery
from tools.cases.tickets import clock, telephone
from upheld.core.timeline import Instant
from upheld.language import check

FROZEN_AT = Instant.parse("2025-01-01T00:00Z")

TRANSLATORS: dict[str, Callable[[Question], dict[str, Any]]] = {
    "availability": availability,
    "credit-tenfold": credit,
    "claim-tenfold": claim,
    "credit-prorated": prorated,
    "compensation": compensation,
    "maintenance-class": maintenance,
    "clock": clock,
    "telephone": telephone,
    "recovery": recovery,
    "backup": backup,
    "invoice": invoice,
    "term": term,
    "access": access,
    "instruction": instruction,
    "delegation": delegation,
    "plan": plan,
    "version": version,
    "review": review,
}


def same(expected: Any, computed: Any) -> bool:
    if isinstance(computed, Instant):
        return isinstance(expected, str) and at(expected) == computed
    return bool(expected == computed)


def sense_of(option: Any) -> str:
    """The name of a sense: a list of words is spoken with `and`."""
    return " and ".join(option) if isinstance(option, list) else str(option)


Translators = Mapping[str, Callable[[Question], dict[str, Any]]]


def run(folder: Path, shipped: Path, translators: Translators = TRANSLATORS, only: Container[str] | None = None) -> int:
    """
    Judge every case found; print what differs and what is not supported; end with the count. Of kinds that are not among
    `only`, nothing is said.
    """
    read: dict[str, Agreement | None] = {}
    passed, failed, unsupported = 0, 0, Counter[str]()
    for file in sorted(folder.glob("*.json")):
        for case in json.loads(file.read_text(encoding="utf-8")):
            name, kind = case["contract"], case["kind"]
            if only is not None and kind not in only:
                continue
            if name not in read:
                path = shipped / f"{name}.md"
                read[name] = load(path) if path.is_file() else None
            agreement, translate = read[name], translators.get(kind)
            if agreement is None or translate is None:
                unsupported[f"{name}: {kind}" if agreement else f"{name}: no such agreement is shipped yet"] += 1
                continue
            setting = case.get("setting")
            readings = {setting["reading"]: sense_of(setting["option"])} if setting else {}
            computed = answered(translate, Question(agreement, case["input"], readings))
            pairs = {key: (value, computed.get(key)) for key, value in case["expected"].items()}
            wrong = {key: pair for key, pair in pairs.items() if not same(*pair)}
            passed, failed = passed + (not wrong), failed + bool(wrong)
            for key, (expected, got) in wrong.items():
                print(f"{case['id']} {key}: expected {expected!r}, computed {got!s}  ({case['derivation']})")
    for reason, count in sorted(unsupported.items()):
        print(f"not yet supported, {count} cases: {reason}")
    print(f"{passed} passed, {failed} failed, {sum(unsupported.values())} skipped")
    return 1 if failed or not passed else 0


def answered(translate: Callable[[Question], dict[str, Any]], question: Question) -> dict[str, Any]:
    """The computed figures; a case that cannot be judged fails with the reason in the place of its figures."""
    try:
        return translate(question)
    except (ValueError, KeyError, AssertionError) as problem:
        return dict.fromkeys(("met", "credit", "accepted", "classified"), f"{type(problem).__name__}: {problem}")


def load(path: Path) -> Agreement:
    checked = check(path.read_text(encoding="utf-8"), as_of=FROZEN_AT)
    if checked.document is None or not checked.is_clean:
        raise SystemExit("\n".join(str(problem) for problem in checked.problems))
    return Agreement(checked.document, checked.calendars)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        raise SystemExit("usage: python -m tools.cases FOLDER, a folder of golden cases (*.json)")
    raise SystemExit(run(Path(sys.argv[1]), Path(__file__).parent.parent.parent / "agreements"))
