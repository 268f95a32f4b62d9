"""Whatever stands in a file, the check comes back with a document or with located problems."""

import os
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.golden.record import AS_OF
from tests.language.samples import SMALL
from upheld.language import check, run_examples

FUZZ = int(os.environ.get("FUZZ", "400"))
"""How many mutated agreements are tried; `make fuzz N=20000` tries as many as a night bears."""
LINES = SMALL.split("\n")
PIECES = (
    "{", "}", "[", "]", ": ", ", ", "\n", "```", "```terms\n", "- ", "#", "&a ", "*a", "!x ", "|", ">", "'", '"', "%", "\t",
    "**MH-09** ", "reading blind-time", "reading x", "parameter x", "none", "true", "0", "5 days", "99,5 %", "10 x",
    "cite: MH-01", "cases:", "when:", "any:", "not:", "senses:", "<<: ", "? ", "~", "\x00", "\u2028", "é", "  ",
)  # fmt: skip


def mutate(seed: int) -> str:
    """The small agreement with a few lines moved, doubled or lost, and a few pieces put in or taken out."""
    chance = random.Random(seed)
    lines = list(LINES)
    for _ in range(chance.randint(0, 3)):
        at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[to : to + chance.randint(0, 1)] = lines[at : at + chance.randint(0, 3)]
    text = "\n".join(lines)
    for _ in range(chance.randint(0, 4)):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice(PIECES) + text[at + chance.randint(0, 6) :]
    return text


def assert_answered(text: str) -> None:
    checked = check(text, as_of=AS_OF)
    lines = text.count("\n") + 1
    for problem in checked.problems:
        assert 1 <= problem.line <= lines
        assert problem.column >= 1
        assert problem.what
    assert checked.document is not None or checked.problems
    if checked.is_clean:
        run_examples(checked)


@settings(max_examples=FUZZ, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**64))
def test_answers_every_mutated_agreement(seed: int):
    """Never a crash: located problems, or a document whose examples run."""
    assert_answered(mutate(seed))


@given(st.text(max_size=400))
def test_answers_any_text(text: str):
    """A text that is no agreement at all is told so."""
    assert check(text, as_of=AS_OF).problems


@given(st.text(alphabet="{}[]:,-#&*!|>'\"%@`? \n\tab1~", max_size=200))
def test_answers_any_fence(block: str):
    """Whatever stands between the marks of a fence."""
    assert_answered(f"# A\n\n**MH-01** a\n\n```terms\n{block}\n```\n")
