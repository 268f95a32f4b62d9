"""Causes: excuses that need no proof, an outage without a cause that nobody answers for."""

from upheld.language.meaning.subject import Subject


def check_causes(subject: Subject) -> None:
    rules = subject.rules("causes")
    for rule in rules:
        if not subject.has(*rule.path, "counts as"):
            continue
        excuses = {value for value in subject.senses(*rule.path, "counts as") if value in ("up", "out of base")}
        if excuses and subject.has(*rule.path, "evidence") and not subject.names_at(*rule.path, "evidence"):
            subject.error(
                (*rule.path, "evidence"),
                f"exclusion without evidence: cause {rule.path[1]} excuses, and nothing has to be shown",
                "name the evidence that must be shown before it excuses anything",
            )
    usual = [rule for rule in rules if subject.value(*rule.path, "otherwise") is True]
    if len(usual) > 1:
        names = " and ".join(rule.path[1] for rule in usual)
        subject.error(
            (*usual[1].path, "otherwise"), f"{names} are both the cause of an outage to which none was put",
            "leave otherwise: true with one of them",
        )  # fmt: skip
    if rules and not usual and subject.rules("availability") and not subject.merged.broken:
        subject.error(
            rules[0].path, "open question: which cause has an outage to which none was put?",
            "write otherwise: true in that cause", rules[0].spot,
        )  # fmt: skip
