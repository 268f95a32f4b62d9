"""Readings that settle nothing: one sense only, a chosen sense that is none of them, a sense that is the reading itself."""

from upheld.language.meaning.subject import Subject
from upheld.language.merge import Said
from upheld.language.nodes import Mapping, Scalar, Sequence, plain, read_reference
from upheld.language.problem import nearest_or_list

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
