"""Who is on call now, and what nobody has answered."""

from upheld.apps.oncall import queries
from upheld.apps.parties.queries import is_administrator
from upheld.doors.addresses import link
from upheld.doors.asking import Asked
from upheld.interfaces.console.oncall.showing import show_page_row, show_rota
from upheld.pages.contexts.oncall import OnCallPage

WHO_MAY = "An administrator writes rotas and escalation policies."


def show_oncall(asked: Asked) -> OnCallPage:
    may = is_administrator(asked.user) and not asked.is_past
    return OnCallPage(
        as_of=asked.as_of,
        rotas=tuple(show_rota(row, asked.as_of) for row in queries.list_rotas()),
        open_pages=() if asked.is_past else tuple(show_page_row(row, asked) for row in queries.open_pages()),
        links=(link("Pages", "pages"), link("Escalation policies", "policies"), link("How I am reached", "ways")),
        add=link("Write a rota", "rota-new") if may else None,
        who_may="" if may else WHO_MAY,
    )
