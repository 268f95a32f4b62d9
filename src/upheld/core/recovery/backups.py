"""Backups: for every opening of their calendar, or at every moment, whether there is a copy that is what it must be."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from upheld.core.clocks import in_time
from upheld.core.explain import Count, Finding, Step, Value, Verdict, show, show_count, show_instant, show_span
from upheld.core.facts import BackupTaken, BackupTested, Fact, Frozen, frozen_class, of_kind
from upheld.core.service_hours import ServiceHours, next_day
from upheld.core.terms import Terms
from upheld.core.terms.answers import answer
from upheld.core.terms.recovery import Backup
from upheld.core.timeline import Duration, Instant, Span


@frozen_class
class Turn(Frozen):
    """One time a copy was due: its name (the date on which it begins), its span, and why it was missed, if it was."""

    name: str
    span: Span
    copy: str
    missed_for: str
    is_open: bool
    facts: tuple[str, ...] = ()


@frozen_class
class BackupJudged(Frozen):
    """A duty to take copies in a period, turn by turn."""

    finding: Finding
    turns: tuple[Turn, ...]

    @property
    def missed(self) -> tuple[str, ...]:
        """The names of the turns that were missed."""
        return tuple(turn.name for turn in self.turns if turn.missed_for and not turn.is_open)


def judge_backups(
    terms: Terms, facts: Sequence[Fact], period: Span, signed_at: Instant, as_of: Instant
) -> tuple[BackupJudged, ...]:
    """Every duty to take copies, in a period."""
    tested = {one.backup: one for one in sorted(of_kind(facts, BackupTested), key=in_time)}
    judged = []
    for rule in terms.desk.backups.values():
        taken = sorted(
            (one for one in of_kind(facts, BackupTaken) if one.kind == rule.name and one.occurred_at <= as_of), key=in_time
        )
        if not applies(terms, rule):
            judged.append(BackupJudged(tell_needless(rule, period), ()))
            continue
        span = Span.forward(max(period.start, signed_at), period.end)
        turns = tuple(find_turns(rule, taken, tested, span, as_of))
        judged.append(BackupJudged(tell(rule, turns, period, as_of), turns))
    return tuple(judged)


def applies(terms: Terms, rule: Backup) -> bool:
    """Whether the duty is there for this customer; what his values do not say does not take it away."""
    if rule.when is None:
        return True
    return answer(rule.when, terms.circumstances({})).holds is not False


def find_turns(
    rule: Backup, taken: Sequence[BackupTaken], tested: Mapping[str, BackupTested], span: Span, as_of: Instant
) -> Iterator[Turn]:
    every = rule.every.value
    if isinstance(every, ServiceHours):
        yield from find_nights(rule, every, taken, tested, span, as_of)
    else:
        yield from find_lapses(rule, every, taken, tested, span, as_of)


def find_nights(
    rule: Backup, hours: ServiceHours, taken: Sequence[BackupTaken], tested: Mapping[str, BackupTested], span: Span,
    as_of: Instant,
) -> Iterator[Turn]:  # fmt: skip
    """Each opening of the calendar that begins on a date of the span, named by that date, wherever it ends."""
    if not span.length:
        return
    day, last = hours.zone.date_at(span.start), hours.zone.date_at(Instant(span.end.micros - 1))
    while day <= last:
        for night in hours.open_spans_of(day):
            if span.contains(night.start) and night.start < as_of:
                own = [one for one in taken if night.contains(one.occurred_at) or one.occurred_at == night.end]
                yield look_at_night(rule, day, night, own, tested, as_of)
        day = next_day(day)


def look_at_night(
    rule: Backup, day: date, night: Span, own: Sequence[BackupTaken], tested: Mapping[str, BackupTested], as_of: Instant
) -> Turn:
    """A night is kept by any copy that is all it must be; else the best one says what it lacks."""
    best: BackupTaken | None = None
    for one in own:
        if not lacks(rule, one, tested):
            return Turn(day.isoformat(), night, one.backup, "", False, (one.id,))
        best = best or one
    missed_for = "no copy was taken" if best is None else lacks(rule, best, tested)
    facts = tuple(one.id for one in own)
    return Turn(day.isoformat(), night, best.backup if best else "", missed_for, as_of < night.end, facts)


def lacks(rule: Backup, taken: BackupTaken, tested: Mapping[str, BackupTested]) -> str:
    """What a copy lacks of what it must be; empty where it lacks nothing."""
    missing = [name for name in rule.must_be.value if name not in taken.properties]
    test = tested.get(taken.backup)
    if not (test.is_good if test else taken.is_good):
        return "nothing can be restored from it"
    return f"not {' and not '.join(missing)}" if missing else ""


def find_lapses(
    rule: Backup, longest: Duration, taken: Sequence[BackupTaken], tested: Mapping[str, BackupTested], span: Span,
    as_of: Instant,
) -> Iterator[Turn]:  # fmt: skip
    """Each time in which the newest good copy was older than it may be. The first copy is due so long after the start."""
    end = min(span.end, as_of)
    good = [one for one in taken if not lacks(rule, one, tested) and one.occurred_at <= end]
    marks = [(span.start, ""), *((one.occurred_at, one.id) for one in good if one.occurred_at >= span.start)]
    before = max((one.occurred_at for one in good if one.occurred_at < span.start), default=span.start)
    marks[0] = (before, "")
    for (at, fact), (later, _) in zip(marks, [*marks[1:], (end, "")], strict=True):
        too_old_at = max(at + longest, span.start)
        if too_old_at < later:
            lapse = Span(too_old_at, later)
            words = f"no copy for more than {show(longest)}"
            yield Turn(show_instant(lapse.start), lapse, "", words, False, (fact,) if fact else ())


def tell_needless(rule: Backup, period: Span) -> Finding:
    why = Step("not owed", f"{rule.name} is not owed to this customer", rule.clauses)
    return Finding(f"backups/{rule.name}", period, "not owed", Verdict.NOT_APPLICABLE, why)


def tell(rule: Backup, turns: Sequence[Turn], period: Span, as_of: Instant) -> Finding:
    """The turns that were missed, each with what was lacking."""
    missed = [turn for turn in turns if turn.missed_for and not turn.is_open]
    verdict = Verdict.MISSED if missed else Verdict.MET if as_of >= period.end else Verdict.NOT_YET_KNOWN
    if any(turn.is_open for turn in turns) and not missed:
        verdict = Verdict.NOT_YET_KNOWN
    parts = tuple(
        Step("missed", f"{turn.name}: {turn.missed_for} ({show_span(turn.span)})", rule.must_be.clauses, facts=turn.facts)
        for turn in missed
    )
    of = "nights" if isinstance(rule.every.value, ServiceHours) else "lapses"
    count = Count(len(missed), f"{of} missed" if of == "nights" else of)
    must = f", each {' and '.join(rule.must_be.value)}" if rule.must_be.value else ""
    nights = f"of {show_count(len(turns), of)} of {rule.name}{must}"
    words = nights if of == "nights" else f"in which {rule.name} was too old{must}"
    why = Step(count, words, rule.clauses, rule.every.readings, because=parts)
    quantities: tuple[tuple[str, Value], ...] = (
        ("turns", Count(len(turns), of)),
        ("missed", ", ".join(turn.name for turn in missed) or "none"),
    )
    return Finding(f"backups/{rule.name}", period, count, verdict, why, quantities=quantities)
