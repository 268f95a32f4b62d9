"""The units of systemd: systemd itself finds nothing wrong with them, and they say what the readme says."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import refuse_or_skip

FOLDER = Path(__file__).parents[2] / "deploy/systemd"
UNITS = sorted([*FOLDER.glob("*.service"), *FOLDER.glob("*.target")])
INSTALLED = "/opt/upheld/bin/upheld"
MOST_EXPOSED = 20  # of 100, as systemd-analyze counts


@pytest.fixture
def analyze():
    programme = shutil.which("systemd-analyze")
    if programme is None:
        refuse_or_skip("no systemd-analyze on this machine: `apt-get install systemd`")
    return programme


@pytest.fixture
def units(tmp_path):
    """The units, with a command that is there: systemd looks whether it can be run."""
    upheld = Path(sys.executable).with_name("upheld")
    for unit in UNITS:
        (tmp_path / unit.name).write_text(unit.read_text().replace(INSTALLED, str(upheld)))
    return tmp_path


def test_systemd_verifies_them(analyze, units):
    """No unknown word, no missing unit, no command that is not there."""
    checked = subprocess.run(
        [analyze, "verify", "--man=no", *map(str, sorted(units.iterdir()))], capture_output=True, text=True
    )

    assert (0, "") == (checked.returncode, checked.stdout + checked.stderr)


@pytest.mark.parametrize("unit", [unit.name for unit in UNITS if unit.suffix == ".service"])
def test_systemd_finds_them_closed_off(analyze, units, unit):
    """Little is exposed: no capabilities, no devices, a read-only system, few system calls."""
    checked = subprocess.run(
        [analyze, "security", "--offline=yes", f"--threshold={MOST_EXPOSED}", "--no-pager", str(units / unit)],
        capture_output=True,
        text=True,
    )

    assert 0 == checked.returncode, checked.stdout[-200:] + checked.stderr


def test_no_service_runs_as_root():
    """Each names its user, and neither the prober's nor that of the signing key is the one of pages and worker."""
    users = {
        unit.stem: re.findall(r"^User=(.+)$", unit.read_text(), re.MULTILINE) for unit in UNITS if unit.suffix == ".service"
    }

    assert {
        "upheld-migrate": ["upheld"],
        "upheld-prober": ["upheld-prober"],
        "upheld-signer": ["upheld-signer"],
        "upheld-web": ["upheld"],
        "upheld-worker": ["upheld"],
    } == users


def test_the_environment_names_settings_that_there_are():
    """A variable in the file, also one in a remark, is a setting of the product."""
    from upheld.project.declared import SETTINGS

    named = set(re.findall(r"^#?(UPHELD_\w+)=", (FOLDER / "upheld.env").read_text(), re.MULTILINE))

    assert set() == named - {setting.name for setting in SETTINGS}
    assert "UPHELD_URL" in named
