"""A home of its own for the installation under test: imported before the product's settings, which read it."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

HOME = Path(tempfile.mkdtemp(prefix="upheld-tests-"))
os.environ["UPHELD_HOME"] = str(HOME)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)
