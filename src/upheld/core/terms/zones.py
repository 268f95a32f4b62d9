"""By whose clocks a calendar or a period goes: zones frozen with the version, and those frozen with a customer's values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from upheld.core.service_hours import NotAZone, Zone
from upheld.core.terms.place import Desk, Place, TermProblem, nearest, text


@dataclass(frozen=True, slots=True)
class Zones:
    """
    What was frozen: `named` with the version, by the names of zones; `own` with the customer's values, by parameters.

    A zone that the text names is always the version's: no value that was set later can alter it.
    """

    named: Mapping[str, Zone]
    own: Mapping[str, Zone]

    def read(self, place: Place, absent: str | None = None) -> Zone | None:
        """The zone of a place; None where it is missing, cannot be read or was not frozen, each of which is a problem."""
        zone = place.read("zone", text, absent)
        if zone is None:
            return None
        parameter = find_parameter(place.desk, place.teller("zone").entries.get("zone"))
        found = self.own.get(parameter) or self.named.get(zone.value)
        if found is None:
            place.problem(explain_missing(zone.value, parameter, self.named), "zone")
        return found


def freeze_named(calendars: Mapping[str, Any], own: Mapping[str, Sequence[str]], desk: Desk) -> Zones:
    """The zones that are at hand; frozen texts of a customer's value that cannot be read are a problem of its parameter."""
    kept: dict[str, Zone] = {}
    for name, written in own.items():
        try:
            kept[name] = Zone.from_texts(desk.parameters.get(name, name), written)
        except NotAZone as problem:
            desk.problems.append(TermProblem(("parameters", name), f"its frozen zone cannot be read: {problem}"))
    return Zones({name: Zone.from_json(name, written) for name, written in calendars["zones"].items()}, kept)


def find_parameter(desk: Desk, written: Any) -> str:
    """The parameter behind a value, by way of readings; nothing where the value stands in the text itself."""
    while isinstance(written, str) and written.startswith("reading "):
        written = desk.sense_of(written.removeprefix("reading "))
    return written.removeprefix("parameter ") if isinstance(written, str) and written.startswith("parameter ") else ""


def explain_missing(zone: str, parameter: str, named: Mapping[str, Zone]) -> str:
    """Which clocks are not known, where they should stand, and what to do."""
    if not parameter:
        return f"zone {zone} was not frozen with this version{nearest(zone, named)}"
    return (
        f"zone {zone} was not frozen: neither with this version, which has {', '.join(sorted(named))}, nor with the value "
        f"of parameter {parameter!r}; the fact that sets it must carry the changes of its clocks in the field zone"
    )
