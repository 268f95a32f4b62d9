"""What a person wrote, sent and was sent: the words go, the rows stay where others hang on them."""

from django.contrib.sessions.models import Session
from django.db.models import Q

from upheld.apps.desk.models import (
    Appointment,
    Attachment,
    Call,
    Chat,
    ChatCode,
    Exhibit,
    Inbound,
    Instruction,
    Message,
    Presence,
    Rating,
    Review,
    Ticket,
)
from upheld.apps.erasure.queries import Subject
from upheld.apps.oncall.models import CalendarAddress, ContactWay, Recipient
from upheld.apps.oncall.models import Message as Letter
from upheld.apps.oncall.models.outbox import Enclosure
from upheld.apps.parties.models import Answer, SignInLink, Token
from upheld.apps.parties.queries import ERASED
from upheld.apps.witnesses.models import HeadReader
from upheld.core.timeline import Instant

GONE = "(erased)"
MADE_EMPTY = "erased"


def silence_words(subject: Subject) -> int:
    """The words of every message, mail, instruction, call and rating of theirs."""
    marks, address = list(subject.marks), subject.address
    mails = Inbound.objects.filter(envelope_from__iexact=address)
    chats = Chat.objects.filter(user=subject.user) if subject.user else Chat.objects.none()
    mails |= Inbound.objects.filter(channel="telegram", envelope_from__in=[str(chat.number) for chat in chats])
    mails |= Inbound.objects.filter(channel="sms", envelope_from__in=subject.texts)
    asked = Q(address__iexact=address) | (Q(requester=subject.user) if subject.user else Q(pk__in=()))
    tickets = list(Ticket.objects.filter(asked).values_list("pk", flat=True))
    theirs = Q(by__in=marks) | Q(inbound__in=mails)
    theirs |= Q(ticket__in=Ticket.objects.filter(address__iexact=address), author="customer", by__in=["contact", "somebody"])
    messages = list(Message.objects.filter(theirs).values_list("pk", flat=True))
    inbound = list(Message.objects.filter(pk__in=messages, inbound__isnull=False).values_list("inbound", flat=True))
    count = Attachment.objects.filter(message__in=messages).update(
        content=b"", file_name=MADE_EMPTY, size=0, digest="", media_type="application/octet-stream"
    )
    letters = list(Message.objects.filter(pk__in=messages, outgoing__isnull=False).values_list("outgoing", flat=True))
    count += Message.objects.filter(pk__in=messages).update(text=GONE, html="", shown_as=ERASED, mail_id="", doubts=None)
    count += Ticket.objects.filter(pk__in=tickets).update(subject=GONE, address="", told=[])
    count += blank_mails(Inbound.objects.filter(Q(pk__in=inbound) | Q(pk__in=[mail.pk for mail in mails])))
    count += blank_letters(Q(pk__in=letters))
    # A customer's tables stay, for claims that name them, unless they name the person; of a document nobody can tell.
    count += Exhibit.objects.filter(by__in=marks).update(says="", file_name=MADE_EMPTY, shown_as=ERASED)
    count += Exhibit.objects.filter(by__in=marks, kind="document").update(content=b"")
    count += Instruction.objects.filter(by__in=marks).update(what=GONE)
    count += Call.objects.filter(by__in=marks).update(words="")
    count += Rating.objects.filter(by__in=marks).update(words="")
    count += Appointment.objects.filter(proposed_by__in=marks).update(words="")
    return count + Review.objects.filter(by__in=marks).update(summary=GONE, cause="")


def blank_mails(rows: "object") -> int:
    """Raw mails: what is left is that something came."""
    count = 0
    for mail in Inbound.objects.filter(pk__in=[row.pk for row in rows]):  # type: ignore[attr-defined]
        mail.raw, mail.envelope_from, mail.envelope_to = b"", "", []
        if mail.state == "waiting":
            mail.state = "ignored"
        mail.because = MADE_EMPTY
        mail.save()
        count += 1
    return count


def blank_letters(which: Q) -> int:
    """Letters of the outbox, those on their way too: nobody is written to who was erased."""
    rows = Letter.objects.filter(which)
    Enclosure.objects.filter(message__in=rows).delete()
    return rows.update(to=MADE_EMPTY, subject=GONE, body=GONE, letter={}, last_error="", due_at=None)


def drop_own_rows(subject: Subject, at: Instant) -> int:
    """Ways in, ways to be reached, whatever was kept for the person alone; and letters to them."""
    count = blank_letters(Q(to__in=subject.texts) | Q(to__icontains=subject.address))
    count += Recipient.objects.filter(address__icontains=subject.address).delete()[0]
    count += HeadReader.objects.filter(address__iexact=subject.address).delete()[0]
    user = subject.user
    if user is None:
        return count
    for table in (SignInLink, Token, Answer, Chat, ChatCode, ContactWay, CalendarAddress, Presence):
        count += table._default_manager.filter(user=user).delete()[0]
    for session in Session.objects.all():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
            count += 1
    return count
