"""A newcomer's first hour: a file that can be checked at once, a finding opened, and opened again under another reading."""

import json
import os
from pathlib import Path

import pytest

from tests.interfaces.cli.command import do, upheld

ENVIRONMENT = dict(os.environ)
OUTAGE = [
    {"type": "outage-opened/1", "outage": "O-1", "component": "application", "first_bad_at": "2025-05-07T10:00Z"},
    {"type": "outage-closed/1", "outage": "O-1", "last_bad_at": "2025-05-07T12:00Z", "first_good_at": "2025-05-07T12:00Z"},
    {"type": "cause-assigned/1", "outage": "O-1", "from_at": "2025-05-07T11:00Z", "to_at": "2025-05-07T12:00Z",
     "cause": "force-majeure", "evidence": "written-reason", "by": "person-1"},
    {"type": "coverage-declared/1", "from_at": "2025-05-01T00:00Z", "to_at": "2025-06-01T00:00Z", "evidence": "record"},
]  # fmt: skip
TEAMPLIFY = Path(__file__).parents[3] / "agreements/teamplify.md"


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    common = {"agreement": "a", "occurred_at": "2025-05-07T12:00Z", "recorded_at": "2025-05-07T12:00Z", "source": "test"}
    lines = [json.dumps({"id": f"F-{place}", **common, **fact}) for place, fact in enumerate(OUTAGE)]
    (tmp_path / "facts.jsonl").write_text("\n".join(lines), "utf-8")
    return tmp_path / "facts.jsonl"


def test_a_new_agreement_is_clean_and_its_examples_come_out(tmp_path: Path) -> None:
    do(ENVIRONMENT, "new", tmp_path / "hosting.md")
    assert "0 problems, 0 warnings" in do(ENVIRONMENT, "check", tmp_path / "hosting.md")


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "hosting.md").write_text("mine", "utf-8")
    said = upheld(ENVIRONMENT, "new", tmp_path / "hosting.md")
    assert (said.code != 0, (tmp_path / "hosting.md").read_text("utf-8")) == (True, "mine")


def opening(agreement: Path, facts: Path, rule: str) -> tuple[str | Path, ...]:
    return ("explain", agreement, facts, rule, "--period", "2025-05", "--set", "monthly-price=EUR 720")


def test_a_finding_opens_to_its_facts_and_clauses(tmp_path: Path, facts: Path) -> None:
    do(ENVIRONMENT, "new", tmp_path / "hosting.md")
    words = opening(tmp_path / "hosting.md", facts, "uptime")
    told = do(ENVIRONMENT, *words)
    assert "availability/uptime: 99.8655 %, missed" in told
    assert "[S-03]" in told
    assert "F-0" in told


def test_a_reading_shows_both_figures(facts: Path) -> None:
    words: tuple[str | Path, ...] = ("explain", TEAMPLIFY, facts, "uptime", "--period", "2025-05", *standing())
    told = json.loads(do(ENVIRONMENT, *words, "--under", "own-cause-wins=excluded wins", "--json"))[0]
    assert [told[key]["verdict"] for key in ("finding", "under")] == ["met", "met"]


def test_an_unknown_finding_lists_those_that_there_are(tmp_path: Path, facts: Path) -> None:
    do(ENVIRONMENT, "new", tmp_path / "hosting.md")
    words = opening(tmp_path / "hosting.md", facts, "uptme")
    said = upheld(ENVIRONMENT, *words)
    assert said.code != 0
    assert "availability/uptime" in said.err + said.out


def standing() -> list[str]:
    """Every parameter of the agreement with a value of its kind."""
    from upheld.core.timeline import Instant
    from upheld.language import check, stand_in_parameters

    document = check(TEAMPLIFY.read_text("utf-8"), as_of=Instant.parse("2026-01-01T00:00Z")).document
    assert document is not None
    return [word for name, value in stand_in_parameters(document).items() for word in ("--set", f"{name}={value}")]
