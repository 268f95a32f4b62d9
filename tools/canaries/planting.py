"""Every door: portal, console, API, chat, mail, telephone, claims, instructions, roles, access, heads."""

from email.message import EmailMessage
from gzip import compress
from typing import Any

from django.test import Client

from tests.interfaces import cast
from tools.canaries.flock import FLOCK, Canary
from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.services import set_parameter
from upheld.apps.billing.services import file_claim
from upheld.apps.desk import services as desk
from upheld.apps.desk.models import Chat, Ticket
from upheld.apps.desk.queries import our_marks
from upheld.apps.desk.services import Attached
from upheld.apps.duties.services import name_person, note_access
from upheld.apps.fleet.models import Service
from upheld.apps.ledger.services import sign_checkpoint
from upheld.apps.oncall.models import ContactWay
from upheld.apps.oncall.services import write_message
from upheld.apps.parties.models import Role, User
from upheld.apps.parties.queries import customer, pseudonym_of
from upheld.apps.parties.services import add_contact, add_token, add_user, mark_of, offer_password
from upheld.apps.statements.services import prepare
from upheld.apps.witnesses.services import add_reader, add_witness
from upheld.core.timeline import DAY, Instant
from upheld.gateways.clock import now_us
from upheld.gateways.reading import read_mail
from upheld.interfaces.cli.witness.notes import cosigner_key
from upheld.interfaces.worker.mailing import mail_heads_of_the_day
from upheld.interfaces.worker.work import sign_heads

PORTAL, API, CONTACT, STRANGER, STAFF, NAMED, CHATTER, MENTIONED = FLOCK


def plant(at: Instant) -> tuple[Agreement, list[str]]:
    """A month of the cast, with the flock in it; the agreement, and the names of the statements that were issued."""
    people, agreement = cast.people(), cast.live_through()["acorn"]
    users = {bird: add(bird, at) for bird in (PORTAL, API, STAFF, CHATTER)}
    statement = prepare(agreement=agreement, period="2026-07", by=pseudonym_of(users[STAFF]), at=at)
    ticket = report(PORTAL, agreement)
    instruct(ticket, users[PORTAL], at)
    hand_over(PORTAL, users[PORTAL], at)
    ask_by_api(API, users[API], agreement, at)
    write_mails(CONTACT, STRANGER, at)
    work_in_console(STAFF, ticket)
    name_roles(agreement, users, at)
    chat(users[CHATTER], CHATTER, agreement, at)
    keep_heads(agreement, users[PORTAL], at)
    mention(MENTIONED, agreement, ticket, people["tom"], at)
    claim(agreement, users[PORTAL], at)
    later = prepare(agreement=agreement, period="2026-07", by="person-1", at=Instant(now_us()), number=2)
    sign_checkpoint(agreement=agreement.key, at=Instant(now_us()))
    return agreement, [statement.name, later.name]


def add(bird: Canary, at: Instant) -> User:
    """Somebody who signs in, with a way to be reached, a link that was sent, and a token."""
    is_staff = bird is STAFF
    user = add_user(
        email=bird.email, name=bird.name, role=Role.STAFF if is_staff else Role.CUSTOMER, password=cast.PASSWORD, at=at,
        customer=None if is_staff else customer("acorn-legal"),
    )  # fmt: skip
    offer_password(user=user, at=at)
    ContactWay.objects.create(
        user=user, kind="sms", address=bird.phone.replace(" ", ""), is_for_urgent=True, is_for_other=True, code_digest="",
        code_until_at=at.utc(),
    )  # fmt: skip
    write_message(kind="mail", to=bird.email, subject=f"For {bird.name}", body=bird.texts[0], key=f"to-{bird.email}", at=at)
    return user


def sign_in(bird: Canary) -> Client:
    """By the form itself."""
    browser = Client(SERVER_NAME="localhost")
    assert browser.post("/sign-in", {"name": bird.email, "password": cast.PASSWORD}).status_code == 303
    return browser


def report(bird: Canary, agreement: Agreement) -> Ticket:
    told = {"kind": "incident", "subject": bird.texts[0], "outage": "",
            "text": f"{bird.texts[1]}. {bird.name}, {bird.phone}, {bird.email}"}  # fmt: skip
    answer = sign_in(bird).post(f"/portal/report/{agreement.key}/high", told)
    assert answer.status_code == 303, answer.content
    return Ticket.objects.get(number=int(answer["Location"].rpartition("T-")[2]))


def instruct(ticket: Ticket, user: User, at: Instant) -> None:
    what = f"{PORTAL.texts[1]}, says {PORTAL.name}"
    desk.receive_instruction(ticket=ticket, by=pseudonym_of(user), what=what, at=at)
    desk.receive_instruction(ticket=ticket, by=NAMED.email, what=". ".join(NAMED.texts), at=at)


def hand_over(bird: Canary, user: User, at: Instant) -> None:
    """A table that names the person, and a document in which nobody can look for a name: it is packed."""
    table = f"at,result,note\n2026-07-01T00:00Z,bad,{bird.texts[0]} {bird.email}\n".encode()
    files = {"measurements": Attached("rows.csv", "text/csv", table)}
    files["document"] = Attached(f"{bird.name}.gz", "application/gzip", compress(f"{bird.texts[1]} {bird.phone}".encode()))
    for kind, file in files.items():
        desk.keep_exhibit(
            customer=customer("acorn-legal"), kind=kind, file=file, says=f"From {bird.name}, {bird.phone}",
            by=pseudonym_of(user), shown_as=bird.name, at=at,
        )  # fmt: skip


