"""What a promise costs is told beside what it cost: in money, in verdicts, and as a picture."""

import json
import os
import re
from pathlib import Path

from tests.interfaces.cli.command import do, upheld

ENVIRONMENT = dict(os.environ)


def agreement(folder: Path, name: str = "hosting.md", target: str = "99.9 %") -> Path:
    do(ENVIRONMENT, "new", folder / name)
    text = (folder / name).read_text("utf-8")
    (folder / name).write_text(re.sub(r"(?s)```example.*?```\n", "", text).replace("99.9 %", target), "utf-8")
    return folder / name


def test_random_years_are_told_and_drawn(tmp_path: Path) -> None:
    do(ENVIRONMENT, "new", tmp_path / "hosting.md")
    words = ("simulate", tmp_path / "hosting.md", "--mtbf", "20 elapsed days", "--mttr", "1 hour", "--years", "20")
    told = do(ENVIRONMENT, *words, "--set", "monthly-price=EUR 100", "--year", "2026", "--picture", tmp_path / "years.svg")
    assert "20 random years, a failure every 20 elapsed days, repaired in 1 hour, seed 1" in told
    assert "credits in a year, on average" in told
    assert (tmp_path / "years.svg").read_text("utf-8").startswith("<svg")
    assert told == do(ENVIRONMENT, *words, "--set", "monthly-price=EUR 100", "--year", "2026")


def test_past_facts_stand_under_both_terms(tmp_path: Path) -> None:
    common = {"agreement": "a", "source": "test", "occurred_at": "2026-04-07T10:00Z", "recorded_at": "2026-04-07T10:00Z"}
    span = {"first_bad_at": "2026-04-07T10:00Z", "last_good_at": "2026-04-07T10:00Z"}
    end = {"last_bad_at": "2026-04-07T11:00Z", "first_good_at": "2026-04-07T11:00Z"}
    facts = [
        {"type": "outage-opened/1", "id": "1", "outage": "O", "component": "application", **span, **common},
        {"type": "outage-closed/1", "id": "2", "outage": "O", **end, **common},
    ]
    (tmp_path / "facts.jsonl").write_text("\n".join(map(json.dumps, facts)), "utf-8")
    strict, mild = agreement(tmp_path), agreement(tmp_path, "mild.md", "99.5 %")
    told = do(ENVIRONMENT, "simulate", mild, "--facts", tmp_path / "facts.jsonl", "--beside", strict)
    month = next(line for line in told.splitlines() if line.startswith("2026-04"))
    assert [word for word in month.replace(",", "").split() if word in ("met", "missed")] == ["met", "missed"]


def test_what_is_missing_is_asked_for(tmp_path: Path) -> None:
    do(ENVIRONMENT, "new", tmp_path / "hosting.md")
    said = upheld(ENVIRONMENT, "simulate", tmp_path / "hosting.md", "--mtbf", "20 days", "--mttr", "1 hour")
    assert (said.code != 0, "which days" in said.err) == (True, True)
    assert "--facts" in upheld(ENVIRONMENT, "simulate", tmp_path / "hosting.md").err
