"""Who keeps our heads outside: the newest head, who has countersigned which and when, stamps, and what was mailed."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from upheld.apps.agreements.queries import list_agreements
from upheld.apps.ledger.platform import platform_head
from upheld.apps.witnesses.queries import Watch, latest_stamp, list_mailings, list_readers, list_watches
from upheld.core.timeline import DAY, Instant
from upheld.doors.asking import Asked
from upheld.doors.naming import name_agreement
from upheld.pages.contexts.lists import Badge, Entry, Section, WitnessesPage
from upheld.pages.contexts.page import Link
from upheld.pages.words import say_count, say_day, say_instant

AFTER = DAY
"""A witness looks every hour: one that saw nothing new for so long, though there was something, is behind."""
SLOW = DAY * 2
"""Stamps and mails come once a day: later than this, something stands still."""
MOST_MAILINGS = 7
SEEN, BEHIND, NOTHING = Badge("Saw it", "up", "up"), Badge("Behind", "degraded", "degraded"), Badge("Nothing yet", "unknown")
MEND = (
    "Ask the customer whether upheld-witness.pyz still runs, and what it ended with: 1 means that it found our history "
    "rewritten, 3 that it could not reach us or that we refused the line. Then run upheld ledger verify."
)


def show_witnesses(asked: Asked) -> WitnessesPage:
    head, seen = platform_head(), list_seen(asked.as_of)
    size = head.size if head and head.signed_at <= asked.as_of else 0
    late = [one for one in seen if is_behind(one, size, asked.as_of)]
    is_empty = not seen and not list_readers()
    return WitnessesPage(
        as_of=asked.as_of,
        answer=tell_answer(len(late), len(seen)),
        lede="Whoever holds an older head can prove that nothing under it was changed since."
        + (" Customers name witnesses and addresses in the portal, under Heads." if is_empty else ""),
        way=(Link("Facts", asked.url_of("facts")), Link("Witnesses")),
        sections=(
            tell_head(asked),
            Section(
                anchor="witnesses", heading="Witnesses", says=MEND if late else "",
                entries=tuple(tell_watch(one, size, asked.as_of) for one in seen),
                empty="No witness is named. A customer's own people name theirs in the portal, under Heads.",
            ),
            tell_stamp(asked.as_of),
            *tell_mails(asked),
        ),
    )  # fmt: skip


def tell_answer(late: int, named: int) -> str:
    if late:
        return say_count(late, "witness is behind", "witnesses are behind")
    return f"{say_count(named, 'witness')}, none behind" if named else "No witness keeps our heads yet"


def list_seen(as_of: Instant) -> list[Watch]:
    return [one for one in list_watches() if one.added_at <= as_of]


def is_behind(one: Watch, size: int, as_of: Instant) -> bool:
    """Whether it should have seen a newer head by now."""
    return one.size < size and (one.seen_at or one.added_at) + AFTER < as_of


def tell_head(asked: Asked) -> Section:
    head = platform_head()
    section = Section(anchor="head", heading="The head over all ledgers", empty="Nothing is signed yet.")
    if head is None or head.signed_at > asked.as_of:
        return section
    place = reverse("status-heads", args=["head.json"])
    entry = Entry(
        words=say_count(head.size, "head of a ledger", "heads of ledgers"), links=(Link("As everybody is shown it", place),),
        says=(f"Signed {say_instant(head.signed_at, as_of=asked.as_of, dated=True)}.",),
    )  # fmt: skip
    return Section(anchor="head", heading=section.heading, entries=(entry,))


def tell_watch(one: Watch, size: int, as_of: Instant) -> Entry:
    named = f"Named {say_day(one.added_at, as_of=as_of, weekday=False)} for {one.agreement}."
    behind = is_behind(one, size, as_of)
    if one.seen_at is None or one.seen_at > as_of:
        return Entry(words=one.name, badge=BEHIND if behind else NOTHING, says=(named, "It has countersigned nothing yet."))
    told = f"It countersigned the head over {one.size:,}, {say_instant(one.seen_at, as_of=as_of, dated=True)}."
    return Entry(words=one.name, badge=BEHIND if behind else SEEN, says=(named, told))


def tell_stamp(as_of: Instant) -> Section:
    """What an authority has stamped, and what to do where it has not."""
    stamp, heading = latest_stamp(), "Stamps of an authority"
    authority = str(getattr(settings, "UPHELD_TSA_URL", ""))
    if stamp is None or Instant.of(stamp.stamped_at) > as_of:
        none = f"{authority} has stamped nothing yet; the log of the worker says why." if authority else (
            "No authority is named. With one in UPHELD_TSA_URL the head is stamped once a day: "
            "then nobody, we included, could have made it later."
        )  # fmt: skip
        return Section(anchor="stamps", heading=heading, empty=none)
    stamped_at = Instant.of(stamp.stamped_at)
    late = bool(authority) and stamped_at + SLOW < as_of
    mend = ("None came since: the log of the worker says why, and it asks again every quarter of an hour.",) if late else ()
    entry = Entry(
        words=stamp.authority, badge=BEHIND if late else Badge("Stamped", "up", "up"),
        says=(f"The head over {stamp.size:,}, {say_instant(stamped_at, as_of=as_of, dated=True)}.", *mend),
        links=(Link("Head and stamp", reverse("status-heads", args=["stamp.json"])),),
    )  # fmt: skip
    return Section(anchor="stamps", heading=heading, entries=(entry,))


def tell_mails(asked: Asked) -> Sequence[Section]:
    """Who gets heads by mail, and what was written to them day by day."""
    names = {one.key: name_agreement(one, asked.as_of).words for one in list_agreements()}
    readers = [one for one in list_readers() if Instant.of(one.added_at) <= asked.as_of]
    sent = [one for one in list_mailings(MOST_MAILINGS) if Instant.of(one.at) <= asked.as_of]
    first = min((Instant.of(one.added_at) for one in readers), default=asked.as_of)
    last = Instant.of(sent[0].at) if sent else first
    late = bool(readers) and max(first, last) + SLOW < asked.as_of
    return (
        Section(
            anchor="readers", heading="By mail each day", empty="Nobody gets the heads by mail. Customers name addresses.",
            entries=tuple(
                Entry(words=one.address, says=(f"The head of {names.get(one.agreement.key, one.agreement.key)}.",))
                for one in readers
            ),
        ),
        Section(
            anchor="mailings", heading="What was mailed", empty="Nothing was mailed yet.",
            says="The last mail is older than two days: look whether the worker runs." if late else "",
            entries=tuple(
                Entry(words=say_count(one.written, "mail"), at=Instant.of(one.at), says=(f"The head over {one.size:,}.",))
                for one in sent
            ),
        ),
    )  # fmt: skip
