"""Nobody looks at a clock or draws an id but the gateway that is there for it."""

import subprocess
import sys

import pytest

LOOKS = ["datetime.datetime.now(datetime.UTC)", "datetime.date.today()", "uuid.uuid4()", "time.time()"]


def lint(root, name: str) -> str:
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format", "concise", name]
    return subprocess.run(command, cwd=root, capture_output=True, text=True).stdout


@pytest.mark.parametrize("look", LOOKS)
def test_a_planted_look_at_the_clock_is_found(plant, look):
    """The linter names the line and says what to do instead."""
    text = f'"""A page."""\n\nimport {look.split(".")[0]}\n\nseen = {look}\n'
    root = plant({"src/upheld/core/credits/page.py": text})

    assert "src/upheld/core/credits/page.py:5:8: TID251" in lint(root, "src")


def test_the_gateway_may_look(plant):
    """One folder of the house reads the clock of the machine."""
    text = '"""A page."""\n\nimport datetime\n\nseen = datetime.datetime.now(datetime.UTC)\n'
    root = plant({"src/upheld/gateways/clock/system.py": text})

    assert "All checks passed!" in lint(root, "src")
