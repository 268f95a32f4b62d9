"""Mails become tickets and messages: whose they are, which thread they go on with, and what only a machine wrote."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from upheld.apps.agreements.services import add_version, sign_agreement
from upheld.apps.desk.models import Author, Inbound, Message, State, Ticket
from upheld.apps.desk.queries import search
from upheld.apps.desk.services import Said, keep_inbound, reply, resolve, split, take_in, write_mails
from upheld.apps.ledger.queries import facts_of
from upheld.apps.oncall.models import Message as Outgoing
from upheld.apps.parties.models import Role
from upheld.apps.parties.services import add_customer, add_user, name_provider
from upheld.core.facts import MessageSent, TicketOpened, of_kind
from upheld.core.timeline import HOUR, MINUTE, Instant
from upheld.gateways.reading import Ours, Unreadable, read_mail
from upheld.gateways.signing import FakeSigner
from upheld.language import check

pytestmark = pytest.mark.django_db(transaction=True)

SIGNED = Instant.parse("2026-01-01T00:00Z")
MONDAY = Instant.parse("2026-03-02T09:00Z")
SHIPPED = Path(__file__).parents[3] / "agreements"
OURS = Ours("mx.harbour.example", ("harbour.example", "localhost"))
PASSWORD = "a long enough sentence 7"


def read(raw, envelope_from):
    return read_mail(raw, OURS, envelope_from=envelope_from)


def sign(slug):
    source = (SHIPPED / "redtrack.md").read_text(encoding="utf-8")
    checked = check(source, as_of=SIGNED)
    assert checked.document is not None
    customer = add_customer(slug=slug, name=slug.title())
    agreement = sign_agreement(
        key=f"{slug}-redtrack", customer=customer,
        version=add_version(source=source, document=checked.document, calendars=checked.calendars, at=SIGNED),
        parameters={"setup-by-specialist": "no", "sample-every": "1 minute"}, signed_at=SIGNED, by="person-1", at=SIGNED,
        signer=FakeSigner(),
    )  # fmt: skip
    ann = f"ann@{slug}.example"
    add_user(email=ann, name=f"Ann of {slug}", role=Role.CUSTOMER, password=PASSWORD, at=SIGNED, customer=customer)
    return agreement


@pytest.fixture(autouse=True)
def agreement():
    """Acorn and Birch are bound; Sam is one of the provider's people."""
    name_provider(name="Harbour")
    add_user(email="sam@harbour.example", name="Sam", role=Role.STAFF, password=PASSWORD, at=SIGNED)
    sign("birch")
    return sign("acorn")


def write(sender="Ann <ann@acorn.example>", subject="The tracker is down", text="Nothing is counted.", **fields):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "help@harbour.example", subject
    for name, value in fields.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def bring(raw, at=MONDAY, envelope_from="ann@acorn.example"):
    kept = keep_inbound(channel="email", raw=raw, received_at=at, envelope_from=envelope_from)
    return take_in(inbound=kept, read=read, at=at + MINUTE)


def answer(ticket, text="We look at it.", at=MONDAY + MINUTE * 5):
    """A person answers, and the mail is written; its id is given back."""
    message = reply(ticket=ticket, said=Said(text), by="person-1", shown_as="Sam", at=at)
    write_mails(at=at)
    message.refresh_from_db()
    return message.mail_id


