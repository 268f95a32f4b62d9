"""What the tests about the house share: the tree itself, and a way to plant a wrong into a small one."""

from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def house() -> Path:
    """The root of the repository under test."""
    return ROOT


@pytest.fixture
def plant(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Write files, by name and text, into an empty tree that has our pyproject.toml; the answer is its root."""

    def plant_files(files: dict[str, str]) -> Path:
        (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return tmp_path

    return plant_files
