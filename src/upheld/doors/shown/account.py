"""A statement's JSON as a page: the same for one that was issued and one that would be."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from upheld.apps.billing.queries.credits import corrections_in, granted_otherwise
from upheld.apps.statements.queries import restate
from upheld.core.explain import Verdict
from upheld.core.money import Money
from upheld.core.service_hours import Zone
from upheld.core.statement.outline import (
    MISSED,
    MONEY,
    PROMISES,
    count_missed,
    family_of,
    is_quiet,
    is_run,
    tell_bounds,
    tell_change,
)
from upheld.core.timeline import Duration, Instant, Span
from upheld.doors.asking import Asked
from upheld.doors.lines import FactLines
from upheld.doors.naming import Agreement, name_for
from upheld.doors.shown.folding import WHOLE, fold_reasons
from upheld.doors.shown.owing import list_credits, list_kept, list_runs, preview
from upheld.doors.shown.samples import list_samples
from upheld.doors.shown.statement_pictures import picture_budget, picture_period
from upheld.doors.shown.statements import credited, credited_time, main_finding, read_money
from upheld.gateways.pdf.naming import name_finding, say_rule, tell_senses
from upheld.pages.contexts.owed import PromiseRow
from upheld.pages.contexts.parts import AgreementName, Figure, Why
from upheld.pages.contexts.statements import ClaimRow, Coverage, ReasonSection, StatementPage, UsedReading
from upheld.pages.words import say_instant, say_minutes
from upheld.pages.words.claims import MET
from upheld.pages.words.facts_of_money import say_correction
from upheld.pages.words.zones import say_in_zone

Place = Callable[[int], str]
"""The address of the reasons of a figure, by its place in the statement."""


def make_account(
    asked: Asked, agreement: Agreement, content: dict[str, Any], span: Span, number: int, facts: FactLines, *, why_url: Place
) -> StatementPage:
    naming, content = name_for(asked, agreement, span.start), restate(agreement, content)
    first = main_finding(content)

    def anchor(place: int) -> str:
        finding = content["findings"][place]
        return f"#a{place}" if has_section(finding) else why_url(place) if not is_quiet(finding) else ""

    return StatementPage(
        list_url=asked.url_of("statements"),
        agreement=naming,
        period=span,
        number=number,
        issued_at=None,
        verdict=Verdict(first["verdict"]) if first else Verdict.NOT_APPLICABLE,
        promise=f"the goal of {name_goal(first)}"
        if first and first["verdict"] in ("reached", "not reached")
        else "availability",
        is_promised=first is not None and first["verdict"] != Verdict.NOT_APPLICABLE.value,
        missed=count_missed(content["findings"]) + count_further(content, first),
        credited=credited(content),
        credited_time=credited_time(content),
        figures=tuple(list_figures(content, naming)),
        line=picture_period(content, first, naming.zone),
        budget=picture_budget(first),
        sections=tuple(list_sections(content, naming, facts, why_url)),
        promises=(*list_rows(content, PROMISES, anchor, naming.zone), tell_maintenance(content)),
        attained=tuple(list_kept(content, anchor)),
        runs=tuple(list_runs(content, why_url)),
        credits=tuple(list_credits(content, anchor)),
        corrections=tuple(list_corrections(content, facts, span, naming.zone)),
        claims=tuple(tell_claim(content, claim, naming.zone) for claim in content["claims"]),
        rights=tuple(list_rows(content, ("rights",), anchor, naming.zone)),
        invoice=preview(content, anchor),
        asked=tuple(list_rows(content, ASKED, anchor, naming.zone)),
        readings=tuple(tell_reading(content, reading) for reading in content["readings"]),
        coverage=tell_coverage(content, first, naming.zone) if first else None,
        samples=tuple(list_samples(agreement, span, Instant.parse(content["as_of"]))),
        open_questions=(*content["held"], *list_waiting(content)),
    )


ASKED = ("access", "telephone", "instructions", "restores", "term")


def name_goal(finding: dict[str, Any]) -> str:
    return say_rule(finding["rule"]).partition("/")[2]


def count_further(content: dict[str, Any], first: dict[str, Any] | None) -> int:
    """Promises of availability that were missed besides the first."""
    return sum(
        1
        for finding in content["findings"]
        if finding is not first and family_of(finding) == "availability" and finding["verdict"] == Verdict.MISSED.value
    )


def list_figures(content: dict[str, Any], naming: AgreementName) -> Iterator[Figure]:
    """At most three: the share, the down time, what is credited."""
    first = main_finding(content)
    if first is not None:
        place = content["findings"].index(first)
        verdict = Verdict(first["verdict"])
        is_final = content["is_over"] and verdict in (Verdict.MET, Verdict.MISSED)
        shown = verdict if verdict is not Verdict.NOT_APPLICABLE else None
        says = "available" if shown else "available; no target is promised"
        yield Figure(value=first["shown"], says=says, verdict=shown, is_final=is_final, anchor=f"a{place}", agreement=naming)
        quantities = first["quantities"]
        borne = quantities.get("borne", {}).get("micros")
        says = f"down and counted; {say_minutes(Duration(borne))} are borne" if borne is not None else "down and counted"
        yield Figure(value=Duration(quantities["down"]["micros"]), says=says, anchor=f"a{place}", agreement=naming)
    granted = credited(content)
    for credit in [one for one in content["credits"] if one["granted_units"]] or content["credits"][:1]:
        place = next((place for place, one in enumerate(content["findings"]) if one["rule"] == credit["rule"]), 0)
        amount = read_money(credit["granted"])
        value = granted if granted and amount is not None else amount if amount is not None else credit["granted"]
        yield Figure(value=value, says="credited", anchor=f"a{place}", agreement=naming)
        return


def has_section(finding: dict[str, Any]) -> bool:
    """Whether the reasons of a figure stand on the page itself; others have a page of their own."""
    return family_of(finding) in (*PROMISES, *MONEY) and not is_run(finding) and not is_quiet(finding)


def list_sections(
    content: dict[str, Any], naming: AgreementName, facts: FactLines, why_url: Place
) -> Iterator[ReasonSection]:
    """Every figure of the period with its reasons; where they are many, the deeper lines of the longest are fetched."""
    shown = {place: finding for place, finding in enumerate(content["findings"]) if has_section(finding)}
    depths = fold_reasons({place: finding["why"] for place, finding in shown.items() if why_url(place)})
    for place, finding in shown.items():
        depth = depths.get(place, WHOLE)
        is_long = depth != WHOLE
        is_asked = finding["verdict"] in MISSED or family_of(finding) in ("availability", "credits")
        verdict = Verdict(finding["verdict"])
        yield ReasonSection(
            anchor=f"a{place}",
            heading=name_finding(finding),
            verdict=verdict if verdict is not Verdict.NOT_APPLICABLE else None,
            shown=finding["shown"],
            why=Why(
                step=finding["why"], agreement=naming, facts=facts, is_open=is_asked and not is_long,
                url=why_url(place) if is_long else "", depth=depth, note=tell_bounds(finding),
            ),
        )  # fmt: skip


def list_rows(content: dict[str, Any], families: tuple[str, ...], anchor: Place, zone: Zone) -> Iterator[PromiseRow]:
    """Every figure of these families that the period as a whole has."""
    for place, finding in enumerate(content["findings"]):
        if family_of(finding) in families and not is_run(finding):
            yield PromiseRow(
                promise=name_finding(finding), figure=finding["shown"], verdict=Verdict(finding["verdict"]),
                says=say_in_zone(finding["why"]["words"], zone), bounds=tell_bounds(finding),
                clauses=tuple(finding["why"].get("clauses", ())), url=anchor(place),
            )  # fmt: skip


def tell_maintenance(content: dict[str, Any]) -> PromiseRow:
    length = Duration(content["maintenance_time"]["micros"])
    count = len(content["windows"])
    return PromiseRow(
        promise="Maintenance", figure=say_minutes(length), verdict=Verdict.NOT_APPLICABLE,
        says=f"{count} planned; no target" if count else "none planned; no target", is_goal=True,
    )  # fmt: skip


def tell_claim(content: dict[str, Any], claim: dict[str, Any], zone: Zone) -> ClaimRow:
    """A claim with the judge's word on it; what holds it up stands first."""
    because = [step for step in claim["why"].get("because", ()) if step["shown"] not in ("fulfilled", MET)]
    clauses = dict.fromkeys(clause for step in because or [claim["why"]] for clause in step.get("clauses", ()))
    words = {True: "granted by the agreement", False: "refused", None: "waits for a person"}[claim["accepted"]]
    return ClaimRow(
        claim=claim["claim"],
        outage=claim["interruption"],
        filed_at=Instant.parse(claim["at"]),
        amount=amount_of(content, claim),
        verdict=words,
        because=say_in_zone("; ".join(tell_condition(step) for step in because), zone) or "every condition is met",
        clauses=tuple(clauses),
    )


