"""
Incidents that providers published, judged under the agreements that they published: each history comes to the exact share,
amount, deadline and verdict that arithmetic by hand gives; where the published facts do not decide, nothing is decided, and
the finding says what is missing.
"""

import json
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.real_outages.history import make_facts
from upheld.core.explain import Finding, Share, tell
from upheld.core.money import Money
from upheld.core.statement import Statement, build
from upheld.core.timeline import MINUTE, Duration, Instant
from upheld.interfaces.cli.main import app
from upheld.language import Checked, check

HERE = Path(__file__).parent
AGREEMENTS = HERE.parent / "public_slas"
CASES: dict[str, dict[str, Any]] = json.loads((HERE / "cases.json").read_text("utf-8"))
HISTORIES = [(case, name) for case, told in CASES.items() for name in told["histories"]]


@cache
def read(name: str) -> Checked:
    return check((AGREEMENTS / f"{name}.md").read_text("utf-8"), as_of=Instant.parse("2026-09-01T00:00Z"))


@cache
def state(case: str, name: str) -> Statement:
    """The statement as `upheld judge` builds it."""
    told = CASES[case]
    history = told["histories"][name]
    checked, as_of = read(told["agreement"]), Instant.parse(history.get("as_of", told["as_of"]))
    facts = make_facts(history["facts"], told["from"], told["as_of"])
    assert checked.document is not None
    return build(
        checked.document, checked.calendars, facts, history.get("period", told["period"]), as_of,
        readings=history.get("readings"), parameters=history.get("parameters", told["parameters"]), others=False,
    )  # fmt: skip


