"""Credits and claims: one way of paying, what an hour is worth, money that is rounded, deadlines of one kind."""

from upheld.core.terms.quantities import Days, Deadline, Months, OpenTime, parse_deadline
from upheld.language.kinds import is_money
from upheld.language.meaning.conditions import facts_of
from upheld.language.meaning.subject import Subject
from upheld.language.merge import Said

PROMISES = ("availability", "measures", "clocks", "recovery")
WAYS = ("bands", "pays", "formula")


def check_credits(subject: Subject) -> None:
    for rule in subject.rules("credits"):
        if not subject.merged.broken:
            check_way_of_paying(subject, rule)
            check_claimable(subject, rule)
        check_is_for_a_promise(subject, rule)
    for rule in subject.rules("claims"):
        check_deadlines(subject, rule)
    check_money(subject)


def check_way_of_paying(subject: Subject, rule: Said) -> None:
    name = rule.path[1]
    cases = [case for case in subject.merged.below(*rule.path, "cases") if case.path[-1] != "order"]
    for case in cases or [rule]:
        ways = [way for way in WAYS if subject.has(*rule.path, way) or subject.has(*case.path, way)]
        if len(ways) != 1:
            what = f"pays in {len(ways)} ways ({', '.join(ways)})" if ways else "does not say what it pays"
            subject.error(case.path, f"{name} {what}", "give it exactly one of pays, bands and formula", case.spot)
            return
    pays, gives = str(subject.value(*rule.path, "pays")), subject.value(*rule.path, "as")
    by_hour = "hour" in pays or pays == "time lost"
    unit = "hour" if by_hour else "day" if "day" in pays or "daily" in pays else ""
    if gives in ("term extension", "free period") and pays.endswith(" of service"):
        unit = ""
    if unit and not subject.has(*rule.path, f"{unit} is worth"):
        subject.error(
            rule.path, f"open question: {name} pays by the {unit}, and does not say '{unit} is worth'",
            f"write {unit} is worth: of / {unit}s of the period, or name a reading", rule.spot,
        )  # fmt: skip
    unit_said = subject.value(*rule.path, "for each")
    if ways == ["pays"] and unit_said not in (None, "case"):
        for key in ("counted", "touching"):
            if subject.value(*rule.path, "per") == "outage" and not subject.has(*rule.path, key):
                subject.error(
                    rule.path, f"open question: {name} pays for full units of time, and does not say {key!r}",
                    f"write {key}: …, or name a reading", rule.spot,
                )  # fmt: skip


def check_claimable(subject: Subject, rule: Said) -> None:
    if subject.value(*rule.path, "claim") != "needed":
        return
    if not any(rule.path[1] in subject.names_at(*claim.path, "for") for claim in subject.rules("claims")):
        subject.error(
            (*rule.path, "claim"), f"{rule.path[1]} must be claimed, and no claim says how",
            f"write claims: {{NAME: {{for: [{rule.path[1]}], …}}}}",
        )  # fmt: skip


def check_is_for_a_promise(subject: Subject, rule: Said) -> None:
    when = (*rule.path, "when")
    asked = [name for name, _ in facts_of(subject.value(*when))]
    for name in [*asked, *subject.names_at(*rule.path, "each of")]:
        strength = next((said for block in PROMISES if (said := subject.value(block, name, "strength"))), None)
        if strength in ("objective", "goal", "best effort"):
            where = next((path for path in ((*when, name), when) if subject.has(*path)), rule.path)
            subject.error(
                where, f"{rule.path[1]} is a credit for {name}, which is no promise but {strength}",
                "only a promise can be missed: correct its strength, or take the credit out",
            )  # fmt: skip


def check_deadlines(subject: Subject, rule: Said) -> None:
    """All deadlines of one step of a claim (the ticket before it, the claim itself) are counted in days of one kind."""
    steps: dict[str, dict[str, str]] = {}
    for leaf in subject.merged.leaves((*rule.path, "refused when")):
        deadline = read_deadline(subject, leaf)
        if deadline is None:
            continue
        kind, written = kind_of(deadline), str(subject.value(*leaf.path)).removeprefix("later than ")
        kinds = steps.setdefault(leaf.path[-2] if leaf.path[-1] == "later than" else leaf.path[-1], {})
        for other, first in kinds.items():
            if other != kind:
                subject.error(
                    leaf.path,
                    f"the claim {rule.path[1]} mixes kinds of days: {written} here, {first} elsewhere",
                    "count all its deadlines in days of one kind",
                )
                return
        kinds[kind] = written


def read_deadline(subject: Subject, leaf: Said) -> Deadline | None:
    written = subject.value(*leaf.path)
    if not isinstance(written, str):
        return None
    if written.startswith("later than ") or leaf.path[-1] == "later than":
        try:
            return parse_deadline(written.removeprefix("later than "))
        except ValueError:
            return None
    return None


def kind_of(deadline: Deadline) -> str:
    length = deadline.length
    if isinstance(length, Days):
        return f"{length.kind} {length.calendar}"
    if isinstance(length, OpenTime):
        return f"hours of {length.calendar}"
    return "calendar" if isinstance(length, Months) else "elapsed"


def gives_time(subject: Subject, said: Said) -> bool:
    """Whether a credit is service and no money: days or months that are added to the term."""
    rule = said.path[:2]
    is_time = subject.value(*rule, "as") in ("term extension", "free period")
    return is_time and str(subject.value(*rule, "pays")).endswith(" of service")


def check_money(subject: Subject) -> None:
    """Money anywhere needs the block that says how it is written and rounded, and what prices hold."""
    if subject.has("money") or subject.merged.broken:
        return
    for said in subject.merged.leaves():
        value = said.value
        # What is priced by a quote, or costs nothing, has no amount here.
        priced = said.path[0] == "charges" and said.path[-1] == "price" and value not in ("by quote", "none")
        is_credit = said.path[0] == "credits" and not gives_time(subject, said)
        used = priced or is_credit or (said.path[0] == "parameters" and value == "money")
        if used or (isinstance(value, str) and is_money(value) and said.path[0] != "readings"):
            subject.error(
                said.path, "money is used, and no money block says how it is rounded and whether prices hold tax",
                "write money: {currency: EUR, rounding: half up, step: 0.01, rounded at: each line, prices: tax not stated}",
            )  # fmt: skip
            return
