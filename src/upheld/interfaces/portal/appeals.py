"""What a claim's page says of an appeal: the form while there may be one, then what was said and what became of it."""

from typing import Any

from upheld.apps.parties.queries import may_act_for_customer
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.doors.naming import say_person
from upheld.interfaces.portal.exhibits import FIELD, ask_exhibit
from upheld.pages.contexts.parts import AgreementName, Field, Form, Problem
from upheld.pages.words import say_instant

Claim = Any
"""A row of claims, as their queries give it."""


def make_appeal(asked: Asked, claim: Claim, problems: tuple[Problem, ...]) -> Form | None:
    """The form, where the claim was refused, nobody appealed yet, and whoever looks may act."""
    if claim.granted is not False or claim.appealed_at or asked.is_past or not may_act_for_customer(asked.user):
        return None
    why = Field(
        name="because", label="Why you do not accept it", kind="long", value=asked.sent("because"),
        hint="Somebody else than who refused it decides anew. You may appeal once.",
    )  # fmt: skip
    return Form(
        url=asked.url_of("claim-appeal", claim.name), deed="Appeal", not_done="Nothing was sent.", problems=problems,
        fields=(why, *ask_exhibit(asked, {FIELD: asked.sent(FIELD)})),
    )  # fmt: skip


def tell_appeal(claim: Claim, naming: AgreementName, as_of: Instant) -> tuple[str, ...]:
    """What was said on appeal, and what became of it, as far as it was known."""
    if claim.appealed_at is None or Instant.of(claim.appealed_at) > as_of:
        return ()
    when = say_instant(Instant.of(claim.appealed_at), naming.zone, as_of=as_of)
    said = f"Appealed by {say_person(claim.appealed_by)}, {when}: {claim.appeal_because}"
    if claim.appeal_decided_at is None or Instant.of(claim.appeal_decided_at) > as_of:
        return (said, "Somebody else than who refused it decides.")
    when = say_instant(Instant.of(claim.appeal_decided_at), naming.zone, as_of=as_of)
    what = "granted" if claim.appeal_granted else "refused"
    return said, f"On appeal {what} by {say_person(claim.appeal_decided_by)}, {when}: {claim.appeal_answer}"
