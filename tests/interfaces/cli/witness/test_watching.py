"""A customer's witness: it keeps a head, demands that the next one continues it, and countersigns."""

import ast
import json
import shutil
import subprocess
import sys
import threading
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

import upheld
from upheld.core.proof import (
    Checkpoint,
    Opened,
    leaf_hash,
    open_note,
    parse_base64,
    parse_note,
    parse_verifier_key,
    root_of,
    write_base64,
    write_checkpoint,
    write_note,
)
from upheld.gateways.pyz import read_witness
from upheld.gateways.signing import FakeSigner
from upheld.interfaces.cli.witness import command, ed25519
from upheld.interfaces.cli.witness.command import main

SIGNER = FakeSigner()
KEY = SIGNER.verifier_key()
NOON_US = 1_771_070_400_000_000


def show(folder, leaves, origin="upheld.example/~heads", signer=SIGNER):
    """What a provider's status page shows of a tree of up to 256 entries."""
    folder.mkdir(exist_ok=True)
    hashes = [leaf_hash(leaf.encode()) for leaf in leaves]
    text = write_checkpoint(Checkpoint(origin, len(hashes), root_of(hashes)))
    (folder / "head.json").write_text(json.dumps({"head": write_note(text, [signer.sign(text)])}))
    (folder / "row-0-0.json").write_text(json.dumps({"hashes": [write_base64(hash_) for hash_ in hashes]}))


@pytest.fixture
def look(tmp_path, capsys):
    """One call of the witness; its exit code and its sentence."""

    def call(*more):
        code = main([str(tmp_path / "heads"), "--key", KEY, "--folder", str(tmp_path / "kept"), *more])
        told = capsys.readouterr()
        return code, told.out + told.err

    return call


class TestLooking:
    def test_follows_a_tree_that_grows(self, tmp_path, look):
        """Nothing is held against the first head; each later one continues it."""
        show(tmp_path / "heads", "abc")
        first = look()
        show(tmp_path / "heads", "abcdefg")

        assert (0, "upheld-witness: the head of 3 entries continues the one of nothing: it is the first\n") == first
        assert (0, "upheld-witness: the head of 7 entries continues the one of 3\n") == look()

    @pytest.mark.parametrize(
        ("leaves", "said"),
        [
            ("abXde", "its first 3 entries are not those of the head that you hold"),
            ("ab", "entries are gone"),
            ("abX", "it has as many entries as the head that you hold, and another root"),
        ],
    )
    def test_says_that_the_history_was_rewritten(self, tmp_path, look, leaves, said):
        """Signed with the real key all the same; and what was kept is kept still, so it says so again."""
        show(tmp_path / "heads", "abc")
        look()
        show(tmp_path / "heads", leaves)

        code, told = look()

        assert (1, True, True) == (code, "the history was rewritten" in told, said in told)
        assert 1 == look()[0]
        [against] = (tmp_path / "kept").glob("against-*.txt")
        assert (json.loads((tmp_path / "heads/head.json").read_text())["head"], True) == (
            against.read_text(),
            str(against) in told,
        )

    def test_refuses_another_signer(self, tmp_path, look):
        """Whoever took over the address has not the key."""
        show(tmp_path / "heads", "abc", signer=FakeSigner("eve.example"))

        code, told = look()

        assert (1, True) == (code, "is not signed with the key upheld.example" in told)

    def test_refuses_another_tree(self, tmp_path, look):
        """The same key under another name is another history."""
        show(tmp_path / "heads", "abc")
        look()
        show(tmp_path / "heads", "abcd", origin="upheld.example/other")

        assert "another history" in look()[1]

    def test_says_nothing_of_what_it_cannot_read(self, tmp_path, look):
        """A server that is down is no rewritten history."""
        code, told = look()

        assert (3, True) == (code, "head.json cannot be read" in told)

    @pytest.mark.parametrize(("days", "code"), [(6, 3), (8, 4)])
    def test_says_since_when_nothing_is_read(self, tmp_path, look, monkeypatch, days, code):
        """Days of silence pass unnoticed by cron, a week of it does not; what comes then has to continue what was kept."""
        show(tmp_path / "heads", "abc")
        monkeypatch.setattr(command, "now_us", lambda: NOON_US)
        look()
        (tmp_path / "heads").rename(tmp_path / "away")
        monkeypatch.setattr(command, "now_us", lambda: NOON_US + days * 86_400_000_000)

        silent, told = look()
        (tmp_path / "away").rename(tmp_path / "heads")
        show(tmp_path / "heads", "abcdefghi")

        assert (code, True) == (silent, "the last head was read at 2026-02-14 12:00 UTC" in told)
        assert (0, "upheld-witness: the head of 9 entries continues the one of 3\n") == look()

    @pytest.mark.parametrize(
        ("mine", "theirs", "code", "said"),
        [
            ("abc", "abcde", 0, "are of one history"),
            ("abcde", "abc", 0, "are of one history"),
            ("abcde", "abX", 1, "two histories were signed. The head of 5 entries does not continue the one of 3"),
            ("abc", "abX", 1, "two histories were signed"),
            ("abc", "abXde", 1, "two histories were signed"),
        ],
    )
    def test_compares_what_two_readers_were_shown(self, tmp_path, look, mine, theirs, code, said):
        """Each sees a history that continues; only side by side it shows that they are two."""
        show(tmp_path / "heads", theirs)
        main([str(tmp_path / "heads"), "--key", KEY, "--folder", str(tmp_path / "other")])
        show(tmp_path / "heads", mine)
        look()
        show(tmp_path / "heads", max(mine, theirs, key=len) if code == 0 else mine)

        found, told = look("--head", str(tmp_path / "other/head.txt"))

        assert (code, True) == (found, said in told)
        assert (code == 1) == bool(list((tmp_path / "kept").glob("against-*.txt")))

    def test_countersigns_what_it_saw(self, tmp_path, look):
        """The kept note opens with the provider's key still, and bears the witness's own line with its time."""
        show(tmp_path / "heads", "abc")
        look("--name", "acorn.example")

        note = (tmp_path / "kept/head.txt").read_text()
        opened = open_note(note, [parse_verifier_key(KEY)])
        public = parse_verifier_key((tmp_path / "kept/witness.vkey").read_text().strip())
        blob = parse_note(note).signatures[1].signature
        material = parse_base64((tmp_path / "kept/witness.vkey").read_text().strip().split("+", 2)[2])
        seconds = int.from_bytes(blob[:8], "big")
        assert isinstance(opened, Opened)
        Ed25519PublicKey.from_public_bytes(material[1:]).verify(
            blob[8:], b"cosignature/v1\ntime %d\n" % seconds + opened.text.encode()
        )
        assert (4, sha256(b"acorn.example\n" + material).digest()[:4]) == (material[0], public.key_id)

    def test_keeps_its_own_key_to_itself(self, tmp_path, look):
        """Readable by its owner alone."""
        show(tmp_path / "heads", "abc")
        look()

        assert 0o600 == (tmp_path / "kept/witness.seed").stat().st_mode & 0o777

    def test_refuses_to_watch_another_address_in_the_same_folder(self, tmp_path, look, capsys):
        """One folder, one provider."""
        show(tmp_path / "heads", "abc")
        look()

        assert 2 == main(["https://other.example/heads", "--folder", str(tmp_path / "kept")])
        assert "use another --folder" in capsys.readouterr().err


