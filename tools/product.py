"""A whole product of one's own, started as an operator starts it: for programmes that try it, and for tests."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.with_postgres import find_free_port

ROOT = Path(__file__).parents[1]
UPHELD = (sys.executable, "-c", "from upheld.interfaces.cli.main import main; main()")
# How a process of each part is known: by what stands in its command line.
PARTS = {
    "web": "granian",
    "signer": "upheld.interfaces.cli.signer",
    "worker": "upheld.interfaces.worker",
    "prober": "upheld.interfaces.prober",
    "demo": "upheld.interfaces.demo.shop",
}
PATIENCE_SECONDS = 90.0


class NotInTime(AssertionError):
    """Something that was to be did not come to be in time."""


@dataclass
class Product:
    """`upheld run` with its own home and port. `log` is the file that its output goes to."""

    home: Path
    port: int
    options: Sequence[str] = ()
    more: Mapping[str, str] = field(default_factory=dict)
    """Settings besides: names and values of the environment."""
    process: subprocess.Popen[bytes] | None = None
    log: Path = field(init=False)

    def __post_init__(self) -> None:
        self.log = self.home.parent / f"{self.home.name}.log"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("UPHELD_")}
        own = {"UPHELD_HOME": str(self.home), "UPHELD_URL": self.address, "PYTHONUNBUFFERED": "1"}
        return kept | own | dict(self.more) | {"DJANGO_SETTINGS_MODULE": "upheld.project.settings"}

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def start(self) -> None:
        """The same command each time. Returns when the pages answer and every part runs."""
        command = [*UPHELD, "run", "--home", str(self.home), "--port", str(self.port), *self.options]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        self.wait_until(self.is_whole, "every part runs and the pages answer")

    def is_whole(self) -> bool:
        if self.process is not None and self.process.poll() is not None:
            raise NotInTime(f"upheld run ended with {self.process.returncode}:\n{self.read_log()}")
        return all(self.find(part) for part in self.parts) and self.answers()

    @property
    def parts(self) -> list[str]:
        return [part for part in PARTS if part != "demo" or "--demo" in self.options]

    def answers(self) -> bool:
        """Whether the web server answers, with whatever page."""
        try:
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"{self.address}/status/", timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def find(self, part: str) -> int | None:
        """The process of a part, the child of the supervisor itself."""
        return next((child for child in children_of(self.pid) if PARTS[part] in command_of(child)), None)

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise NotInTime(f"upheld run did not end within 30 s of SIGTERM:\n{self.read_log()}") from None

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """One command of `upheld` on this home."""
        command = [*UPHELD, *map(str, words)]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120)

    def do(self, *words: str | Path) -> str:
        """What such a command printed; one that ends badly is an error with its own words."""
        ended = self.run(*words)
        if ended.returncode != 0:
            raise AssertionError(f"upheld {' '.join(map(str, words))} ended with {ended.returncode}:\n{ended.stderr}")
        return ended.stdout

    def facts(self, agreement: str) -> list[dict[str, Any]]:
        """Every fact of an agreement, as the command exports them."""
        return [json.loads(line) for line in self.do("export", "facts", agreement).splitlines()]

    def wait_until(self, holds: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> None:
        give_up_at = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > give_up_at:
                raise NotInTime(f"not within {seconds:.0f} s: {what}. The output:\n{self.read_log()}")
            time.sleep(0.2)

    def read_log(self) -> str:
        return self.log.read_text(errors="replace")[-6000:] if self.log.exists() else ""


@contextmanager
def own_product(home: Path, *options: str) -> Iterator[Product]:
    """A product that runs, in `home`; ended at the end, and nothing of it is left."""
    product = Product(home, find_free_port(), options)
    try:
        product.start()
        yield product
    finally:
        if product.process is not None and product.process.poll() is None:
            product.stop()


def children_of(process: int) -> list[int]:
    """The processes whose parent is `process`."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # The name of a process, in brackets, may hold anything: what follows its last bracket does not.
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == process and fields[0] != "Z":
            found.append(int(folder.name))
    return found


def command_of(process: int) -> str:
    try:
        return (Path("/proc") / str(process) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
