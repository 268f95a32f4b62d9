"""Prints, as a JSON list, every ticket of UPHELD_HOME whose runs are not those that the core finds."""

import json
from collections.abc import Iterator


def find_wrong() -> Iterator[str]:
    from upheld.apps.desk.models import Run, Ticket
    from upheld.apps.desk.queries import desk_of
    from upheld.core.timeline import Instant

    for ticket in Ticket.objects.filter(agreement__isnull=False).select_related("agreement__version").order_by("number"):
        rows = list(Run.objects.filter(ticket=ticket))
        if not rows or ticket.agreement is None:
            yield f"{ticket.name} has no clocks"
            continue
        seen = Instant(max(row.seen_us for row in rows))
        _, desk = desk_of(ticket.agreement, [ticket.name], seen, reasons=False)
        found = {
            (run.clock, run.number, run.state, run.due_at.micros if run.due_at else None)
            for run in desk.of_ticket(ticket.name)
            if not run.is_superseded
        }
        kept = {(row.clock, row.number, row.state, row.due_us) for row in rows}
        if kept != found:
            yield f"the clocks of {ticket.name} are {sorted(map(str, kept))}, and should be {sorted(map(str, found))}"


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(list(find_wrong())))
