"""What is built is what is in the tree."""

import shutil
import subprocess
import sys
import zipfile

import pytest

from tests.house.guards.tree import list_files


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_source(house, tmp_path):
    """Templates, style sheets and pictures travel with the code: nothing below src/upheld is left behind."""
    expected = {str(path.relative_to(house / "src")) for path in list_files(house, "src/upheld")}
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        if (house / name).exists():
            shutil.copy(house / name, tmp_path)
    for name in expected:
        (tmp_path / "src" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(house / "src" / name, tmp_path / "src" / name)

    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", "dist", "."]
    built = subprocess.run(build, cwd=tmp_path, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    [wheel] = (tmp_path / "dist").glob("upheld-*.whl")
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if not name.startswith("upheld-")}

    assert expected == packed
