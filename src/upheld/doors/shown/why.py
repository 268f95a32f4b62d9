"""The permanent address of a figure's reasons, and the lines below one of them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.urls import NoReverseMatch

from upheld.apps.findings.queries import state_of, terms_of
from upheld.core.explain import Verdict
from upheld.core.statement import read_period
from upheld.core.timeline import Span
from upheld.doors.asking import Asked
from upheld.doors.lines import lines_of
from upheld.doors.naming import Agreement, name_for, zone_of
from upheld.doors.refusing import BadAsking, NotHere
from upheld.gateways.pdf.naming import name_finding
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Why
from upheld.pages.contexts.statements import WhyPage, WhyPart
from upheld.pages.words import say_month


def show_why(asked: Asked, key: str, period: str, rule: str) -> WhyPage | WhyPart:
    """The reasons of `availability/uptime` of a period; `?step=0.2` gives what lies below one step."""
    bound = asked.agreement(key)
    naming = name_for(asked, bound)
    span = read_span(asked, bound, period)
    statement = state_of(bound, span, asked.as_of)
    finding = next((one for one in statement.findings if one.rule == rule), None)
    if finding is None:
        raise NotHere(says=f"{naming.words} has no figure called {rule}.")
    month = say_month(span, naming.zone)
    back = Link(f"{naming.words}, {month}", f"{naming.url}?period={period}")
    why = Why(step=finding.why.to_json(), agreement=naming, facts=lines_of(asked, key), is_open=True)
    verdict = finding.verdict if finding.verdict is not Verdict.NOT_APPLICABLE else None
    return open_reasons(asked, why, f"{naming.words}, {month}: {name_finding({'rule': rule})}.", verdict, back)


def link_reasons(asked: Asked, bound: Agreement, span: Span, rule: str) -> str:
    """The address of a figure's reasons, looked at from the same instant; none for a name that no address can hold."""
    month = f"{zone_of(bound).date_at(span.start):%Y-%m}"
    try:
        address = asked.url_of("why", bound.key, month, rule)
    except NoReverseMatch:
        return ""
    return f"{address}?as_of={asked.as_of}" if asked.is_past else address


def open_reasons(asked: Asked, why: Why, says: str, verdict: Verdict | None, back: Link) -> WhyPage | WhyPart:
    """The whole tree, or the part below the asked step: by itself for a script, as a page of its own for a person."""
    path, step = asked.query("step"), why.step
    assert isinstance(step, Mapping)
    if not path:
        return WhyPage(figure=step["shown"], says=says, verdict=verdict, why=why, back=back)
    below = find_step(step, path)
    if "HX-Request" in asked.request.headers:
        return WhyPart(why=why, path=path)
    return WhyPage(figure=below["shown"], says=f"{says} {below['words']}.", why=replace(why, step=below), back=back)


def read_span(asked: Asked, bound: Agreement, period: str) -> Span:
    """The period that `2026-02` names. Raises BadAsking; nobody was bound before 2000, nothing is told from 2100 on."""
    if not "2000" <= period[:4] < "2100" or not period.isascii():
        raise BadAsking(
            "The period cannot be read", f"expected a month of 2000 to 2099, for instance 2026-02; came {period!r}."
        )
    try:
        return read_period(terms_of(bound, asked.as_of), period)
    except (ValueError, OverflowError) as problem:
        raise BadAsking("The period cannot be read", f"{problem}.") from None


def find_step(step: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    """The step at the end of a way by places, `0.2.1`. Raises NotHere."""
    for part in path.split("."):
        below = step.get("because", [])
        if not (part.isascii() and part.isdigit() and len(part) < 6 and int(part) < len(below)):
            raise NotHere(says=f"There is no step {path!r} in these reasons.")
        step = below[int(part)]
    return step