def ask_by_api(bird: Canary, user: User, agreement: Agreement, at: Instant) -> None:
    _, token = add_token(user=user, name=f"{bird.name}'s script", at=at)
    sent = {"subject": bird.texts[0], "text": f"{bird.texts[1]} {bird.email} {bird.phone}"}
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"{bird.number}-ticket"}
    place = f"/api/v1/agreements/{agreement.key}/tickets"
    answer = Client(SERVER_NAME="localhost").post(place, sent, content_type="application/json", headers=headers)
    assert answer.status_code in (200, 201), answer.content


def write_mails(known: Canary, stranger: Canary, at: Instant) -> None:
    """One from a contact, one from nobody we know: with a page, a file, and a second person in copy."""
    add_contact(customer=customer("acorn-legal"), name=known.name, email=known.email)
    ours = our_marks()
    for bird in (known, stranger):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Cc"] = f"{bird.name} <{bird.email}>", "help@upheld.example", known.email
        mail["Subject"], mail["Message-ID"] = bird.texts[0], f"<{bird.number}@{bird.email.partition('@')[2]}>"
        mail.set_content(f"{bird.texts[1]}\n\n{bird.name}\n{bird.phone}\n", cte="base64" if bird is known else None)
        mail.add_alternative(f"<p>{bird.texts[1]}</p><p>{bird.phone}</p>", subtype="html")
        mail.add_attachment(f"{bird.texts[0]} {bird.email}".encode(), maintype="text", subtype="plain", filename="note.txt")
        to = ["help@upheld.example"]
        kept = desk.keep_inbound(
            channel="email", raw=mail.as_bytes(), received_at=at, envelope_from=bird.email, envelope_to=to
        )
        desk.take_in(inbound=kept, read=lambda raw, sender: read_mail(raw, ours, envelope_from=sender), at=at)
    desk.write_mails(at=at)


def work_in_console(bird: Canary, ticket: Ticket) -> None:
    browser = sign_in(bird)
    assert browser.get(f"/desk/{ticket.name}").status_code == 200
    deeds = (
        ("reply", {"reply": f"{bird.texts[0]}. {bird.name}, {bird.phone}"}),
        ("note", {"note": f"{bird.texts[1]} {bird.email}"}),
        ("priority", {"priority": "medium", "decided": f"{bird.name} says so, ask {bird.email} or {bird.phone}"}),
        ("resolve", {"resolved": f"agreed with {PORTAL.name} by {PORTAL.phone}"}),
    )
    for deed, sent in deeds:
        assert browser.post(f"/desk/{ticket.name}/do/{deed}", sent).status_code == 303, deed


def name_roles(agreement: Agreement, users: dict[Canary, User], at: Instant) -> None:
    set_parameter(agreement=agreement, name="main-person", value=NAMED.email, from_at=at, by="person-1", at=at)
    name_person(
        agreement=agreement, role="backup-person", person=NAMED.email, channel="email", received_at=at, by=NAMED.email, at=at
    )
    note_access(
        agreement=agreement, who="staff", what="database contents", purpose=f"asked by {NAMED.name} {NAMED.phone}",
        person=NAMED.email, from_at=at, by=pseudonym_of(users[STAFF]), at=at, ticket="T-1",
    )  # fmt: skip
    add_contact(customer=customer("acorn-legal"), name=NAMED.name, email=NAMED.email)


def chat(user: User, bird: Canary, agreement: Agreement, at: Instant) -> None:
    Chat.objects.create(number=77003300 + bird.number, user=user, linked_at=at.utc())
    sender = desk.Sender(by=pseudonym_of(user), shown_as=bird.name, user=user, address=bird.email)
    told = desk.Report(subject=bird.texts[0], text=f"{bird.texts[1]} {bird.phone}")
    desk.open_ticket(agreement=agreement, way="portal", report=told, sender=sender, at=at)


def keep_heads(agreement: Agreement, user: User, at: Instant) -> None:
    """The heads go to somebody's mailbox, and somebody calls a witness by an address of their own."""
    add_reader(agreement=agreement, address=CONTACT.email, by=pseudonym_of(user), at=at)
    add_witness(agreement=agreement, key=cosigner_key(PORTAL.email, bytes(32)), by=pseudonym_of(user), at=at)
    sign_heads(at)
    mail_heads_of_the_day(at)


def mention(bird: Canary, agreement: Agreement, ticket: Ticket, tom: Any, at: Instant) -> None:
    """Somebody who only telephoned, and of whom others wrote."""
    add_contact(customer=customer("acorn-legal"), name=bird.name, email=bird.email)
    desk.record_call(
        agreement=agreement, ticket=ticket, by=mark_of(bird.email), called_at=at, taken_by=pseudonym_of(tom), at=at,
        words=f"{bird.texts[0]}; {bird.texts[1]}",
    )  # fmt: skip
    desk.write_note(
        ticket=ticket, said=desk.Said(text=f"{bird.name} called from {bird.phone}, write to {bird.email}"),
        by=pseudonym_of(tom), shown_as=tom.name, at=at,
    )  # fmt: skip


def claim(agreement: Agreement, user: User, at: Instant) -> None:
    number = sorted(Service.objects.get(agreement=agreement.key).outages.values_list("number", flat=True))[1]
    file_claim(
        agreement=agreement, credit="tenfold", outage_name=f"O-{number}", channel="website", details=[],
        filed_at=at.before(DAY), by=pseudonym_of(user), at=at,
    )  # fmt: skip
