"""Readings that settle nothing: one sense only, a chosen sense that is none of them, the reading itself; senses untested."""

from collections.abc import Iterable

from upheld.language.examples import Example
from upheld.language.meaning.subject import Subject
from upheld.language.merge import Merged, Said
from upheld.language.nodes import Mapping, Scalar, Sequence, plain, read_reference
from upheld.language.problem import Problems, nearest_or_list

MOST_READINGS = 200


def check_readings(subject: Subject) -> None:
    if len(subject.rules("readings")) > MOST_READINGS:
        what = f"this file has more than {MOST_READINGS} readings"
        subject.error(("readings",), what, "a text that leaves so much open is no agreement yet")
    for rule in subject.rules("readings"):
        senses = subject.merged.node((*rule.path, "senses"))
        if senses is None:
            continue
        if not isinstance(senses, Mapping | Sequence):
            subject.error(
                (*rule.path, "senses"), "senses are a list of values, or a map of names to values",
                "write senses: [one, two]",
            )  # fmt: skip
            continue
        check_senses(subject, rule, senses)


def check_senses(subject: Subject, rule: Said, senses: Mapping | Sequence) -> None:
    if isinstance(senses, Mapping):
        named, values = [entry.key for entry in senses.entries], [entry.value for entry in senses.entries]
    else:
        named, values = [plain(item) for item in senses.items], list(senses.items)
    name, path = rule.path[1], (*rule.path, "senses")
    if len(named) == 1:
        subject.error(path, f"reading {name} has one sense only", "name the other sense, or say the value itself")
    if isinstance(senses, Sequence) and any(not isinstance(one, str) for one in named):
        subject.error(path, f"a sense of reading {name} is not a text", "give it a name: senses: {NAME: value, …}")
    for number, one in enumerate(named):
        if one in named[:number]:
            subject.error(path, f"reading {name} has the sense {one!r} twice", "take one of them out")
    chosen = subject.merged.node((*rule.path, "we read"))
    if chosen is not None and plain(chosen) not in named:
        words = [str(one) for one in named]
        subject.error(
            (*rule.path, "we read"), f"we read {plain(chosen)!r}, which is not among the senses of {name}",
            nearest_or_list(str(plain(chosen)), words),
        )  # fmt: skip
    for value in values:
        if isinstance(value, Scalar) and read_reference(value) == ("readings", name):
            subject.error(path, f"reading {name} has itself as a sense", "write the value", value.spot)


def check_untested(merged: Merged, examples: Iterable[Example], problems: Problems) -> None:
    """Each sense that is not the one read has an example under it: what hangs on the question can then be seen."""
    silent = {str(said.value) for said in merged.leaves(("agreement", "related"))}
    shown = {pair for example in examples for pair in example.readings.items()}
    for rule in merged.below("readings"):
        name, senses = rule.path[1], merged.node((*rule.path, "senses"))
        chosen = merged.text(*rule.path, "we read")
        named = [entry.key for entry in senses.entries] if isinstance(senses, Mapping) else []
        named = [str(plain(item)) for item in senses.items] if isinstance(senses, Sequence) else named
        if f"reading {name}" in silent:
            # Which of two texts prevails is read by people; no figure hangs on it.
            continue
        if unseen := [sense for sense in named if sense != chosen and (name, sense) not in shown]:
            told = " nor ".join(repr(sense) for sense in unseen)
            problems.warn(
                merged.spot(*rule.path, "senses"), f"untested reading: no example shows {name} under {told}",
                f"add an example with readings: {{{name}: {unseen[0]}}}, in which it matters", merged.clause(*rule.path),
            )  # fmt: skip
