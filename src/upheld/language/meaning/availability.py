"""Promises of availability: what they count, whether the printed formula says the same, whether they can be proven."""

from fractions import Fraction

from upheld.core.terms.formula import Formula, parse_formula
from upheld.core.terms.quantities import Comparison, Percent, parse_comparison
from upheld.core.timeline import Duration
from upheld.language.kinds import LONGEST_FORMULA
from upheld.language.meaning.proof import check_named_evidence, check_proof, period_length
from upheld.language.meaning.subject import Subject
from upheld.language.merge import Said

NEEDS = {
    "bad intervals": ("each", "bad when"),
    "mean error rate": ("each", "idle"),
}
POINTS = ((1009, 31, 7, 3), (10007, 101, 13, 0), (2003, 0, 17, 5))


def check_availability(subject: Subject) -> None:
    for rule in subject.rules("availability"):
        check_counting(subject, rule)
        check_formula(subject, rule)
        check_proof(subject, rule)
        check_target(subject, rule)
    for block in ("measures", "clocks", "recovery"):
        for rule in subject.rules(block):
            check_named_evidence(subject, rule)
    for rule in subject.rules("measures"):
        check_target(subject, rule)


def check_counting(subject: Subject, rule: Said) -> None:
    counting = subject.value(*rule.path, "counting")
    for key in NEEDS.get(counting, ()) if isinstance(counting, str) else ():
        if not subject.has(*rule.path, key) and not subject.merged.broken:
            subject.error(
                (*rule.path, "counting"), f"open question: {rule.path[1]} counts {counting}, and does not say {key!r}",
                f"write {key}: …, or name a reading",
            )  # fmt: skip


def check_formula(subject: Subject, rule: Said) -> None:
    formula = subject.read(parse_formula, *rule.path, "formula")
    if formula is None or len(formula.written) > LONGEST_FORMULA:
        return
    letters = {said.path[-1]: str(subject.value(*said.path)) for said in subject.merged.below(*rule.path, "where")}
    for letter in formula.letters:
        if letter not in letters:
            subject.error(
                (*rule.path, "formula"), f"the formula speaks of {letter}, and where does not say what it is",
                f"write where: {{{letter}: down}}, with the quantity that it stands for",
            )  # fmt: skip
    for letter in letters:
        if letter not in formula.letters:
            subject.error(
                (*rule.path, "where", letter), f"letter {letter} is not in the formula {formula.written}",
                "take it out, or correct the formula",
            )  # fmt: skip
    counting = subject.value(*rule.path, "counting")
    if set(formula.letters) == set(letters) and counting == "time down":
        check_quantities(subject, rule, formula, letters)
    elif set(formula.letters) == set(letters) and counting == "requests":
        check_requests(subject, rule, formula, letters)


def check_quantities(subject: Subject, rule: Said, formula: Formula, letters: dict[str, str]) -> None:
    path = (*rule.path, "formula")
    counted = {"down", "down and excluded"} & set(letters.values())
    if not counted:
        what = f"the formula of {rule.path[1]} leaves out the time down, which it counts"
        subject.error(path, what, "add a letter for down")
        return
    leaves = leaves_base(subject)
    if leaves and "out of base" not in letters.values():
        subject.error(
            path, f"the formula of {rule.path[1]} leaves out the time out of base, into which {leaves} goes",
            "add a letter for out of base, or count that time as up",
        )  # fmt: skip
        return
    if not agrees(formula, letters, bool(leaves) or "out of base" in letters.values()):
        subject.error(
            path, f"the formula {formula.written} is not the share of time that counting: time down stands for",
            "correct the formula or what its letters stand for; or choose another counting",
        )  # fmt: skip


def check_requests(subject: Subject, rule: Said, formula: Formula, letters: dict[str, str]) -> None:
    """The share of requests that did not fail, in whatever way it is printed."""
    path = (*rule.path, "formula")
    missing = [quantity for quantity in ("requests", "failed requests") if quantity not in letters.values()]
    if missing:
        what = f"the formula of {rule.path[1]} leaves out the {' and '.join(missing)}, which it counts"
        subject.error(path, what, f"add a letter for {missing[0]}")
    elif not agrees_on_requests(formula, letters):
        subject.error(
            path, f"the formula {formula.written} is not the share of requests that counting: requests stands for",
            "correct the formula or what its letters stand for; or choose another counting",
        )  # fmt: skip


def agrees_on_requests(formula: Formula, letters: dict[str, str]) -> bool:
    for asked, failed in ((1009, 31), (10007, 101), (2003, 17)):
        named = {"requests": asked, "failed requests": failed}
        if any(quantity not in named for quantity in letters.values()):
            return True
        found = formula.evaluate({letter: Fraction(named[quantity]) for letter, quantity in letters.items()})
        if found not in (Fraction(asked - failed, asked), Fraction(asked - failed, asked) * 100):
            return False
    return True


def leaves_base(subject: Subject) -> str:
    """The first cause or kind of maintenance that may leave the base."""
    for block in ("causes", "maintenance"):
        for rule in subject.rules(block):
            if "out of base" in subject.senses(*rule.path, "counts as"):
                return rule.path[1]
    return ""


def agrees(formula: Formula, letters: dict[str, str], with_base: bool) -> bool:
    """Whether the formula is (base - down) / base, tried at points that no small formula confuses."""
    for all_time, out, down, excused in POINTS:
        out = out if with_base else 0
        named = {
            "all time": all_time, "out of base": out, "down": down, "up by exclusion": excused,
            "down and excluded": down + excused,
        }  # fmt: skip
        if any(quantity not in named for quantity in letters.values()):
            return True
        found = formula.evaluate({letter: Fraction(named[quantity]) for letter, quantity in letters.items()})
        share = Fraction(all_time - out - down, all_time - out)
        # Some texts print the result in per cent.
        if found not in (share, share * 100):
            return False
    return True


def check_target(subject: Subject, rule: Said) -> None:
    target, length = subject.read(parse_comparison, *rule.path, "target"), period_length(subject, rule)
    if target is None:
        return
    is_share = rule.path[0] == "availability" or subject.value(*rule.path, "taken as") == "share"
    for edge in edges_of(target):
        if isinstance(edge, Percent) and edge.exact > 1 and is_share:
            subject.error((*rule.path, "target"), f"the target {target} is more than the whole", "write at most 100 %")
        if isinstance(edge, Duration) and length and edge > length:
            subject.error(
                (*rule.path, "target"), f"the target {target} is longer than its period",
                "shorten it, or choose a longer period",
            )  # fmt: skip


def edges_of(comparison: Comparison) -> list[object]:
    return [edge for _, edge in comparison.edges]
