"""Services: is it up, and what can the period still bear."""

from upheld.apps.findings.queries import CannotJudge, main_account, period_at, state_of
from upheld.core.timeline import DAY, Duration, Span
from upheld.doors.addresses import Answer
from upheld.doors.asking import Asked
from upheld.doors.naming import Agreement, name_for
from upheld.doors.shown.figures import budget_of, promise_of, tell_so_far, tell_target
from upheld.doors.shown.spans import draw_spans
from upheld.doors.shown.standing import see_standing
from upheld.pages.contexts.services import ServiceRow, ServicesPage
from upheld.pages.states import BY_WEIGHT, State


def show_services(asked: Asked) -> Answer:
    rows = [tell_row(asked, agreement) for agreement in asked.agreements()]
    rows.sort(key=lambda row: (BY_WEIGHT.index(row.state), row.left or Duration(2**62), row.agreement.words))
    return ServicesPage(as_of=asked.as_of, rows=tuple(rows))


def tell_row(asked: Asked, agreement: Agreement) -> ServiceRow:
    name = name_for(asked, agreement)
    try:
        period = period_at(agreement, asked.as_of)
        statement = state_of(agreement, period, asked.as_of)
    except CannotJudge:
        # Its terms do not bind: Now says why; here it is not left out.
        return ServiceRow(agreement=name, state=State.UNKNOWN, period=Span(asked.as_of.before(DAY), asked.as_of))
    account = main_account(statement)
    stands = see_standing(agreement.key, account, asked.as_of, is_past=asked.is_past)
    budget = budget_of(statement, account)
    return ServiceRow(
        agreement=name,
        state=stands.state,
        period=period,
        since=stands.since,
        so_far=tell_so_far(account) if account else "no promise",
        promised=tell_target(promise_of(statement, account)) if account else "",
        left=budget.left if budget else None,
        spans=draw_spans(account, statement.as_of),
        sampled_at=stands.seen_at,
    )
