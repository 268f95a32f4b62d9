"""A checkpoint has one spelling, and says which tree, how large, and what root."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.proof.published import CHECKPOINT
from upheld.core.proof import EMPTY_ROOT, Checkpoint, NotACheckpoint, parse_checkpoint, write_base64, write_checkpoint

ROOT = bytes(range(32))
ROOT_TEXT = write_base64(ROOT)
lines = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


def test_the_published_checkpoint_is_read_and_printed_again() -> None:
    """The example of C2SP."""
    checkpoint = parse_checkpoint(CHECKPOINT)

    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.extensions == ()
    assert write_checkpoint(checkpoint) == CHECKPOINT


@given(lines, st.integers(1, 2**53 - 1), st.binary(min_size=32, max_size=32), st.lists(lines, max_size=3))
def test_reads_back_what_was_written(origin: str, size: int, root: bytes, extensions: list[str]) -> None:
    """Every checkpoint, also with extension lines."""
    checkpoint = Checkpoint(origin, size, root, tuple(extensions))

    assert parse_checkpoint(write_checkpoint(checkpoint)) == checkpoint


def test_the_largest_tree_has_a_checkpoint() -> None:
    """Size 2**53 - 1, which every reader of JSON still tells from its neighbours."""
    assert parse_checkpoint(f"log\n{2**53 - 1}\n{ROOT_TEXT}\n").size == 2**53 - 1


def test_an_empty_tree_has_a_checkpoint() -> None:
    """Size 0, with the one root that no entries can have."""
    assert parse_checkpoint(f"log\n0\n{write_base64(EMPTY_ROOT)}\n") == Checkpoint("log", 0, EMPTY_ROOT)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "ends with a newline"),
        (f"log\n3\n{ROOT_TEXT}", "ends with a newline"),
        ("log\n3\n", "a line each for origin, size and root, came 2"),
        (f"\n3\n{ROOT_TEXT}\n", "not empty"),
        (f"log\n3\n{ROOT_TEXT}\n\n", "not empty"),
        (f"log\n3\n{ROOT_TEXT}\n\nextension\n", "not empty"),
        (f"log\r\n3\r\n{ROOT_TEXT}\r\n", "whole number"),
        (f"lo\tg\n3\n{ROOT_TEXT}\n", "control characters"),
        (f"lo\ud800g\n3\n{ROOT_TEXT}\n", "control characters"),
        (f"lo{chr(0xDFFF)}g\n3\n{ROOT_TEXT}\n", "control characters"),
        (f"log\n03\n{ROOT_TEXT}\n", "leading zeros"),
        (f"log\n00\n{ROOT_TEXT}\n", "leading zeros"),
        (f"log\n+3\n{ROOT_TEXT}\n", "whole number"),
        (f"log\n-3\n{ROOT_TEXT}\n", "whole number"),
        (f"log\n 3\n{ROOT_TEXT}\n", "whole number"),
        (f"log\n1_0\n{ROOT_TEXT}\n", "whole number"),
        (f"log\n\u0663\n{ROOT_TEXT}\n", "whole number"),
        (f"log\n\u00b2\n{ROOT_TEXT}\n", "whole number"),
        (f"log\n\n{ROOT_TEXT}\n", "whole number"),
        (f"log\n{'9' * 17}\n{ROOT_TEXT}\n", "16 digits at most"),
        (f"log\n{2**53}\n{ROOT_TEXT}\n", "2\\*\\*53 - 1"),
        (f"log\n3\n{ROOT_TEXT[:-1]}\n", "the root: expected base64"),
        (f"log\n3\n{ROOT_TEXT[:-2]}9=\n", "the root: expected base64 with zero bits"),
        (f"log\n3\n{write_base64(ROOT[1:])}\n", "32 bytes, came 31"),
        (f"log\n0\n{ROOT_TEXT}\n", "the root of an empty tree is e3b0c442"),
    ],
)
def test_what_is_wrong_is_told(text: str, reason: str) -> None:
    """Each rule of the format has its own sentence; none is bent."""
    with pytest.raises(NotACheckpoint, match=reason):
        parse_checkpoint(text)


def test_a_checkpoint_that_could_not_be_read_is_not_made() -> None:
    """The same rules hold for the one who signs."""
    with pytest.raises(NotACheckpoint, match="from 0 to"):
        Checkpoint("log", -1, ROOT)
