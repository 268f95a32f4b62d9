"""A statement's JSON in the order of reading: its promises, what ran, its money; for page and paper alike."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from upheld.core.explain import Verdict

Told = Mapping[str, Any]
"""A finding, or a step of its reasons, as a statement keeps it."""

NAMES = {
    "availability": "Availability",
    "measures": "Measure",
    "clocks": "Clock",
    "recovery": "Recovery",
    "backups": "Backups",
    "duties": "Duty",
    "notices": "Notice",
    "plans": "Plan",
    "checks": "Check",
    "agreement": "Agreement",
    "credits": "Credit",
    "caps": "Cap",
    "together": "Together",
    "rights": "Right",
    "charges": "Charge",
    "money": "Money",
    "access": "Access",
    "telephone": "Telephone",
    "instructions": "Instruction",
    "restores": "Restore",
    "term": "Term",
}
PROMISES = ("availability", "measures", "clocks", "recovery", "backups", "duties", "notices", "plans", "checks", "agreement")
MONEY = ("credits", "caps", "together", "rights", "charges", "money")
RUNNING = ("clocks", "recovery")
MISSED = ("missed", "not reached")
SUM = "the lines"
"""How the step begins that adds up an invoice."""


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One line of an invoice: an amount, or the word that stands for one that is not known."""

    words: str
    shown: str
    counts: bool
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a period costs as far as it is known: the lines that are added up, then those that are not, then the sums."""

    lines: tuple[InvoiceLine, ...]
    sums: tuple[tuple[str, str], ...]
    """Name and amount, or the word that stands for it."""
    says: str
    """What may still change it; nothing where nothing may."""
    place: int


def family_of(finding: Told) -> str:
    """The family of rules that a figure belongs to: `availability`."""
    return str(finding["rule"]).partition("/")[0]


def name_finding(finding: Told) -> str:
    """
    The figure's name as a heading.

    >>> name_finding({"rule": "clocks/first-response/T-1/2"})
    'Clock: first-response, T-1, 2'
    """
    family, *names = str(finding["rule"]).split("/")
    return f"{NAMES.get(family, family.capitalize())}: {', '.join(names)}"


def is_run(finding: Told) -> bool:
    """Whether it is one run of a clock or of a recovery, not what the period came to."""
    return family_of(finding) in RUNNING and str(finding["rule"]).count("/") > 1


def is_quiet(finding: Told) -> bool:
    """Whether nothing led to it: nothing happened that the rule speaks of."""
    return not finding["why"].get("because") and not finding["why"].get("facts")


def count_missed(findings: Sequence[Told]) -> int:
    """How many promises of the period were missed, besides availability; goals are never missed."""
    others = (finding for finding in findings if family_of(finding) != "availability" and not is_run(finding))
    return sum(1 for finding in others if finding["verdict"] == "missed")


def tell_bounds(finding: Told) -> str:
    """`at least 99.4072 %; measured 99.9 % of the time`, where a figure is not certain."""
    told = [
        f"{words} {finding[bound]['shown']}"
        for bound, words in (("lower", "at least"), ("upper", "at most"))
        if bound in finding and finding[bound]["shown"] != finding["shown"]
    ]
    if "coverage" in finding:
        told.append(f"measured {finding['coverage']['shown']} of the time")
    return "; ".join(told)


def tell_senses(findings: Sequence[Told], reading: Told) -> tuple[str, list[str]]:
    """
    Our sense of a reading with the figures that it decides, and each other sense with what it would make of them.

    A statement keeps the figures of a sense in the order of its own findings. Where a sense makes more of them or fewer,
    those that only one side has are told without a name.
    """
    ours: dict[str, None] = {}
    others = []
    for other in reading["others"]:
        changed = list_changed(findings, reading["figures"], other["figures"])
        ours |= dict.fromkeys(one for one, _ in changed)
        others.append(f"{other['sense']}: {'; '.join(made for _, made in changed) or 'the same figures'}")
    return ": ".join([str(reading["we_read"]), *(["; ".join(ours)] if ours else [])]), others


def tell_change(findings: Sequence[Told], reading: Told) -> str:
    """What another sense of a reading would change: `nothing`, or verdicts, money and other figures, whichever do."""
    ours = [finding["verdict"] for finding in findings if finding["verdict"] != Verdict.NOT_APPLICABLE.value]
    verdicts = any(other["verdicts"] != ours for other in reading["others"])
    changed = {kind for other in reading["others"] for kind in kinds_changed(findings, reading["figures"], other["figures"])}
    told = ["verdicts"] * verdicts + [kind for kind in ("money", "figures") if kind in changed]
    return " and ".join(filter(None, (", ".join(told[:-1]), *told[-1:]))) or "nothing"


def kinds_changed(findings: Sequence[Told], ours: Sequence[str], theirs: Sequence[str]) -> set[str]:
    """`money` for amounts that another sense makes otherwise, `figures` for all else; more of them or fewer are figures."""
    if not len(ours) == len(theirs) == len(findings):
        return {"figures"}
    named = zip(findings, ours, theirs, strict=True)
    return {"money" if "money" in told["value"] else "figures" for told, one, other in named if one != other}


def list_changed(findings: Sequence[Told], ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[str, str]]:
    """Each figure that another sense makes otherwise, as it is and as it would be."""
    if len(ours) == len(theirs) == len(findings):
        named = zip(findings, ours, theirs, strict=True)
        return [(f"{name_short(told)} {one}", f"{name_short(told)} {other}") for told, one, other in named if one != other]
    left, extra = take_away(ours, theirs), take_away(theirs, ours)
    return [(", ".join(left) or "nothing more", ", ".join(extra) or "nothing more")]


def name_short(finding: Told) -> str:
    """The name of a figure within a sentence: `tenfold`, `respond, T-1`."""
    return ", ".join(str(finding["rule"]).split("/")[1:])


def take_away(figures: Sequence[str], others: Sequence[str]) -> list[str]:
    """The figures that are left once each of the others has taken away its equal."""
    rest = list(others)
    kept = []
    for figure in figures:
        if figure in rest:
            rest.remove(figure)
        else:
            kept.append(figure)
    return kept


def preview_invoice(findings: Sequence[Told]) -> Preview | None:
    """The invoice of the period; None where the agreement charges nothing, or nothing was charged."""
    for place, finding in enumerate(findings):
        if finding["rule"] == "money/invoice":
            added = find_sum(finding["why"])
            lines = [list_line(step, counts=True) for step in (added or {}).get("because", ())]
            others = [
                list_line(step, counts=False) for step in finding["why"].get("because", ()) if "words" in step["value"]
            ]
            return Preview((*lines, *others), tuple(list_sums(finding)), tell_open(finding), place)
    return None


def find_sum(step: Told) -> Told | None:
    """The step that adds up the lines."""
    if str(step["words"]).startswith(SUM):
        return step
    found = (find_sum(below) for below in step.get("because", ()))
    return next((one for one in found if one is not None), None)


def list_line(step: Told, *, counts: bool) -> InvoiceLine:
    shown = f"{step.get('sign', '')} {step['shown']}".strip()
    return InvoiceLine(str(step["words"]), shown, counts, tuple(step.get("clauses", ())))


def list_sums(finding: Told) -> Iterator[tuple[str, str]]:
    """The sums by name, as written in the finding's quantities."""
    steps = {str(step["value"].get("money")): str(step["shown"]) for step in walk(finding["why"])}
    for name, words in (("net", "Net"), ("tax", "Tax"), ("gross", "With tax")):
        value = finding["quantities"][name]
        yield words, str(value["words"]) if "words" in value else steps.get(value["money"], str(value["money"]))


def walk(step: Told) -> Iterator[Told]:
    yield step
    for below in step.get("because", ()):
        yield from walk(below)


def tell_open(finding: Told) -> str:
    """What may still change the amounts."""
    waits = finding["quantities"].get("waits", {}).get("count", 0)
    flagged = finding["quantities"].get("flagged", {}).get("count", 0)
    told = [f"{waits} {'line waits' if waits == 1 else 'lines wait'} for an answer"] if waits else []
    if flagged:
        told.append(f"{flagged} {'line' if flagged == 1 else 'lines'} may be charged besides")
    return "; ".join(told)
