"""What a statement says, in the order of reading: names, tables and senses from its JSON alone."""

from typing import Any

import pytest

from upheld.core.statement import outline

LINES = {
    "value": {"money": "EUR 30.00"},
    "shown": "EUR 30.00",
    "words": "the lines, each rounded, less the credits",
    "because": [
        {"value": {"money": "EUR 50.00"}, "shown": "EUR 50.00", "words": "hosting", "clauses": ["A-1"]},
        {"value": {"money": "EUR 20.00"}, "shown": "EUR 20.00", "words": "credit tenfold", "sign": "−"},
    ],
}
TAX = {"value": {"money": "EUR 6.00"}, "shown": "EUR 6.00", "words": "tax: 20 % of EUR 30.00"}
ASIDE = {"value": {"words": "may be charged"}, "shown": "may be charged", "words": "a large backup"}


def figure(rule, verdict="met", shown="1", *, why=None, **more):
    return {"rule": rule, "verdict": verdict, "shown": shown, "quantities": {}, "why": why or {"words": "w"}, **more}


def invoice(*, waits=0, flagged=0, **sums):
    why = {"value": {"money": "EUR 36.00"}, "shown": "EUR 36.00", "words": "with tax", "because": [LINES, TAX, ASIDE]}
    amounts = {"net": {"money": "EUR 30.00"}, "tax": {"money": "EUR 6.00"}, "gross": {"money": "EUR 36.00"}, **sums}
    counts = {"waits": {"count": waits, "of": "lines"}, "flagged": {"count": flagged, "of": "lines"}}
    return {**figure("money/invoice", why=why), "quantities": {**amounts, **counts}}


class TestNames:
    def test_family_and_heading(self):
        """A figure is named by its family and the agreement's own words; an unknown family by itself."""
        names = [outline.name_finding(figure(rule)) for rule in ("duties/patches", "clocks/reply/T-1/2", "weather/rain")]

        assert ["Duty: patches", "Clock: reply, T-1, 2", "Weather: rain"] == names
        assert "reply, T-1" == outline.name_short(figure("clocks/reply/T-1"))

    def test_run_is_of_one_ticket_or_outage(self):
        """What a period came to is no run; nor is one credit of several promises."""
        rules = ("clocks/reply", "clocks/reply/T-1", "recovery/rto/O-1", "credits/back/uptime")

        assert [False, True, True, False] == [outline.is_run(figure(rule)) for rule in rules]

    def test_quiet_is_what_nothing_led_to(self):
        """A figure with a step or a fact below it has something to open."""
        led = [{"words": "w"}, {"words": "w", "because": [{}]}, {"words": "w", "facts": ["f"]}]

        assert [True, False, False] == [outline.is_quiet(figure("duties/a", why=why)) for why in led]


class TestCountMissed:
    def test_counts_promises_besides_availability(self):
        """Neither a single run nor a goal that was not reached is a missed promise."""
        findings = [
            figure("availability/uptime", "missed"), figure("clocks/reply", "missed"), figure("clocks/reply/T-1", "missed"),
            figure("recovery/rto", "not reached"), figure("notices/outages", "missed"),
        ]  # fmt: skip

        assert 2 == outline.count_missed(findings)


class TestTellBounds:
    @pytest.mark.parametrize(
        ("more", "told"),
        [
            ({}, ""),
            ({"lower": {"shown": "1"}, "upper": {"shown": "1"}}, ""),
            ({"lower": {"shown": "0"}, "coverage": {"shown": "99 %"}}, "at least 0; measured 99 % of the time"),
            ({"upper": {"shown": "2"}}, "at most 2"),
        ],
    )
    def test_only_what_differs_from_the_figure(self, more, told):
        """A bound that is the figure itself says nothing."""
        assert told == outline.tell_bounds(figure("availability/uptime", **more))


