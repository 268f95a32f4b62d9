"""The face of a signer."""

from typing import Protocol


class Signer(Protocol):
    """Who signs. It knows nothing of trees: what may be signed is decided by the ledger, under its lock."""

    def sign(self, text: str) -> str:
        """The signature line (C2SP signed-note, with its newline) under `text`, which ends with a newline."""
        ...

    def verifier_key(self) -> str:
        """`name+id+key`: what a customer holds against our signatures; it stands in the agreement and on the status page."""
        ...
