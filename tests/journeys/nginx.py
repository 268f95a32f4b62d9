"""A real nginx of a test's own: own configuration, port and folder; killed and raised by its process ids."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from tools.with_postgres import find_free_port

CONFIGURATION = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{ return 200 "the workspace is open\\n"; }}
    }}
}}
"""


def find_nginx() -> str | None:
    """The system's nginx, or None. Debian keeps it where only root's path leads."""
    return shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


class Nginx:
    """One server on a free loopback port."""

    def __init__(self, programme: str, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.port = find_free_port()
        self._command = [programme, "-p", str(folder), "-c", str(folder / "nginx.conf")]
        (folder / "nginx.conf").write_text(CONFIGURATION.format(folder=folder, port=self.port))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> int:
        """Start it; the wall instant, in microseconds, from which it takes connections."""
        self._process = subprocess.Popen(self._command, start_new_session=True)
        give_up_at = time.monotonic() + 20
        while time.monotonic() < give_up_at:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.005)
                continue
            return time.time_ns() // 1000
        raise AssertionError(f"nginx does not answer at {self.url}")

    def kill(self) -> int:
        """SIGKILL to all of its processes; the wall instant, in microseconds, before which it still answered."""
        assert self._process is not None
        at = time.time_ns() // 1000
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        return at

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.kill()