class TestTellSenses:
    def tell(self, ours, *others):
        findings = [figure("availability/uptime"), figure("credits/tenfold")]
        written = [{"sense": f"other {place}", "figures": list(figures)} for place, figures in enumerate(others)]
        return outline.tell_senses(findings, {"we_read": "ours", "figures": ours, "others": written})

    def test_names_the_figures_that_change(self):
        """A sense that changes the credit says what the credit would be, and nothing of the rest."""
        told = self.tell(["99 %", "EUR 10.00"], ["99 %", "EUR 20.00"], ["99 %", "EUR 10.00"])

        assert ("ours: tenfold EUR 10.00", ["other 0: tenfold EUR 20.00", "other 1: the same figures"]) == told

    def test_without_change(self):
        """A reading that changes nothing is our sense alone."""
        assert ("ours", ["other 0: the same figures"]) == self.tell(["1", "2"], ["1", "2"])

    def test_other_numbers_of_figures(self):
        """Where a sense makes more figures, those that only one side has are told."""
        assert ("ours: nothing more", ["other 0: 5"]) == self.tell(["1", "2"], ["1", "2", "5"])
        assert ("ours: 2", ["other 0: nothing more"]) == self.tell(["1", "2"], ["1"])


class TestTellChange:
    FINDINGS = (
        {**figure("availability/uptime"), "value": {"share": "1/1"}},
        {**figure("credits/tenfold", "not applicable"), "value": {"money": "EUR 1.00"}},
    )

    def change(self, *others):
        written = [{"figures": list(figures), "verdicts": [verdict]} for verdict, *figures in others]
        return outline.tell_change(self.FINDINGS, {"figures": ["99 %", "EUR 1.00"], "others": written})

    @pytest.mark.parametrize(
        ("others", "told"),
        [
            ([("met", "99 %", "EUR 1.00")], "nothing"),
            ([("met", "98 %", "EUR 1.00")], "figures"),
            ([("met", "99 %", "EUR 2.00")], "money"),
            ([("missed", "99 %", "EUR 1.00")], "verdicts"),
            ([("missed", "98 %", "EUR 1.00")], "verdicts and figures"),
            ([("met", "98 %", "EUR 1.00"), ("missed", "99 %", "EUR 2.00")], "verdicts, money and figures"),
            ([("met", "99 %", "EUR 1.00", "5")], "figures"),
        ],
    )
    def test_says_what_is_compared(self, others, told):
        """Verdicts, money and other figures are compared each for itself, over all other senses."""
        assert told == self.change(*others)


def outlined(*findings: dict[str, Any]) -> outline.Preview:
    """The preview of an invoice that is there."""
    found = outline.preview_invoice(list(findings))
    assert found is not None
    return found


class TestPreviewInvoice:
    def test_lines_add_up_to_net(self):
        """The counted lines with their signs make the net sum; what may be charged stands below, uncounted."""
        found = outlined(figure("duties/a"), invoice())

        told = [(line.words, line.shown, line.counts) for line in found.lines]
        counted = [("hosting", "EUR 50.00", True), ("credit tenfold", "− EUR 20.00", True)]
        assert [*counted, ("a large backup", "may be charged", False)] == told
        assert (("Net", "EUR 30.00"), ("Tax", "EUR 6.00"), ("With tax", "EUR 36.00")) == found.sums
        assert ("", 1, ("A-1",)) == (found.says, found.place, found.lines[0].clauses)

    def test_says_what_is_not_stated_and_what_waits(self):
        """Tax that the agreement does not state has a word; open lines are told by their number."""
        found = outlined(invoice(waits=1, flagged=2, tax={"words": "not stated"}))
        other = outlined(invoice(waits=2, flagged=1, net={"money": "EUR 31.00"}))

        assert ("Tax", "not stated") == found.sums[1]
        assert ("Net", "EUR 31.00") == other.sums[0]
        assert "1 line waits for an answer; 2 lines may be charged besides" == found.says
        assert "2 lines wait for an answer; 1 line may be charged besides" == other.says

    def test_says_nothing_of_lines_that_nobody_counted(self):
        """An invoice that tells of no line that waits or may be charged has none."""
        counted = invoice()
        sums = {name: value for name, value in counted["quantities"].items() if name not in ("waits", "flagged")}

        assert "" == outlined({**counted, "quantities": sums}).says

    def test_nothing_charged(self):
        """Without an invoice there is none to show; one without lines has only its sums."""
        bare = {**invoice(), "why": {"value": {"money": "EUR 0.00"}, "shown": "EUR 0.00", "words": "with tax"}}

        assert outline.preview_invoice([figure("duties/a")]) is None
        assert () == outlined(bare).lines
