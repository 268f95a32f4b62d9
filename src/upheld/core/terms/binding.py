"""From a document, a customer's parameters and a choice of readings to typed rules, or to everything that is wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

from upheld.core.service_hours import ServiceHours
from upheld.core.terms import rules
from upheld.core.terms.access import bind_doors
from upheld.core.terms.availability import bind_availability
from upheld.core.terms.caps import bind_shared_cap
from upheld.core.terms.charges import bind_fees
from upheld.core.terms.circumstances import Circumstances
from upheld.core.terms.claiming import bind_claim
from upheld.core.terms.closing import find_closed_days
from upheld.core.terms.coherence import find_incoherent
from upheld.core.terms.credits import bind_credit, bind_money
from upheld.core.terms.desk import bind_desk
from upheld.core.terms.document import Document
from upheld.core.terms.duties import bind_besides
from upheld.core.terms.hours import parse_week
from upheld.core.terms.maintenance import bind_maintenance
from upheld.core.terms.measures import bind_measure
from upheld.core.terms.parameters import read_parameters
from upheld.core.terms.periods import bind_period
from upheld.core.terms.place import Desk, Place, TermProblem, names, one_of
from upheld.core.terms.rights import bind_right
from upheld.core.terms.services import bind_cause, bind_evidence, bind_service
from upheld.core.terms.sites import join_sites
from upheld.core.terms.zones import Zones, freeze_named


def bind(
    document: Document, calendars: Mapping[str, Any], parameters: Mapping[str, str], readings: Mapping[str, str],
    zones: Mapping[str, Sequence[str]] | None = None,
) -> rules.Terms | list[TermProblem]:  # fmt: skip
    """
    The rules as they bind one customer.

    `calendars` is what was frozen at signing; `parameters` are the customer's values in force; `readings` names another
    sense for some readings (none: as the agreement reads); `zones` holds, by parameters, the zones that were frozen with
    their values. A list of problems comes instead where anything cannot be read.
    """
    desk = Desk(document, parameters, readings)
    root = Place(desk, (), document.blocks)
    for name in readings:
        if name not in document.blocks.get("readings", {}):
            root.problem(f"no reading is called {name!r}", "readings", name)
    known = read_parameters(desk)
    clocks = freeze_named(calendars, zones or {}, desk)
    hours = {name: bind_calendar(name, place, clocks, calendars) for name, place in root.below("calendars").named()}
    known_hours = join_sites(root, {name: calendar for name, calendar in hours.items() if calendar})
    bound = {
        "periods": each(root, "periods", lambda name, place: bind_period(name, place, clocks)),
        "evidence": each(root, "evidence", bind_evidence),
        "services": each(root, "services", bind_service),
        "causes": each(root, "causes", bind_cause),
        "maintenance": each(root, "maintenance", lambda name, place: bind_maintenance(name, place, known_hours)),
    }
    at, leaves = Circumstances(known, {}, known_hours), leaves_base(bound)
    promises = each(
        root, "availability",
        lambda name, place: bind_availability(name, place, bound["periods"], bound["services"], leaves, at),
    )  # fmt: skip
    measures = each(root, "measures", lambda name, place: bind_measure(name, place, bound["periods"], at))
    money, currency = bind_money(root)
    named = tuple(root.below("availability").entries)
    credits = each(root, "credits", lambda name, place: bind_credit(name, place, money, currency, named, at))
    caps = each(root, "caps", lambda name, place: bind_shared_cap(name, place, money, currency))
    claims, rights = each(root, "claims", bind_claim), each(root, "rights", bind_right)
    desk_rules = bind_desk(root, known_hours)
    fees, doors, besides = bind_fees(root, currency), bind_doors(root), bind_besides(root)
    if desk.problems:
        return desk.problems
    senses = {name: readings.get(name, entry["we read"]) for name, entry in document.blocks.get("readings", {}).items()}
    terms = rules.Terms(
        document=document, currency=currency, calendars=known_hours, availability=promises, credits=credits,
        claims=claims, rights=rights, readings=senses, parameters=known, measures=measures, fees=fees, doors=doors,
        besides=besides, desk=desk_rules, caps=caps, **bound,
    )  # fmt: skip
    return list(find_incoherent(terms)) or terms


def each(root: Place, block: str, bind_one: Any) -> dict[str, Any]:
    bound = {name: bind_one(name, place) for name, place in root.below(block).named()}
    return {name: rule for name, rule in bound.items() if rule is not None}


def leaves_base(bound: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether any time can leave the base under these rules."""
    rules_of = (*bound["causes"].values(), *bound["maintenance"].values())
    return any(rule.counts_as.value == "out of base" for rule in rules_of)


def complete(*terms: Any) -> bool:
    """Whether all that a rule needs could be read; what could not is already a problem."""
    return all(term is not None for term in terms)


def bind_calendar(name: str, place: Place, zones: Zones, frozen: Mapping[str, Any]) -> ServiceHours | None:
    opened = place.read("open", lambda value: None if value == "always" else parse_week(list(names(value))))
    day = place.read("day", one_of("whole", "open hours", "closing", "none"))
    zone = zones.read(place, "UTC")
    if not (complete(opened, day, zone) and opened and day and zone):
        return None
    closed = find_closed_days(name, place, frozen)
    week = opened.value or ((),) * 7
    return ServiceHours(name, zone, week, closed, day.value, always=opened.value is None)
