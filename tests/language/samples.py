"""The small agreement from which tests of the language make theirs."""

from tests.golden.record import AS_OF, GOLDEN
from upheld.language import Checked, check

SMALL = (GOLDEN / "good/small.md").read_text("utf-8")


def change(*pairs: tuple[str, str], text: str = SMALL) -> str:
    """The small agreement with some of its words replaced; each must be there."""
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def check_changed(*pairs: tuple[str, str]) -> Checked:
    return check(change(*pairs), as_of=AS_OF)


def sentences(checked: Checked) -> list[str]:
    return [problem.what for problem in checked.problems]
