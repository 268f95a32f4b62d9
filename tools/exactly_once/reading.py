"""What is there at the end, read from rows and from the ledger apart, held against what was reckoned."""

from collections import Counter
from collections.abc import Iterable

from tools.exactly_once.ground import KEY, Expected


def find_wrong(expected: Expected) -> list[str]:
    """Every difference, in words; none where each thing is there once and the sums are equal."""
    from upheld.apps.billing.models import Credit, Invoice
    from upheld.apps.ledger.queries import facts_of, verify_ledger
    from upheld.apps.oncall.models import Message
    from upheld.core.facts import CreditApplied, CreditDecided, InvoiceIssued, of_kind

    rows = list(Credit.objects.select_related("invoice"))
    facts = facts_of(KEY)
    applied = of_kind(facts, CreditApplied)
    names, numbers = expected.names, [f"for-{name}" for name in expected.names]
    wrong = [
        *differ("credits", names, (row.subject for row in rows if row.state == "applied")),
        *differ("credits of any state", names, (row.subject for row in rows)),
        *differ("invoices", numbers, Invoice.objects.values_list("number", flat=True)),
        *differ("invoices of credits", numbers, (row.invoice.number for row in rows if row.invoice)),
        *differ("facts of invoices", numbers, (fact.invoice for fact in of_kind(facts, InvoiceIssued))),
        *differ("facts of applied credits", [f"{row.name}-applied" for row in rows], (fact.id for fact in applied)),
        *differ(
            "facts of decisions", [f"{row.name}-decided-granted" for row in rows],
            (fact.id for fact in of_kind(facts, CreditDecided)),
        ),
        *differ(
            "notices", [f"notice-{name}" for name in names],
            Message.objects.filter(key__startswith="notice-").values_list("key", flat=True),
        ),
        *differ(
            "mails of decisions", [f"{row.name}:decided:ops@acorn.example" for row in rows],
            Message.objects.filter(key__startswith="CR-").values_list("key", flat=True),
        ),
    ]  # fmt: skip
    sums = {
        "rows": sum(row.money.amount * 100 for row in rows if row.money),
        "facts": sum(fact.amount.amount * 100 for fact in applied),
    }
    wrong += [f"the {what} come to {cents} cents, reckoned were {expected.cents}" for what, cents in sums.items()
              if cents != expected.cents]  # fmt: skip
    return [*wrong, *(f"the ledger: {problem}" for problem in verify_ledger(KEY))]


def differ(what: str, wanted: Iterable[str], found: Iterable[str]) -> list[str]:
    """What is missing, and what is there more than once or should not be there."""
    counted, asked = Counter(found), Counter(wanted)
    missing, more = asked - counted, counted - asked
    told = [f"{what} missing: {', '.join(sorted(missing))}"] if missing else []
    return [*told, *([f"{what} too many: {', '.join(sorted(more.elements()))}"] if more else [])]
