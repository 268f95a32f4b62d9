"""Statements as they were issued, their bundles, and what is due."""

import logging
import re
from collections.abc import Iterator
from typing import Any

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import document_of, list_agreements, version_at
from upheld.apps.billing.queries.credits import corrections_in, granted_otherwise
from upheld.apps.findings.queries import known_facts, periods_between, state_of, terms_of
from upheld.apps.findings.queries.standing import zone_of_days
from upheld.apps.ledger.queries import checkpoints, entries, leaves_of
from upheld.apps.ledger.services import open_signer
from upheld.apps.statements.models import Statement
from upheld.core.proof import parse_canonical
from upheld.core.timeline import MINUTE, Instant, Span
from upheld.gateways.pdf import Particulars, print_statement
from upheld.pages.words.claims import restate_claims
from upheld.pages.words.facts import tell_fact
from upheld.pages.words.facts_of_money import say_correction
from upheld.verify import make_bundle

log = logging.getLogger("upheld.statements")

# The words that every title has say nothing about whose it is.
PLAIN_TITLE = re.compile(r"\s+(service level agreement|SLA|agreement|service levels)\s*$", re.IGNORECASE)
GRACE = MINUTE * 10
"""How long after a period its statement waits for samples that are on their way."""


class UnknownStatement(LookupError):
    """A statement that is not on record."""


class NotSignedYet(LookupError):
    """A statement whose ledger has no signed head yet: the worker signs within a minute."""


def statement(name: str) -> Statement:
    """The statement `acorn-harbour/2026-02/1`; raises UnknownStatement."""
    found = Statement.objects.select_related("agreement__customer", "agreement__version").filter(name=name).first()
    if found is None:
        raise UnknownStatement(f"no statement is called {name!r}")
    return found


def list_statements(agreement: Agreement | None = None, *, limit: int = 200) -> list[Statement]:
    """Statements, the latest first."""
    rows = Statement.objects.select_related("agreement__customer", "agreement__version", "followed_by")
    if agreement is not None:
        rows = rows.filter(agreement=agreement)
    return list(rows.order_by("-as_of", "-pk")[:limit])


def content_of(statement: Statement) -> dict[str, Any]:
    """What was told, as JSON."""
    written: dict[str, Any] = parse_canonical(bytes(statement.content))
    return written


def bundle_of(statement: Statement) -> bytes:
    """
    The file with which a customer checks the statement alone: always the same bytes. Raises NotSignedYet.

    It goes up to the first signed head that covers the issuing of the statement.
    """
    heads = [head for head in checkpoints(statement.agreement.key) if head.size >= statement.ledger_size]
    if not heads:
        raise NotSignedYet(f"the ledger is not signed yet up to {statement.name}; try again in a minute")
    version = version_at(statement.agreement, statement.period.start)
    return make_bundle(
        agreement=bytes(version.source),
        terms=bytes(version.terms),
        calendars=bytes(version.calendars),
        leaves=leaves_of(statement.agreement.key, heads[0].size),
        checkpoint=heads[0].note,
        statement=bytes(statement.content),
    )


def paper_of(statement: Statement) -> bytes:
    """The statement as PDF, with the words of every fact that it names: always the same bytes. Raises NotPrinted."""
    content, title = content_of(statement), document_of(statement.agreement, statement.period.start).title
    named = list_named_facts(content)
    recorded = list(entries(statement.agreement.key, limit=statement.ledger_size))
    facts = [one.fact for one in recorded]
    put_right = (*granted_otherwise(facts, content["claims"]), *corrections_in(facts, statement.period))
    particulars = Particulars(
        customer=statement.agreement.customer.name,
        service=PLAIN_TITLE.sub("", title) or title,
        digest=statement.digest,
        bundle=f"{statement.name.replace('/', '-')}.zip",
        key=open_signer().verifier_key(),
        facts={one.fact.id: (f"#{one.index:,}", tell_fact(one.fact)) for one in recorded if one.fact.id in named},
        zone=zone_of_days(statement.agreement),
        corrections=tuple(map(say_correction, put_right)),
    )
    return print_statement(restate(statement.agreement, content), particulars)


def restate(agreement: Agreement, content: dict[str, Any]) -> dict[str, Any]:
    """A statement's JSON for those who read it: conditions of claims as they must be, not as grounds of a refusal."""
    if not content["claims"]:
        return content
    return restate_claims(content, terms_of(agreement, Instant.parse(content["period"][0])).claims.values())


def list_named_facts(written: Any) -> set[str]:
    """The ids of facts that any step of a statement names."""
    if isinstance(written, dict):
        own = set(written["facts"]) if isinstance(written.get("facts"), list) else set()
        return own.union(*map(list_named_facts, written.values()))
    return set().union(*map(list_named_facts, written)) if isinstance(written, list) else set()


def list_untold() -> list[Statement]:
    """Statements of periods that are over, of which nobody was told yet; the oldest first."""
    rows = Statement.objects.select_related("agreement__customer", "agreement__version", "follows")
    return list(rows.filter(told_at__isnull=True, is_over=True).order_by("pk"))


def is_outdated(statement: Statement, as_of: Instant) -> bool:
    """Whether a statement of the period made now would have other figures than this one: a fact came late."""
    told, now = content_of(statement), state_of(statement.agreement, statement.period, as_of).to_json()
    return figures_of(told) != figures_of(now)


def figures_of(content: dict[str, Any]) -> list[Any]:
    """The figures of a statement with their verdicts, and what is granted of each credit."""
    figures = [(finding["rule"], finding.get("value"), finding["verdict"]) for finding in content["findings"]]
    return figures + [(credit["rule"], credit["granted_units"], credit["granted"]) for credit in content["credits"]]


def list_due(as_of: Instant) -> list[tuple[Agreement, Span]]:
    """
    The periods that are over, with their grace, and have no statement yet.

    Only those that ended after the agreement came into our books: earlier ones are made when somebody asks.
    """
    return [(agreement, period) for agreement, period, _ in list_next(as_of)]


def list_next(as_of: Instant) -> list[tuple[Agreement, Span, int]]:
    """The same, each with the number that its statement will have, if nobody issues one meanwhile."""
    due: list[tuple[Agreement, Span, int]] = []
    for agreement in list_agreements():
        try:
            due += find_due(agreement, as_of)
        except Exception:
            # An agreement that cannot be judged, or a ledger that was altered, keeps the others' statements from nobody.
            log.exception("what is due of an agreement cannot be found", extra={"agreement": agreement.key})
    return due


def find_due(agreement: Agreement, as_of: Instant) -> Iterator[tuple[Agreement, Span, int]]:
    _, facts = known_facts(agreement.key)
    if not facts:
        return
    known_since = max(min(fact.recorded_at for fact in facts), Instant.of(agreement.signed_at))
    told = list(Statement.objects.filter(agreement=agreement).values_list("period_from_at", "is_over"))
    for period in periods_between(agreement, known_since, as_of):
        of_period = [is_over for moment, is_over in told if Instant.of(moment) == period.start]
        if period.end + GRACE <= as_of and not any(of_period):
            yield agreement, period, len(of_period) + 1
