"""A reader outlives whatever it reads, and its child can do nothing but read."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from upheld.gateways.reading import Mail, Ours, Reader, Unreadable, read_mail
from upheld.gateways.reading.limits import LARGEST_MAIL, MAILS_OF_A_CHILD, MEMORY_BYTES
from upheld.gateways.reading.wire import Garbled

LETTER = b"From: Anna <anna@example.org>\nSubject: down\nMessage-ID: <1@x>\nReferences: <0@x>\n\nIt is down.\n"
HUNGRY = b"Content-Type: text/html\n\n" + b"".join(b"<font size=%d><p>" % n for n in range(149)) + b"<p>x" * 110_000


def child_of(reader: Reader) -> int:
    assert reader._process is not None
    return reader._process.pid


class TestReader:
    def test_reads_many_mails_in_one_child(self):
        """Starting a process for each would cost a hundred times as much."""
        with Reader() as reader:
            reader.read(LETTER)
            first = child_of(reader)
            mails = [reader.read(LETTER) for _ in range(20)]

            assert (first, {True}) == (child_of(reader), {isinstance(mail, Mail) for mail in mails})

    def test_replaces_a_child_that_was_killed(self):
        """Killed from outside between two mails, or by the kernel in one: the mail is read by a successor."""
        with Reader() as reader:
            reader.read(LETTER)
            os.kill(child_of(reader), signal.SIGKILL)

            assert isinstance(reader.read(LETTER), Mail)

    def test_leaves_out_the_html_that_killed_a_child(self):
        """The mail is read a second time without it: text and sender are there, and the doubt says why no HTML is."""
        with Reader() as reader:
            mail = reader.read(LETTER.replace(b"\n\n", b"\n", 1).replace(b"It is down.\n", b"") + HUNGRY)

        assert isinstance(mail, Mail)
        assert (1, "anna@example.org", "") == (reader.tally.deaths, mail.sender.address, mail.html)
        assert "the HTML was left out" in mail.doubts[-1]

    def test_gives_up_after_the_wall_time(self):
        """A child that does nothing is ended too; what the first lines say is salvaged, and a later try is worth it."""
        with Reader(wall_seconds=0.5) as reader:
            reader.read(LETTER)
            os.kill(child_of(reader), signal.SIGSTOP)
            stopped = child_of(reader)
            mail = reader.read(LETTER)

            assert (isinstance(mail, Mail), True) == (True, stopped != child_of(reader))

    def test_lets_no_mail_wait_for_ever(self, monkeypatch):
        """Its child is killed from outside whenever it is read: after the third time a person looks."""
        with Reader(wall_seconds=0.2) as reader:
            monkeypatch.setattr("upheld.gateways.reading.reader.write_message", lambda out, content, blobs: None)
            mails = [reader.read(LETTER) for _ in range(4)]

        assert [True, True, False, False] == [mail.may_read_later for mail in mails if isinstance(mail, Unreadable)]

    def test_says_when_the_machine_is_why(self, monkeypatch):
        """No process can be started: the mail is not at fault and may be read later; what the first lines say is there."""
        monkeypatch.setattr("upheld.gateways.reading.reader.CHILD", "upheld.gateways.reading.nowhere")
        with Reader() as reader:
            mail = reader.read(LETTER)

        assert isinstance(mail, Unreadable)
        assert (True, "anna@example.org", "Anna", "down") == (
            mail.may_read_later,
            mail.sender.address,
            mail.sender.name,
            mail.subject,
        )
        assert ("1@x", ("0@x",)) == (mail.message_id, mail.references)

    def test_does_not_read_what_is_too_large(self):
        """It is salvaged without starting anything."""
        with Reader() as reader:
            mail = reader.read(LETTER + b"x" * LARGEST_MAIL)

        assert isinstance(mail, Unreadable)
        assert (False, "down", 0) == (mail.may_read_later, mail.subject, reader.tally.deaths)

    def test_counts_the_memory_of_the_child_alone(self):
        """Not what the process that asks took at most, before or since."""
        held = b"x" * (400 << 20)
        with Reader() as reader:
            reader.read(LETTER)

        assert (True, True) == (0 < reader.tally.peak_kb << 10 < len(held), len(held) < MEMORY_BYTES)

    def test_changes_the_child_in_time(self, monkeypatch):
        """After its share of mails a child goes; nobody notices."""
        with Reader() as reader:
            reader.read(b"\n")
            first = child_of(reader)
            kinds = {type(reader.read(b"\n")) for _ in range(MAILS_OF_A_CHILD + 5)}

            assert ({Mail}, 0, True) == (kinds, reader.tally.deaths, first != child_of(reader))

    def test_serves_threads_one_after_the_other(self):
        """No thread gets another one's mail."""
        found: dict[int, str] = {}

        def read(number: int) -> None:
            for _ in range(10):
                mail = read_mail(b"Subject: %d\n\nx" % number, Ours())
                found[number] = found.get(number, "") + mail.subject

        threads = [threading.Thread(target=read, args=[number]) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert {number: str(number) * 10 for number in range(4)} == found


CLOSED = """
import os, socket, sys
from upheld.gateways.reading.child import close_the_world
close_the_world()
def is_refused(deed):
    try:
        deed()
    except (OSError, MemoryError):
        return True
    return False
deeds = [lambda: open("/etc/passwd"), lambda: open(sys.argv[1], "w"), socket.socket, os.pipe, os.fork]
deeds.append(lambda: bytearray(600_000_000))
print([is_refused(deed) for deed in deeds], "shift_jis ok".encode("shift_jis").decode("shift_jis"), sorted(os.environ))
"""


def test_the_child_can_do_nothing_else(tmp_path: Path):
    """No file to read or write, no socket, no process, no memory beyond the limit; every character set is there."""
    env = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    told = subprocess.run(
        [sys.executable, "-P", "-c", CLOSED, str(tmp_path / "x")], env=env, capture_output=True, text=True, check=True
    )

    assert "[True, True, True, True, True, True] shift_jis ok" in told.stdout


def test_the_child_knows_no_secret(monkeypatch):
    """Nothing of our environment reaches it."""
    monkeypatch.setenv("UPHELD_SECRET_KEY", "walnut")
    with Reader() as reader:
        reader.read(LETTER)
        environment = Path(f"/proc/{child_of(reader)}/environ").read_bytes()

    assert b"walnut" not in environment


def test_an_answer_that_makes_no_sense_is_not_believed(monkeypatch):
    """The child is replaced and the mail salvaged: nothing of what it said is used."""
    monkeypatch.setattr("upheld.gateways.reading.reader.unpack_mail", refuse)
    with Reader() as reader:
        mail = reader.read(LETTER)

    assert isinstance(mail, Unreadable)
    assert (False, "down", True) == (mail.may_read_later, mail.subject, "made no sense" in mail.reason)


def refuse(content: object, blobs: object) -> Mail:
    raise Garbled("no mail")
