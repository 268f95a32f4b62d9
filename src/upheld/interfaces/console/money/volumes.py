"""How large things are that cost more when they are large: sizes are entered or pasted, and what follows is told."""

from collections.abc import Iterator

from upheld.apps.billing.queries.volumes import Volume, list_volume_charges, list_volumes
from upheld.apps.billing.services import CannotCharge, Measured, measure_volumes
from upheld.apps.findings.queries import CannotJudge
from upheld.core.terms.sizes import parse_size
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.naming import Agreement, name_for, zone_of
from upheld.doors.refusing import NotAllowed
from upheld.doors.written_times import NotATime, read_time
from upheld.pages.contexts.lists import Badge, Entry, MoneyPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Choice, Field, Form, Problem
from upheld.pages.words import say_count, say_sentence

PAST = "You look from a past instant. Go back to now to record it."
BADGES = {True: Badge("May be charged, by quote", "degraded", "degraded"), False: Badge("Costs nothing more", "up", "up")}
UNKNOWN = Badge("Not known whether it may be charged", "unknown", "unknown")
MOST_LINES, MOST_SHOWN = 500, 60
HINT = "One line for each: its name; its size; when it was measured. Commas do as well, so a table can be pasted."
EXAMPLE = "backups; 105 GB; Fri 31 Jul 2026 22:00 UTC"
Sent = dict[str, str]


def show_volumes(asked: Asked) -> Answer:
    return make_page(asked, {})


def make_page(asked: Asked, sent: Sent, problems: tuple[Problem, ...] = ()) -> MoneyPage:
    sections: list[Section] = []
    for agreement in asked.agreements():
        mine = sent.get("agreement") == agreement.key
        try:
            sections += list_sections(asked, agreement, sent if mine else {}, problems if mine else ())
        except CannotJudge as problem:
            sections.append(Section(anchor=agreement.key, heading=agreement.key, empty=f"It cannot be judged: {problem}."))
    none = Section(anchor="none", heading="Volumes", empty="No agreement charges for how large something is.")
    return MoneyPage(
        as_of=asked.as_of, answer="How large things are", sections=tuple(sections) or (none,),
        lede="Beyond a size that the agreement names, a charge may be asked. What is recorded here is a fact.",
        way=(Link("Credits", asked.url_of("credits")), Link("Invoices", asked.url_of("invoices")), Link("Volumes")),
    )  # fmt: skip


def list_sections(asked: Asked, agreement: Agreement, sent: Sent, problems: tuple[Problem, ...]) -> Iterator[Section]:
    charges, name = list_volume_charges(agreement, asked.as_of), name_for(asked, agreement)
    if not charges:
        return
    found = list_volumes(agreement, asked.as_of)
    older = len(found) - MOST_SHOWN
    yield Section(
        anchor=name.key, heading=name.words, entries=tuple(tell_volume(one, name) for one in found[:MOST_SHOWN]),
        says=f"{say_count(older, 'older size')} not shown." if older > 0 else "", empty="Nothing was measured yet.",
    )  # fmt: skip
    if asked.may_change:
        fields = (
            Field(name="charge", label="Charge", choices=tuple(Choice(one, one) for one in charges), is_list=True,
                  value=sent.get("charge", charges[0])),
            Field(name="lines", label="Sizes", kind="long", value=sent.get("lines", ""), hint=HINT, example=EXAMPLE),
        )  # fmt: skip
        form = Form(
            url=asked.url_of("volumes"), deed="Record them", not_done="Nothing was recorded.", fields=fields,
            hidden=(("agreement", agreement.key),), problems=problems, agreement=name,
        )  # fmt: skip
        yield Section(anchor=f"{name.key}-more", heading=f"What was measured, {name.words}", form=form)


def tell_volume(volume: Volume, name: AgreementName) -> Entry:
    return Entry(
        words=f"{volume.name}: {say_count(volume.size, 'byte')}", at=volume.measured_at, says=volume.because,
        badge=UNKNOWN if volume.may is None else BADGES[volume.may], clauses=volume.clauses, agreement=name,
    )  # fmt: skip


def measure(asked: Asked) -> Answer:
    """Record the sizes of all lines, or none of them."""
    if asked.is_past:
        raise NotAllowed("It is recorded now", PAST)
    agreement = asked.agreement(asked.sent("agreement"))
    sent = {name: asked.sent(name) for name in ("agreement", "charge", "lines")}
    try:
        if words := explain_length("The text", sent["lines"], most=MOST_LINES * 100):
            raise CannotCharge(words)
        measured = read_lines(sent["lines"], agreement)
        measure_volumes(agreement=agreement, charge=sent["charge"], measured=measured, by=asked.by, at=asked.at)
    except CannotCharge as problem:
        words = say_sentence(str(problem))
        return answer(asked, make_page(asked, sent, (Problem("lines", words),)), status=422)
    leave_toast(asked, f"{say_count(len(measured), 'size')} recorded.")
    return to("volumes")


def read_lines(text: str, agreement: Agreement) -> list[Measured]:
    """The sizes as they were written. Raises CannotCharge, with the line that cannot be read and how it is written."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not 1 <= len(lines) <= MOST_LINES:
        raise CannotCharge(f"1 to {MOST_LINES} lines are recorded at once, came {len(lines)}; one reads: {EXAMPLE}")
    found: list[Measured] = []
    for number, line in enumerate(lines, start=1):
        parts = [part.strip() for part in line.split(";" if ";" in line else ",", 2)]
        if len(parts) != 3:
            raise CannotCharge(f"line {number} has {len(parts)} parts, and 3 were expected; one reads: {EXAMPLE}")
        size = parse_size(f"{parts[1]} bytes" if parts[1].isdecimal() else parts[1])
        if size is None or size.bytes.denominator != 1:
            raise CannotCharge(f"line {number}: {parts[1]!r} is no size; write for instance 105 GB, 98 GiB or 105000000000")
        try:
            at = read_time(parts[2], {"": zone_of(agreement)})
        except NotATime as problem:
            raise CannotCharge(f"line {number}: {problem}") from None
        found.append(Measured(parts[0], int(size.bytes), at))
    return found
