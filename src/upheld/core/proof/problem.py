"""Why a proof does not hold."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProofProblem:
    """One reason, as a sentence for the person who has to act on it: what was expected and what came."""

    what: str

    def __str__(self) -> str:
        return self.what
