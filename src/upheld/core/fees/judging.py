"""The findings on money that the customer pays: one for each charge with a line in the period, one for the invoice."""

from collections.abc import Sequence
from fractions import Fraction

from upheld.core.explain import Count, Finding, Step, Value, Verdict
from upheld.core.facts import Fact
from upheld.core.fees.invoice import NOT_STATED, Invoice, RefuseWord, reckon_invoice
from upheld.core.fees.lines import FLAGGED, NOT_CHARGED, UNDECIDED, UNKNOWN, Line
from upheld.core.money import Money
from upheld.core.terms.rules import Terms
from upheld.core.timeline import Instant, Span


def judge_fees(
    terms: Terms, facts: Sequence[Fact], period: Span, signed_at: Instant | None, refuse_word: RefuseWord
) -> tuple[Invoice | None, list[Finding]]:
    """
    The invoice of a period as far as it is known, and its findings; nothing where the agreement charges nothing.

    `refuse_word` says why somebody's consent does not count, for whoever accepts a quote.
    """
    lines, invoice = reckon_invoice(terms, facts, period, signed_at, refuse_word)
    named: dict[str, list[Line]] = {}
    for line in lines:
        named.setdefault(line.charge, []).append(line)
    findings = [judge_charge(terms, name, group, period) for name, group in named.items()]
    if invoice is not None and (lines or invoice.credits.amount):
        findings.append(tell_invoice(invoice, period))
    return invoice, findings


def judge_charge(terms: Terms, name: str, lines: Sequence[Line], period: Span) -> Finding:
    """What one charge brings: an amount where something is charged, else the state of its lines."""
    charged = [line for line in lines if line.is_charged and line.amount is not None]
    states = tuple(dict.fromkeys(line.state for line in lines))
    value: Value = ", ".join(states)
    if charged and terms.fees.invoicing:
        rounding, each = terms.fees.invoicing.rounding.value, terms.fees.invoicing.rounded_at.value == "each line"
        amounts = [rounding.apply(line.amount) if each else line.amount for line in charged if line.amount is not None]
        value = Money(sum((amount.amount for amount in amounts), Fraction(0)), terms.fees.invoicing.currency)
    rule = next((line.rule for line in lines if line.rule), None)
    may = any(line.state not in (NOT_CHARGED, UNDECIDED, UNKNOWN) for line in lines)
    quantities: tuple[tuple[str, Value], ...] = (
        ("net", value),
        ("may", "yes" if may else "no"),
        ("state", ", ".join(states)),
        ("count", Count(len(lines), "lines")),
    )
    if rule is not None:
        quantities = (*quantities, ("price", str(rule.price.value)))
    verdict = Verdict.UNDECIDED if UNDECIDED in states else Verdict.NOT_APPLICABLE
    words = f"{name}, in this period"
    clauses = rule.clauses if rule else ()
    why = lines[0].why if len(lines) == 1 else Step(value, words, clauses, because=tuple(line.why for line in lines))
    return Finding(f"charges/{name}", period, value, verdict, why, quantities=quantities)


def tell_invoice(invoice: Invoice, period: Span) -> Finding:
    total = invoice.gross or invoice.net
    quantities: tuple[tuple[str, Value], ...] = (
        ("net", invoice.net),
        ("tax", invoice.tax or NOT_STATED),
        ("gross", invoice.gross or NOT_STATED),
        ("credits", invoice.credits),
        ("waits", Count(len(invoice.open_lines), "lines")),
        ("flagged", Count(sum(line.state == FLAGGED for line in invoice.lines), "lines")),
    )
    is_open = any(line.state == UNDECIDED for line in invoice.lines)
    verdict = Verdict.UNDECIDED if is_open else Verdict.NOT_APPLICABLE
    return Finding("money/invoice", period, total, verdict, invoice.why, quantities=quantities)
