"""Which edition of the text binds a customer: the one in force when he signed, or the latest."""

from collections.abc import Iterable, Sequence
from datetime import date

from upheld.core.explain import Finding, Step, Verdict
from upheld.core.facts import Fact, Frozen, VersionPublished, frozen_class, of_kind
from upheld.core.terms.editions import WHEN_SIGNED
from upheld.core.terms.place import Term
from upheld.core.terms.quantities import NotAQuantity, parse_date
from upheld.core.terms.rules import Terms
from upheld.core.timeline import Instant, Span

NO_EDITION = "none"


@frozen_class
class Published(Frozen):
    """An edition, and the date from which it takes effect."""

    version: str
    effective_on: date
    fact: str = ""


@frozen_class
class ChosenEdition(Frozen):
    """The edition that binds on a date; None where none was in force yet."""

    edition: Published | None
    why: Step


def choose_edition(applies: Term[str], editions: Iterable[Published], signed_on: date | None, on: date) -> ChosenEdition:
    """
    The edition of a customer on a date. An edition is in force from its date on, until a later one is.

    Who keeps the version that he signed is bound by the latest one of the day of signing; another by the latest of the day.
    """
    keeps = applies.value == WHEN_SIGNED
    asked_on = signed_on if keeps and signed_on else on
    ordered = sorted(editions, key=lambda edition: (edition.effective_on, edition.version))
    begun = [edition for edition in ordered if edition.effective_on <= asked_on]
    steps = tuple(
        Step(edition.version, f"in force from {edition.effective_on}", facts=(edition.fact,) if edition.fact else ())
        for edition in ordered
    )
    day = f"when signed, {asked_on}" if keeps and signed_on else f"on {asked_on}"
    words = f"the edition in force {day}; applies: {applies.value}"
    chosen = begun[-1] if begun else None
    value = chosen.version if chosen else NO_EDITION
    return ChosenEdition(chosen, Step(value, words, applies.clauses, applies.readings, because=steps))


def list_editions(terms: Terms, facts: Sequence[Fact], signed_on: date | None) -> tuple[Published, ...]:
    """
    This text and every other that was published. A text that names no day is in force for who signed it, from then on;
    another one without a readable date cannot be chosen.
    """
    edition, found = terms.besides.edition, dict[str, Published]()
    if edition and (begins_on := edition.effective.value or signed_on):
        found[edition.version] = Published(edition.version, begins_on)
    for fact in of_kind(facts, VersionPublished):
        try:
            found[fact.version] = Published(fact.version, parse_date(fact.effective_on), fact.id)
        except NotAQuantity:
            continue
    return tuple(found.values())


def judge_edition(
    terms: Terms, facts: Sequence[Fact], period: Span, signed_at: Instant | None, as_of: Instant
) -> list[Finding]:
    """Which edition binds in the period, where several were published; undecided where it is not the one judged by."""
    edition = terms.besides.edition
    if edition is None or edition.applies is None or not of_kind(facts, VersionPublished):
        return []
    zone = terms.statement_period.zone
    signed_on = zone.date_at(signed_at) if signed_at else None
    # The last moment that is asked about: an edition of the day after a month is no edition of that month.
    on = zone.date_at(max(min(Instant(period.end.micros - 1), as_of), period.start))
    chosen = choose_edition(edition.applies, list_editions(terms, facts, signed_on), signed_on, on)
    value = chosen.edition.version if chosen.edition else NO_EDITION
    verdict = Verdict.NOT_APPLICABLE if value == edition.version else Verdict.UNDECIDED
    effective = chosen.edition.effective_on.isoformat() if chosen.edition else NO_EDITION
    quantities = (("version", value), ("effective", effective), ("judged by", edition.version))
    return [Finding("agreement/version", period, value, verdict, chosen.why, quantities=quantities)]
