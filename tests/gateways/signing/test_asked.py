"""A signer behind a socket: who asks has no key; who answers never signs two histories."""

import threading
from contextlib import contextmanager

import pytest

from upheld.core.proof import Opened, open_note, parse_verifier_key, write_note
from upheld.gateways.signing import AskedSigner, FakeSigner, Memory, NoSigner, NotSigned, SignerRuns, SigningServer
from upheld.gateways.signing import asked as asking


def head(size, root="a", origin="upheld.example/acorn"):
    return f"{origin}\n{size}\n{'QUFB' * 10 + {'a': 'QUE=', 'b': 'QUI=', 'c': 'QUM='}[root]}\n"


@contextmanager
def answering(folder, questions=1):
    """A signer that answers so many questions."""
    server = SigningServer(folder / "run/ask", FakeSigner(), Memory(folder / "signed.json"))

    def answer():
        for _ in range(questions):
            server.answer_one()

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield AskedSigner(folder / "run/ask", folder / "public/signing.vkey")
    finally:
        thread.join(5)
        server.close()


class TestAsking:
    def test_gets_the_signature_of_the_key_behind_the_socket(self, tmp_path):
        """Core's own verification believes the note; the asking side never saw a key file."""
        with answering(tmp_path, 2) as signer:
            note = write_note(head(1), [signer.sign(head(1))])
            key = signer.verifier_key()

        assert isinstance(open_note(note, [parse_verifier_key(key)]), Opened)
        assert FakeSigner().verifier_key() == key

    def test_keeps_the_public_key(self, tmp_path):
        """Pages show it while no signer answers."""
        with answering(tmp_path) as signer:
            told = signer.verifier_key()

        assert told == signer.verifier_key() == (tmp_path / "public/signing.vkey").read_text().strip()

    def test_reaches_a_socket_in_a_deep_folder(self, tmp_path):
        """The kernel's addresses are short; a home may not be."""
        deep = tmp_path / ("d" * 80) / ("e" * 80)
        deep.mkdir(parents=True)

        with answering(deep) as signer:
            assert signer.sign(head(1))

    def test_says_what_is_missing(self, tmp_path, monkeypatch):
        """Nobody answers: nothing is signed, and the sentence says what to start."""
        monkeypatch.setattr(asking, "START_SECONDS", 0.0)
        (tmp_path / "run").mkdir()

        with pytest.raises(NoSigner, match="nothing is signed until `upheld signer` runs there"):
            AskedSigner(tmp_path / "run/ask", tmp_path / "signing.vkey").sign(head(1))


class TestWhatIsSigned:
    @pytest.mark.parametrize("text", ["I owe you 100 EUR\n", "a\nb\nc\n", "", head(1)[:-1], head(1).replace("1", "01")])
    def test_nothing_but_heads(self, tmp_path, text):
        """Whoever broke into the pages gets no signature under words of his own."""
        with answering(tmp_path) as signer, pytest.raises(NotSigned, match="only heads of ledgers are signed"):
            signer.sign(text)

    def test_the_same_head_again(self, tmp_path):
        """After a crash between the signature and the commit the same is asked once more."""
        with answering(tmp_path, 2) as signer:
            assert signer.sign(head(5)) == signer.sign(head(5))

    def test_never_two_roots_for_one_size(self, tmp_path):
        """Also after a restart: it is remembered on the disk."""
        with answering(tmp_path) as signer:
            signer.sign(head(5))

        with answering(tmp_path) as signer, pytest.raises(NotSigned, match="another root was signed for 5 entries"):
            signer.sign(head(5, "b"))

    def test_never_fewer_entries_than_before(self, tmp_path):
        """An older state of the database, put back: nobody is shown a second history by our signature."""
        with answering(tmp_path, 3) as signer:
            signer.sign(head(5))
            with pytest.raises(NotSigned, match="of 5 entries was signed, asked was for one of 4; entries are missing"):
                signer.sign(head(4))
            assert signer.sign(head(1, origin="upheld.example/birch"))


class TestServing:
    def test_one_signer_at_a_socket(self, tmp_path):
        """A second one would remember something else."""
        with answering(tmp_path, 2) as signer:
            with pytest.raises(SignerRuns, match="answers at"):
                SigningServer(tmp_path / "run/ask", FakeSigner(), Memory(tmp_path / "signed.json"))
            signer.verifier_key()

    def test_a_killed_signer_leaves_nothing_in_the_way(self, tmp_path):
        """Its socket is still there, and nobody behind it."""
        first = SigningServer(tmp_path / "run/ask", FakeSigner(), Memory(tmp_path / "signed.json"))
        first._socket.close()

        with answering(tmp_path) as signer:
            assert signer.sign(head(1))
