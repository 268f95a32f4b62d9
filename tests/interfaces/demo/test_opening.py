"""The demo's desk: filled by the services that pages and mails use, once, whatever cut it off."""

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from upheld.apps.agreements.queries import agreement, list_agreements
from upheld.apps.billing.queries import invoices_of, standing_of
from upheld.apps.desk.models import Call, Ticket
from upheld.apps.desk.queries import find_held, holds_of, running_of, tickets_of
from upheld.apps.fleet.queries import list_assignments
from upheld.apps.ledger.queries import facts_of
from upheld.apps.maintenance.queries import list_windows
from upheld.apps.oncall.models import Message
from upheld.apps.oncall.queries import default_policy, list_rotas, look_around
from upheld.apps.parties.models import Contact, User
from upheld.apps.parties.queries import awaits_setup, list_users
from upheld.apps.parties.services import offer_setup
from upheld.core.timeline import HOUR, MINUTE, Instant
from upheld.interfaces.demo import cast, stories
from upheld.interfaces.demo.opening import fill
from upheld.interfaces.demo.seed import seed
from upheld.language import check

pytestmark = pytest.mark.django_db

NOON = Instant.parse("2026-11-18T12:00Z")
AGREEMENTS = Path("agreements")
CONTROL = "http://127.0.0.1:9001/"
ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+")


@cache
def check_once(source, as_of):
    return check(source, as_of=as_of)


@pytest.fixture(autouse=True)
def texts_are_read_once(monkeypatch):
    """The five texts take their time, and are the same for all of these tests."""
    monkeypatch.setattr(cast, "check", lambda source, *, as_of: check_once(source, as_of))


def open_desk(at: Instant = NOON) -> str:
    seed(AGREEMENTS, port=9000, controls=[CONTROL], at=at)
    return fill(AGREEMENTS, server=9002, switch="", control=CONTROL, at=at)


def ticket(subject: str) -> Ticket:
    return Ticket.objects.get(subject=subject)


def test_what_is_there():
    """Five agreements of five customers, two services that are watched, and a ticket in every state that a desk knows."""
    said = open_desk()

    assert "the desk of the demo is open: 5 agreements, 6 tickets, 1 of them held" == said
    assert 5 == len({one.customer.slug for one in list_agreements()})
    assert {"http://127.0.0.1:9000/", "http://127.0.0.1:9002/"} == {check.url for check in list_assignments()}
    states = {stories.OUT: "new", stories.SLOW: "new", stories.RESTORED: "resolved", stories.STUCK: "waiting"}
    assert states == {subject: ticket(subject).state for subject in states}
    assert [stories.STRANGER.subject] == [one.subject for one in find_held()]
    assert {"too-early", "ok", "ticket-first"} == set(Call.objects.values_list("code", flat=True))


def test_an_urgent_clock_runs_and_another_is_over():
    """The urgent one has eleven of its fifteen minutes left; the other's hour is over since four."""
    open_desk()

    due = [run.due_at for subject in (stories.OUT, stories.SLOW) for run in running_of(ticket(subject), NOON)]
    assert [NOON + MINUTE * 11, NOON.before(HOUR * 4)] == due


def test_what_waits_says_what_proves_it():
    """A question that the customer can read, and the number of another party's ticket."""
    open_desk()

    [asked], [sought] = (holds_of(ticket(subject)) for subject in (stories.STUCK, stories.POSTBACK))
    assert ("customer", f"{ticket(stories.STUCK).name}-m2") == (asked.waiting_for, asked.evidence)
    assert ("third-party", "Northlight's ticket NL-20931") == (sought.waiting_for, sought.evidence)


def test_people_and_papers():
    """Two on call by turns, the default policy, and work ahead with its notice."""
    open_desk()

    [rota], [window] = list_rotas(), list_windows()
    around = look_around(rota, NOON)
    assert around.now is not None
    assert around.next is not None
    assert {"Iris Falk", "Ben Okoro"} == {around.now.person.name, around.next.person.name}
    policy = default_policy()
    assert policy is not None
    assert "Whoever is on call, then both" == policy.name
    assert (1, "cedar-clinics") == (window.notices.count(), window.agreement.customer.slug)


def test_invoices_are_drawn_up_paid_and_paid_in_part():
    """
    Bramble signed on 9 September: September with its set-up fee and October are over, by the month for one server. The
    first is paid and the second in part; started again, nothing is issued or paid twice.
    """
    open_desk()
    open_desk()

    bound = agreement("bramble-press-code-enigma")
    rows = [one for one in invoices_of(bound) if one.is_drawn_up]
    assert ["GBP 540.00", "GBP 300.00"] == [one.amount for one in rows]
    assert ["paid", "part paid"] == [standing_of(one, NOON).state for one in rows]
    assert "2026-118" in [one.number for one in invoices_of(bound)]


def test_it_is_recorded_now_and_happened_before():
    """No fact of a ticket claims to have been known before it was told."""
    open_desk()

    facts = [fact for one in list_agreements() for fact in facts_of(one.key) if fact.id.startswith("T-")]
    assert {NOON} == {fact.recorded_at for fact in facts}
    assert NOON.before(HOUR * 26) == min(fact.occurred_at for fact in facts)


def test_repeated_it_adds_nothing():
    """The next start finds all of it there: no ticket, call, fact, person or message more."""
    open_desk()
    before = count()

    open_desk(NOON + HOUR)

    assert before == count()


def test_cut_off_it_goes_on_where_it_was(monkeypatch):
    """Killed between two matters, the next start tells the others, and none twice."""

    def die(cast):
        raise KeyboardInterrupt

    whole = stories.LETTERS
    monkeypatch.setattr(stories, "LETTERS", (die,))
    with pytest.raises(KeyboardInterrupt):
        open_desk()
    monkeypatch.setattr(stories, "LETTERS", whole)

    assert "6 tickets" in open_desk(NOON + MINUTE)
    assert [stories.OUT, stories.SLOW] == [
        one.subject for one in tickets_of(agreement("bramble-press-code-enigma").customer)
    ]


def count() -> tuple[int, ...]:
    facts = sum(len(facts_of(one.key)) for one in list_agreements())
    return facts, Ticket.objects.count(), Call.objects.count(), User.objects.count(), Message.objects.count()


def test_nobody_has_a_password_and_the_first_link_stays_good():
    """Whoever knows the demo can sign in as nobody; the printed link makes its first administrator all the same."""
    token = offer_setup()
    assert token is not None

    open_desk()

    assert 8 == len(list_users())
    assert not any(one.has_usable_password() for one in list_users())
    assert awaits_setup(token)


def test_every_address_is_nobodys():
    """People, contacts, parameters and mails: all of them end in .example, which no mail server will ever have."""
    open_desk()

    cast = files("upheld.interfaces.demo").joinpath("fixtures/cast.json").read_text(encoding="utf-8")
    written = [*ADDRESS.findall(cast), stories.STRANGER.address]
    kept = [*User.objects.values_list("email", flat=True), *Contact.objects.values_list("email", flat=True)]
    mails = Message.objects.values_list("to", flat=True)
    assert [] == [one for one in [*written, *kept, *mails] if not one.endswith(".example")]
    assert kept
