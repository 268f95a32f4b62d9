"""Each problem of meaning that has no golden file of its own: found at its place, with its clause and with what to do."""

import pytest

from tests.golden.record import AS_OF, GOLDEN
from tests.language.samples import SMALL, change
from upheld.language import check
from upheld.language.problem import Problem

DESK = (GOLDEN / "good/desk.md").read_text("utf-8")
ANSWER = "    hours: desk-hours\n    pauses: [{waiting for: customer}]"
SECOND_CLOCK = """{name}: {{strength: {strength}, starts: received, stops: {stops}, repeats: {repeats}, within: {within},
    hours: desk-hours, pauses: none, after change: from start, after reopen: resumes, evidence: [tickets], cite: HD-09}}"""
EVIDENCE = "evidence:\n  tickets:"
COUNTED = "    counting: time down"
PRINTED = "    formula: (T - M - D) / (T - M)\n    where: {T: all time, M: out of base, D: down}"
CASES = """    cases:
      small: {when: {size: small}, unmeasured: up}
      large: {when: {size: large}, unmeasured: down}"""
SIZES = "parameters: {size: {kind: choice, choices: [small, large, huge]}}\nservices:\n  mail: {each"


def clock(name: str, stops: str, within: str, repeats: str = "never", strength: str = "promise") -> str:
    return "\n  " + SECOND_CLOCK.format(name=name, stops=stops, within=within, repeats=repeats, strength=strength)


def with_clocks(*clocks: str) -> tuple[tuple[str, str], ...]:
    return ((EVIDENCE, "".join(clocks).removeprefix("\n") + "\n" + EVIDENCE),)


DESK_CASES: dict[str, tuple[tuple[tuple[str, str], ...], str, str]] = {
    "clock without calendar": (
        ((ANSWER, "    pauses: [{waiting for: customer}]"),),
        "  answer:\n", "open question: 'answer' does not say 'hours'",
    ),
    "update longer than resolution": (
        with_clocks(clock("word", "update sent", "8 hours", "at each stop"), clock("repair", "resolved", "5 hours")),
        "within: 8 hours", "word allows more time between two updates than repair allows to resolve (8 hours, 5 hours)",
    ),
    "answer longer than resolution in open hours": (
        with_clocks(clock("repair", "resolved", "3 desk-hours hours"), clock("word", "ETA given", "5 hours")),
        "within: 5 hours", "word allows more time to answer than repair allows to resolve (5 hours, 3 desk-hours hours)",
    ),
    "two figures for one span": (
        with_clocks(clock("repair", "resolved", "3 hours"), clock("repair-too", "resolved", "5 hours")),
        "within: 5 hours", "two figures for one span: repair says 3 hours, repair-too says 5 hours",
    ),
    "a priority that there is not": (
        (("when: {priority: usual}", "when: {priority: unusual}"),),
        "priority: unusual", "this can never hold: priority is asked to be 'unusual', which it never is",
    ),
    "a channel that there is not": (
        (("when: {volume: more than 100}", "when: {channel: post}"),),
        "channel: post", "this can never hold: channel is asked to be 'post', which it never is",
    ),
    "a result that is none": (
        (("when: {answer: missed}", "when: {answer: broken}"),),
        "{answer: broken}", "this can never hold: answer is asked to be 'broken', which it never is",
    ),
    "a pause that never is": (
        (("pauses: [{waiting for: customer}]", "pauses: [{priority: none-such}]"),),
        "pauses: [{priority", "this can never hold: priority is asked to be 'none-such', which it never is",
    ),
    "phone priorities of two clauses": (
        (("is: anything else, cite", "is: anything else, by phone: must, cite"),),
        "by phone: must", "two clauses differ on the telephone: usual may be phoned in, and it is open for urgent alone",
    ),
    "a telephone for more than the priorities say": (
        (("priorities: [urgent], opens", "priorities: [urgent, usual], opens"),),
        "priorities: [urgent, usual]", "two clauses differ on the telephone: it is open for usual",
    ),
    "customers without a channel": (
        (
            ("mail: {opens ticket: true,", "mail: {opens ticket: true, when: {package: gold},"),
            ("channels:\n", "parameters: {package: {kind: choice, choices: [gold, silver]}}\nchannels:\n"),
        ),
        "when: {package: gold}", "no channel is left for a customer with package silver",
    ),
    "a chaser": (
        (("starts: received", "starts: latest customer message"), ("repeats: never", "repeats: at each start")),
        "starts: latest", "a second question restarts answer",
    ),
    "a time that changes with the calendar": (
        (("when: {volume: more than 100}", "when: {start: outside desk-hours}"),),
        "      large:", "open question: answer has another time when large holds, and does not say 'crossing'",
    ),
    "notice of the term not stated": (
        (("early end: refused, notice: 3 months", "early end: refused"),),
        "term:", "open question: 'term' does not say 'notice'",
    ),
}  # fmt: skip

