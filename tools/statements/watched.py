"""What was watched in a made-up history: outages with their causes, what was measured, planned work, recoveries, copies."""

from datetime import timedelta

from tools.statements.pen import Pen
from upheld.core.facts import (
    BackupTaken,
    BackupTested,
    CauseApproved,
    CauseAssigned,
    ClockStepped,
    CoverageDeclared,
    DisasterDeclared,
    DrillRun,
    FactCorrected,
    LevelMeasured,
    NoticeGiven,
    NotMeasured,
    ObservationsSealed,
    OutageClosed,
    OutageOpened,
    RecoveryPointUsed,
    RequestsCounted,
    ShareAffected,
    TaskTimed,
    VendorNoticeReceived,
    WindowApproved,
    WindowCancelled,
    WindowEnded,
    WindowPlanned,
    WindowRefused,
    WindowStarted,
)
from upheld.core.service_hours import ServiceHours
from upheld.core.terms.services import Cause
from upheld.core.timeline import DAY, HOUR, MINUTE, SECOND, Duration, Instant, Span

SOMEBODY, SECOND_PERSON = "an engineer", "a second person"


def tell_watched(pen: Pen) -> None:
    """All of it, over the whole period."""
    for service in pen.terms.services.values():
        for component in service.components:
            tell_measured(pen, component)
        for _ in pen.some(4):
            tell_outage(pen, pen.any_of(service.components))
    for _ in pen.some(3):
        tell_window(pen)
    tell_copies(pen)
    tell_figures(pen)


def tell_measured(pen: Pen, component: str) -> None:
    """Each day is sealed or declared; now and then a part of one was not seen."""
    start = pen.told.start
    while start < pen.told.end:
        end = min(start + DAY * pen.random.randint(1, 9), pen.told.end)
        if pen.chance(90):
            pen.write(
                ObservationsSealed, end, component=component, from_at=start, to_at=end, every=MINUTE.micros,
                good=pen.random.randrange(2000), bad=pen.random.randrange(9), unseen=0, digest="ab" * 32,
            )  # fmt: skip
        elif pen.chance(50):
            evidence = pen.any_of(list(pen.terms.evidence) or ["a record"])
            pen.write(CoverageDeclared, end, from_at=start, to_at=end, evidence=evidence)
        start = end
    for _ in pen.some(2):
        blind = pen.span(HOUR * 5)
        pen.write(
            NotMeasured, blind.end, component=component, from_at=blind.start, to_at=blind.end, because="the prober stopped"
        )
    if pen.chance(5):
        pen.write(ClockStepped, pen.moment(), by=pen.random.randint(-(10**6), 10**6))


def tell_outage(pen: Pen, component: str) -> None:
    """One outage, told to the second; some run on, some are taken back as a false alarm."""
    span = pen.span(HOUR * pen.any_of((1, 9, 30)))
    name = f"O-{len(pen.outages) + 1}"
    pen.outages.append((name, span))
    last_good = span.start.before(pen.length(SECOND, MINUTE)) if pen.chance(70) else None
    opened = pen.write(
        OutageOpened, span.start, outage=name, component=component, first_bad_at=span.start, last_good_at=last_good,
        because="connection refused", resource="resource-1" if pen.chance(10) else "",
    )  # fmt: skip
    if pen.chance(95):
        pen.write(
            OutageClosed, span.end, outage=name, last_bad_at=span.end.before(pen.length(Duration(0), SECOND)),
            first_good_at=span.end,
        )  # fmt: skip
    for _ in pen.some(2):
        tell_cause(pen, name, span)
    if pen.chance(5):
        pen.write(
            FactCorrected, span.end + HOUR, corrects=opened, because="a false alarm", by=SOMEBODY, approved_by=SECOND_PERSON
        )  # fmt: skip
    if pen.chance(10):
        hit = pen.random.randint(0, 90)
        pen.write(ShareAffected, span.end, outage=name, from_at=span.start, to_at=span.end, hit=hit, all=90)
    tell_recovery(pen, name, span)


def tell_cause(pen: Pen, outage: str, span: Span) -> None:
    """A cause of the agreement over all of it, or over a part; approved by a second person, or not yet."""
    if not pen.terms.causes:
        return
    cause = pen.any_of(list(pen.terms.causes.values()))
    start = span.start if pen.chance(60) else pen.moment(span)
    end = span.end if start == span.start else max(start, pen.moment(span))
    if start == end:
        return
    assigned = pen.write(
        CauseAssigned, span.end, outage=outage, from_at=start, to_at=end, cause=cause.name, evidence=shown_by(pen, cause),
        by=SOMEBODY, software=pen.any_of(known_names(pen)), supplier="a supplier" if pen.chance(30) else "",
    )  # fmt: skip
    if pen.chance(70):
        pen.write(CauseApproved, span.end + HOUR, assignment=assigned, by=SECOND_PERSON)


def shown_by(pen: Pen, cause: Cause) -> str:
    return pen.any_of(cause.evidence) if cause.evidence and pen.chance(95) else ""


def known_names(pen: Pen) -> list[str]:
    """Names that the agreement lists, and one that it does not."""
    lists = pen.terms.document.blocks.get("lists", {}).values()
    return ["", "something else", *(str(name) for one in lists if isinstance(one, list) for name in one)]