def tell_condition(step: dict[str, Any]) -> str:
    """A condition that is not met or not known yet, with what was found of it."""
    return f"{step['shown']}: {step['words']}"


def list_corrections(content: dict[str, Any], facts: FactLines, span: Span, zone: Zone) -> Iterator[str]:
    """What is known of corrections where the page looks from; those that came after the statement say when."""
    told_at = Instant.parse(content["as_of"])
    known = [fact for fact in facts.facts if fact.recorded_at <= facts.as_of]
    for fact in (*granted_otherwise(known, content["claims"]), *corrections_in(known, span)):
        is_later = fact.recorded_at > told_at
        later = f" This was done {say_instant(fact.recorded_at, zone)}, after the statement." if is_later else ""
        yield f"{say_correction(fact).rstrip('.')}.{later}"


def amount_of(content: dict[str, Any], claim: dict[str, Any]) -> Money | None:
    """What a claim brings, where it alone brings what is granted."""
    if not claim["accepted"]:
        return None
    granting = [one for one in content["claims"] if one["credit"] == claim["credit"] and one["accepted"]]
    credit = next((one for one in content["credits"] if one["rule"] == f"credits/{claim['credit']}"), None)
    return read_money(credit["granted"]) if credit and len(granting) == 1 else None


def tell_reading(content: dict[str, Any], reading: dict[str, Any]) -> UsedReading:
    ours, others = tell_senses(content["findings"], reading)
    return UsedReading(
        name=reading["reading"],
        question=reading["question"],
        ours=ours,
        others=tuple(others),
        changes=tell_change(content["findings"], reading),
        clauses=tuple(reading["clauses"]),
    )


def tell_coverage(content: dict[str, Any], finding: dict[str, Any], zone: Zone) -> Coverage | None:
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
        gaps=tuple(
            say_in_zone(f"{step['words']}: {step['shown']}", zone) for step in (told.get("because", ()) if told else ())
        ),
        clauses=tuple(told.get("clauses", ())) if told else (),
    )


def list_waiting(content: dict[str, Any]) -> list[str]:
    return [f"Claim {claim['claim']} waits for a person." for claim in content["claims"] if claim["accepted"] is None]
