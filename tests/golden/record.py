"""Golden files of agreements: what is found in each bad one, what each good one becomes.

`python -m tests.golden.record` writes what the check says today; whoever runs it reads each difference before keeping it.
"""

import json
from pathlib import Path

from upheld.core.timeline import Instant
from upheld.language import Checked, check

GOLDEN = Path(__file__).parent
AS_OF = Instant.parse("2025-07-01T00:00Z")


def check_file(path: Path) -> Checked:
    return check(path.read_text("utf-8"), as_of=AS_OF)


def problems_of(path: Path) -> str:
    """One line for each problem, in the order of the file."""
    return "".join(f"{problem}\n" for problem in check_file(path).problems)


def terms_of(path: Path) -> str:
    """The canonical terms, one key a line."""
    document = check_file(path).document
    return json.dumps(document.to_json() if document else None, indent=1, ensure_ascii=False) + "\n"


def record() -> None:
    for path in sorted(GOLDEN.glob("bad/*.md")):
        path.with_suffix(".problems").write_text(problems_of(path), "utf-8")
    for path in sorted(GOLDEN.glob("good/*.md")):
        path.with_suffix(".json").write_text(terms_of(path), "utf-8")


if __name__ == "__main__":
    record()
