"""Cases of access, instructions, checks, plans, editions and reviews."""

from dataclasses import replace
from datetime import date
from typing import Any

from tools.cases.question import LONG_AFTER, Question, at, header
from upheld.core.access import Request, decide_access
from upheld.core.duties import (
    Published,
    choose_edition,
    compare_sets,
    decide_instruction,
    decide_plan,
    look_up_review,
)
from upheld.core.facts import Fact, PersonNamed, SwitchTurned
from upheld.core.statement import TermsDoNotBind, bind_case, gather
from upheld.core.terms import Term, Terms
from upheld.core.terms.editions import AT_LEAST, EXACTLY
from upheld.core.timeline import DAY

ASKED_AT = LONG_AFTER.before(DAY)
UNTOLD = ("named person", "end time")
"""What a case of access cannot tell; it is there."""


def access(question: Question) -> dict[str, Any]:
    """One request; a field that is called as a switch says how that one stands."""
    given, terms = question.given, question.terms()
    facts: list[Fact] = [
        SwitchTurned(**header(name, ASKED_AT), switch=name, on=bool(value), side=terms.doors.switches[name].held_by.value)
        for name, value in ((key.replace("_", "-"), value) for key, value in given.items())
        if name in terms.doors.switches and value is not None
    ]
    there = (*(("ticket",) if given.get("ticket") else ()), *UNTOLD)
    who, what = (spelled(terms, given[key], key) for key in ("who", "what"))
    asked = Request(who, what, ASKED_AT, given.get("purpose") or "", there)
    return {"allowed": decide_access(terms, facts, asked).is_allowed}


def spelled(terms: Terms, name: str, key: str) -> str:
    """A name as the agreement spells it: it is the same with a hyphen and with a space."""
    rules = terms.doors.rules.values()
    known = (one for rule in rules for one in (rule.who.value if key == "who" else rule.what.value))
    return next((one for one in known if fold(one) == fold(name)), name)


def fold(name: str) -> str:
    return name.replace("-", " ").lower()


def instruction(question: Question) -> dict[str, Any]:
    """One instruction; `main` and `backup` are the persons of the roles whose parameters are called so."""
    given = question.given
    rule = question.terms().besides.instructions
    assert rule is not None, "the agreement does not say whose word counts"
    roles = {word: name for name in rule.roles for word in name.split("-")}
    told = {roles[word]: given[word] for word in roles if word in given}
    terms = replace(question, given={**given, **told}).terms()
    channel = rule.change_by.value[0] if rule.change_by.value else ""
    facts: list[Fact] = [
        PersonNamed(
            **header(f"change/{number}", at(change["at"])), role=roles.get(change["role"], change["role"]),
            person=change["to"] or "", channel=channel,
        )
        for number, change in enumerate(given.get("changes", ()))
    ]  # fmt: skip
    decided = decide_instruction(terms, facts, given["by"], at(given["at"]))
    assert decided is not None, "the agreement says whose word counts"
    return {"accepted": decided.is_accepted}


def delegation(question: Question) -> dict[str, Any]:
    """Names that were found, by the check that compares names."""
    checks = question.terms().besides.checks.values()
    check = next(one for one in checks if one.expect and one.expect.value in (EXACTLY, AT_LEAST))
    return {"delegated": compare_sets(check, question.given["required"], question.given["found"]).agrees}


def plan(question: Question) -> dict[str, Any]:
    """The plan that is open to such a customer; what is not among the choices opens none."""
    none: dict[str, Any] = {"valid": False, "ends": None, "sessions": 0, "steps": 0}
    kickoff = question.given.get("kickoff")
    started_on = date.fromisoformat(kickoff) if kickoff else None
    try:
        terms = bind_as_chosen(question)
    except TermsDoNotBind as refusal:
        if all(problem.path[:1] == ("parameters",) for problem in refusal.problems):
            return none
        raise
    decided = [decide_plan(terms, one, started_on) for one in terms.besides.plans.values()]
    found = next((one for one in decided if one.is_valid), None)
    if found is None:
        return none
    ends = found.ends_on.isoformat() if found.ends_on else None
    return {"valid": True, "ends": ends, "sessions": found.sessions, "steps": len(found.steps)}


def bind_as_chosen(question: Question) -> Terms:
    """The terms for such a customer: what the case says was not chosen has no value, and none stands in for it."""
    open_ones = {name.replace("_", "-") for name, value in question.given.items() if value is None}
    values = {name: value for name, value in question.parameters.items() if name not in open_ones}
    agreement = question.agreement
    return bind_case(gather(agreement.document, agreement.calendars, [], LONG_AFTER, question.readings), LONG_AFTER, values)


def version(question: Question) -> dict[str, Any]:
    """The edition of a customer: on the day that the case names, else on the day of signing."""
    given, edition = question.given, question.terms().besides.edition
    assert edition is not None, "an agreement has an edition"
    assert edition.applies is not None, "it says which edition applies"
    signed = date.fromisoformat(given["signed"])
    on = next((date.fromisoformat(given[key]) for key in ("at", "on", "today") if given.get(key)), signed)
    editions = [Published(name, date.fromisoformat(name)) for name in given["versions"]]
    chosen = choose_edition(edition.applies, editions, signed, on).edition
    return {"version": chosen.version if chosen else None}


def review(question: Question) -> dict[str, Any]:
    """Whether the named review is overdue on a day."""
    given, edition = question.given, question.terms().besides.edition
    assert edition is not None, "an agreement has an edition"
    told = replace(edition, next_review=Term(date.fromisoformat(given["next"])))
    found = look_up_review(told, (), date.fromisoformat(given["today"]), {})
    assert found is not None, "a next review is named"
    return {"overdue": found.is_overdue}
