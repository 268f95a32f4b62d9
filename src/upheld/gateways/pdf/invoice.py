"""What stands on the paper of an invoice: who, when, each line with its clause, credits, sums; from its content alone."""

from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from upheld.core.explain import Share, show
from upheld.core.money import Money
from upheld.core.timeline import Instant
from upheld.gateways.pdf.printing import set_sheet
from upheld.gateways.pdf.tables import hold

SHEET = Path(__file__).with_name("invoice.typ")


def print_invoice(
    content: Mapping[str, Any], *, number: str, kind: str, issued_at: Instant, due_at: Instant, amount: str
) -> bytes:
    """The PDF of an invoice or a credit note, dated by the instant at which it was issued. Raises NotPrinted."""
    made = datetime.fromtimestamp(issued_at.micros // 1_000_000, tz=UTC)
    laid_out = lay_out_invoice(content, number=number, kind=kind, issued_at=issued_at, due_at=due_at, amount=amount)
    return set_sheet(SHEET, laid_out, made, f"{kind} {number}")


def lay_out_invoice(
    content: Mapping[str, Any], *, number: str, kind: str, issued_at: Instant, due_at: Instant, amount: str
) -> dict[str, Any]:
    """The whole content: the sheet only sets it."""
    heading = f"{kind[:1].upper()}{kind[1:]} {number}"
    first, last = content["days"]
    told = [("Issued", f"{issued_at.utc():%Y-%m-%d}"), ("For", f"{first} to {last}")]
    told += [("Agreement", f"{content['title']}, edition {content['edition']}")]
    if kind == "invoice":
        told.append(("Due", f"{due_at.utc():%Y-%m-%d}"))
    else:
        told += [("Takes back", content["corrects"]), ("Because", content["because"])]
    return {
        "title": f"{heading}, {content['customer']}",
        "heading": heading,
        "provider": [content["provider"], *content.get("from", ())],
        "customer": [content["customer"], *content.get("to", ())],
        "told": [[name, hold(value)] for name, value in told],
        "rows": list_rows(content, kind),
        "sums": list_sums(content, kind, amount),
        "says": [say for say in (say_open(content), *content.get("untaxed_because", ())) if say],
        "pay_to": content.get("pay_to", []),
        "foot": f"{heading} · {content['provider']} · agreement {content['agreement']}",
    }


def list_rows(content: Mapping[str, Any], kind: str) -> list[list[str]]:
    """Charged lines, then credits. What waits or costs nothing is no line of an invoice; the page shows it."""
    rows = [
        [hold(line["words"]), " ".join(line["clauses"]), say(line["amount"])] for line in content["lines"] if line["amount"]
    ]
    rows += [
        [f"Credit {one['credit'].replace('-', ' ')}", one["claim"], f"−{say(one['amount'])}"] for one in content["credits"]
    ]
    return rows if kind == "invoice" else [[f"Taken back of invoice {content['corrects']}", "", say(content["net"])]]


def list_sums(content: Mapping[str, Any], kind: str, amount: str) -> list[list[str]]:
    sums = [["Without tax" if content["tax"] is not None else "Sum", say(content["net"])]]
    if content["tax"] is not None:
        rate = show(Share(Fraction(content["tax_rate"]), 2)) if content["tax_rate"] not in (None, "0") else "none is charged"
        sums.append([f"Tax, {rate}", say(content["tax"])])
    return [*sums, ["To pay" if kind == "invoice" else "Taken back", say(amount)]]


def say_open(content: Mapping[str, Any]) -> str:
    if content["tax"] is None:
        return "The agreement does not say whether its prices hold tax."
    return "The prices hold the tax." if content.get("prices") == "with tax" else ""


def say(amount: str) -> str:
    return hold(show(Money.parse(amount)))
