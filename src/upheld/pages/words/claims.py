"""A claim held against its conditions, as a person reads it: each condition by itself, met or not, and what was found."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from upheld.core.credits.claims import Checked, Ground
from upheld.core.explain import Step
from upheld.core.money import Money
from upheld.core.service_hours import Zone
from upheld.core.terms.claiming import Claim
from upheld.pages.words.conditions import say_conditions
from upheld.pages.words.figures import say_count, say_money
from upheld.pages.words.instants import UTC
from upheld.pages.words.spaces import NBSP, say_sentence
from upheld.pages.words.zones import say_in_zone

MET, NOT_MET, UNKNOWN = "met", "not met", "not known yet"
FACES = {"fulfilled": MET, "refused": NOT_MET, UNKNOWN: UNKNOWN}
ORDER = {False: 0, None: 1, True: 2}
SUM = re.compile(r"(?<=overdue: )\d+(?:/\d+)?")
"""An unpaid sum, as core writes a figure without a unit: whole, or a fraction."""
ASKED = re.compile(r"; asked is [^;]*")
PLAINLY = (("overdue is 0", "nothing is overdue"), ("overdue is ", "overdue: "), ("details is ", "details are "))


@dataclass(frozen=True, slots=True)
class SaidCondition:
    """One condition: the sentence that must be true, whether it is (None: not known yet), and what was found."""

    words: str
    is_met: bool | None
    found: str
    clauses: tuple[str, ...]

    @property
    def shown(self) -> str:
        return {True: MET, False: NOT_MET, None: UNKNOWN}[self.is_met]


def list_conditions(checked: Checked, zone: Zone = UTC, currency: str = "") -> tuple[SaidCondition, ...]:
    """Not met first, then not known yet, then met; what was found has its times in the zone, its sums in the currency."""
    sentences = say_conditions(checked.claim)
    said = [say_ground(ground, sentences, zone, currency) for ground in checked.grounds]
    return tuple(sorted(said, key=lambda one: ORDER[one.is_met]))


def say_ground(ground: Ground, sentences: Mapping[str, str], zone: Zone, currency: str) -> SaidCondition:
    is_met = None if ground.holds is None else not ground.holds
    found = say_sentence(say_in_zone(say_found(ground.words, currency), zone))
    return SaidCondition(sentences[ground.code], is_met, found, ground.clauses)


def say_found(words: str, currency: str = "") -> str:
    """
    What was found, without what a refusal would ask for; an unpaid sum in the currency of the agreement.

    >>> say_found("overdue is 14481/2; asked is more than 0", "EUR").replace(NBSP, " ")
    'overdue: EUR 7,240.50'
    """
    told = ASKED.sub("", words)
    for before, after in PLAINLY:
        told = told.replace(before, after)
    return SUM.sub(lambda sum_: say_money(Money(Fraction(sum_.group()), currency)), told) if currency else told


def say_standing(checked: Checked, next_step: str) -> str:
    """How a claim stands, after its name: `cannot be granted as things stand: 1 condition is not met`."""
    grounds = checked.grounds
    wrong, unknown = len(checked.refused_for), sum(1 for ground in grounds if ground.holds is None)
    told = [f"{say_count(wrong, 'condition')} {'is' if wrong == 1 else 'are'} {NOT_MET}"] if wrong else []
    if unknown:
        counted = say_count(unknown, "condition") if not wrong else str(unknown)
        told.append(f"{counted} {'is' if unknown == 1 else 'are'} {UNKNOWN}")
    if wrong:
        return f"cannot be granted as things stand: {', '.join(told)}"
    return f"is not decided: {told[0]}" if told else f"meets every condition; {next_step}"


def say_claim(checked: Checked) -> Step:
    """The reasons of core, with each condition said as it must be, and whether it is so."""
    step, sentences = checked.tell(), say_conditions(checked.claim)
    because = tuple(replace(one, value=FACES[str(one.value)], words=restate(one.words, sentences)) for one in step.because)
    wrong = len(checked.refused_for)
    return replace(step, value=tell_refusal(wrong) if wrong else step.value, because=because)


def restate_claims(content: Mapping[str, Any], rules: Iterable[Claim]) -> dict[str, Any]:
    """
    A statement's JSON with the conditions of its claims as they must be; `not_met` names those that are not.

    What was issued and signed has the agreement's own names for grounds of refusal; this is for those who read.
    """
    of = {credit: say_conditions(rule) for rule in rules for credit in rule.credits}
    return {**content, "claims": [restate_claim(claim, of.get(claim["credit"], {})) for claim in content["claims"]]}


def restate_claim(claim: Mapping[str, Any], sentences: Mapping[str, str]) -> dict[str, Any]:
    why = claim["why"]
    because = [restate_step(step, sentences) for step in why.get("because", ())]
    wrong = [sentences.get(code, code) for code in claim["refused_for"]]
    told = {"value": {"words": tell_refusal(len(wrong))}, "shown": tell_refusal(len(wrong))} if wrong else {}
    return {**claim, "not_met": wrong, "why": {**why, **told, "because": because}}


def restate_step(step: Mapping[str, Any], sentences: Mapping[str, str]) -> Mapping[str, Any]:
    face = FACES.get(step["shown"])
    if face is None or step["words"].partition(": ")[0] not in sentences:
        return step
    return {**step, "value": {"words": face}, "shown": face, "words": restate(step["words"], sentences)}


def restate(words: str, sentences: Mapping[str, str]) -> str:
    code, _, found = words.partition(": ")
    return f"{sentences.get(code, code)}: {say_found(found)}" if code in sentences else words


def tell_refusal(wrong: int) -> str:
    told = say_count(wrong, "condition").replace(NBSP, " ")
    return f"refused: {told} {'is' if wrong == 1 else 'are'} {NOT_MET}"
