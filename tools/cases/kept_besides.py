"""Cases of access, reviews and editions, done in the application: switches are turned, days named, editions published."""

from dataclasses import replace as changed
from datetime import date
from typing import Any

from tools.cases.besides import ASKED_AT, UNTOLD, spelled
from tools.cases.proven import state_and_prove
from tools.cases.question import Agreement, Question
from tools.cases.story import ENGINEER, sign
from upheld.apps.agreements.queries import terms_of
from upheld.apps.agreements.services import publish_edition
from upheld.apps.duties.queries import list_comings
from upheld.apps.duties.services import note_access, turn_switch
from upheld.core.duties.editions import NO_EDITION
from upheld.core.proof import canonical_bytes, parse_canonical
from upheld.core.terms import Document
from upheld.core.timeline import HOUR, Instant


def access(question: Question) -> dict[str, Any]:
    """Somebody asks to come in; a field that is called as a switch says how that one was turned."""
    given, agreement = question.given, sign(question)
    terms = terms_of(agreement, ASKED_AT)
    for key, value in given.items():
        name = key.replace("_", "-")
        if name in terms.doors.switches and value is not None:
            side = terms.doors.switches[name].held_by.value
            turn_switch(agreement=agreement, switch=name, on=bool(value), side=side, by=ENGINEER, at=ASKED_AT.before(HOUR))
    told = ("ticket",) if given.get("ticket") else ()
    who, what = (spelled(terms, given[key], key) for key in ("who", "what"))
    note_access(
        agreement=agreement, who=who, what=what, purpose=given.get("purpose") or "", person="somebody", from_at=ASKED_AT,
        by=ENGINEER, at=ASKED_AT, ticket=given.get("ticket") or "", given=(*told, *UNTOLD), is_asked_only=True,
    )  # fmt: skip
    [came] = list_comings(agreement, ASKED_AT)
    return {"allowed": came.decision.is_allowed}


def review(question: Question) -> dict[str, Any]:
    """The text is signed with the case's day for the next review; the statement of the day's period tells how it stands."""
    asked = changed(question, agreement=name_day(question.agreement, date.fromisoformat(question.given["next"])))
    today = date.fromisoformat(question.given["today"])
    noon = Instant.parse(f"{today}T12:00Z")
    agreement = sign(asked)
    period = terms_of(agreement, noon).statement_period.containing(noon)
    statement = state_and_prove(agreement, period, noon)
    [found] = [finding for finding in statement.findings if finding.rule == "agreement/review"]
    return {"overdue": found.value == "overdue"}


def version(question: Question) -> dict[str, Any]:
    """The customer signs on his day, the editions are published; the statement of the day asked about names the one."""
    given = question.given
    signed_at = Instant.parse(f"{given['signed']}T12:00Z")
    agreement = sign(question, signed_at=signed_at)
    for name in given["versions"]:
        publish_edition(agreement=agreement, version=name, effective_on=date.fromisoformat(name), by=ENGINEER, at=signed_at)
    on = next((given[key] for key in ("at", "on", "today") if given.get(key)), given["signed"])
    asked_at = max(Instant.parse(f"{on}T12:00Z"), signed_at)
    period = terms_of(agreement, asked_at).statement_period.containing(asked_at)
    statement = state_and_prove(agreement, period, asked_at)
    [found] = [finding for finding in statement.findings if finding.rule == "agreement/version"]
    return {"version": found.value if found.value != NO_EDITION else None}


def name_day(agreement: Agreement, day: date) -> Agreement:
    """The text as it reads with another day for the review: a version of its own, which somebody can sign."""
    written: Any = parse_canonical(canonical_bytes(agreement.document.to_json()))
    written["blocks"]["agreement"]["next review"] = day.isoformat()
    written["blocks"]["agreement"]["version"] = f"{agreement.document.version}, reviewed on {day}"
    return changed(agreement, document=Document.from_json(written))
