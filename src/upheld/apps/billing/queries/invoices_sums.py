"""Whether an invoice adds up as EN 16931 has it, so that it could be written as UBL; where not, which rule and why."""

from collections.abc import Iterator
from fractions import Fraction

from upheld.apps.billing.models import Invoice
from upheld.core.money import Money, Rounding

MINOR_UNIT = Rounding("half up", Fraction(1, 100))
"""BR-DEC: amounts have two decimals at most."""


def explain_misfit(invoice: Invoice) -> list[str]:
    """
    Every rule of EN 16931 that an issued invoice does not meet; none where it could be written as UBL as it stands.

    The agreement decides how amounts are rounded, and its invoice is right as issued. The standard rounds each line to the
    minor unit, adds them, takes allowances (here: credits) off, and reckons tax once on that sum.
    """
    if not invoice.is_drawn_up or invoice.kind != Invoice.Kind.INVOICE:
        return ["it was not drawn up here: its lines are not known"]
    return list(find_misfits(invoice))


def find_misfits(invoice: Invoice) -> Iterator[str]:
    content = invoice.content
    lines = [Money.parse(line["amount"]) for line in content["lines"] if line["amount"]]
    if content["gross"] is None:
        yield "BR-CO-14: the agreement does not state the tax, so there is no total with it"
        return
    net, tax, gross = (Money.parse(content[name]) for name in ("net", "tax", "gross"))
    if content["prices"] == "with tax":
        yield "BR-26: prices of lines are written without tax, and these hold it"
        return
    for line in lines:
        if MINOR_UNIT.apply(line) != line:
            yield f"BR-DEC-23: the line over {line} has more than two decimals; the agreement rounds the total"
    zero = Money(Fraction(0), net.currency)
    added = sum(lines, zero) + Money(-Money.parse(content["credited"]).amount, net.currency)
    if MINOR_UNIT.apply(added) != net:
        yield f"BR-CO-10, BR-CO-13: lines less credits are {added}, the sum without tax is {net}"
    wanted = MINOR_UNIT.apply(net * Fraction(content["tax_rate"]))
    if wanted != tax:
        yield f"BR-CO-17: tax rounded half up on the sum is {wanted}, the agreement's rounding makes it {tax}"
    if net + tax != gross:
        yield f"BR-CO-15: {net} and {tax} are not {gross}"
