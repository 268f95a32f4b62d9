"""The account says in words what was checked, shows each figure, and cannot be made to say something else."""

import json
from dataclasses import replace

from tests.verify.samples import HARBOUR, IMPOSTOR, february, honest
from upheld.core.proof import canonical_bytes
from upheld.verify import verify_bundle
from upheld.verify.account import LONGEST, MOST_LINES, plain, tell_report

KEY = str(HARBOUR.key)


def tell(data: bytes, key: str | None = KEY, with_reasons: bool = False) -> list[str]:
    return list(tell_report("bundle.zip", verify_bundle(data, key), with_reasons=with_reasons))


def test_tells_a_verified_bundle():
    """Each check with ok, the figures with verdict and clause, and the conclusion at the end."""
    lines = tell(honest())

    assert "Statement harbour-orchard/2026-02/1: Harbour hosting, version 2023-01" == lines[1]
    assert 10 == len([line for line in lines if line.startswith("ok  ")])
    assert "  availability/uptime: 99.2553 %, missed  [HH-1]" in lines
    assert lines[-1].startswith("VERIFIED. ")


def test_tells_that_the_signer_is_not_proven():
    """The line of the signature says so, and the conclusion says what to do."""
    lines = tell(honest(), None)

    assert [line for line in lines if line.startswith("not proven signature: ")]
    assert lines[-1].startswith("CONSISTENT, SIGNER NOT PROVEN. ")
    assert "--key" in lines[-1]


def test_tells_what_is_wrong():
    """The check that failed, why, and what now."""
    lines = tell(february().pack(IMPOSTOR))

    assert [line for line in lines if line.startswith("wrong      signature: no known key has signed")]
    assert lines[-1].startswith("NOT VERIFIED. ")


def test_tells_every_problem_of_a_check():
    """A second problem of one check stands below the first, indented."""
    lines = tell(replace(february(), terms=b"{", calendars=b"[]").pack())

    place = next(i for i, line in enumerate(lines) if line.startswith("wrong      entries: terms.json: "))
    assert lines[place + 1].startswith("           calendars.json: ")


def test_tells_discrepancies_with_their_clause():
    """Figure, clause, stated, recomputed, one line each."""
    stated = json.loads(february().statement)
    stated["findings"][0]["shown"] = "99.9 %"
    lines = tell(replace(february(), statement=canonical_bytes(stated)).pack())

    [line] = [line for line in lines if line.startswith("  findings/availability/uptime/shown [HH-1")]
    assert line.endswith(': stated "99.9 %", recomputed "99.2553 %"')
    assert "Discrepancies: 1" in lines


def test_cuts_long_lists():
    """A hundred discrepancies do not push the conclusion off the screen; how many there are is said."""
    report = verify_bundle(replace(february(), statement=b"{}").pack(), KEY)
    lines = list(tell_report("b", replace(report, remarks=("again",) * 100), with_reasons=False))

    assert MOST_LINES == lines.count("  again")
    assert "  ... and 60 more; --json lists them all" in lines


def test_tells_reasons_only_when_asked():
    """The tree of reasons of each figure, down to the facts."""
    assert not [line for line in tell(honest()) if "o1-opened" in line]
    assert [line for line in tell(honest(), with_reasons=True) if "o1-opened" in line]


def test_tells_a_period_that_has_not_ended():
    """A statement in the middle of a month says so at its head."""
    report = verify_bundle(honest(), KEY)
    assert report.statement is not None
    running = replace(report.statement, as_of=report.statement.period.start)

    lines = list(tell_report("b", replace(report, statement=running), with_reasons=False))
    assert lines[2].endswith("(the period had not ended)")


def test_steers_no_terminal():
    """Text from the bundle cannot erase the word `wrong`, turn the writing round, or begin a line of its own."""
    assert "a\\x1b[2Kb\\nc\\u202ed" == plain("a\x1b[2Kb\nc\u202ed")
    assert "99,9 % − 8 h – größer" == plain("99,9 % − 8 h – größer")
    assert LONGEST + 4 == len(plain("x" * 10 * LONGEST))
