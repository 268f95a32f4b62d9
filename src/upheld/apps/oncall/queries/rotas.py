"""Who is on call, who was, and who will be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from upheld.apps.oncall.models import Layer, Override, Rota, RotaVersion
from upheld.apps.oncall.queries.turns import Piece, Turns, cover, lay_out, zone_named
from upheld.apps.parties.models import User
from upheld.core.service_hours import Zone
from upheld.core.timeline import DAY, Instant, Span

FAR = DAY * 35
"""How far around an instant a shift's beginning and end, and whoever follows, are looked for at least."""
STEPPED_IN = 0


class UnknownRota(LookupError):
    """A rota, or something of one, that is not on record."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A span in which one person is on call. `layer` is 0 where they step in for somebody."""

    span: Span
    person: User
    layer: int

    @property
    def steps_in(self) -> bool:
        return self.layer == STEPPED_IN


@dataclass(frozen=True, slots=True)
class OnCall:
    """Who is on call by a rota at an instant, until when, and who follows; None where nobody is."""

    rota: Rota
    now: Shift | None
    next: Shift | None


def list_rotas() -> list[Rota]:
    return list(Rota.objects.order_by("name"))


def rota(slug: str) -> Rota:
    """One rota; raises UnknownRota."""
    found = Rota.objects.filter(slug=slug).first()
    if found is None:
        raise UnknownRota(f"no rota is called {slug!r}; there are: {', '.join(row.slug for row in list_rotas()) or 'none'}")
    return found


def versions_of(rota: Rota) -> list[RotaVersion]:
    """Every version that was, is or will be in force, the oldest first."""
    return list(rota.versions.order_by("from_at"))


def version_at(rota: Rota, at: Instant) -> RotaVersion | None:
    """The version in force; before the first, none."""
    return rota.versions.filter(from_at__lte=at.utc()).order_by("-from_at").first()


def layers_of(version: RotaVersion) -> list[Layer]:
    """The layers with their people, the lowest first."""
    return list(version.layers.prefetch_related("turns__user").order_by("number"))


def overrides_of(rota: Rota, at: Instant) -> list[Override]:
    """Who steps in now or later, the next first."""
    rows = rota.overrides.select_related("user").filter(to_at__gt=at.utc(), withdrawn_at__isnull=True)
    return list(rows.order_by("from_at", "pk"))


def override(rota: Rota, number: int) -> Override:
    """One of a rota; raises UnknownRota."""
    found = rota.overrides.select_related("user").filter(pk=number).first()
    if found is None:
        raise UnknownRota(f"{rota.name} has no stepping in with the number {number}")
    return found


def who_is_on_call(rota: Rota, at: Instant) -> Shift | None:
    """The shift in force at an instant of the past, now or later, in its whole length; None where nobody was on call."""
    return look_around(rota, at).now


def shifts_of(user: User, at: Instant) -> list[tuple[Shift, Zone]]:
    """The shifts of one person in force at an instant, each with the zone of its rota, the first to end first."""
    by_turn, stepping_in = Q(versions__layers__turns__user=user), Q(overrides__user=user, overrides__to_at__gt=at.utc())
    found = []
    for rota in Rota.objects.filter(by_turn | stepping_in).distinct():
        shift, version = who_is_on_call(rota, at), version_at(rota, at)
        if shift is not None and version is not None and shift.person == user:
            found.append((shift, zone_named(version.zone, shift.span)))
    return sorted(found, key=lambda pair: pair[0].span.end)


def look_around(rota: Rota, at: Instant) -> OnCall:
    """Who is on call at an instant, and who follows."""
    far = max((FAR, *(DAY * (layer.shift_days * 2 + 2) for layer in Layer.objects.filter(version__rota=rota))))
    shifts = shifts_between(rota, at.before(far), at + far)
    now = next((shift for shift in shifts if shift.span.contains(at)), None)
    return OnCall(rota, now, next((shift for shift in shifts if shift.span.start > at), None))


def join_shifts(shifts: Sequence[Shift]) -> list[Shift]:
    """Shifts that touch and are the same person's, by the same layer, in one."""
    joined: list[Shift] = []
    for shift in shifts:
        before = joined[-1] if joined else None
        if (
            before
            and before.span.end == shift.span.start
            and (before.person.pk, before.layer) == (shift.person.pk, shift.layer)
        ):
            joined[-1] = replace(before, span=Span(before.span.start, shift.span.end))
        else:
            joined.append(shift)
    return joined


def shifts_between(rota: Rota, start: Instant, end: Instant) -> list[Shift]:
    """Who is on call when, in order, inside [start, end): by the versions that held, with everybody who stepped in."""
    within = Span(start, end)
    pieces: list[Piece] = []
    versions = [row for row in versions_of(rota) if Instant.of(row.from_at) < end]
    for place, version in enumerate(versions):
        until = Instant.of(versions[place + 1].from_at) if place + 1 < len(versions) else end
        held = Span(Instant.of(version.from_at), until).overlap(within) if until > Instant.of(version.from_at) else None
        if held is not None:
            pieces += lay_out_version(version, held)
    for row in rota.overrides.filter(from_at__lt=end.utc(), to_at__gt=start.utc()).order_by("pk"):
        ended_at = min(moment for moment in (row.to_at, row.withdrawn_at) if moment is not None)
        span = Span.forward(Instant.of(row.from_at), Instant.of(ended_at)).overlap(within)
        pieces = cover(pieces, [Piece(span, row.user_id, STEPPED_IN)]) if span else pieces
    people = User.objects.in_bulk({piece.person for piece in pieces})
    return [Shift(piece.span, people[piece.person], piece.layer) for piece in pieces]


def lay_out_version(version: RotaVersion, within: Span) -> list[Piece]:
    """The shifts of one version, its higher layers over the lower ones."""
    zone = zone_named(version.zone, within)
    pieces: list[Piece] = []
    for layer in layers_of(version):
        pieces = cover(pieces, lay_out(read_turns(layer), zone, within, layer=layer.number))
    return pieces


def read_turns(layer: Layer) -> Turns:
    """A layer's rows as plain values."""
    return Turns(
        people=tuple(turn.user_id for turn in sorted(layer.turns.all(), key=lambda turn: turn.place)),
        begins_on=layer.begins_on,
        handoff_minute=layer.handoff_minute,
        shift_days=layer.shift_days,
        weekdays=frozenset(int(day) for day in layer.weekdays),
        from_minute=layer.from_minute,
        to_minute=layer.to_minute,
    )
