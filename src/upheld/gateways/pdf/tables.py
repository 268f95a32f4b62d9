"""What of a statement stands in tables: its promises, what ran, what is credited, what is invoiced, what was asked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from upheld.core.explain import show, show_instant
from upheld.core.statement.outline import MONEY, PROMISES, family_of, is_run, preview_invoice
from upheld.core.timeline import Duration, Instant
from upheld.gateways.pdf.naming import name_finding, name_short, say_rule

NBSP = "\u00a0"
FIGURE = re.compile(r"(?<=\d) (?=(?:min|h|s|%|d)\b|%)|(?<=\b[A-Z]{3}) (?=[−\d])|(?<=[−×=]) (?=\d)")
ASKED = ("access", "telephone", "instructions", "restores", "term")
OF_PERIOD = ("Promise", "Figure", "Verdict", "What it is", "Clause")
OF_RUNS = ("Clock", "Began", "Due", "Stopped", "Used", "Verdict")
OF_CREDITS = ("Credit", "Comes to", "Given", "State", "Clause")
OF_INVOICE = ("Line", "Clause", "Amount")


def hold(text: str) -> str:
    """The same words with figures that keep to their units."""
    return FIGURE.sub(NBSP, text)


def lay_out_tables(written: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Each table that has rows: heading, heads of columns with their widths in parts, rows, the number of sums."""
    findings = written["findings"]
    promised = [*list_rows(findings, PROMISES), tell_maintenance(written)]
    yield from table("Promises of the period", OF_PERIOD, (4, 3, 2, 6, 2), promised)
    yield from table("Clocks of tickets and outages", OF_RUNS, (3, 3, 3, 3, 3, 2), list_runs(findings))
    yield from table("Credits", OF_CREDITS, (4, 3, 3, 4, 2), list_credits(written))
    rights = tuple(family for family in MONEY if family == "rights")
    yield from table("Rights", OF_PERIOD, (4, 3, 2, 6, 2), list_rows(findings, rights))
    yield from table("Asked and decided", OF_PERIOD, (4, 3, 2, 6, 2), list_rows(findings, ASKED))
    preview = preview_invoice(findings)
    if preview is not None:
        lines = [[line.words, " ".join(line.clauses), line.shown] for line in preview.lines]
        sums = [[name, "", amount] for name, amount in preview.sums]
        says = f"{preview.says}." if preview.says else ""
        yield from table("Invoice of the period", OF_INVOICE, (9, 2, 3), [*lines, *sums], sums=len(sums), says=says)


def table(
    heading: str,
    heads: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[Sequence[str]],
    *,
    sums: int = 0,
    says: str = "",
) -> Iterator[dict[str, Any]]:
    if rows:
        held = [[hold(cell) for cell in row] for row in rows]
        yield {"heading": heading, "heads": list(heads), "widths": list(widths), "rows": held, "sums": sums, "says": says}


def list_rows(findings: Sequence[Mapping[str, Any]], families: Sequence[str]) -> list[list[str]]:
    return [
        [
            name_finding(finding), finding["shown"], finding["verdict"], finding["why"]["words"],
            " ".join(finding["why"].get("clauses", ())),
        ]
        for finding in findings
        if family_of(finding) in families and not is_run(finding)
    ]  # fmt: skip


def tell_maintenance(written: Mapping[str, Any]) -> list[str]:
    """How long work took in the period: told, never judged."""
    count = len(written["windows"])
    says = f"{count} planned; no target" if count else "none planned; no target"
    return ["Maintenance", tell_quantity(written["maintenance_time"]), "", says, ""]


def list_runs(findings: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    return [tell_run(finding) for finding in findings if is_run(finding)]


def tell_run(finding: Mapping[str, Any]) -> list[str]:
    """One run: its name, three instants, what it used of what it was allowed, its verdict."""
    quantities = finding["quantities"]
    began, due, stopped = (tell_quantity(quantities.get(name)) for name in ("start", "due", "stop"))
    used, allowed = (tell_quantity(quantities.get(name)) for name in ("used", "allowed"))
    return [name_short(finding), began, due, stopped, f"{used} of {allowed}", finding["verdict"]]


def tell_quantity(value: Mapping[str, Any] | None) -> str:
    """An instant or a length as it reads; `none` where there is none."""
    if value and "instant" in value:
        return show_instant(Instant.parse(value["instant"]))
    return show(Duration(value["micros"])) if value and "micros" in value else "none"


def list_credits(written: Mapping[str, Any]) -> list[list[str]]:
    findings = {finding["rule"]: finding for finding in written["findings"]}
    rows = []
    for credit in written["credits"]:
        finding = findings[credit["rule"]]
        gives_way = f"; gives way to {say_rule(credit['gives_way_to']).partition('/')[2]}" if credit["gives_way_to"] else ""
        cites = " ".join(finding["why"].get("clauses", ()))
        rows.append([name_finding(finding), finding["shown"], credit["granted"], f"{credit['state']}{gives_way}", cites])
    return rows
