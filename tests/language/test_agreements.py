"""The shipped agreements are clean, and every example in them comes true."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.golden.record import AS_OF
from upheld.language import check, run_example

ROOT = Path(__file__).parents[2]
AGREEMENTS = sorted((ROOT / "agreements").glob("*.md"))
CHANGES = (("met: true", "met: false"), ("verdict: met", "verdict: missed"), ("allowed: true", "allowed: false"))
"""Results and what does not come out; the first that a file has is changed wherever it stands."""

LET_PASS = {"redtrack": "overdue review: it was due on 2024-11-20, and today is 2025-07-01"}


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.stem)
class TestAgreement:
    def test_has_no_problem(self, path: Path):
        """Nothing is wrong with it, and nothing needs a second look, but a review that its own text has let pass."""
        told = [problem.what for problem in check(path.read_text("utf-8"), as_of=AS_OF).problems]

        assert ([LET_PASS[path.stem]] if path.stem in LET_PASS else []) == told

    def test_leaves_no_clause_to_a_judge_that_is_not_there(self, path: Path):
        """Every clause is judged, or accounted for with a reason of its own."""
        assert () == check(path.read_text("utf-8"), as_of=AS_OF).not_yet_judged

    def test_shows_what_it_says(self, path: Path):
        """Every example is run, and comes out as written."""
        checked = check(path.read_text("utf-8"), as_of=AS_OF)

        for example in checked.examples:
            assert [] == run_example(checked, example)

    def test_is_found_wrong_when_a_result_is_changed(self, path: Path):
        """An example that says otherwise is told, so that none of them passes by saying nothing."""
        text = path.read_text("utf-8")
        right, wrong = next(pair for pair in CHANGES if pair[0] in text)

        checked = check(text.replace(right, wrong), as_of=AS_OF)
        shipped = check(text, as_of=AS_OF).examples
        changed = [now for now, before in zip(checked.examples, shipped, strict=True) if now != before]

        told = [difference for example in changed for difference in run_example(checked, example)]
        assert text.count(right) == len(told)


@pytest.mark.parametrize("name", ["flosum", "redtrack", "teamplify"])
def test_every_sense_of_every_reading_matters_somewhere(name: str):
    """Each sense that is not read has an example under it, and that example comes out otherwise under the one that is."""
    checked = check((ROOT / f"agreements/{name}.md").read_text("utf-8"), as_of=AS_OF)
    assert checked.document is not None
    readings = checked.document.blocks["readings"]

    turned = [example for example in checked.examples if example.readings]
    shown = {pair for example in turned for pair in example.readings.items()}
    assert {(name, sense) for name, one in readings.items() for sense in one["senses"] if sense != one["we read"]} == shown
    assert [] == [example.title for example in turned if not run_example(checked, replace(example, readings={}))]


def test_a_desk_is_judged():
    """A file of clocks, channels, priorities and a telephone leaves no clause to a judge that is not there."""
    desk = check((ROOT / "tests/golden/good/desk.md").read_text("utf-8"), as_of=AS_OF)

    assert () == desk.not_yet_judged
