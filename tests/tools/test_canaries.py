"""Forty canaries through every door, erased: the whole tool, which looks for them in everything that is left."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tools.canaries.flock import FLOCK
from tools.canaries.searching import find

ROOT = Path(__file__).parents[2]
HEX = FLOCK[0].email.encode().hex().encode()


class TestFinding:
    @pytest.mark.parametrize(
        "written",
        [
            FLOCK[0].name.encode(), FLOCK[0].name.lower().encode(), HEX, FLOCK[0].phone.replace(" ", "").encode(),
            b"name=Odalys%20Quillfinch", b"name=Odalys+Quillfinch", FLOCK[0].name.encode("utf-16-le"),
            b"eHhPZGFseXMgUXVpbGxmaW5jaA==", b"T2RhbHlzIFF1aWxsZmluY2ggd3JvdGU=",
        ],
    )  # fmt: skip
    def test_reads_every_coding(self, written):
        """As it is, in small letters, in hexadecimal, in an address, in base64 at another place."""
        assert 1 <= len(find([("here", b"before " + written + b" after")]))

    def test_finds_nothing_in_other_words(self):
        """A finch is not our finch."""
        assert [] == find([("here", b"a finch, a wren, an owl; +49 151 2345678")])

    def test_has_forty(self):
        """Five of each of eight, no two alike."""
        assert 40 == len({text for bird in FLOCK for text in bird.planted})


@pytest.mark.slow
def test_none_is_left():
    """In rows, files, dumps, exports, logs and backups, old and new; ledgers verify and statements are what they were."""
    done = subprocess.run([sys.executable, "-m", "tools.canaries"], cwd=ROOT, capture_output=True, text=True, check=False)

    told = json.loads(done.stdout.splitlines()[-1])
    assert (0, 40, 0, [], []) == (done.returncode, told["planted"], told["found"], told["ledger"], told["changed"])
