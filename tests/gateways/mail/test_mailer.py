"""Every mailer keeps the same contract: a server, a folder, and the fake of the tests."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.gateways.mail.post_office import open_post_office
from upheld.core.timeline import Instant
from upheld.gateways.mail import FakeMailer, FolderMailer, Mail, NotTaken, UnfitServer, open_mailer

NOON = Instant.parse("2026-02-14T12:00Z")
MAIL = Mail(to="night@example.org", subject="Café is down", text="Since 12:00 — look.\n", key="outage-1:1", at=NOON)
SENDER = "Upheld <upheld@example.com>"


@pytest.fixture(scope="module")
def office():
    with open_post_office() as office:
        yield office


@pytest.fixture(params=["server", "folder", "fake"])
def mailer(request, tmp_path, office):
    office.letters.clear()
    office.answers.clear()
    if request.param == "fake":
        return FakeMailer()
    url = f"smtp://127.0.0.1:{office.port}" if request.param == "server" else ""
    return open_mailer(url, folder=tmp_path / "mail", sender=SENDER)


def letters(folder: Path):
    return [message_from_bytes(path.read_bytes(), policy=default) for path in sorted(folder.glob("*"))]


class TestEveryMailer:
    def test_takes_a_mail(self, mailer):
        """No news is good news: a mail that was taken raises nothing."""
        mailer.send(MAIL)

    @pytest.mark.parametrize("change", [{"subject": "down\r\nBcc: all@example.org"}, {"to": "a@example.org\nX: y"}])
    def test_writes_no_header_that_came_in_a_value(self, mailer, change):
        """A service whose name has a line break in it adds no recipient; trying again would not help."""
        with pytest.raises(NotTaken) as refusal:
            mailer.send(replace(MAIL, **change))

        assert refusal.value.for_ever


class TestFolder:
    def test_holds_mails_that_any_program_opens(self, tmp_path):
        """Sender, recipient, subject, date and text, and that a machine wrote it."""
        FolderMailer(tmp_path, SENDER).send(MAIL)

        [letter] = letters(tmp_path)
        names = ("From", "To", "Subject", "Date", "Auto-Submitted")
        assert [SENDER, MAIL.to, MAIL.subject, "Sat, 14 Feb 2026 12:00:00 +0000", "auto-generated"] == [
            letter[name] for name in names
        ]
        assert MAIL.text == letter.get_content().replace("\r\n", "\n")

    def test_holds_a_mail_once(self, tmp_path):
        """Sent again after a crash, it is the same file."""
        mailer = FolderMailer(tmp_path, SENDER)
        mailer.send(MAIL)
        mailer.send(MAIL)

        assert len(letters(tmp_path)) == 1

    def test_says_why_it_cannot_keep_a_mail(self, tmp_path):
        """A file where the folder should be: not lost, but tried again."""
        (tmp_path / "mail").write_text("in the way")

        with pytest.raises(NotTaken) as refusal:
            FolderMailer(tmp_path / "mail", SENDER).send(MAIL)

        assert not refusal.value.for_ever


class TestServer:
    def test_gets_the_letter(self, tmp_path, office):
        """What arrives is what was written, under an id that stays the same over all attempts."""
        office.letters.clear()
        mailer = open_mailer(f"smtp://127.0.0.1:{office.port}", folder=tmp_path, sender=SENDER)
        mailer.send(MAIL)
        mailer.send(MAIL)

        first, second = (message_from_bytes(letter, policy=default) for letter in office.letters)
        assert (MAIL.subject, MAIL.text) == (first["Subject"], first.get_content().replace("\r\n", "\n"))
        assert first["Message-ID"] == second["Message-ID"]
        assert first["Message-ID"].endswith("@example.com>")

    @pytest.mark.parametrize(
        ("command", "answer", "for_ever"),
        [
            ("RCPT", "550 no such mailbox", True),
            ("RCPT", "450 mailbox busy", False),
            ("MAIL", "421 closing", False),
            (".", "452 disk full", False),
        ],
    )
    def test_is_asked_again_unless_the_address_is_wrong(self, tmp_path, office, command, answer, for_ever):
        """5xx to a recipient is final (RFC 5321, 4.2.1); all else may be better later."""
        office.answers.clear()
        office.answers[command] = answer
        mailer = open_mailer(f"smtp://127.0.0.1:{office.port}", folder=tmp_path, sender=SENDER)

        with pytest.raises(NotTaken) as refusal:
            mailer.send(MAIL)

        assert for_ever == refusal.value.for_ever

    def test_may_be_away(self, tmp_path):
        """Nobody listens on the port: the sentence has host and port, never the password."""
        mailer = open_mailer("smtp://user:walnut@127.0.0.1:1", folder=tmp_path, sender=SENDER)

        with pytest.raises(NotTaken, match=r"127\.0\.0\.1:1") as refusal:
            mailer.send(MAIL)

        assert "walnut" not in str(refusal.value)


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://"])
def test_a_setting_that_names_no_server_is_refused(tmp_path, url):
    """At the start, not when the first outage is to be told."""
    with pytest.raises(UnfitServer, match="UPHELD_EMAIL_URL"):
        open_mailer(url, folder=tmp_path, sender=SENDER)
