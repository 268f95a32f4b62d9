"""A statement's JSON as a page: the same for one that was issued and one that would be."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from upheld.core.explain import Verdict
from upheld.core.money import Money
from upheld.core.timeline import Duration, Instant, Span
from upheld.interfaces.console.lines import FactLines
from upheld.interfaces.console.naming import Agreement, name_agreement
from upheld.interfaces.console.statements import credited, main_finding, read_money
from upheld.pages.contexts.parts import AgreementName, Figure, Why
from upheld.pages.contexts.statements import ClaimRow, Coverage, PromiseRow, ReasonSection, StatementPage, UsedReading
from upheld.pages.words import say_minutes

MANY = 60
"""Steps of one figure beyond which the deeper ones are fetched when they are opened."""
DEPTH = 2


def make_account(
    agreement: Agreement, content: dict[str, Any], span: Span, number: int, facts: FactLines, *, why_url: str
) -> StatementPage:
    naming = name_agreement(agreement)
    first = main_finding(content)
    return StatementPage(
        list_url="/statements",
        agreement=naming,
        period=span,
        number=number,
        issued_at=None,
        verdict=Verdict(first["verdict"]) if first else Verdict.NOT_APPLICABLE,
        credited=credited(content),
        figures=tuple(list_figures(content, naming)),
        sections=tuple(list_sections(content, naming, facts, why_url)),
        promises=(tell_maintenance(content, naming),),
        claims=tuple(tell_claim(content, claim) for claim in content["claims"]),
        readings=tuple(tell_reading(reading) for reading in content["readings"]),
        coverage=tell_coverage(content, first) if first else None,
        open_questions=(*content["held"], *list_waiting(content)),
    )


def list_figures(content: dict[str, Any], naming: AgreementName) -> Iterator[Figure]:
    """At most three: the share, the down time, what is credited."""
    first = main_finding(content)
    if first is not None:
        place = content["findings"].index(first)
        verdict = Verdict(first["verdict"])
        is_final = content["is_over"] and verdict in (Verdict.MET, Verdict.MISSED)
        yield Figure(
            value=first["shown"], says="available", verdict=verdict, is_final=is_final, anchor=f"a{place}", agreement=naming
        )
        quantities = first["quantities"]
        borne = quantities.get("borne", {}).get("micros")
        says = f"down and counted; {say_minutes(Duration(borne))} are borne" if borne is not None else "down and counted"
        yield Figure(value=Duration(quantities["down"]["micros"]), says=says, anchor=f"a{place}", agreement=naming)
    for credit in content["credits"][:1]:
        place = next((place for place, one in enumerate(content["findings"]) if one["rule"] == credit["rule"]), 0)
        amount = read_money(credit["granted"])
        value = amount if amount is not None else credit["granted"]
        yield Figure(value=value, says="credited", anchor=f"a{place}", agreement=naming)


def list_sections(content: dict[str, Any], naming: AgreementName, facts: FactLines, why_url: str) -> Iterator[ReasonSection]:
    """Every figure with all its reasons; of a long one the deeper lines are fetched."""
    for place, finding in enumerate(content["findings"]):
        kind, _, name = finding["rule"].partition("/")
        is_long = bool(why_url) and count_steps(finding["why"]) > MANY
        verdict = Verdict(finding["verdict"]) if kind == "availability" else None
        yield ReasonSection(
            anchor=f"a{place}",
            heading=f"{kind.capitalize()}: {name}",
            verdict=verdict,
            shown=finding["shown"],
            why=Why(
                step=finding["why"], agreement=naming, facts=facts, is_open=not is_long,
                url=f"{why_url}{place}" if is_long else "", depth=DEPTH if is_long else 99,
            ),
        )  # fmt: skip


def count_steps(step: dict[str, Any]) -> int:
    return 1 + len(step.get("facts", ())) + sum(count_steps(below) for below in step.get("because", ()))


def tell_maintenance(content: dict[str, Any], naming: AgreementName) -> PromiseRow:
    length = Duration(content["maintenance_time"]["micros"])
    count = len(content["windows"])
    return PromiseRow(
        promise="Maintenance", within="no target", reached=say_minutes(length), verdict=Verdict.NOT_APPLICABLE,
        note=f"{count} planned" if count else "none planned", is_goal=True,
    )  # fmt: skip


def tell_claim(content: dict[str, Any], claim: dict[str, Any]) -> ClaimRow:
    """A claim with the judge's word on it; what holds it up stands first."""
    because = [step for step in claim["why"].get("because", ()) if step["value"].get("words") != "fulfilled"]
    clauses = dict.fromkeys(clause for step in because or [claim["why"]] for clause in step.get("clauses", ()))
    words = {True: "granted by the agreement", False: "refused", None: "waits for a person"}[claim["accepted"]]
    return ClaimRow(
        claim=claim["claim"],
        outage=claim["interruption"],
        filed_at=Instant.parse(claim["at"]),
        amount=amount_of(content, claim),
        verdict=words,
        because="; ".join(step["words"] for step in because) or "every condition holds",
        clauses=tuple(clauses),
    )


def amount_of(content: dict[str, Any], claim: dict[str, Any]) -> Money | None:
    """What a claim brings, where it alone brings what is granted."""
    if not claim["accepted"]:
        return None
    granting = [one for one in content["claims"] if one["credit"] == claim["credit"] and one["accepted"]]
    credit = next((one for one in content["credits"] if one["rule"] == f"credits/{claim['credit']}"), None)
    return read_money(credit["granted"]) if credit and len(granting) == 1 else None


def tell_reading(reading: dict[str, Any]) -> UsedReading:
    return UsedReading(
        name=reading["reading"],
        question=reading["question"],
        ours=f"{reading['we_read']}: {', '.join(reading['figures'])}",
        others=tuple(f"{other['sense']}: {', '.join(other['figures'])}" for other in reading["others"]),
        changes=any(other["changes"] for other in reading["others"]),
        clauses=tuple(reading["clauses"]),
    )


def tell_coverage(content: dict[str, Any], finding: dict[str, Any]) -> Coverage | None:
    """How much of the time gone by was measured, by whom, and where the gaps are."""
    if "coverage" not in finding:
        return None
    share = Fraction(finding["coverage"]["value"]["share"])
    unseen = finding["quantities"]["not measured"]["micros"]
    start, end = (Instant.parse(text) for text in finding["period"])
    gone_by = min(Instant.parse(content["as_of"]), end) - start
    whole = Duration(int(unseen / (1 - share))) if share != 1 else gone_by
    told = next((step for step in finding["why"]["because"] if step.get("state") == "unknown"), None)
    named = "; ".join(f"{source['from']} ({source['kind']})" for source in content["measured_by"])
    return Coverage(
        measured=Duration(whole.micros - unseen),
        whole=whole,
        by=named or "nobody named",
        gaps=tuple(f"{step['words']}: {step['shown']}" for step in (told.get("because", ()) if told else ())),
        clauses=tuple(told.get("clauses", ())) if told else (),
    )


def list_waiting(content: dict[str, Any]) -> list[str]:
    return [f"Claim {claim['claim']} waits for a person." for claim in content["claims"] if claim["accepted"] is None]
