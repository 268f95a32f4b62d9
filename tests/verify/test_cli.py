"""The command: one bundle, one key, an account or JSON, and an exit code that a script can act on."""

import json

import pytest

from tests.verify.samples import HARBOUR, IMPOSTOR, february, honest
from upheld.verify import container
from upheld.verify.cli import main

KEY = str(HARBOUR.key)


@pytest.fixture
def bundle(tmp_path):
    path = tmp_path / "bundle.zip"
    path.write_bytes(honest())
    return path


def test_exits_0_for_a_verified_bundle(bundle, capsys):
    """All is well, and the account says so."""
    assert 0 == main([str(bundle), "--key", KEY])
    assert "\nVERIFIED. " in capsys.readouterr().out


def test_exits_1_for_a_wrong_one(bundle, capsys):
    """Signed by an impostor: said in the account, which goes to standard output like any other."""
    bundle.write_bytes(february().pack(IMPOSTOR))

    assert 1 == main([str(bundle), "--key", KEY])
    assert "\nNOT VERIFIED. " in capsys.readouterr().out


def test_exits_1_for_what_is_no_bundle(bundle, capsys):
    """A file that can be read and is something else is a wrong bundle, not a wrong use."""
    bundle.write_text("hello")

    assert 1 == main([str(bundle), "--key", KEY])
    assert "a bundle is a zip file" in capsys.readouterr().out


def test_exits_3_without_a_key(bundle, capsys):
    """Consistent, signer not proven."""
    assert 3 == main([str(bundle)])
    assert "SIGNER NOT PROVEN" in capsys.readouterr().out


@pytest.mark.parametrize("key", ["", "hello", KEY[:-4]])
def test_exits_2_for_a_key_that_is_none(bundle, capsys, key):
    """Nothing is checked against a slip of the pen; the sentence says what a key looks like."""
    assert 2 == main([str(bundle), "--key", key])
    seen = capsys.readouterr()
    assert "" == seen.out
    assert seen.err.startswith("upheld-verify: ")


@pytest.mark.parametrize("name", ["none.zip", "", "a\0b", "."])
def test_exits_2_for_a_file_that_cannot_be_read(tmp_path, capsys, name):
    """Missing, a folder, no name at all: which file, why, and what to give instead."""
    assert 2 == main([str(tmp_path / name) if name else "", "--key", KEY])
    assert "cannot be read" in capsys.readouterr().err


def test_exits_2_without_arguments(capsys):
    """Usage goes to standard error."""
    with pytest.raises(SystemExit) as left:
        main([])

    assert 2 == left.value.code
    assert "usage: upheld-verify" in capsys.readouterr().err


def test_reads_no_more_than_a_bundle_can_hold(bundle, monkeypatch, capsys):
    """A file of any size costs no more memory than the largest bundle."""
    monkeypatch.setattr("upheld.verify.cli.LARGEST", 100)
    monkeypatch.setattr(container, "LARGEST", 100)

    assert 1 == main([str(bundle), "--key", KEY])
    assert "a bundle has at most 100 bytes, came 101" in capsys.readouterr().out


def test_accepts_a_key_with_the_end_of_its_line(bundle):
    """As a shell hands it over from a file."""
    assert 0 == main([str(bundle), "--key", f" {KEY}\n"])


def test_writes_json(bundle, capsys):
    """The whole report for a programme: outcome, each check, figures; reasons where they are asked for."""
    assert 0 == main([str(bundle), "--key", KEY, "--json"])
    written = json.loads(capsys.readouterr().out)

    assert "verified" == written["outcome"]
    assert {"ok"} == {check["result"] for check in written["checks"]}
    assert {"rule": "availability/uptime", "shown": "99.2553 %", "verdict": "missed"} == written["figures"][0]
    assert "reasons" not in written

    assert 0 == main([str(bundle), "--key", KEY, "--json", "--reasons"])
    assert json.loads(capsys.readouterr().out)["reasons"]["availability/uptime"]["because"]


def test_writes_json_of_a_broken_bundle(bundle, capsys):
    """Without a statement there are no figures and no reasons, and it is JSON all the same."""
    bundle.write_text("hello")

    assert 1 == main([str(bundle), "--json", "--reasons"])
    written = json.loads(capsys.readouterr().out)
    assert "not verified" == written["outcome"]
    assert "figures" not in written
