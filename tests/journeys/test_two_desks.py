"""Two desks, each the other's customer, and a machine that answers everything: all of them fall silent."""

import os
import subprocess
import sys
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

ROUNDS = 6


class Desk:
    """A desk with a home and a process of its own; its mails become files."""

    def __init__(self, home: Path, address: str, customer: str) -> None:
        self.home, self.address = home, address
        (home / "in").mkdir(parents=True)
        (home / "customer").write_text(customer)
        self._taken: set[Path] = set()
        self._do("begin")

    def bring(self, raw: bytes) -> None:
        (self.home / "in" / str(len(list((self.home / "in").iterdir())))).write_bytes(raw)

    def work(self) -> list[bytes]:
        """One round of its worker: the mails that left."""
        self._do("work")
        fresh = sorted(set((self.home / "mail").glob("*")) - self._taken) if (self.home / "mail").is_dir() else []
        self._taken.update(fresh)
        return [path.read_bytes() for path in fresh if path.is_file()]

    def _do(self, step: str) -> None:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("UPHELD_")},
            "UPHELD_HOME": str(self.home), "UPHELD_EMAIL_FROM": self.address, "UPHELD_LOG_LEVEL": "error",
            "DJANGO_SETTINGS_MODULE": "upheld.project.settings",
        }  # fmt: skip
        command = [sys.executable, "-m", "tests.journeys.wired", step, str(self.home)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert 0 == done.returncode, done.stderr


def write(sender: str, to: str, subject: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = sender, to, subject, f"<{subject.replace(' ', '.')}@x>"
    mail.set_content("Something does not work.")
    return mail.as_bytes()


@pytest.mark.slow
def test_two_desks_that_answer_each_other_fall_silent(tmp_path):
    """A person's mail from one desk to the other is confirmed once; nobody confirms the confirmation."""
    one = Desk(tmp_path / "one", "help@one.example", "help@two.example")
    two = Desk(tmp_path / "two", "help@two.example", "help@one.example")
    one.bring(write(two.address, one.address, "first"))

    sent = []
    for _ in range(ROUNDS):
        for desk, other in ((one, two), (two, one)):
            for raw in desk.work():
                sent.append(raw)
                other.bring(raw)

    assert 1 == len(sent)


@pytest.mark.slow
def test_a_machine_that_answers_everything_is_answered_twice_at_most(tmp_path):
    """It says nowhere that it is a machine, names no thread, and answers within the second."""
    desk = Desk(tmp_path / "desk", "help@one.example", "robot@two.example")
    desk.bring(write("robot@two.example", desk.address, "number 0"))

    sent = 0
    for number in range(1, ROUNDS):
        for raw in desk.work():
            sent += 1
            heard = message_from_bytes(raw, policy=policy.default)
            assert "auto-replied" == heard["Auto-Submitted"]
            desk.bring(write("robot@two.example", desk.address, f"number {number} {sent}"))

    assert 2 == sent
