"""What waits for the customer: claims that are open, outages that may be claimed still, duties of theirs that are late."""

from collections.abc import Iterator

from upheld.apps.billing.queries import judge_claim, list_claims
from upheld.apps.duties.queries import list_duties
from upheld.apps.findings.queries import CannotJudge
from upheld.core.duties.standing import DUE, OVERDUE
from upheld.doors.asking import Asked
from upheld.doors.naming import Agreement, name_for
from upheld.interfaces.portal.claimable import list_open, tell_open
from upheld.pages.contexts.lists import Badge, Entry
from upheld.pages.words import join_words

LATE = {OVERDUE: Badge("Late", "degraded", "degraded"), DUE: Badge("Due", "run")}


def list_waiting(asked: Asked) -> Iterator[Entry]:
    for agreement in asked.agreements():
        try:
            yield from list_claimed(asked, agreement)
            yield from (tell_open(asked, agreement, one) for one in list_open(asked, agreement))
            yield from list_late(asked, agreement)
        except CannotJudge:
            continue


def list_claimed(asked: Asked, agreement: Agreement) -> Iterator[Entry]:
    """Claims that nobody decided yet."""
    name = name_for(asked, agreement)
    for claim in list_claims(agreement):
        if claim.granted is not None:
            continue
        judged = judge_claim(claim, asked.as_of)
        refused = judged.checked.refused_for if judged else ()
        wrong = (
            f"the agreement refuses it for {join_words([code.replace('-', ' ') for code in refused])}"
            if refused
            else "we have not decided it yet"
        )
        url = asked.url_of("claim", claim.name)
        yield Entry(words=f"Claim {claim.name}, outage {claim.outage}: {wrong}", url=url, agreement=name)


def list_late(asked: Asked, agreement: Agreement) -> Iterator[Entry]:
    """Duties of the customer's own side that are due or late."""
    name = name_for(asked, agreement)
    for state in list_duties(agreement, asked.as_of):
        if state.duty.who.value != "provider" and state.state in LATE:
            yield Entry(
                words=state.duty.does, badge=LATE[state.state], url=asked.url_of("duties"), clauses=state.duty.clauses,
                agreement=name,
            )  # fmt: skip
