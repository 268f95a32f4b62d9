"""Words that pages of credits and claims share: states, reasons, what is left of a time."""

from collections.abc import Iterator
from typing import Any

from upheld.apps.billing.queries import UnknownClaim, claim
from upheld.apps.billing.queries.credits import UnknownCredit, credit
from upheld.apps.billing.queries.credits_otherwise import worth_otherwise
from upheld.apps.findings.queries import CannotJudge
from upheld.core.explain import show
from upheld.core.timeline import Instant, Span
from upheld.doors.asking import Asked
from upheld.doors.naming import Agreement
from upheld.doors.refusing import NotHere
from upheld.pages.contexts.lists import Badge, Entry
from upheld.pages.contexts.parts import AgreementName, Choice, Field, Form, Problem
from upheld.pages.words import say_instant, say_left, say_sentence

Credit = Any
"""A row of credits, as their queries give it."""
STATES = {
    "proposed": Badge("Proposed", "run"), "claimed": Badge("Claimed", "run"), "granted": Badge("Granted", "up", "up"),
    "applied": Badge("Applied", "up", "up"), "refused": Badge("Refused", "down", "down"), "lapsed": Badge("Lapsed", "pause"),
    "withdrawn": Badge("Nothing owed", "pause"),
}  # fmt: skip
GRANT = (Choice("granted", "Grant it"), Choice("refused", "Refuse it"))


def find_credit(name: str) -> Credit:
    """The credit of an address; NotHere for a name that nothing has."""
    try:
        return credit(name)
    except UnknownCredit as problem:
        raise NotHere(says=say_sentence(str(problem))) from None


def find_claim(name: str) -> Any:
    """The claim of an address; NotHere for a name that nothing has."""
    try:
        return claim(name)
    except UnknownClaim as problem:
        raise NotHere(says=say_sentence(str(problem))) from None


def name_credit(row: Credit) -> str:
    """`CR-7: tenfold for O-1`."""
    kind = "correction of " if row.kind == "correction" else ""
    what = row.credit.replace("-", " ")
    promise = f", {row.promise.replace('-', ' ')}" if row.promise else ""
    return f"{row.name}: {kind}{what}{promise}{f' for {row.subject}' if row.subject else ''}"


def say_amount(row: Credit) -> str:
    return row.amount or "no amount that the agreement defines"


def say_until(words: str, end: Instant | None, at: Instant, name: AgreementName) -> str:
    """A clock: its end, and how much is left or over; nothing where there is none."""
    if end is None:
        return ""
    when = say_instant(end, name.zone, as_of=at)
    return f"{words} {when}: {say_left(end - at)}." if end > at else f"{words} {when}, which has passed."


def list_otherwise(agreement: Agreement, period: Span, rule: str, as_of: Instant) -> Iterator[Entry]:
    """What a credit of a period would come to under each other sense of a reading that changes it."""
    try:
        found = worth_otherwise(agreement, period, rule, as_of)
    except CannotJudge:
        return
    for one in found:
        yield Entry(words=f"{show(one.value)}: {one.sense}", says=(one.question,))


def make_decision(asked: Asked, url: str, name: AgreementName, problems: tuple[Problem, ...], *more: Field) -> Form:
    """Grant or refuse, with the reason that the customer reads."""
    return Form(
        url=url, deed="Decide", not_done="Nothing was decided.", problems=problems, agreement=name,
        fields=(
            Field(name="decision", label="Decision", choices=GRANT, value=asked.sent("decision")),
            Field(name="because", label="Why, as the customer will read it", kind="long", value=asked.sent("because")),
            *more,
        ),
    )  # fmt: skip