class TestNewMatter:
    def test_runs_from_when_it_came(self, agreement):
        """Under the sender's one agreement, with text and sender, its clock from the server's time of arrival."""
        bring(write())

        [ticket] = Ticket.objects.all()
        [opened] = of_kind(facts_of(agreement.key), TicketOpened)
        assert (agreement.pk, "email", "ann@acorn.example") == (ticket.agreement_id, ticket.channel, ticket.address)
        assert (MONDAY, ticket.name) == (opened.occurred_at, opened.ticket)
        assert "Nothing is counted." in ticket.messages.get(number=1).text
        assert not ticket.is_verified

    def test_of_html_alone_is_read_and_found(self):
        """Its words are the message, whatever styles stand before them; the layout is kept clean beside them."""
        mail = EmailMessage()
        mail["From"], mail["Subject"] = "Ann <ann@acorn.example>", "Help"
        style = f"<style>{'p{margin:0}' * 60_000}</style>"
        mail.set_content(f"{style}<p>The <b>gateway</b></p><img src='https://x.example/t.png'>", subtype="html")
        bring(mail.as_bytes())

        [message] = Message.objects.filter(author=Author.CUSTOMER)
        assert ("The gateway", "<p>The <b>gateway</b></p><img>") == (message.text, message.html)
        assert ([message.ticket], []) == (search("gateway"), search("margin"))

    @pytest.mark.parametrize("is_readable", [True, False])
    def test_that_was_cut_says_so_with_both_sizes(self, is_readable):
        """Whoever answers knows that something is missing, and where the whole lies; also where nothing can be read."""
        raw = write()
        kept = keep_inbound(
            channel="email", raw=raw, received_at=MONDAY, envelope_from="ann@acorn.example", whole_size=73_400_320
        )
        take_in(inbound=kept, read=read if is_readable else lambda raw, path: Unreadable("it is too large"), at=MONDAY)

        text = Message.objects.get(author=Author.CUSTOMER).text
        assert f"was cut: it has 73,400,320 bytes, and the first {len(raw):,} are here" in text
        assert ("stays in the mailbox", is_readable) == (text.partition("of it ")[2][:20], "Nothing is counted." in text)

    def test_brought_twice_is_one(self, agreement):
        """By the same way, and as the same mail by another way."""
        raw = write(Message_ID="<1@acorn.example>")
        bring(raw)
        bring(raw)
        bring(raw + b"\nX-Other: way\n")

        assert (1, "ignored") == (Ticket.objects.count(), Inbound.objects.latest("pk").state)

    def test_under_an_id_that_every_mail_of_a_machine_has_is_another_one(self):
        """Other words under the same id are another mail: nothing is taken for known that is not."""
        for words in ("Disk full", "Fan stopped", "Fan stopped"):
            bring(write(text=words, Message_ID="<1@scanner.example>"))
        bring(write(text="Fan stopped", Message_ID="<1@scanner.example>", X_Other="way"))

        assert ["Disk full", "Fan stopped"] == [
            one.messages.get(number=1).text.strip() for one in Ticket.objects.order_by("pk")
        ]

    def test_of_somebody_unknown_is_held(self):
        bring(write("Eve <eve@nowhere.example>"), envelope_from="eve@nowhere.example")

        [ticket] = Ticket.objects.all()
        assert (None, "nobody is known by the address eve@nowhere.example") == (ticket.agreement, ticket.held_because)

    def test_that_cannot_be_read_is_a_ticket_all_the_same(self, agreement, monkeypatch):
        """Its clock runs; its bytes are there for a person."""
        from upheld.gateways.reading import Person, Unreadable

        kept = keep_inbound(channel="email", raw=b"\xff", received_at=MONDAY, envelope_from="ann@acorn.example")
        unread = Unreadable("it is no mail", sender=Person("ann@acorn.example"))
        done = take_in(inbound=kept, read=lambda raw, envelope_from: unread, at=MONDAY + MINUTE)

        [ticket] = Ticket.objects.all()
        assert ("unreadable", agreement.pk) == (done.state, ticket.agreement_id)
        assert ticket.runs.filter(state__in=["running", "not known"]).exists()

    def test_that_cannot_be_read_now_waits(self):
        from upheld.gateways.reading import Unreadable

        kept = keep_inbound(channel="email", raw=b"x", received_at=MONDAY)
        take_in(inbound=kept, read=lambda raw, sender: Unreadable("no memory", may_read_later=True), at=MONDAY)

        assert ("waiting", 0) == (Inbound.objects.get().state, Ticket.objects.count())


