"""Every signer keeps the same contract: the real one with its key file, and the fake of the tests."""

import os
import stat
import threading

import pytest

from upheld.core.proof import Opened, open_note, parse_note, parse_verifier_key, write_note
from upheld.gateways.signing import FakeSigner, NotASigningKey, keep_once, open_key_file

TEXT = "upheld.example/acorn\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"


@pytest.fixture(params=["key file", "fake"])
def signer(request, tmp_path):
    return open_key_file(tmp_path / "keys", "upheld.example") if request.param == "key file" else FakeSigner()


class TestEverySigner:
    def test_signs_a_note_that_its_verifier_key_opens(self, signer):
        """Core's own verification, which stands in the offline verifier, believes the note."""
        note = write_note(TEXT, [signer.sign(TEXT)])

        opened = open_note(note, [parse_verifier_key(signer.verifier_key())])

        assert isinstance(opened, Opened)
        assert (TEXT, "upheld.example") == (opened.text, opened.signed_by[0].name)

    def test_signs_the_same_text_in_the_same_way(self, signer):
        """A signature repeated after a crash is the same signature."""
        assert signer.sign(TEXT) == signer.sign(TEXT)

    def test_signs_the_text_and_no_other(self, signer):
        """A signature moved under another text is not believed."""
        note = write_note(TEXT.replace("1", "2"), [signer.sign(TEXT)])

        problem = open_note(note, [parse_verifier_key(signer.verifier_key())])

        assert "the signature by upheld.example" in str(problem)

    def test_refuses_a_text_that_no_note_could_have(self, signer):
        """A text without its newline would be signed in one way and read in another."""
        with pytest.raises(ValueError, match="ends with a newline"):
            signer.sign("no newline")


class TestKeyFile:
    def test_is_for_its_owner_alone(self, tmp_path):
        """Mode 600 in a folder of mode 700; the public half beside it may be read by everybody."""
        signer = open_key_file(tmp_path / "keys", "upheld.example")

        modes = [
            stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("keys", "keys/signing.key", "keys/signing.vkey")
        ]
        assert [0o700, 0o600, 0o644] == modes
        assert signer.verifier_key() + "\n" == (tmp_path / "keys/signing.vkey").read_text()

    def test_makes_no_folder_that_others_may_enter(self, tmp_path):
        """Also the home above the keys, where the settings are the first to make it."""
        open_key_file(tmp_path / "home/keys", "upheld.example")

        assert 0o700 == stat.S_IMODE((tmp_path / "home").stat().st_mode)

    def test_is_made_once(self, tmp_path):
        """A second start signs with the same key, under the name that the key was made with."""
        first = open_key_file(tmp_path, "upheld.example")
        second = open_key_file(tmp_path, "another.example")

        assert first.verifier_key() == second.verifier_key()

    def test_is_refused_when_others_may_read_it(self, tmp_path):
        """A key that others could read proves nothing any more: we say so instead of signing."""
        open_key_file(tmp_path, "upheld.example")
        (tmp_path / "signing.key").chmod(0o640)

        with pytest.raises(NotASigningKey, match="others may read this key"):
            open_key_file(tmp_path, "upheld.example")

    @pytest.mark.parametrize(
        "damage", [lambda line: line[:-5], lambda line: b"", lambda line: line.replace(b"example", b"exomple")]
    )
    def test_is_refused_when_it_is_damaged(self, tmp_path, damage):
        """A damaged key is never replaced by a new one silently, and never printed."""
        open_key_file(tmp_path, "upheld.example")
        path = tmp_path / "signing.key"
        path.write_bytes(damage(path.read_bytes()))

        with pytest.raises(NotASigningKey, match="restore the file from its backup") as refusal:
            open_key_file(tmp_path, "upheld.example")

        assert "PRIVATE+KEY+upheld" not in str(refusal.value)


class TestKeepOnce:
    def test_gives_all_who_start_together_the_same(self, tmp_path):
        """Twenty threads find no file; one content wins, and all return it."""
        ready, found = threading.Barrier(20), []

        def start(number):
            ready.wait()
            found.append(keep_once(tmp_path / "key", lambda: b"%d" % number))

        threads = [threading.Thread(target=start, args=(number,)) for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert {(tmp_path / "key").read_bytes()} == set(found)
        assert ["key"] == os.listdir(tmp_path)

    def test_leaves_no_half_file(self, tmp_path):
        """When making fails, there is nothing: the next start makes it whole."""

        def fail():
            raise OSError("no chance at hand")

        with pytest.raises(OSError, match="no chance"):
            keep_once(tmp_path / "key", fail)

        assert [] == os.listdir(tmp_path)


def test_fake_remembers_what_it_signed():
    """Tests ask how often something was signed."""
    signer = FakeSigner()

    signer.sign(TEXT)

    assert [TEXT] == signer.signed
    assert TEXT == parse_note(write_note(TEXT, [signer.sign(TEXT)])).text
