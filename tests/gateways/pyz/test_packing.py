"""The verifier that the running product hands out is the one that anybody packs from the same sources."""

from hashlib import sha256
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from tools.build_verifier import pack
from upheld.gateways.pyz import digest_verifier, packing, read_verifier

ROOT = Path(__file__).parents[3]


def test_is_the_one_that_the_checkout_packs():
    assert pack(ROOT) == read_verifier()


def test_has_the_digest_that_pages_show():
    assert sha256(pack(ROOT)).hexdigest() == digest_verifier()


def test_finds_its_licence_where_a_wheel_was_installed(tmp_path):
    """There is no checkout around it: the text comes from what was installed with it."""
    assert b"Apache License" in packing.find_licence(tmp_path / "site-packages" / "upheld")


def test_is_not_handed_out_without_its_licence(tmp_path, monkeypatch):
    def nothing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(packing, "distribution", nothing)

    with pytest.raises(packing.NoLicence, match="install the wheel again"):
        packing.find_licence(tmp_path / "site-packages" / "upheld")
