"""Verdicts: one word, one icon and one state each; only a promise can be missed."""

from dataclasses import dataclass

from upheld.core.explain import Verdict


@dataclass(frozen=True, slots=True)
class VerdictWords:
    """How a verdict is shown: its word, its icon, and the class of its colour (none where it is not decided)."""

    words: str
    icon: str
    colour: str = ""


SHOWN = {
    Verdict.MET: VerdictWords("Met", "up", "up"),
    Verdict.MISSED: VerdictWords("Missed", "down", "down"),
    Verdict.REACHED: VerdictWords("Reached", "up"),
    Verdict.NOT_REACHED: VerdictWords("Not reached", "down"),
    Verdict.UNDECIDED: VerdictWords("Undecided", "unknown", "unknown"),
    Verdict.UNDEFINED: VerdictWords("Undefined", "unknown", "unknown"),
    Verdict.NOT_YET_KNOWN: VerdictWords("Not known yet", "run"),
    Verdict.NOT_APPLICABLE: VerdictWords("Not applicable", "excluded"),
}


def say_verdict(verdict: Verdict | str, *, is_goal: bool = False) -> VerdictWords:
    """The words of a verdict; a goal is reached or not reached, never missed."""
    found = SHOWN[Verdict(verdict)]
    if is_goal and found.colour in ("up", "down"):
        return SHOWN[Verdict.REACHED if found.colour == "up" else Verdict.NOT_REACHED]
    return found
