"""A customer files a claim, by page or by program: under the way that the agreement takes, with what is put forward."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

from upheld.apps.billing.services import CannotFile, file_claim
from upheld.apps.findings.queries import terms_of
from upheld.apps.oncall.queries.outbox import text_called
from upheld.apps.oncall.services import write_message
from upheld.core.terms.claiming import Claim as ClaimRule
from upheld.core.timeline import Instant
from upheld.doors.letters import write_letter
from upheld.doors.naming import Agreement
from upheld.pages.words import say_instant

Claim = Any
"""A row of claims, as their queries give it."""
PORTAL = "portal"


def find_rule(agreement: Agreement, credit: str, at: Instant) -> ClaimRule:
    """What the agreement says of claims for a credit. Raises CannotFile where it takes none, CannotJudge."""
    rules = terms_of(agreement, at).claims.values()
    found = next((one for one in rules if credit in one.credits), None)
    if found is None:
        claimed = dict.fromkeys(name for one in rules for name in one.credits)
        raise CannotFile(
            f"{agreement.key} takes no claim for a credit {credit!r}; it takes claims for {', '.join(claimed) or 'none'}"
        )
    return found


def choose_way(rule: ClaimRule) -> str:
    """The way under which it is filed: the portal where the agreement knows it, else the first that it takes."""
    ways = rule.channels.value
    return PORTAL if PORTAL in ways or not ways else ways[0]


def file_own_claim(
    *, agreement: Agreement, rule: ClaimRule, credit: str, answers: Mapping[str, str], who: str, by: str, at: Instant,
    outage: str = "", period_from_at: Instant | None = None, ticket: str = "", evidence: Sequence[str] = (),
    marks: Sequence[str] = (),
) -> Claim:  # fmt: skip
    """
    File it as of now, and send the provider the answers: the ledger keeps only which questions were answered.

    `marks` name files that were handed over, each with its digest. `who` is the person as the mail names them. Raises
    CannotFile.
    """
    claim = file_claim(
        agreement=agreement, credit=credit, outage_name=outage, channel=choose_way(rule), details=[*answers, *marks],
        filed_at=at, by=by, at=at, ticket=ticket, evidence=evidence, period_from_at=period_from_at,
    )  # fmt: skip
    given = [f"{detail.replace('-', ' ')}: {words}" for detail, words in answers.items()]
    subject, text = write_letter(
        "claim_filed", customer=agreement.customer.name, claim=claim.name, credit=claim.credit,
        outage=claim.outage or "none", at=say_instant(at, full=True), by=who, agreement=agreement.key,
        details="\n".join([*given, *marks]) or "(no details were given)",
        url=f"{settings.UPHELD_URL}/portal/claims/{claim.name}",
    )  # fmt: skip
    write_message(kind="mail", to=settings.UPHELD_EMAIL_FROM, subject=subject, body=text, key=key_of(claim), at=at)
    return claim


def key_of(claim: Claim) -> str:
    """The name of the mail by which the provider got the customer's own words."""
    return f"{claim.name}:filed"


def quote_answers(claim: Claim) -> str:
    """What the customer wrote to the questions of the agreement, from that mail; nothing where it was erased."""
    written = text_called(key_of(claim)).partition(f"\nCredit {claim.credit}\n\n")[2].rpartition("\n\n")[0]
    given = [line for line in written.splitlines() if line.strip() and line not in claim.details]
    return "; ".join(given) if any(": " in line for line in given) else ""
