"""A signer for tests: its key is made from words, so its signatures are the same everywhere; it remembers them."""

from upheld.gateways.signing.key_file import KeyFileSigner, seed_from_words


class FakeSigner:
    """Real signatures of a key that everybody knows."""

    def __init__(self, name: str = "upheld.example") -> None:
        self._signer = KeyFileSigner(name, seed_from_words(name))
        self.signed: list[str] = []

    def sign(self, text: str) -> str:
        line = self._signer.sign(text)
        self.signed.append(text)
        return line

    def verifier_key(self) -> str:
        return self._signer.verifier_key()