class Taking(BaseHTTPRequestHandler):
    """A provider's API: what came is kept, and answered with the status that the test wants."""

    came: ClassVar[list[tuple[str, str, str]]] = []
    status = 201

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.came.append((self.path, self.headers["Authorization"], body["note"]))
        self.send_response(self.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_):
        pass


class TestPosting:
    @pytest.fixture
    def provider(self):
        server = HTTPServer(("127.0.0.1", 0), Taking)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        Taking.came.clear()
        yield f"http://127.0.0.1:{server.server_port}/countersignatures"
        server.shutdown()
        server.server_close()
        thread.join(5)

    def test_shows_each_countersigned_head(self, tmp_path, look, provider):
        """Told once, it goes on: the head with the line under it, under the customer's token, which only the owner reads."""
        show(tmp_path / "heads", "abc")
        (tmp_path / "token").write_text("upheld_abc\n")
        first = look("--post", provider, "--token-file", str(tmp_path / "token"))
        show(tmp_path / "heads", "abcd")

        assert (0, 0) == (first[0], look()[0])
        assert [("/countersignatures", "Bearer upheld_abc")] * 2 == [(path, token) for path, token, _ in Taking.came]
        assert (tmp_path / "kept/head.txt").read_text() == Taking.came[-1][2]
        assert 0o600 == (tmp_path / "kept/token").stat().st_mode & 0o777

    @pytest.mark.parametrize("status", [307, 302, 403])
    def test_says_that_it_was_not_taken(self, tmp_path, look, provider, status, monkeypatch):
        """The head is kept all the same; and no redirect takes the token elsewhere."""
        monkeypatch.setattr(Taking, "status", status)
        show(tmp_path / "heads", "abc")
        (tmp_path / "token").write_text("upheld_abc")

        code, said = look("--post", provider, "--token-file", str(tmp_path / "token"))

        assert (3, 1, True) == (code, len(Taking.came), f"did not take the countersigned head ({status})" in said)
        assert (tmp_path / "kept/head.txt").is_file()

    def test_needs_a_token(self, tmp_path, look):
        """In a file: without one nothing is set up."""
        show(tmp_path / "heads", "abc")

        assert 2 == look("--post", "https://upheld.example/")[0]


class TestSignatures:
    def test_are_those_of_the_rfc(self):
        """RFC 8032 section 7.1, test 2; and what was altered is refused."""
        seed = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
        signature = bytes.fromhex(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        )
        public = ed25519.public_key(seed)

        assert signature == ed25519.sign(seed, b"\x72")
        assert ed25519.verify(public, b"\x72", signature)
        assert not ed25519.verify(public, b"\x73", signature)
        assert not ed25519.verify(public, b"\x72", signature[:32] + (2**252).to_bytes(32, "little"))


class TestTheFile:
    def test_runs_alone(self, tmp_path):
        """Out of the packed file, with no path to our sources."""
        show(tmp_path / "heads", "abc")
        packed = tmp_path / "upheld-witness.pyz"
        packed.write_bytes(read_witness())

        old = shutil.which("python3.9")
        # The name may be there and nothing behind it.
        runs = old is not None and subprocess.run([old, "--version"], capture_output=True).returncode == 0
        for python in [sys.executable, *([old] if old and runs else [])]:
            done = subprocess.run(
                [python, "-I", packed, tmp_path / "heads", "--key", KEY, "--folder", tmp_path / "kept"],
                capture_output=True, text=True, cwd=tmp_path,
            )  # fmt: skip
            assert (0, "") == (done.returncode, done.stderr)

    def test_is_written_for_python_3_9(self):
        """Its grammar is that of 3.9; annotations are never evaluated."""
        package = Path(upheld.__path__[0])
        for path in [*(package / "interfaces/cli/witness").glob("*.py"), *(package / "gateways/clock").glob("*.py")]:
            tree = ast.parse(path.read_text(), feature_version=(3, 9))
            if any(isinstance(node, ast.FunctionDef) for node in ast.walk(tree)):
                assert "from __future__ import annotations" in path.read_text(), path
