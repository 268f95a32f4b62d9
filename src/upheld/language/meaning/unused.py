"""What is written down and used by nothing: readings, parameters, calendars, periods; and parameters that say too little."""

from upheld.language.kinds import TEXTS, Wrong
from upheld.language.meaning.subject import Subject
from upheld.language.merge import Said

NEEDS_A_USER = ("readings", "parameters", "periods", "calendars", "lists")
CHECKED_USUAL = {"duration": "length"} | {kind: kind for kind in ("number", "percent", "date", "zone", "flag")}


def check_unused(subject: Subject) -> None:
    for block in NEEDS_A_USER:
        for rule in subject.rules(block):
            if block == "periods" and len(subject.rules(block)) == 1:
                # What is judged case by case still stands in the statement of some period.
                continue
            if rule.path[1] not in subject.used.get(block, set()):
                noun = block.removesuffix("s")
                how = f"{noun} {rule.path[1]}" if noun in ("reading", "parameter") else rule.path[1]
                subject.error(
                    rule.path, f"unused {noun}: nothing says {how!r}", "write it where it acts, or take it out", rule.spot
                )
    for rule in subject.rules("parameters"):
        check_parameter(subject, rule)


def check_parameter(subject: Subject, rule: Said) -> None:
    kind, name = subject.value(*rule.path, "kind"), rule.path[1]
    choices, usual = subject.names_at(*rule.path, "choices"), subject.value(*rule.path, "usual")
    if kind == "choice" and not choices:
        subject.error(rule.path, f"parameter {name} is a choice without choices", "write choices: [one, two]", rule.spot)
    if kind == "choice" and choices and usual is not None and usual not in choices:
        subject.error(
            (*rule.path, "usual"), f"{usual!r} is not among the choices of {name}", f"write one of {', '.join(choices)}"
        )
    if isinstance(usual, str) and kind in CHECKED_USUAL:
        try:
            TEXTS[CHECKED_USUAL[str(kind)]](usual)
        except Wrong as wrong:
            subject.error((*rule.path, "usual"), wrong.what, wrong.try_this)
