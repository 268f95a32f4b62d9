"""Calendars that are open whenever one of several others is."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from upheld.core.service_hours import ServiceHours
from upheld.core.terms.place import Place, names, nearest


def join_sites(root: Place, hours: Mapping[str, ServiceHours]) -> dict[str, ServiceHours]:
    """Each calendar with those of which it says `any of`; what cannot be joined becomes a problem."""
    joined = dict(hours)
    for name, place in root.below("calendars").named():
        said = place.maybe("any of", names)
        if said is None or name not in hours:
            continue
        for what in find_wrong_sites(root, hours, name, said.value):
            place.problem(what, "any of")
        joined[name] = replace(hours[name], sites=tuple(hours[site] for site in said.value if site in hours))
    return joined


def find_wrong_sites(root: Place, hours: Mapping[str, ServiceHours], name: str, sites: tuple[str, ...]) -> Iterator[str]:
    for site in sites:
        if site not in root.below("calendars").entries:
            yield f"no calendar is called {site!r}{nearest(site, hours)}"
        elif root.below("calendars").below(site).has("any of"):
            yield f"{site} is made of others itself; name those instead of it"
    if hours[name].day == "open hours":
        yield "a day of several places has no length of its own; write day: whole, closing or none"
