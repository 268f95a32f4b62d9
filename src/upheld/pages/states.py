"""The six states of a service, each with its word and its class; the class is also the name of its icon and pattern."""

from enum import StrEnum


class UnknownState(ValueError):
    """A word that names no state."""


class State(StrEnum):
    """The value is the class in the style sheet; a picture and a badge take their shape from it."""

    UP = "up"
    DEGRADED = "degraded"
    DOWN = "down"
    UNKNOWN = "unknown"
    EXCLUDED = "excluded"
    MAINTENANCE = "maintenance"

    @property
    def words(self) -> str:
        """The word on the screen, capital first."""
        return WORDS[self]

    @property
    def phrase(self) -> str:
        """The word inside a sentence."""
        return WORDS[self].lower()

    @classmethod
    def read(cls, text: str) -> "State":
        """
        From a class or a word, as a step of the reasons writes it.

        >>> State.read("not measured")
        <State.UNKNOWN: 'unknown'>
        """
        plain = text.strip().lower()
        for state in cls:
            if plain in (state.value, WORDS[state].lower()):
                return state
        if found := ALSO.get(plain):
            return found
        raise UnknownState(f"{text!r} is no state; a service is {', '.join(state.phrase for state in cls)}")


WORDS = {
    State.UP: "Up",
    State.DEGRADED: "Degraded",
    State.DOWN: "Down",
    State.UNKNOWN: "Not measured",
    State.EXCLUDED: "Excluded",
    State.MAINTENANCE: "Maintenance",
}
ALSO = {"out of base": State.MAINTENANCE, "up by exclusion": State.EXCLUDED}
# From the worst to the best: what is to be said first when several hold at once.
BY_WEIGHT = (State.DOWN, State.DEGRADED, State.UNKNOWN, State.MAINTENANCE, State.EXCLUDED, State.UP)


def find_worst(states: "list[State]") -> State:
    """The state that a sentence about all of them begins with; nothing at all is not measured."""
    return min(states, key=BY_WEIGHT.index, default=State.UNKNOWN)
