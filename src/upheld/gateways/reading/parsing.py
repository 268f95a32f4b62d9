"""From raw bytes to a Mail. Pure and limited, but not trusted: it runs in the child."""

from upheld.gateways.reading.authenticity import judge_sender
from upheld.gateways.reading.automatic import find_list, find_reason, name_report, read_bounce
from upheld.gateways.reading.body import Body
from upheld.gateways.reading.header import Header, read_ids
from upheld.gateways.reading.letters import clean_line
from upheld.gateways.reading.limits import LONGEST_ID, LONGEST_SUBJECT
from upheld.gateways.reading.mail import NOBODY, Mail, Ours, Person
from upheld.gateways.reading.marks import LOOP_FIELD, find_own_loop
from upheld.gateways.reading.parts import Part, read_parts
from upheld.gateways.reading.people import list_people, read_people
from upheld.gateways.reading.quotes import cut_quoted_rest

SEALED = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
SEALED_TEXT = "-----BEGIN PGP MESSAGE-----"
PACKED = {"application/ms-tnef", "application/vnd.ms-tnef"}


def parse_mail(raw: bytes, ours: Ours, *, envelope_from: str | None = None, cleans_html: bool = True) -> Mail:
    """
    Read a mail. `envelope_from`: the return path as the server got it; empty is the null path, None is unknown.

    Without `cleans_html` no HTML is taken apart, and the text of a mail of HTML alone is rough.
    """
    doubts: list[str] = []
    if b"\n" not in raw[:100_000] and b"\r" in raw[:100_000]:
        raw = raw.replace(b"\r", b"\n")
    root = read_parts(raw, doubts)
    header = root.header
    body = Body(cleans=cleans_html)
    text, html = body.read(root)
    subject = clean_line(header.words("subject"), LONGEST_SUBJECT)
    senders = read_senders(header, doubts)
    sender = next((person for person in senders if person.address), senders[0] if senders else NOBODY)
    reply_to = read_people(*header.all("reply-to"))
    doubt_names(sender, reply_to, doubts)
    message_id = read_message_id(header)
    if is_sealed(root) or SEALED_TEXT in text:
        doubts.append("the mail is encrypted; what is inside could not be read")
    if any(part.type in PACKED for part in root.walk()):
        doubts.append("the mail came packed by Outlook (winmail.dat), which is not opened; files may be in it")
    machine = find_reason(
        header, sender=sender.address, subject=subject, envelope_from=envelope_from, kind=root.type, report=name_report(root)
    )
    passed_on = find_list(header)
    return Mail(
        sender=sender,
        recipients=read_people(*header.all("to"), *header.all("cc"), *header.all("bcc")),
        reply_to=reply_to,
        subject=subject,
        message_id=message_id,
        in_reply_to=read_ids(*header.all("in-reply-to")),
        references=read_ids(*header.all("references")),
        date=clean_line(header.first("date"), 100),
        text=text,
        new_text=cut_quoted_rest(text, subject),
        html=html,
        remote_pictures=body.remote_pictures,
        attachments=tuple(body.attachments),
        automatic=machine or passed_on,
        is_only_listed=machine is None and passed_on is not None,
        bounce=read_bounce(root, ours, sender=sender.address, text=text),
        own_loop=find_own_loop(message_id, header.all(LOOP_FIELD.lower()), ours.domains),
        authenticity=judge_sender(header, ours, doubts),
        doubts=tuple(dict.fromkeys([*doubts, *body.doubts]))[:50],
    )


def is_sealed(root: Part) -> bool:
    """Whether a part is encrypted; one that is only signed can be read."""
    return any(part.type in SEALED and "signed" not in part.parameters.get("smime-type", "") for part in root.walk())


def read_senders(header: Header, doubts: list[str]) -> list[Person]:
    """Every mailbox of From; of Sender or the return path where From has none."""
    senders = [person for value in header.all("from") for person in list_people(value)]
    if len([person for person in senders if person.address]) > 1:
        doubts.append("From holds more than one address; the first is taken")
    if any(person.address for person in senders):
        return senders[:20]
    doubts.append("From holds no address")
    others = read_people(*header.all("sender"), *header.all("return-path"))
    return [*others, *senders][:20]


def doubt_names(sender: Person, reply_to: tuple[Person, ...], doubts: list[str]) -> None:
    """Where a mail would have its reader take somebody for somebody else."""
    called = read_people(sender.name)
    if called and sender.address not in {person.address for person in called}:
        doubts.append(f"its sender is {sender.address or 'nobody'} and is called {clean_line(sender.name, LONGEST_ID)}")
    others = [person.address for person in reply_to if person.address != sender.address]
    if others and len(others) == len(reply_to):
        doubts.append(f"it wants answers sent to {clean_line(others[0], LONGEST_ID)}; they go to its sender")


def read_message_id(header: Header) -> str:
    written = header.first("message-id")
    return next(iter(read_ids(written)), clean_line(written.strip("<> "), LONGEST_ID))
