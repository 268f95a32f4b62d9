"""
The traps of the five texts from which the shipped agreements were made: each contradiction, silence and double meaning that
a reader found in them is found by the check as well, as soon as the reading that settles it is taken out, and nothing is
found while it stands there.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.golden.record import AS_OF
from upheld.language import check

ROOT = Path(__file__).parents[2]
OPEN = "open question: "
EXAMPLE = re.compile(r"\n```example[^\n]*\n.*?\n```\n", re.DOTALL)


@dataclass(frozen=True)
class Trap:
    """What is written instead, and what is then told at the line that holds `place` of the changed text."""

    agreement: str
    name: str
    readings: tuple[str, ...]
    changes: tuple[tuple[str, str], ...]
    place: str
    told: str


def left_out(line: str) -> tuple[str, str]:
    """A line of its own is taken out, with the white space before it."""
    return f"\n{line}\n", "\n"


TRAPS = (
    # ---- recovery in hours, and support on the clocks of a place
    Trap("flosum", "two figures for the loss of data, 4 hours and 24", ("rpo-and-limit",),
         (("strength: reading rpo-and-limit", "strength: objective"),),
         "    within: 24 hours", "two figures for one span: rpo says 4 hours, max-loss says 24 hours"),
    Trap("flosum", "two times to be back, if both ran from the declaration, in different hours", ("two-rtos",),
         (("starts: reading two-rtos", "starts: disaster declared"),
          ("declared\n    stops: outage end\n    repeats: never\n    within: 12 hours",
           "declared\n    stops: outage end\n    repeats: never\n    within: 4 hours")),
         "    within: 12 hours\n    hours: always\n    pauses: reading dependency-time\n    after change: from start\n"
         "    evidence: [monitoring]\n    cite: FL-07", "two figures for one span: rto says 4 hours, dr says 12 hours"),
    Trap("flosum", "EST, an offset or the time of New York", ("est-is-new-york",),
         (("support: {zone: reading est-is-new-york", "support: {zone: EST"),
          ("zone: reading est-is-new-york", "zone: UTC")),
         "zone: EST", "'EST' is the name of an offset, not of a place"),
    Trap("flosum", "the latest message, with which a second question restarts the time", ("which-message",),
         (("starts: reading which-message", "starts: latest customer message"),),
         "starts: latest customer message", "a second question restarts ongoing-response"),
    # ---- availability by a formula, tenfold credits, a desk for e-mail
    Trap("teamplify", "the time to respond from the information, and again from the request", ("information-first",),
         (("starts: reading information-first", "starts: information complete"),
          ("      low: {when: {priority: low}, within: none, cite: TP-68}",
           "      low: {when: {priority: low}, within: none, cite: TP-68}\n    starts: received")),
         "    starts: received\nchannels", "clocks / respond / starts is said twice"),
    Trap("teamplify", "the time to respond from neither", ("information-first",),
         (("{starts: reading information-first, cite: TP-22}", "{cite: TP-22}"),),
         "  respond: {cite: TP-22}", OPEN + "'respond' does not say 'starts'"),
    Trap("teamplify", "M in the formula without what leaves the calculation", ("M-includes-regular",),
         (("counts as: reading M-includes-regular", "counts as: out of base"),
          ("where: {T: all time, M: out of base, D: down}", "where: {T: all time, M: up by exclusion, D: down}")),
         "    formula: (T - M", "the formula of uptime leaves out the time out of base, into which emergency goes"),
    Trap("teamplify", "whether Regular Maintenance counts", ("M-includes-regular",),
         (left_out("    counts as: reading M-includes-regular"),),
         "  regular:\n    is: short interruption", OPEN + "'regular' does not say 'counts as'"),
    Trap("teamplify", "Failover Tests, of whose effect nothing is said", ("failover-counts",),
         (left_out("    counts as: reading failover-counts"),),
         "  failover-test:\n    is:", OPEN + "'failover-test' does not say 'counts as'"),
    Trap("teamplify", "Maintenance Time, a word that nothing uses", (), ((", see: [month], cite: TP-18", ", cite: TP-18"),),
         "  Maintenance Time: {means", "unused definition: no other clause says 'Maintenance Time'"),
    Trap("teamplify", "a sentence that breaks off before the hours", ("open-hours",),
         (("open: reading open-hours, ", ""),), "  service-times: {closed", OPEN + "'service-times' does not say 'open'"),
    Trap("teamplify", "an outage that comes by e-mail is Low at first", ("email-raise",),
         (("after change: reading email-raise", "note: nothing is said"),),
         "  respond: {starts: reading", OPEN + "'respond' does not say 'after change'"),
    Trap("teamplify", "full hours, of one outage or of the month", ("per-interruption",),
         (left_out("    counted: reading per-interruption"),),
         "  tenfold: {as", OPEN + "tenfold pays for full units of time, and does not say 'counted'"),
    # ---- a quarter, business hours, the live chat
    Trap("redtrack", "business hours that are nowhere said", ("business-hours",),
         (("open: reading business-hours, ", ""),), "  business: {cite: RT-31}",
         OPEN + "'business' does not say 'open'"),
    Trap("redtrack", "GMT+3, the name of no place", ("gmt-plus-three",),
         (("business: {zone: reading gmt-plus-three", "business: {zone: GMT+3"),
          ("zone: reading gmt-plus-three", "zone: fixed UTC+03:00")),
         "zone: GMT+3", "'GMT+3' is the name of an offset, not of a place"),
    Trap("redtrack", "at once, without a figure", ("immediate",), (("within: reading immediate, ", ""),),
         "  respond:\n    when", OPEN + "'respond' does not say 'within'"),
    Trap("redtrack", "at once, as a figure", ("immediate",), (("within: reading immediate", "within: immediate"),),
         "within: immediate", "'immediate' is not a length of time"),
    Trap("redtrack", "a delay of up to 24 hours on what is to be at once", ("delay-24h",),
         ((", at latest: reading delay-24h", ""), (", at latest: reading delay-24h", "")),
         "**RT-65**", "RT-65 says '24 hours', and no value that carries it out does"),
    Trap("redtrack", "ten minutes that may grow to sixty", ("slow-chat",),
         (("slow: {when: reading slow-chat, within: 60 minutes}", "slow: {within: 60 minutes}"),
          ("quick: {otherwise: true, within", "quick: {within")),
         "      quick: {within", "slow and quick of chat can hold together, and nothing orders them"),
    Trap("redtrack", "a quarter that begins on 1 February", ("quarter-zone",),
         (("starts: 1 February, zone: reading quarter-zone", "starts: 1 January, zone: UTC"),),
         "**RT-15**", "RT-15 says '1 February', and no value that carries it out does; the rule says '1 January'"),
    Trap("redtrack", "a quarter by nobody's clocks", ("quarter-zone",), ((" zone: reading quarter-zone,", ""),),
         "  quarter: {length", OPEN + "'quarter' does not say 'zone'"),
    Trap("redtrack", "a date that is one day here and another there", ("day-first",),
         (("on 8 January 2023", "on 08/01/2023"), ("last review: reading day-first", "last review: 2023-01-08")),
         "**RT-03**", "RT-03 says '08/01/2023', which is one day in some countries and another elsewhere"),
    Trap("redtrack", "the same date as a value", ("day-first",), (("reading day-first", "08/01/2023"),),
         "last review: 08", "'08/01/2023' is not a date"),
    Trap("redtrack", "an answer, a solution or the time of one", ("what-answers",),
         (left_out("    stops: reading what-answers"),), "  respond:\n    when", OPEN + "'respond' does not say 'stops'"),
    Trap("redtrack", "times that grow accordingly", ("third-party-extension",),
         (left_out("    pauses: reading third-party-extension"), left_out("    pauses: reading third-party-extension")),
         "  respond:\n    when", OPEN + "'respond' does not say 'pauses'"),
    # ---- a share without a span, a credit without a rule, the telephone
    Trap("code-enigma", "99.9 % of no span", ("month-london",), (left_out("    period: reading month-london"),),
         "  uptime:\n    cite", OPEN + "'uptime' does not say 'period'"),
    Trap("code-enigma", "a credit of which no rule is given", (), (left_out("    pays: time lost"),),
         "  prorated:\n    cite: CE-42\n    when", "prorated does not say what it pays"),
    Trap("code-enigma", "a credit that hangs on negligence", ("negligence",),
         (left_out("    granted: reading negligence"),),
         "  prorated:\n    cite: CE-42\n    when", OPEN + "'prorated' does not say 'granted'"),
    Trap("code-enigma", "a UK working day, of which nation's holidays", ("bank-holidays",),
         ((" closed: reading bank-holidays,", ""),),
         "  uk-working: {zone", OPEN + "'uk-working' does not say 'closed'"),
    Trap("code-enigma", "a UK working day, of which hours", ("working-hours",), ((" open: reading working-hours,", ""),),
         "  uk-working: {zone", OPEN + "'uk-working' does not say 'open'"),
    Trap("code-enigma", "the telephone for Urgent and High alone, and for Normal", ("normal-may-phone",),
         (("priorities: reading normal-may-phone", "priorities: [urgent, high]"),
          ("telephone: {cite: CE-66}", "telephone: {priorities: [urgent, high, normal], cite: CE-66}")),
         "telephone: {priorities", "telephone / priorities is said twice"),
    Trap("code-enigma", "the same, as a word of the priority", ("normal-may-phone",),
         (("priorities: reading normal-may-phone", "priorities: [urgent, high]"),
          ("is: a small problem for administrators", "is: a small problem for administrators\n    by phone: may"),
          ("is: a critical failure by which", "by phone: may\n    is: a critical failure by which")),
         "    by phone: may\n    cite: CE-63", "two clauses differ on the telephone: normal may be phoned in"),
    Trap("code-enigma", "a gate before which nobody may call, and no time of it", (), (left_out("  opens after: respond"),),
         "telephone:\n  number", OPEN + "'telephone' does not say 'opens after'"),
    Trap("code-enigma", "a fee for misuse without a least charge", ("misuse-no-minimum",),
         ((" least: reading misuse-no-minimum,", ""),), "  misuse: {is", OPEN + "'misuse' does not say 'least'"),
    Trap("code-enigma", "a fee for misuse without steps", (),
         (("least: reading misuse-no-minimum, step: reading after-first-hour,", "least: reading misuse-no-minimum,"),),
         "  misuse: {is", OPEN + "misuse charges time, and does not say 'step'"),
    # ---- a goal, a credit that may be given, weekdays of no zone
    Trap("funnelflux", "a goal that is no guarantee", (),
         (("    when: {responsible: provider, cite: FF-34}", "    when: {uptime: missed, cite: FF-34}"),),
         "    when: {uptime: missed", "slow-restore is a credit for uptime, which is no promise but goal"),
    Trap("funnelflux", "a credit that may be given", ("may-be-given",), (("granted: reading may-be-given", "note: silent"),),
         "  slow-restore:\n    cite: FF-33", OPEN + "'slow-restore' does not say 'granted'"),
    Trap("funnelflux", "weekdays and weekends by nobody's clocks", ("zone-utc",),
         (("{zone: reading zone-utc, open", "{open"), ("zone: reading zone-utc", "zone: UTC")),
         "  weekdays: {open", OPEN + "calendar weekdays has hours and no zone"),
    Trap("funnelflux", "an issue that lives through the midnight of Friday", ("window-by-start",),
         (left_out("    crossing: reading window-by-start"), left_out("    crossing: reading window-by-start")),
         "      weekday: {when", OPEN + "resolve has another time when weekday holds, and does not say 'crossing'"),
    Trap("funnelflux", "compensation without an upper limit", ("no-cap",), (left_out("    cap: reading no-cap"),),
         "  slow-restore:\n    cite: FF-33", OPEN + "'slow-restore' does not say 'cap'"),
    Trap("funnelflux", "six hours for all days, and twelve for weekends", ("same-threshold",),
         (("beyond: reading same-threshold", "beyond: 6 hours"),
          ("slow-restore: {cite: FF-38}", "slow-restore: {beyond: restore, cite: FF-38}")),
         "slow-restore: {beyond", "credits / slow-restore / beyond is said twice"),
)  # fmt: skip


@cache
def read(agreement: str) -> str:
    return (ROOT / f"agreements/{agreement}.md").read_text("utf-8")


def take_out(reading: str, text: str) -> str:
    """The text without a reading."""
    found = re.search(rf"^  {reading}:(?: \{{.*\n|\n(?:    .*\n)+)", text[text.index(f"\n  {reading}:") :], re.MULTILINE)
    assert found, reading
    start = text.index(f"\n  {reading}:") + 1
    text = text[:start] + text[start + len(found[0]) :]
    # A block that held this reading alone is taken out with it.
    return re.sub(r"^readings:\n(?=\S)", "", text, flags=re.MULTILINE)


def spring(trap: Trap) -> str:
    """The text without its readings and without examples, some of which turn them to another sense."""
    text = EXAMPLE.sub("\n", read(trap.agreement))
    for old, new in trap.changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    for reading in trap.readings:
        text = take_out(reading, text)
    return text


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: f"{trap.agreement}: {trap.name}")
def test_is_found_when_its_reading_is_taken_out(trap: Trap) -> None:
    """At the line where it lies, with its clause and what to do; the shipped text, which settles it, has nothing of it."""
    text = spring(trap)
    line = text.count("\n", 0, text.index(trap.place)) + 1

    found = check(text, as_of=AS_OF).problems

    told = [problem for problem in found if trap.told in f"{problem.what}; {problem.try_this}"]
    assert [line] == [problem.line for problem in told][:1], [str(problem) for problem in found]
    assert all(problem.clause and problem.try_this and problem.column for problem in told)
    assert not any(trap.told in problem.what for problem in check(read(trap.agreement), as_of=AS_OF).problems)


def test_all_five_texts_have_theirs() -> None:
    """None of the shipped agreements is left out."""
    assert {path.stem for path in ROOT.glob("agreements/*.md")} == {trap.agreement for trap in TRAPS}
