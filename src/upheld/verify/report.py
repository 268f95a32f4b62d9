"""What a verification found: each thing that was checked, how it came out, and what follows for the whole."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from upheld.core.statement import Statement
from upheld.core.statement.check import Discrepancy


class Result(StrEnum):
    """How one check came out."""

    OK = "ok"
    WRONG = "wrong"
    NOT_PROVEN = "not proven"
    NOT_TRIED = "not tried"


class Outcome(StrEnum):
    """What may be said of the bundle as a whole."""

    VERIFIED = "verified"
    WRONG = "not verified"
    SIGNER_NOT_PROVEN = "consistent, signer not proven"

    @property
    def exit_code(self) -> int:
        """0 verified, 1 something is wrong, 3 consistent but signed by nobody who is known (2 is for wrong use)."""
        return {Outcome.VERIFIED: 0, Outcome.WRONG: 1, Outcome.SIGNER_NOT_PROVEN: 3}[self]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked: in a word, how it came out, and a sentence each for what was found."""

    name: str
    result: Result
    told: tuple[str, ...]

    @classmethod
    def of(cls, name: str, problems: list[str], otherwise: str) -> "Check":
        """Wrong for these problems, or all right, in these words."""
        return cls(name, Result.WRONG, tuple(problems)) if problems else cls(name, Result.OK, (otherwise,))

    @classmethod
    def left(cls, name: str, because: str) -> "Check":
        return cls(name, Result.NOT_TRIED, (because,))


@dataclass(frozen=True, slots=True)
class Report:
    """
    All checks of one bundle. `statement` is the recomputed one, where it could be recomputed.

    Remarks are what a reader should know and what breaks nothing.
    """

    checks: tuple[Check, ...]
    discrepancies: tuple[Discrepancy, ...] = ()
    remarks: tuple[str, ...] = ()
    statement: Statement | None = None

    @property
    def outcome(self) -> Outcome:
        results = {check.result for check in self.checks}
        if self.discrepancies or results & {Result.WRONG, Result.NOT_TRIED}:
            return Outcome.WRONG
        return Outcome.SIGNER_NOT_PROVEN if Result.NOT_PROVEN in results else Outcome.VERIFIED

    def to_json(self) -> dict[str, Any]:
        written: dict[str, Any] = {
            "outcome": self.outcome.value,
            "checks": [{"check": c.name, "result": c.result.value, "told": list(c.told)} for c in self.checks],
            "discrepancies": [discrepancy.to_json() for discrepancy in self.discrepancies],
            "remarks": list(self.remarks),
        }
        if self.statement:
            written["statement"] = self.statement.id
            written["figures"] = [
                {"rule": finding.rule, "shown": finding.shown, "verdict": finding.verdict.value}
                for finding in self.statement.findings
            ]
        return written
