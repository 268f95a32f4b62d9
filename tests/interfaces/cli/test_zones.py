"""`upheld judge` by a customer's own clocks: from the fact that sets the zone, or from the command line."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.golden.record import GOLDEN
from tests.interfaces.cli.command import do, upheld
from upheld.language.calendars import freeze_zone

ENVIRONMENT = dict(os.environ)
YEARS = {"from": "2024-01-01", "to": "2030-01-01"}
MARCH = ["2026-03-01T05:00:00.000000Z", "2026-04-01T04:00:00.000000Z"]
AS_OF = ("--as-of", "2026-05-01T00:00Z", "--period", "2026-03", "--set", "monthly-price=GBP 100")


@pytest.fixture
def agreement(tmp_path: Path) -> Path:
    """The small agreement, whose month lies on the dates of the customer."""
    text = (GOLDEN / "good/small.md").read_text("utf-8")
    parameter = "parameters:\n  home: {kind: zone, cite: MH-02}\nreadings:\n"
    for old, new in (
        ("zone: UTC", "zone: parameter home"),
        ("readings:\n", parameter),
        ("next review: 2026-01-31", "next review: 2030-01-31"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "mail.md").write_text(text.partition("```example")[0], "utf-8")
    return tmp_path / "mail.md"


def write(folder: Path, **more: Any) -> Path:
    """A file with the one fact that sets the zone."""
    fact = {
        "type": "parameter-set/1", "id": "home", "agreement": "a", "source": "test", "name": "home",
        "occurred_at": "2026-01-01T00:00Z", "recorded_at": "2026-01-01T00:00Z", "from_at": "2026-01-01T00:00Z",
        "value": "America/New_York", **more,
    }  # fmt: skip
    (folder / "facts.jsonl").write_text(json.dumps(fact), "utf-8")
    return folder / "facts.jsonl"


class TestJudge:
    def test_goes_by_the_clocks_that_the_fact_carries(self, agreement: Path) -> None:
        """March is that of New York, an hour short."""
        facts = write(agreement.parent, zone=list(freeze_zone("America/New_York", YEARS)))

        told = json.loads(do(ENVIRONMENT, "judge", agreement, facts, *AS_OF, "--json"))

        assert MARCH == told["period"]

    def test_says_what_is_missing(self, agreement: Path) -> None:
        """A fact without clocks, of a zone that the text does not name: the place, and the field that must hold them."""
        said = upheld(ENVIRONMENT, "judge", agreement, write(agreement.parent), *AS_OF)

        assert 0 != said.code
        assert "periods/month/zone: zone America/New_York was not frozen: neither with this version" in said.err + said.out
        assert "the fact that sets it must carry the changes of its clocks in the field zone" in said.err + said.out

    def test_takes_a_zone_from_the_command_line(self, agreement: Path) -> None:
        """No fact sets one: whoever asks says by whose clocks, and the tables are asked for him."""
        facts = agreement.parent / "none.jsonl"
        facts.write_text("", "utf-8")

        told = json.loads(do(ENVIRONMENT, "judge", agreement, facts, *AS_OF, "--json", "--set", "home=America/New_York"))

        assert MARCH == told["period"]
