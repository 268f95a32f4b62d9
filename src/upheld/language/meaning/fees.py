"""Charges: time without steps, months without a word on their parts, a price on what the text says is free."""

from upheld.core.terms.charges import Rate, parse_rate
from upheld.language.meaning.subject import Subject
from upheld.language.merge import Said

FREE = "none"


def check_fees(subject: Subject) -> None:
    for rule in subject.rules("charges"):
        for said in (rule, *subject.merged.below(*rule.path, "cases")):
            check_rate(subject, rule, said)
    for duty in subject.rules("duties"):
        if subject.value(*duty.path, "charge") == FREE:
            check_is_free(subject, duty)
    check_tax(subject)


def check_rate(subject: Subject, rule: Said, said: Said) -> None:
    """What a rate needs besides: steps where time is charged, a word on parts where months are."""
    rate = rate_of(subject, said)
    if rate is None or subject.merged.broken:
        return
    name = rule.path[1]
    asked = [("step", "time", "step: 15 minutes, or step: none for time as it was spent")] if rate.time else []
    parts = "part period: full, or part period: in proportion"
    asked += [("part period", f"by the {rate.per}", parts)] if rate.months else []
    for key, what, write in asked:
        if not (subject.has(*rule.path, key) or subject.has(*said.path, key)):
            subject.error(
                (*said.path, "price"), f"open question: {name} charges {what}, and does not say {key!r}",
                f"write {write}; where the text is silent, name a reading",
            )  # fmt: skip


def rate_of(subject: Subject, said: Said) -> Rate | None:
    written = subject.value(*said.path, "price") if subject.has(*said.path, "price") else None
    try:
        return parse_rate(written) if isinstance(written, str) else None
    except ValueError:
        return None


def check_is_free(subject: Subject, duty: Said) -> None:
    """A duty that costs nothing has no price elsewhere: not by its topic, its name, or its clauses."""
    name, topic = duty.path[1], subject.value(*duty.path, "topic")
    charge = subject.value("topics", str(topic), "charge") if topic else None
    if isinstance(charge, str) and charge != FREE:
        tell_priced(subject, duty, ("topics", str(topic), "charge"), f"the topic {topic} costs {charge}")
    for rule in subject.rules("charges"):
        if rate_of(subject, rule) is None:
            continue
        shared = [clause for clause in clauses_of(subject, duty) if clause in clauses_of(subject, rule)]
        if rule.path[1] == name or shared:
            where = f"under {' and '.join(shared)}" if shared else "by that name"
            tell_priced(subject, duty, (*rule.path, "price"), f"{rule.path[1]} is charged {where}")


def clauses_of(subject: Subject, rule: Said) -> list[str]:
    return list(dict.fromkeys(clause for leaf in subject.merged.leaves(rule.path) for clause in leaf.clauses))


def tell_priced(subject: Subject, duty: Said, path: tuple[str, ...], what: str) -> None:
    subject.error(
        path, f"the duty {duty.path[1]} costs nothing (charge: none, on {duty.spot}), and {what}",
        "take the price out, or take `charge: none` from the duty",
    )  # fmt: skip


def check_tax(subject: Subject) -> None:
    rate = subject.value("money", "tax")
    if rate not in (None, FREE) and subject.value("money", "prices") == "tax not stated":
        subject.error(
            ("money", "tax"), "a rate of tax is given, and the prices do not say whether they hold it",
            "write prices: before tax or with tax, or take the rate out",
        )  # fmt: skip