SMALL_CASES: dict[str, tuple[tuple[tuple[str, str], ...], str, str]] = {
    "a component that nobody watches": (
        (("{smtp: {covered: true}}", "{smtp: {covered: true}, imap: {covered: true}}"),),
        "imap: {covered", "nobody watches imap: it is covered, and mail is never down by it",
    ),
    "a target longer than its period": (
        (("target: at least 99.9 %", "target: at most 800 hours"), (COUNTED, "    counting: each outage")),
        "at most 800 hours", "the target at most 800 hours is longer than its period",
    ),
    "an interval error rate without idle": (
        ((COUNTED, "    counting: mean error rate\n    each: 5 minutes"), (PRINTED + "\n", "")),
        "counting: mean", "open question: uptime counts mean error rate, and does not say 'idle'",
    ),
    "a formula of requests that is none": (
        (
            (COUNTED, "    counting: requests"),
            (PRINTED, "    formula: (T - D) / D\n    where: {T: requests, D: failed requests}"),
        ),
        "formula: (T", "the formula (T - D) / D is not the share of requests that counting: requests stands for",
    ),
    "a formula of requests that leaves out those that failed": (
        ((COUNTED, "    counting: requests"), (PRINTED, "    formula: T / T\n    where: {T: requests}")),
        "formula: T", "the formula of uptime leaves out the failed requests, which it counts",
    ),
    "a choice that there is not": (
        ((COUNTED, COUNTED + "\n" + CASES.replace("large}", "lage}")), ("services:\n  mail: {each", SIZES)),
        "size: lage", "this can never hold: size is asked to be 'lage', which it never is",
    ),
    "a choice without a case": (
        ((COUNTED, COUNTED + "\n" + CASES), ("services:\n  mail: {each", SIZES)),
        "    cases:", "no case is left for size huge: uptime then promises nothing",
    ),
    "a usual value that the prose does not say": (
        (("{kind: money, per: month, cite", "{kind: money, per: month, usual: GBP 9, cite"),),
        "usual: GBP 9", "the prose of MH-05 does not say 'GBP 9'",
    ),
    "an untested reading": (
        (("readings: {blind-time: up}\n", ""), ("verdict: met", "verdict: undecided")),
        "senses: [undecided, up]", "untested reading: no example shows blind-time under 'up'",
    ),
    "a period anchored off its example": (
        (("{length: 1 month, starts: 1 January", "{length: 3 months, starts: 1 February"),),
        "```example Two hours", "this example speaks of 2025-06, in which no month begins: they begin in February, May",
    ),
    "a credit for no promise": (
        (("    strength: promise", "    strength: best effort"),),
        "uptime: missed", "hours is a credit for uptime, which is no promise but best effort",
    ),
    "a price that is none": (
        (("    of: parameter monthly-price", "    of: plenty"),),
        "of: plenty", "'plenty' is not money",
    ),
    "a price for a promise that there is not": (
        (("    of: parameter monthly-price", "    of: {uptme: parameter monthly-price}"),),
        "of: {uptme", "no rule is called 'uptme'",
    ),
    "a price of a promise that is none": (
        (("    of: parameter monthly-price", "    of: {uptime: plenty}"),),
        "of: {uptime", "'plenty' is not money",
    ),
    "a list of prices": (
        (("    of: parameter monthly-price", "    of: [parameter monthly-price]"),),
        "of: [parameter", "a list stands where one value is expected",
    ),
    "a price for no promise under each of": (
        (("    of: parameter monthly-price", "    of: {uptime: parameter monthly-price}"),),
        "of: {uptime", "uptime is not under each of, and has a price",
    ),
    "a cap over a share of nothing": (
        (("claims:\n", "caps: {a: {for: hours, at most: 99.9 %, per: period, above cap: lost, cite: MH-02}}\nclaims:\n"),),
        "at most: 99.9 %", "99.9 % is a part of a price",
    ),
    "a cap over a credit that there is not": (
        (("claims:\n", "caps: {all: {for: [hour], at most: GBP 9, per: period, above cap: lost, cite: MH-05}}\nclaims:\n"),),
        "for: [hour]", "no credit is called 'hour'",
    ),
}  # fmt: skip


def found_in(text: str, what: str) -> Problem:
    told = [problem for problem in check(text, as_of=AS_OF).problems if what in problem.what]
    assert told, [str(problem) for problem in check(text, as_of=AS_OF).problems]
    return told[0]


def line_of(text: str, words: str) -> int:
    return text.count("\n", 0, text.index(words)) + 1


def test_the_agreements_from_which_these_are_made_are_clean() -> None:
    """Each problem below comes of the words that were changed."""
    assert [(), ()] == [check(text, as_of=AS_OF).problems for text in (SMALL, DESK)]


@pytest.mark.parametrize("case", DESK_CASES)
def test_of_a_desk(case: str) -> None:
    """At the line of the words that are wrong, with a clause and advice."""
    pairs, place, what = DESK_CASES[case]
    text = change(*pairs, text=DESK.replace("once an answer was late.", "once an answer was late.\n\n**HD-09** And so on."))

    problem = found_in(text, what)

    assert (line_of(text, place), True, True) == (problem.line, bool(problem.clause), bool(problem.try_this))


@pytest.mark.parametrize("case", SMALL_CASES)
def test_of_a_service(case: str) -> None:
    """At the line of the words that are wrong, with a clause and advice."""
    pairs, place, what = SMALL_CASES[case]
    text = change(*pairs)

    problem = found_in(text, what)

    assert (line_of(text, place), True, True) == (problem.line, bool(problem.clause), bool(problem.try_this))


def test_two_figures_are_told_apart_by_their_strength() -> None:
    """An objective and a limit of one span do not contradict each other."""
    pair = with_clocks(
        clock("repair", "resolved", "3 hours", strength="objective"), clock("repair-too", "resolved", "5 hours")
    )

    found = check(change(*pair, text=DESK), as_of=AS_OF).problems

    assert [] == [problem for problem in found if "two figures" in problem.what]


def test_a_channel_for_everybody_is_enough() -> None:
    """A condition on one channel leaves nobody out while another has none."""
    text = change(
        ("chat: {opens ticket: false,", "chat: {opens ticket: true, when: {package: gold},"),
        ("channels:\n", "parameters: {package: {kind: choice, choices: [gold, silver]}}\nchannels:\n"), text=DESK,
    )  # fmt: skip

    assert () == check(text, as_of=AS_OF).problems
