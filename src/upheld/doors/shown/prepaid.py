"""Time bought ahead: what is left of it, which purchases it comes from, and the work that used it."""

from collections.abc import Iterator

from upheld.apps.desk.queries import Balance, Bought, Taken, balances_of
from upheld.core.timeline import ZERO, Duration, Instant
from upheld.doors.asking import Asked
from upheld.doors.lines import FactLines, lines_of
from upheld.doors.naming import Agreement, name_for
from upheld.pages.contexts.lists import Badge, Entry, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName
from upheld.pages.words import say_instant, say_length


def list_balances(asked: Asked, agreement: Agreement) -> Iterator[Section]:
    """A section for each charge for which the customer bought time. Raises CannotJudge."""
    naming, facts = name_for(asked, agreement), lines_of(asked, agreement.key)
    for balance in balances_of(agreement, asked.as_of):
        entries = [tell_sum(naming, balance)]
        entries += [tell_purchase(naming, one) for one in balance.purchases]
        entries += [tell_taken(asked, naming, facts, one) for one in balance.taken]
        yield Section(
            anchor=f"{naming.key}-{balance.charge}", heading=f"{balance.charge}, {naming.words}", entries=tuple(entries)
        )


def say_left(balance: Balance) -> str:
    """`4 h left`, or by how much more was worked than was there."""
    left = balance.left
    return f"{say_length(left)} left" if left >= ZERO else f"{say_length(ZERO - left)} more worked than bought"


def tell_sum(naming: AgreementName, balance: Balance) -> Entry:
    lost = f", {say_length(balance.lost)} ended unused" if balance.lost else ""
    return Entry(
        words=say_left(balance), agreement=naming,
        badge=Badge("Used up", "down", "down") if balance.left <= ZERO else Badge("There is time left", "up", "up"),
        says=(f"{say_length(balance.bought)} bought, {say_length(balance.used)} used{lost}.",),
    )  # fmt: skip


def tell_purchase(naming: AgreementName, one: Bought) -> Entry:
    lasted = say_length(Duration(one.row.lasted_us))
    lost = f"{say_length(one.lost)} of it ended unused." if one.lost else ""
    ends = f"Ends {say_instant(one.ends_at, naming.zone, full=True)}." if one.ends_at else "It does not end."
    return Entry(
        words=f"Bought: {lasted}, {one.row.reference}", at=Instant.of(one.row.bought_at), agreement=naming,
        says=tuple(line for line in (f"{say_length(one.rest)} of it left. {ends}", lost) if line),
    )  # fmt: skip


def tell_taken(asked: Asked, naming: AgreementName, facts: FactLines, one: Taken) -> Entry:
    worked = Duration(sum(work.lasted for work in one.works))
    counted = f", of which {say_length(worked)} were worked" if worked != one.counted else ""
    named = one.request.startswith("T-")
    return Entry(
        words=f"Used: {say_length(one.counted)} for {one.request}", at=one.at, agreement=naming,
        url=asked.url_of("ticket", one.request) if named else "",
        says=(f"{', '.join(work.work for work in one.works)}{counted}.",),
        links=tuple(Link(f"#{line.number:,}", line.url) for line in facts.named([work.id for work in one.works])),
    )  # fmt: skip
