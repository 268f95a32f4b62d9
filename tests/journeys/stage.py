"""The desk of a journey as its tests hold it: where it answers, what time it is there, which mails left it."""

import email
import email.policy
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from tests.journeys.desk_stage import START
from tools.with_postgres import find_free_port
from upheld.core.timeline import SECOND, Duration, Instant

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 120.0


class Stage:
    """A process with the product's pages, those of the module `play`; begun and ended by `with`."""

    def __init__(self, home: Path, play: str = "desk_stage") -> None:
        self.home, self.port, self.play = home, find_free_port(), play
        self.address = f"http://127.0.0.1:{self.port}"
        self.ahead = 0
        self.log = home / "log"

    def __enter__(self) -> "Stage":
        kept = {name: value for name, value in os.environ.items() if not name.startswith("UPHELD_")}
        own = {"UPHELD_HOME": str(self.home), "UPHELD_URL": self.address, "PYTHONUNBUFFERED": "1"}
        settings = {"DJANGO_SETTINGS_MODULE": "upheld.project.settings"}
        command = [sys.executable, "-m", f"tests.journeys.{self.play}", str(self.home), str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=kept | own | settings, stdout=log, stderr=log)
        try:
            self.wait_until(self.answers, "the pages answer")
        except BaseException:
            self.process.kill()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, where: TracebackType | None) -> None:
        self.process.terminate()
        self.process.wait(30)

    @property
    def now(self) -> Instant:
        """What time it is there."""
        passed = time.monotonic_ns() // 1000 - int((self.home / "began").read_text())
        return START + Duration(passed) + SECOND * self.ahead

    def pass_time(self, *, days: int = 0, hours: int = 0, minutes: int = 0) -> None:
        """Put the clock forward for everybody."""
        self.ahead += (days * 24 + hours) * 3600 + minutes * 60
        written = self.home / "ahead.new"
        written.write_text(str(self.ahead))
        written.replace(self.home / "ahead")

    def answers(self) -> bool:
        assert self.process.poll() is None, f"the desk ended:\n{self.log.read_text()[-4000:]}"
        try:
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"{self.address}/sign-in", timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def wait_until(self, holds: Callable[[], bool], what: str) -> None:
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            assert time.monotonic() < give_up_at, f"not in time: {what}\n{self.log.read_text()[-4000:]}"
            time.sleep(0.3)

    def mails_to(self, address: str) -> list[str]:
        """The texts of the mails that left for somebody, in the order of their files' names."""
        found = []
        for path in sorted((self.home / "mail").glob("*.eml")):
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            body = mail.get_body(("plain",))
            if address in str(mail["To"]) and body is not None:
                found.append(str(body.get_content()))
        return found

    def wait_for_mail(self, address: str, words: str) -> str:
        """The text of the mail to somebody that holds these words, as soon as it left."""
        self.wait_until(lambda: any(words in text for text in self.mails_to(address)), f"a mail to {address}: {words}")
        return next(text for text in self.mails_to(address) if words in text)
