"""What a letter of ours says to mailers, and that our own reader reads it back."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from tests.gateways.mail.post_office import open_post_office
from upheld.core.timeline import Instant
from upheld.gateways.mail import Enclosure, Mail, UnfitMail, Writer, make_message_id, open_mailer, write_letter
from upheld.gateways.reading import Mail as ReadMail
from upheld.gateways.reading import Ours, read_mail

NOON = Instant.parse("2026-02-14T12:00Z")
SENDER = "Upheld <desk@example.com>"
OURS = Ours("mx.example.com", ("example.com",))
OUTLOOK = "AM0PR04MB6004A1B2C3D4E5F60718293A4B5C6D7E8F90" + "7" * 60 + "@AM0PR04MB6004.eurprd04.prod.outlook.example"


MAIL = Mail(to="anna@example.org", subject="[T-7] Café", text="Since 12:00 — look.\n", key="m1", at=NOON)


def write(**changes: Any) -> Mail:
    return replace(MAIL, **changes)


def read_back(mail: Mail) -> ReadMail:
    read = read_mail(write_letter(mail, SENDER).as_bytes(), OURS)
    assert isinstance(read, ReadMail)
    return read


class TestThread:
    def test_holds_with_the_longest_ids(self):
        """Ids longer than a line stay whole: encoded as words, as the library would, no mailer knows them again."""
        read = read_back(write(in_reply_to=OUTLOOK, references=("first@example.org", OUTLOOK)))

        assert ((OUTLOOK,), ("first@example.org", OUTLOOK)) == (read.in_reply_to, read.references)

    def test_keeps_the_first_and_the_newest_of_many(self):
        """A conversation of years has a header of bounded length."""
        many = tuple(f"{number}@example.org" for number in range(100))

        read = read_back(write(in_reply_to="last@example.org", references=many))

        assert (20, "0@example.org", "last@example.org") == (len(read.references), read.references[0], read.references[-1])

    @pytest.mark.parametrize("unfit", ["a b@x", "a@x>\r\nBcc: eve@example.net", "é@x", ""])
    def test_leaves_out_ids_that_no_header_bears(self, unfit):
        """Some mailers make such; they add no header and stop no letter."""
        letter = write_letter(write(in_reply_to=unfit, references=(unfit,)), SENDER)

        assert (None, None, None) == (letter["In-Reply-To"], letter["References"], letter["Bcc"])

    def test_is_known_before_the_letter_is_sent(self):
        """The id can be written down first: an answer that comes quicker than our own notes finds its ticket."""
        assert make_message_id("m1", SENDER) == read_back(write()).message_id

    def test_marks_what_comes_back(self):
        """Our own letter is known again by id and loop header; a stranger's copy of the header without our domain is not."""
        letter = write_letter(write(), SENDER)
        letter.replace_header("Message-ID", "<new@example.net>")

        assert "X-Upheld-Loop" in str(getattr(read_mail(letter.as_bytes(), OURS), "own_loop", None))
        assert None is getattr(read_mail(letter.as_bytes(), Ours(domains=("example.net",))), "own_loop", "")

    @pytest.mark.parametrize(
        ("sender", "domain"), [("desk@bücher.example", "xn--bcher-kva.example"), ("desk@" + "ü" * 80, "upheld")]
    )
    def test_has_ids_in_plain_letters(self, sender, domain):
        """A domain in letters of its own is written as the network has it: no header of ids holds anything else."""
        letter = write_letter(write(), sender)

        assert letter["Message-ID"].endswith(f"@{domain}>")
        assert f"X-Upheld-Loop: {domain}".encode() in letter.as_bytes()


class TestWriter:
    @pytest.mark.parametrize(
        ("writer", "word", "path"),
        [
            (Writer.MACHINE, "auto-generated", "desk@example.com"),
            (Writer.ANSWERING_MACHINE, "auto-replied", ""),
            (Writer.PERSON, None, "desk@example.com"),
        ],
    )
    def test_says_who_wrote(self, tmp_path, writer, word, path):
        """Machines say so (RFC 3834), and an automatic answer has a null return path; what a person wrote has neither."""
        with open_post_office() as office:
            open_mailer(f"smtp://127.0.0.1:{office.port}", folder=tmp_path, sender=SENDER).send(write(writer=writer))
            [letter] = [message_from_bytes(raw, policy=default) for raw in office.letters]
            [sent_from] = office.senders

        assert (word, f"<{path}>") == (letter["Auto-Submitted"], sent_from)
        assert (word is None) == (read_back(write(writer=writer)).automatic is None)


class TestContent:
    def test_comes_back_as_it_was_written(self):
        """Name, subject, text, HTML, answer address and files, in letters of any set."""
        files = (
            Enclosure("Zürich – plan.pdf", "application/pdf", b"%PDF\0"),
            Enclosure("x.eml", "message/rfc822", b"Subject: y\n\nz"),
        )
        mail = write(
            sender_name="Анна, desk", reply_to="desk+t-7.0f@example.com", html="<p>Since <b>12:00</b></p>", enclosures=files
        )

        read = read_back(mail)

        assert ("desk@example.com", "Анна, desk") == (read.sender.address, read.sender.name)
        assert (mail.subject, mail.text.strip(), mail.html) == (read.subject, read.text.strip(), read.html.strip())
        assert ["desk+t-7.0f@example.com"] == [person.address for person in read.reply_to]
        assert [(one.name, one.content) for one in files] == [(one.name, one.content) for one in read.attachments]

    @pytest.mark.parametrize("change", [{"sender_name": "a\r\nBcc: x@y"}, {"reply_to": "a@b\nX: y"}, {"to": "a@b\r\nX: y"}])
    def test_adds_no_header_from_a_value(self, change):
        """A line break in a name is refused, not written."""
        with pytest.raises(UnfitMail, match="m1"):
            write_letter(write(**change), SENDER)
