"""The room needs nothing but Python."""

import subprocess
import sys
from pathlib import Path

from tests.core.proof.published import NOTE, NOTE_KEY

SOURCE = Path(__file__).parents[3] / "src"
PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
import upheld.core.proof as proof
key = proof.parse_verifier_key(sys.argv[2])
assert isinstance(proof.open_note(sys.argv[3], [key]), proof.Opened)
print(sorted(name for name in sys.modules if name.split(".")[0] not in {*sys.stdlib_module_names, "upheld", "__main__"}))
"""


def test_runs_isolated_and_without_site_packages() -> None:
    """`python -I -S`, as on a customer's machine: it verifies, and has loaded nothing foreign."""
    run = subprocess.run(
        [sys.executable, "-I", "-S", "-c", PROGRAM, str(SOURCE), NOTE_KEY, NOTE],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONUTF8": "1"},
    )

    assert (run.stderr, run.stdout) == ("", "[]\n")
