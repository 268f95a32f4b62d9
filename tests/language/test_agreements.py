"""The shipped agreements are clean, and every example in them comes true."""

from pathlib import Path

import pytest

from tests.golden.record import AS_OF
from upheld.language import check, run_example

ROOT = Path(__file__).parents[2]
AGREEMENTS = sorted((ROOT / "agreements").glob("*.md"))
CHANGES = (("met: true", "met: false"), ("verdict: met", "verdict: missed"), ("allowed: true", "allowed: false"))
"""Results and what does not come out; the first that a file has is changed wherever it stands."""


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.stem)
class TestAgreement:
    def test_has_no_problem(self, path: Path):
        """Nothing is wrong with it, and nothing needs a second look."""
        assert () == check(path.read_text("utf-8"), as_of=AS_OF).problems

    def test_shows_what_it_says(self, path: Path):
        """Every example is run, and comes out as written."""
        checked = check(path.read_text("utf-8"), as_of=AS_OF)

        for example in checked.examples:
            assert () == example.waits_for
            assert [] == run_example(checked, example)

    def test_is_found_wrong_when_a_result_is_changed(self, path: Path):
        """An example that says otherwise is told, so that none of them passes by saying nothing."""
        text = path.read_text("utf-8")
        right, wrong = next(pair for pair in CHANGES if pair[0] in text)

        checked = check(text.replace(right, wrong), as_of=AS_OF)

        told = [difference for example in checked.examples for difference in run_example(checked, example)]
        assert text.count(right) == len(told)


def test_every_reading_of_the_first_agreement_matters_somewhere():
    """Each reading that acts in a judged rule has an example under another sense, or is one that moves no figure."""
    checked = check((ROOT / "agreements/teamplify.md").read_text("utf-8"), as_of=AS_OF)
    assert checked.document is not None
    # What these move is not among the results of an example: who is told, what is set off; and one component is the whole.
    silent = {"no-contact", "set-off", "partial-loss"}

    tried = {name for example in checked.examples for name in example.readings}
    assert set(checked.document.blocks["readings"]) - silent == tried


def test_lists_what_no_judge_reads_yet():
    """The clauses of recovery, desk and duties stand as prose and are listed; those of credits are not."""
    checked = check((ROOT / "agreements/teamplify.md").read_text("utf-8"), as_of=AS_OF)

    assert {"TP-01", "TP-43", "TP-66"} <= set(checked.not_yet_judged)
    assert not {"TP-07", "TP-39", "TP-45", "TP-54", "TP-70"} & set(checked.not_yet_judged)
    assert 36 == len(checked.not_yet_judged)


def test_a_desk_is_judged():
    """A file of clocks, channels, priorities and a telephone leaves no clause to a judge that is not there."""
    desk = check((ROOT / "tests/golden/good/desk.md").read_text("utf-8"), as_of=AS_OF)

    assert () == desk.not_yet_judged