def expected_of(case: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = CASES[case]["histories"][name]["expect"]
    return found


def find(statement: Statement, rule: str) -> Finding:
    return next(finding for finding in statement.findings if finding.rule == rule)


SHARES = ("exact", "lower", "upper")
MINUTES = {"borne": "borne", "affected": "affected time", "down": "down"}


def computed(finding: Finding, what: str, statement: Statement) -> object:
    """One thing of a finding, as the cases name it: shares and lengths in minutes are exact."""
    if what in SHARES:
        value = finding.value if what == "exact" else getattr(finding, what)
        return Fraction(value.exact) if isinstance(value, Share) else str(value)
    if what in MINUTES:
        length = finding.quantity(MINUTES[what])
        assert isinstance(length, Duration)
        minutes = Fraction(length.micros, MINUTE.micros)
        # A window that was posted by the second is told in the whole minutes of it.
        return Fraction(minutes // 1) if what == "down" else minutes
    if what == "hours":
        return waived_hours(statement)
    if what == "band":
        return str(dict(finding.quantities).get("band"))
    return finding.verdict.value if what == "verdict" else finding.value


def wanted_of(what: str, told: Any) -> object:
    if what in (*SHARES, *MINUTES) and told != "undefined":
        return Fraction(told)
    return Money.parse(f"USD {told}") if what == "amount" else told


def waived_hours(statement: Statement) -> list[str]:
    """The hours that are not charged, by their starts."""
    found = next(one for one in statement.judged.credits if one.credit.name == "hour-waiver")
    return [str(line.thing.span.start)[:13] for line in found.lines]


@pytest.mark.parametrize(("case", "name"), HISTORIES, ids=[f"{case}, {name}" for case, name in HISTORIES])
def test_history(case: str, name: str) -> None:
    """Every figure, amount, verdict, bound and date that arithmetic gives, and no other."""
    statement = state(case, name)
    for rule, told in expected_of(case, name).items():
        if "/" in rule:
            finding = find(statement, rule)
            wanted = {what: wanted_of(what, value) for what, value in told.items() if what != "says"}
            assert wanted == {what: computed(finding, what, statement) for what in wanted}


SAYING = [(case, name) for case, name in HISTORIES if any("says" in one for one in expected_of(case, name).values())]


@pytest.mark.parametrize(("case", "name"), SAYING, ids=[f"{case}, {name}" for case, name in SAYING])
def test_the_finding_says_what_it_rests_on(case: str, name: str) -> None:
    """Where the published facts do not decide, the missing one is named; where accounts differ, whose it is."""
    for rule, wanted in expected_of(case, name).items():
        reasons = "\n".join(tell(find(state(case, name), rule).why)) if "/" in rule else ""
        said = wanted.get("says", []) if "/" in rule else []
        assert [words for words in said if words not in reasons] == []


HOLDING = [(case, name) for case, name in HISTORIES if "held" in expected_of(case, name)]


@pytest.mark.parametrize(("case", "name"), HOLDING, ids=[f"{case}, {name}" for case, name in HOLDING])
def test_what_the_agreement_does_not_speak_of_is_held(case: str, name: str) -> None:
    """A failure of something else is no down time; it is shown, and never dropped."""
    held = "\n".join(state(case, name).held)
    assert [words for words in expected_of(case, name)["held"] if words not in held] == []


CLAIMING = [(case, name) for case, name in HISTORIES if "claim" in expected_of(case, name)]


@pytest.mark.parametrize(("case", "name"), CLAIMING, ids=[f"{case}, {name}" for case, name in CLAIMING])
def test_claim(case: str, name: str) -> None:
    """Whether a claim is in time, until when it would have been, and until when a ticket had to come before it."""
    statement = state(case, name)
    checked, wanted = statement.judged.claims[0].checked, expected_of(case, name)["claim"]
    assert checked.deadline_at is not None
    last = statement.judged.terms.statement_period.zone.date_at(Instant(checked.deadline_at.micros - 1))
    told = (checked.accepted, list(checked.refused_for), last.isoformat())
    assert told == (wanted["accepted"], wanted.get("refused", []), wanted["until"])
    assert wanted.get("says", "") in "\n".join(tell(checked.tell()))


class TestRestatement:
    """Slack, June 2018: what was known first stays readable; what is known later names it."""

    def test_the_later_statement_names_the_first(self) -> None:
        told = {name: state("R28-a", name).follows for name in ("first", "restated")}
        assert {"first": "", "restated": "a-customer/2018-06/1"} == told

    def test_the_two_differ_by_what_is_still_owed(self) -> None:
        """Sixteen minutes more: USD 37.04."""
        first, restated = (find(state("R28-a", name), "credits/lost-time").value for name in ("first", "restated"))
        assert isinstance(first, Money)
        assert isinstance(restated, Money)
        assert Fraction("37.04") == restated.amount - first.amount

    @pytest.mark.parametrize(("name", "shown"), [("first", "USD 453.70"), ("restated", "USD 490.74")])
    def test_judge_sees_either_as_of_its_day(self, name: str, shown: str, tmp_path: Path) -> None:
        """The same facts, judged by the command as of two days."""
        told = CASES["R28-a"]
        path = tmp_path / "facts.jsonl"
        facts = make_facts(told["histories"][name]["facts"], told["from"], told["as_of"])
        path.write_text("".join(f"{json.dumps(fact.to_json())}\n" for fact in facts), "utf-8")
        chosen = [part for pair in told["parameters"].items() for part in ("--set", "=".join(pair))]
        as_of = told["histories"][name]["as_of"]
        asked = ["judge", str(AGREEMENTS / "28-slack.md"), str(path), "--period", "2018-06", "--as-of", as_of, *chosen]
        done = CliRunner().invoke(app, asked)
        assert (done.exit_code, f"credits/lost-time: {shown}" in done.output) == (0, True), done.output


def test_every_agreement_that_is_asked_has_no_problem() -> None:
    names = dict.fromkeys(told["agreement"] for told in CASES.values())
    problems = {name: [str(one) for one in read(name).problems if one.severity == "error"] for name in names}
    assert problems == {name: [] for name in names}
