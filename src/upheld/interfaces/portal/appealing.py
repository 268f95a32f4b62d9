"""Appealing against a refusal: once, with a reason; somebody else of the provider decides."""

from upheld.apps.billing.services.claims_appeals import CannotAppeal
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.deciding import file_appeal
from upheld.doors.refusing import NotAllowed
from upheld.interfaces.portal.claims import find_claim, make_claim_page
from upheld.interfaces.portal.exhibits import read_exhibit
from upheld.pages.contexts.parts import Problem
from upheld.pages.words import capitalise


def appeal(asked: Asked, name: str) -> Answer:
    """Appeal, or be told why not."""
    if asked.is_past:
        raise NotAllowed("Appeals are made now", "You look from a past instant. Go back to now to appeal.")
    claim = find_claim(asked, name)
    because = asked.sent("because")
    found, wrong = read_exhibit(asked)
    if wrong:
        return answer(asked, make_claim_page(asked, claim, wrong), status=422)
    try:
        if words := explain_length("The reason", because):
            raise CannotAppeal(words)
        who = f"{asked.user.name} <{asked.user.email}>"
        done = file_appeal(claim=claim, because=because, by=asked.by, who=who, at=asked.at,
                           marks=[found.mark] if found else [])  # fmt: skip
    except CannotAppeal as problem:
        words = capitalise(problem)
        problems = (Problem("because", words),)
        return answer(asked, make_claim_page(asked, find_claim(asked, name), problems), status=422)
    leave_toast(asked, f"Your appeal on {done.name} is on record.")
    return to("portal:claim", done.name)
