"""What a figure is called on paper and on pages."""

import pytest

from upheld.gateways.pdf.naming import name_finding, name_short, say_rule, tell_senses
from upheld.gateways.pdf.tables import tell_run

CALLED = {
    "clocks/first-response/T-1/2": "Clock: first response, T-1, 2",
    "instructions/T-12": "Instruction: T-12",
    "availability/uptime": "Availability: uptime",
    "restores/web-1": "Restore: web-1",
    "recovery/repair/web-front": "Recovery: repair, web-front",
}


@pytest.mark.parametrize("rule", CALLED)
def test_a_figure_is_called_as_people_say_it(rule: str) -> None:
    """The agreement's own name loses its hyphens; names of tickets, of outages and of what is looked after keep theirs."""
    assert CALLED[rule] == name_finding({"rule": rule})
    assert CALLED[rule].partition(": ")[2] == name_short({"rule": rule})
    assert say_rule(rule).split("/")[0] == rule.split("/")[0]


def test_a_run_on_paper_has_the_name_of_its_clock() -> None:
    """The paper's table of clocks names them as its headings do."""
    run = {"rule": "clocks/first-response/T-1", "verdict": "met", "quantities": {}}

    assert ["first response, T-1", "none", "none", "none", "none of none", "met"] == tell_run(run)


def test_readings_name_the_figures_that_they_change() -> None:
    """What another sense makes of a figure is told by the same name, and the statement itself stays as it was."""
    findings = [{"rule": "credits/per-hour", "shown": "GBP 1.00"}]
    reading = {
        "we_read": "whole hours", "figures": ["GBP 1.00"], "others": [{"sense": "begun hours", "figures": ["GBP 2.00"]}],
    }  # fmt: skip

    assert ("whole hours: per hour GBP 1.00", ["begun hours: per hour GBP 2.00"]) == tell_senses(findings, reading)
    assert "credits/per-hour" == findings[0]["rule"]
