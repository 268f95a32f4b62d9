"""
Status pages: the `incidents.json` of Statuspage (API version 2), of Google Cloud, and histories of one incident a line.

A status page's own times are late: the first post follows the start by a median of 42 minutes in published histories. So
a time of posting bounds an edge and never sets it; a window that the text states sets both edges, unless its day is a guess.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from upheld.core.timeline import Instant, NotAnInstant
from upheld.gateways.incidents.incident import Incident, Left, Read

STILL_BAD = ("investigating", "identified")


def read_statuspage(text: str) -> Read:
    """Every incident of the text; entries that hold no time are left, with the reason."""
    incidents: list[Incident] = []
    left: list[Left] = []
    for place, entry in list_entries(text):
        try:
            incidents.append(read_entry(place, entry))
        except (KeyError, TypeError, ValueError) as problem:
            missing = f"it has no {problem}" if isinstance(problem, KeyError) else str(problem)
            left.append(Left(place, missing))
    return Read(tuple(incidents), tuple(left))


def list_entries(text: str) -> Iterator[tuple[str, Any]]:
    """The entries of one JSON document, or of one a line, each with its place."""
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield f"line {number}", read_line(line)
        return
    entries = whole.get("incidents", [whole]) if isinstance(whole, dict) else whole
    yield from ((f"entry {number}", entry) for number, entry in enumerate(entries, 1))


def read_line(line: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as problem:
        return f"is not JSON: {problem.msg} at column {problem.colno}"


def read_entry(place: str, entry: Any) -> Incident:
    if not isinstance(entry, Mapping):
        raise TypeError(entry if isinstance(entry, str) else "an incident is one JSON object")
    if "begin" in entry:
        return read_window(place, entry)
    return read_history(place, entry) if "first_post" in entry else read_posts(place, entry)


def read_window(place: str, entry: Mapping[str, Any]) -> Incident:
    """Google Cloud: one window, which its post-mortem states."""
    start, end = at(entry["begin"]), maybe_at(entry.get("end"))
    affected = entry.get("affected_products", entry.get("products", ()))
    products = tuple(one["title"] if isinstance(one, Mapping) else str(one) for one in affected)
    impact = str(entry.get("status_impact") or entry.get("severity") or "")
    title = str(entry.get("external_desc") or ", ".join(products))
    name = str(entry.get("id") or f"{entry['begin']}/{','.join(products)}")
    return Incident(name, title, products, impact, start, end or start, end, start, told_at=end)


def read_posts(place: str, entry: Mapping[str, Any]) -> Incident:
    """Statuspage: posts with a state each. It was still bad at the last post that says so, and good when it was resolved."""
    posts = sorted((at(post["created_at"]), str(post.get("status"))) for post in entry.get("incident_updates", ()))
    began = at(entry.get("started_at") or entry["created_at"])
    bad = [moment for moment, state in posts if state in STILL_BAD]
    good_at = maybe_at(entry.get("resolved_at"))
    bad_until_at = max([began, *bad]) if good_at is None else min(max([began, *bad]), good_at)
    last = max([began, *(moment for moment, _ in posts), *([good_at] if good_at else [])])
    components = tuple(str(one["name"]) for one in entry.get("components", ()))
    return Incident(
        str(entry["id"]), str(entry.get("name", "")), components, str(entry.get("impact", "")), began, bad_until_at, good_at,
        doubt="the times are those of the posts", told_at=last,
    )  # fmt: skip


def read_history(place: str, entry: Mapping[str, Any]) -> Incident:
    """A history that was read from posts before: their times beside the window that their text states."""
    posted, resolved = at(entry["first_post"]), maybe_at(entry.get("resolved_post"))
    stated = maybe_at(entry.get("stated_from")), maybe_at(entry.get("stated_to"))
    components = tuple(str(one) for one in entry.get("components", ()))
    common: dict[str, Any] = {
        "id": str(entry["id"]), "title": str(entry.get("name", "")), "components": components,
        "impact": str(entry.get("impact", "")), "told_at": maybe_at(entry.get("last_post")) or resolved or posted,
    }  # fmt: skip
    start, end = stated
    if start is None or end is None:
        doubt = "the text states no window; the times are those of the posts"
        return Incident(**common, bad_at=posted, bad_until_at=posted, good_at=resolved, doubt=doubt)
    if entry.get("stated_day_basis") == "day in text" and not entry.get("check") and start <= end:
        return Incident(**common, good_before_at=start, bad_at=start, bad_until_at=end, good_at=end)
    doubt = str(entry.get("check") or "the day of the stated window is that of the post")
    last = max(end, resolved or end)
    return Incident(
        **common, good_before_at=min(start, posted), bad_at=min(max(start, posted), last),
        bad_until_at=max(min(end, resolved or end), min(max(start, posted), last)), good_at=last, doubt=doubt,
    )  # fmt: skip


def at(written: Any) -> Instant:
    try:
        return Instant.parse(str(written))
    except NotAnInstant as problem:
        raise ValueError(f"{written!r} is no instant: {problem}") from None


def maybe_at(written: Any) -> Instant | None:
    return None if written in (None, "") else at(written)
