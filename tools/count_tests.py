"""
Add up what the runs of `make test` counted, and print it as one line.

    python -m tools.count_tests FOLDER

FOLDER holds one JUnit file for each run. The exit code is 1 when a test failed, 2 when none ran.
"""

import sys
from pathlib import Path
from xml.etree import ElementTree


def count_tests(folder: Path) -> tuple[int, int, int]:
    """Passed, failed (errors among them) and skipped, over every file of the folder."""
    total = failed = skipped = 0
    for path in sorted(folder.glob("*.xml")):
        for suite in ElementTree.parse(path).getroot().iter("testsuite"):
            total += int(suite.get("tests", 0))
            failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped += int(suite.get("skipped", 0))
    return total - failed - skipped, failed, skipped


def main(folder: Path) -> int:
    passed, failed, skipped = count_tests(folder)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    if failed:
        return 1
    return 0 if passed else 2


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
