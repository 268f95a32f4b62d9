"""Problems of meaning: what every word allows, and no agreement should say."""

from upheld.core.timeline import Instant
from upheld.language.merge import Merged
from upheld.language.problem import Problems
from upheld.language.prose import Pages


def check_meaning(merged: Merged, pages: Pages, used: dict[str, set[str]], as_of: Instant, problems: Problems) -> None:
    """All of them."""
