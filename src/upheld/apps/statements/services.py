"""Preparing statements: built from the ledger as it stands, recorded in it, signed."""

import logging
from collections.abc import Callable
from hashlib import sha256

from django.db import transaction

from upheld.apps.agreements.models import Agreement
from upheld.apps.findings.queries.standing import terms_for
from upheld.apps.ledger.queries import facts_of
from upheld.apps.ledger.services import lock_tree, record, sign_checkpoint
from upheld.apps.oncall.models import Kind
from upheld.apps.oncall.services import Letter, announce, write_message
from upheld.apps.parties.queries import addresses_of
from upheld.apps.probes.services import seal
from upheld.apps.statements.facts import issued_fact
from upheld.apps.statements.models import Statement
from upheld.apps.statements.queries import NotSignedYet, bundle_of
from upheld.core.proof import canonical_bytes
from upheld.core.statement import TermsDoNotBind, build
from upheld.core.timeline import Instant, Span
from upheld.gateways.mail import Enclosure, Writer
from upheld.gateways.signing import Signer

log = logging.getLogger("upheld.statements")

Write = Callable[[Statement, bool], tuple[str, str]]
"""Subject and text of the mail about a statement, and whether its bundle goes with it."""
LARGEST_ENCLOSED = 5_000_000
"""Bytes of a bundle that go with a mail: three quarters of what many servers take, once it is written in letters."""


class CannotPrepare(ValueError):
    """A statement that cannot be made: of time to come, of an agreement that does not bind, or by a clock that went back."""


class AlreadyIssued(CannotPrepare):
    """The statement that was asked for is there: somebody else was faster."""


def prepare(
    *,
    agreement: Agreement,
    period: str | Span,
    by: str,
    at: Instant,
    number: int | None = None,
    signer: Signer | None = None,
) -> Statement:
    """
    The statement of a period as known now; of a period that still runs, an interim one.

    With `number`, that one or none: of two who ask for the same one, the second gets AlreadyIssued. A further statement of
    the same period follows the earlier one, which stays as it is. Its fact is recorded, and the ledger's head signed, before
    it is returned; it therefore cannot be called inside a transaction. Raises CannotPrepare.
    """
    with transaction.atomic():
        # What was seen up to now belongs into it; and nothing is recorded between its facts and the fact that it was issued.
        seal(at=at, agreement=agreement.key)
        tree = lock_tree(agreement.key)
        facts = facts_of(agreement.key)
        if any(fact.recorded_at > at for fact in facts):
            raise CannotPrepare(
                f"{agreement.key}: facts were recorded after {at}; the clock of this machine went back, set it right first"
            )
        try:
            document, calendars = terms_for(agreement, period)
            made = build(document, calendars, facts, period, looked_from(at))
            if made.is_over and made.period.end > at:
                # The last second of the period still runs: it is not told as if it were over.
                made = build(document, calendars, facts, period, at)
        except (TermsDoNotBind, ValueError) as problem:
            raise CannotPrepare(f"{agreement.key}: {problem}") from None
        if number is not None and made.number != number:
            raise AlreadyIssued(
                f"{agreement.key}: statement {number} of {made.period} is not the next one, {made.number} is"
            )
        if made.period.start >= at:
            raise CannotPrepare(f"the period {made.period} has not begun at {at}; there is nothing to state")
        content = canonical_bytes(made.to_json())
        digest = sha256(content).hexdigest()
        statement = Statement.objects.create(
            agreement=agreement,
            name=made.id,
            number=made.number,
            period_from_at=made.period.start.utc(),
            period_to_at=made.period.end.utc(),
            follows=Statement.objects.filter(agreement=agreement, name=made.follows).first() if made.follows else None,
            as_of=made.as_of.utc(),
            is_over=made.is_over,
            content=content,
            digest=digest,
            ledger_size=tree.size + 1,
            prepared_by=by,
        )
        record(facts=[issued_fact(made, digest, by=by, at=at)])
        announce(
            "statement.issued", agreement, f"Statement {made.id}", words="it was issued", key=f"{made.id}-issued", at=at,
            path="/statements", statement=made.id, digest=digest, follows=made.follows or None, is_over=made.is_over,
        )  # fmt: skip
    sign_checkpoint(agreement=agreement.key, at=at, signer=signer)
    log.info("statement issued", extra={"statement": statement.name, "follows": made.follows or "none"})
    return statement


def tell_customer(*, statement: Statement, write: Write, at: Instant) -> int:
    """
    Write to every address of the customer that a statement was issued, with its bundle; once, however often it is asked.

    `write` gives subject and text. A bundle that no mail server would take is left to the page. Returns how many were
    written to; none where the ledger is not signed up to it yet, which the next time is.
    """
    try:
        bundle = bundle_of(statement)
    except NotSignedYet:
        return 0
    enclosed = [Enclosure(f"{statement.name.replace('/', '-')}.zip", "application/zip", bundle)]
    letter = Letter(writer=Writer.MACHINE, enclosed=tuple(enclosed) if len(bundle) <= LARGEST_ENCLOSED else ())
    with transaction.atomic():
        if not Statement.objects.filter(pk=statement.pk, told_at__isnull=True).update(told_at=at.utc()):
            return 0
        addresses = addresses_of(statement.agreement.customer)
        subject, text = write(statement, bool(letter.enclosed))
        for address in addresses:
            key = f"statement-{statement.pk}:{address}"
            write_message(kind=Kind.MAIL, to=address, subject=subject, body=text, key=key, at=at, letter=letter)
    log.info("statement told", extra={"statement": statement.name, "count": len(addresses)})
    return len(addresses)


def looked_from(at: Instant) -> Instant:
    """
    The instant that a statement made at another looks from: the next whole second, as on every page.

    The lengths of what runs are whole then, and add up as they are shown. An earlier second would leave out what was seen
    and recorded up to now.
    """
    return at.raised()