def tell_recovery(pen: Pen, outage: str, span: Span) -> None:
    if pen.chance(40):
        point = span.start.before(pen.length(Duration(0), HOUR * 30))
        pen.write(RecoveryPointUsed, span.end, outage=outage, point_at=point, by=SOMEBODY)
    if pen.chance(10):
        pen.write(DisasterDeclared, pen.moment(span), outage=outage, by=SOMEBODY)


def tell_window(pen: Pen) -> None:
    """Planned work of a kind: told in time or late, agreed to or not, begun and ended, or cancelled; down in it, or not."""
    if not pen.terms.maintenance:
        return
    kind, span = pen.any_of(list(pen.terms.maintenance.values())), pen.span(HOUR * 6)
    name = f"W-{len(pen.windows) + 1}"
    pen.windows.append(name)
    planned_at = span.start.before(pen.length(MINUTE, DAY * 40))
    pen.write(WindowPlanned, planned_at, window=name, kind=kind.name, from_at=span.start, to_at=span.end)
    if pen.chance(80):
        told_at = pen.moment(Span(planned_at, span.start))
        pen.write(NoticeGiven, told_at, window=name, to="customer", by="email", delivery="accepted")
    if pen.chance(15):
        pen.write(VendorNoticeReceived, planned_at, window=name, vendor="a supplier")
    for party in kind.approval.value if kind.approval else ():
        if pen.chance(75):
            pen.write(WindowApproved, pen.moment(Span(planned_at, span.end)), window=name, party=party, by=SECOND_PERSON)
        elif pen.chance(50):
            pen.write(WindowRefused, planned_at, window=name, party=party, by=SECOND_PERSON, because="not now")
    if pen.chance(10):
        pen.write(WindowCancelled, span.start, window=name, because="not needed")
        return
    if pen.chance(80):
        begun = span.start.before(MINUTE * 3) if pen.chance(10) else span.start + pen.length(Duration(0), MINUTE * 5)
        pen.write(WindowStarted, begun, window=name)
        pen.write(WindowEnded, span.end + pen.length(Duration(0), MINUTE * 30), window=name)
    if pen.chance(60):
        component = pen.any_of(pen.any_of(list(pen.terms.services.values())).components)
        tell_down_in(pen, span, component)


def tell_down_in(pen: Pen, span: Span, component: str) -> None:
    outage = f"O-{len(pen.outages) + 1}"
    down = Span(span.start, span.end + pen.length(Duration(0), MINUTE * 40))
    pen.outages.append((outage, down))
    pen.write(OutageOpened, down.start, outage=outage, component=component, first_bad_at=down.start, last_good_at=down.start)
    pen.write(OutageClosed, down.end, outage=outage, last_bad_at=down.end, first_good_at=down.end)


def tell_copies(pen: Pen) -> None:
    """The copies of every duty to take them: each due night, or each day, with now and then one missing or poor."""
    for rule in pen.terms.desk.backups.values():
        for number, at in enumerate(list_due(pen, rule.every.value), start=1):
            if pen.chance(4):
                continue
            name = f"{rule.name}-{number}"
            has = rule.must_be.value if pen.chance(97) else pen.few_of(rule.must_be.value)
            size = pen.random.randrange(2 * 10**11)
            pen.write(BackupTaken, at, backup=name, kind=rule.name, properties=has, bytes=size)
            if pen.chance(3):
                pen.write(BackupTested, at + HOUR, backup=name, is_good=pen.chance(80), by=SOMEBODY)
    if pen.terms.desk.recovery and pen.chance(20):
        drill = pen.span(HOUR * 9)
        point = drill.start.before(pen.length(Duration(0), HOUR * 9))
        pen.write(DrillRun, drill.end, drill="drill-1", from_at=drill.start, restored_at=drill.end, point_at=point)


def list_due(pen: Pen, every: ServiceHours | Duration) -> list[Instant]:
    """An instant in each opening of a calendar, or once in each length of time."""
    if isinstance(every, Duration):
        length = pen.told.length
        return [pen.told.start + every * number for number in range(1, length.micros // every.micros)]
    day, found = pen.told.start.utc().date(), list[Instant]()
    while day <= pen.told.end.utc().date():
        found += [pen.moment(span) for span in every.open_spans_of(day)[:1]]
        day = day + timedelta(days=1)
    return found


def tell_figures(pen: Pen) -> None:
    """Requests counted, levels and tasks, of the components and measures that the agreement names."""
    for service in pen.terms.services.values():
        for _ in pen.some(2):
            span, total = pen.span(HOUR), pen.random.randint(1, 10**6)
            pen.write(
                RequestsCounted, span.end, component=pen.any_of(service.components), from_at=span.start, to_at=span.end,
                total=total, failed=pen.random.randint(0, total // 50), response_time=pen.random.randint(10**3, 10**6),
            )  # fmt: skip
    for measure in pen.terms.measures.values():
        for _ in pen.some(4):
            span, level = pen.span(HOUR), f"{pen.random.randrange(2000)}.{pen.random.randrange(10)}"
            component = pen.any_of(pen.terms.services[measure.service].components)
            if measure.within is not None:
                pen.write(TaskTimed, span.end, measure=measure.name, started_at=span.start, done_at=span.end)
                continue
            pen.write(
                LevelMeasured, span.end, figure=measure.figure, component=component, from_at=span.start, to_at=span.end,
                level=level,
            )  # fmt: skip
