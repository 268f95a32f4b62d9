"""The outcome of one test of planned work."""

from dataclasses import dataclass

from upheld.core.timeline import Timeline

NO_TIME = Timeline()


@dataclass(frozen=True, slots=True)
class Tested:
    """One test of a window. `surplus` is the time that this test leaves unexcused although the window stands."""

    name: str
    passed: bool
    words: str
    clauses: tuple[str, ...]
    readings: tuple[str, ...] = ()
    surplus: Timeline = NO_TIME
