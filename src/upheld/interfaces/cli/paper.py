"""A statement on paper, as the pages print it: the same statement gives the same file."""

import re
from typing import Any

from upheld.gateways.pdf import Particulars, print_statement
from upheld.pages.words.facts import tell_fact

# The words that every title has say nothing about whose it is.
PLAIN = re.compile(r"\s+(service level agreement|SLA|agreement|service levels)\s*$", re.IGNORECASE)


def print_paper(issued: Any) -> bytes:
    """The PDF of an issued statement. Raises NotPrinted."""
    from upheld.apps.agreements.queries import document_of
    from upheld.apps.ledger.queries import entries
    from upheld.apps.ledger.services import open_signer
    from upheld.apps.statements.queries import content_of

    content = content_of(issued)
    named = list_facts(content)
    recorded = entries(issued.agreement.key, limit=issued.ledger_size)
    title = document_of(issued.agreement).title
    particulars = Particulars(
        customer=issued.agreement.customer.name,
        service=PLAIN.sub("", title) or title,
        digest=issued.digest,
        bundle=f"{issued.name.replace('/', '-')}.zip",
        key=open_signer().verifier_key(),
        facts={one.fact.id: (f"#{one.index:,}", tell_fact(one.fact)) for one in recorded if one.fact.id in named},
    )
    return print_statement(content, particulars)


def list_facts(written: Any) -> set[str]:
    """The ids of facts that any step of a statement names."""
    if isinstance(written, dict):
        own = set(written["facts"]) if isinstance(written.get("facts"), list) else set()
        return own.union(*map(list_facts, written.values()))
    return set().union(*map(list_facts, written)) if isinstance(written, list) else set()