class TestThread:
    def test_holds_to_and_fro(self, agreement):
        """Ann writes, Sam answers, Ann answers his mail: one ticket, three messages, in one thread for her mail program."""
        bring(write(Message_ID="<1@acorn.example>"))
        ticket = Ticket.objects.get()
        sent = answer(ticket)
        bring(write(subject="AW: something else", text="Thank you", In_Reply_To=f"<{sent}>"), at=MONDAY + HOUR)

        mail = Outgoing.objects.get(key__contains="-m3-mail")
        public = [one.author for one in ticket.messages.order_by("number")]
        assert 1 == Ticket.objects.count()
        assert ["customer", "machine", "person", "customer"] == public
        assert ("ann@acorn.example", "1@acorn.example") == (mail.to, mail.letter["references"][0])
        assert f"[{ticket.name}]" in mail.subject

    def test_of_another_customer_is_never_joined(self):
        """Birch's Ann knows the tag and the id of Acorn's ticket; what she writes is a matter of her own."""
        bring(write(Message_ID="<1@acorn.example>"))
        ticket = Ticket.objects.get()
        sent = answer(ticket)
        forged = write("Ann <ann@birch.example>", subject=f"Re: [{ticket.name}] hello", In_Reply_To=f"<{sent}>")
        bring(forged, at=MONDAY + HOUR, envelope_from="ann@birch.example")

        own = Ticket.objects.exclude(pk=ticket.pk).get()
        assert ["birch-redtrack", "acorn-redtrack"] == [str(one.agreement) for one in (own, ticket)]
        assert not ticket.messages.filter(number__gt=3).exists()

    def test_of_staff_that_nothing_proves_is_held(self):
        """Anybody can write Sam's address; only a mail that our own server vouches for is his answer."""
        bring(write())
        ticket = Ticket.objects.get()
        raw = write("Sam <sam@harbour.example>", subject=f"[{ticket.name}]", text="It is done")
        bring(raw, at=MONDAY + HOUR, envelope_from="sam@harbour.example")
        vouched = b"Authentication-Results: mx.harbour.example; dmarc=pass header.from=harbour.example\n" + raw
        bring(vouched, at=MONDAY + HOUR * 2, envelope_from="sam@harbour.example")

        held = Ticket.objects.get(agreement__isnull=True)
        assert "nothing proves it" in held.held_because
        assert ["It is done"] == [one.text for one in ticket.messages.filter(author=Author.PERSON)]


