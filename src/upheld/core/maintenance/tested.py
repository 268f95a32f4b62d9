"""The outcome of one test of planned work."""

from upheld.core.facts import Frozen, frozen_class
from upheld.core.timeline import Timeline

NO_TIME = Timeline()


@frozen_class
class Tested(Frozen):
    """One test of a window. `surplus` is the time that this test leaves unexcused although the window stands."""

    name: str
    passed: bool
    words: str
    clauses: tuple[str, ...]
    readings: tuple[str, ...] = ()
    surplus: Timeline = NO_TIME
