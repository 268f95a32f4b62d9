"""Statements of made-up histories hold before both verifiers; and what does not hold is told, with its place."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.statements.__main__ import read_shipped
from tools.statements.bound import Bound
from tools.statements.checking import NODE, find_differences, find_refusals
from tools.statements.history import History, Signed, make_history
from tools.statements.issuing import Bundled, bundle, enter, issue_all
from upheld.core.facts import ParameterSet
from upheld.core.proof import canonical_bytes, parse_canonical
from upheld.core.statement import gathering
from upheld.core.terms import Document, Terms
from upheld.core.terms.binding import bind
from upheld.gateways.signing import FakeSigner

ROOT = Path(__file__).parents[2]
SIGNER = FakeSigner()
KEY = SIGNER.verifier_key()
SEED = 11

needs_node = pytest.mark.skipif(NODE is None, reason="no Node on this machine")


@pytest.fixture(scope="module")
def signed() -> Signed:
    return read_shipped("redtrack")


@pytest.fixture(scope="module")
def history(signed: Signed) -> History:
    return make_history(signed, "acorn-quarter", SEED, KEY)


@pytest.fixture(scope="module")
def made(signed: Signed, history: History) -> list[Bundled]:
    return issue_all(signed, history, SIGNER)


@needs_node
def test_one_statement_of_each_agreement_holds():
    """Another history each time; the first line says how to repeat it."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "tools.statements", "1"]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)

    assert (0, "") == (ran.returncode, ran.stderr), ran.stdout + ran.stderr
    assert 5 == len(re.findall(r"^\S+: 1 statements, .* differences and refusals: 0; ", ran.stdout, re.MULTILINE)), (
        ran.stdout
    )


def test_a_history_is_the_same_again(signed, history):
    """From one seed, one history."""
    assert history == make_history(signed, "acorn-quarter", SEED, KEY)
    assert history != make_history(signed, "acorn-quarter", SEED + 1, KEY)


@needs_node
def test_a_figure_that_the_facts_do_not_give_is_a_difference(signed, history, made):
    """Signed with the real key, and issued in due form: only who computes again finds it, by its path."""
    told, honest = made[0], made[0].statement
    forged = honest.to_json()
    forged["findings"][0]["shown"] = "100 %, of course"
    issued = enter(honest, canonical_bytes(forged), history.known(history.as_of))
    bent = bundle(signed, "forged", issued, issued, SIGNER)

    assert [] == find_differences([told], KEY)
    [found] = find_differences([bent], KEY)
    assert "shown" in found
    assert 'stated "100 %, of course"' in found
    assert [] == find_refusals([told, bent], KEY)


@needs_node
def test_a_bundle_with_another_byte_is_refused_by_both(made):
    """One letter of one fact."""
    data = made[0].data.replace(b'"source":"history"', b'"source":"History"', 1)
    bent = Bundled("bent", data, made[0].statement)

    [ours] = find_differences([bent], KEY)
    [theirs] = find_refusals([bent], KEY)
    assert "not verified" in ours
    assert "not verified" in theirs


def test_late_facts_leave_what_was_issued(signed):
    """The first statement comes out of the longer ledger with the same bytes; its restatement names it."""
    histories = (make_history(signed, f"late-{seed}", seed, KEY) for seed in range(1, 60))
    late = next(one for one in histories if one.late and one.is_restated)

    first, second, again = issue_all(signed, late, SIGNER)

    assert first.statement.to_json() == again.statement.to_json()
    assert (2, first.statement.id) == (second.statement.number, second.statement.follows)
    assert [] == find_differences([first, second, again], KEY)


def test_what_was_bound_is_bound_again_only_for_the_same_writing(signed, history):
    """Whichever object it is read from; another value, sense or word of the text is bound anew, as the judge binds it."""
    values = {fact.name: fact.value for fact in history.facts if isinstance(fact, ParameterSet)}
    reading, entry = next(iter(signed.document.blocks["readings"].items()))
    other = next(str(sense) for sense in entry["senses"] if sense != entry["we read"])
    again, changed = (Document.from_json(parse_canonical(signed.terms)) for _ in range(2))
    changed.blocks["readings"][reading]["we read"] = other
    bound = Bound()

    first = bound.bind(signed.document, signed.calendars, values, {})

    assert first is bound.bind(again, parse_canonical(signed.frozen), values, {})
    for document, readings in ((signed.document, {reading: other}), (changed, {})):
        found = bound.bind(document, signed.calendars, values, readings)
        usual = bind(document, signed.calendars, values, readings)
        assert isinstance(found, Terms)
        assert isinstance(usual, Terms)
        assert other == usual.readings[reading] == found.readings[reading]
    assert 3 == len(bound.found)


def test_statements_are_built_alike_with_and_without_what_was_bound(signed, history, made):
    """Byte for byte; and afterwards the judge binds by itself again."""
    bound = Bound()

    with bound.in_use():
        alike = issue_all(signed, history, SIGNER)
        assert [] == find_differences(made, KEY)

    assert [one.data for one in made] == [one.data for one in alike]
    assert bound.found
    assert gathering.__dict__["bind"] is bind