class TestMachine:
    def test_never_answers_for_the_customer(self, agreement):
        """An absence note opens nothing again, ends no waiting, and gets no confirmation."""
        bring(write())
        ticket = Ticket.objects.get()
        sent = answer(ticket)
        resolve(ticket=ticket, by="person-1", because="done", at=MONDAY + MINUTE * 30)
        written = Message.objects.filter(author=Author.MACHINE).count()
        bring(write(subject="Away", In_Reply_To=f"<{sent}>", Auto_Submitted="auto-replied"), at=MONDAY + HOUR)

        ticket.refresh_from_db()
        authors = [fact.author for fact in of_kind(facts_of(agreement.key), MessageSent)]
        assert (State.RESOLVED, 1, written + 1) == (ticket.state, authors.count("customer"), authors.count("machine"))
        assert 0 == write_mails(at=MONDAY + HOUR)

    def test_of_the_providers_own_people_is_a_note(self):
        """Sam is away: his colleagues read it on the ticket, the customer does not."""
        bring(write())
        tag = f"[{Ticket.objects.get().name}]"
        raw = write("Sam <sam@harbour.example>", subject=tag, text="Away", Auto_Submitted="auto-replied")
        bring(raw, at=MONDAY + HOUR, envelope_from="")

        assert [False] == [one.is_public for one in Message.objects.filter(text__startswith="Away")]

    def test_that_is_forged_joins_no_ticket(self):
        """It bears the customer's address and the ticket's tag, and our server says that it is not theirs."""
        bring(write())
        ticket = Ticket.objects.get()
        failed = b"Authentication-Results: mx.harbour.example; dmarc=fail header.from=acorn.example\n"
        bring(failed + write(subject=f"[{ticket.name}]", text="Pay here", Auto_Submitted="auto-replied"), at=MONDAY + HOUR)

        held = Ticket.objects.get(agreement__isnull=True)
        assert ["its sender is not who it says", False] == [
            held.held_because.partition(":")[0], ticket.messages.filter(text__contains="Pay here").exists()
        ]  # fmt: skip

    def test_is_not_answered(self):
        """A mail that a machine wrote and that belongs nowhere is held, and nobody is written to."""
        bring(write(Auto_Submitted="auto-generated"))

        held = Ticket.objects.filter(held_because__startswith="a machine sent it")
        assert (1, 0) == (held.count(), Outgoing.objects.count())

    def test_confirms_only_so_often(self):
        """Somebody who forgets to say that it is a machine: two confirmations in an hour, five in a day, then silence."""
        for number in range(6):
            bring(write(subject=f"Number {number}"), at=MONDAY + MINUTE * number)
        assert 2 == Message.objects.filter(author=Author.MACHINE).count()

        for number in range(6):
            bring(write(subject=f"Later {number}"), at=MONDAY + HOUR * (number + 2))
        assert 5 == Message.objects.filter(author=Author.MACHINE).count()

    def test_is_not_whoever_writes_through_a_list(self, agreement):
        """The address of a team passes on what a person wrote: a matter of the customer, and no confirmation to the list."""
        bring(write(Precedence="list", List_Id="<team.acorn.example>"))

        [ticket] = Ticket.objects.all()
        assert (agreement.pk, 0) == (ticket.agreement_id, Outgoing.objects.count())
        assert not ticket.messages.filter(author=Author.MACHINE).exists()


class TestDoubts:
    def test_go_with_what_is_split_off(self):
        """The other matter came by the same mail: what is doubtful of it is, and its bytes are there."""
        bring(write(Reply_To="x@nowhere.example"))
        message = Message.objects.get(author=Author.CUSTOMER)
        first = split(message=message, subject="Another", by="person-1", at=MONDAY + HOUR).messages.get(number=1)

        assert (message.inbound, message.doubts) == (first.inbound, first.doubts)
        assert first.doubts

    def test_are_kept_beside_the_message(self):
        """A damaged file, an answer that would go elsewhere: whoever reads the ticket knows it; of a plain mail nothing."""
        bring(write(Reply_To="x@nowhere.example", Message_ID="<1@acorn.example>"))
        bring(write(subject="Another", Message_ID="<2@acorn.example>"))

        [first, second] = Message.objects.filter(author=Author.CUSTOMER).order_by("pk")
        wants = "it wants answers sent to x@nowhere.example; they go to its sender"
        assert ([wants], None) == (first.doubts, second.doubts)

    def test_name_a_sender_who_is_not_certain(self):
        """Into a ticket of somebody certain anybody may write under their address: the message says so, and only there."""
        vouched = b"Authentication-Results: mx.harbour.example; dmarc=pass header.from=acorn.example\n"
        bring(vouched + write(Message_ID="<1@acorn.example>"))
        tag = f"[{Ticket.objects.get().name}]"
        bring(write(subject=tag, text="I accept", Message_ID="<2@acorn.example>"), at=MONDAY + HOUR)
        bring(vouched + write(subject=tag, text="Thanks", Message_ID="<3@acorn.example>"), at=MONDAY + HOUR)

        rows = Message.objects.filter(author=Author.CUSTOMER).order_by("pk")
        assert ["", "it is not certain", ""] == [(row.doubts or [""])[0][:17] for row in rows]
