"""Any collection of mail files comes to the desk: none is lost, none comes twice."""

import mailbox
from random import Random

import pytest
from typer.testing import CliRunner

from tests.gateways.reading.fuzz import write_mails
from upheld.apps.desk.models import Inbound, Message, Ticket
from upheld.interfaces.cli import replaying

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def replay(monkeypatch):
    """The command, over the rows of the test."""
    monkeypatch.setattr(replaying, "open_rows", lambda home: None)
    return lambda folder: CliRunner().invoke(replaying.mail, ["replay", str(folder)])


def test_every_file_becomes_a_ticket_once(replay, tmp_path):
    """Mails of many programs, whole and broken: each a ticket with a message; repeated, nothing comes again."""
    seed = Random().randrange(10**6)
    print("seed", seed)
    for place, (_, raw, _) in enumerate(write_mails(40, seed)):
        (tmp_path / f"{place}.eml").write_bytes(raw)
    whole = len({path.read_bytes() for path in tmp_path.iterdir()})

    first = replay(tmp_path)
    before = (Ticket.objects.count(), Message.objects.count())
    again = replay(tmp_path)

    assert (0, 0) == (first.exit_code, again.exit_code), first.output
    put_aside = Inbound.objects.filter(state="ignored").count()
    assert (whole, 0) == (Inbound.objects.count(), Inbound.objects.filter(state="waiting").count())
    assert whole - put_aside == before[1]
    assert before == (Ticket.objects.count(), Message.objects.count())


def test_an_mbox_holds_many_and_their_thread(replay, tmp_path):
    """They come in the order of their dates: an answer that is older than its question stands by itself."""
    box = mailbox.mbox(tmp_path / "all.mbox")
    for number, (who, answers) in enumerate([("ann", ""), ("bob", "In-Reply-To: <0@x.example>\n"), ("cid", "")]):
        box.add(
            f"From: {who}@x.example\nSubject: Number {number}\nMessage-ID: <{number}@x.example>\n{answers}"
            f"Date: Mon, 02 Mar 2026 0{9 - number}:00:00 +0000\n\nHello from {who}\n".encode()
        )
    box.close()

    outcome = replay(tmp_path)

    assert "3 mails: 3 read" in outcome.output
    by_ticket = sorted(sorted(one.messages.values_list("shown_as", flat=True)) for one in Ticket.objects.all())
    assert [["ann@x.example"], ["bob@x.example"], ["cid@x.example"]] == by_ticket


def test_a_folder_that_is_not_there_is_said(replay, tmp_path):
    assert 0 != replay(tmp_path / "nowhere").exit_code
    assert 0 != replay(tmp_path).exit_code
