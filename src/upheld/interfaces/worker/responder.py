"""A control target on this machine: while it answers, a prober that sees a service here fail is not blind itself."""

import json
import logging
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from upheld.gateways.signing import keep_once

log = logging.getLogger("upheld.worker")

LOOPBACK = "127.0.0.1"
NOTE = "responder.json"
ANSWER = b"here\n"


class Answering(BaseHTTPRequestHandler):
    """Says that it is here, and nothing else, to anybody on this machine."""

    server_version = "upheld"
    sys_version = ""
    timeout = 5

    def do_GET(self) -> None:  # the name that the standard library calls
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, format: str, *args: object) -> None:
        """Every check asks here when something fails: that is no event."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True


class Responder:
    """Keeps answering at the port that the home remembers; where the port is taken for a while, tries again."""

    def __init__(self, home: Path) -> None:
        self._note = home / NOTE
        self._server: Server | None = None
        self._complained = ""

    def see_to_it(self) -> None:
        """Begin to answer, where it does not yet. The address stays the same over restarts: checks are asked to go there."""
        if self._server is not None:
            return
        try:
            port = read_port(self._note)
            self._server = Server((LOOPBACK, port), Answering)
        except (OSError, ValueError) as problem:
            if str(problem) != self._complained:
                log.error("the control target cannot answer yet", extra={"note": self._note, "because": problem})
            self._complained = str(problem)
            return
        self._complained = ""
        threading.Thread(target=self._server.serve_forever, args=(0.5,), name="responder", daemon=True).start()
        log.info("control target answers", extra={"at": f"http://{LOOPBACK}:{port}/"})

    def close(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


def read_port(note: Path) -> int:
    """The remembered port; a free one, remembered from now on, where none is. Raises ValueError for an unreadable note."""
    written = keep_once(note, lambda: json.dumps({"responder": find_port()}).encode())
    try:
        port = json.loads(written)["responder"]
    except (ValueError, KeyError, TypeError):
        port = None
    if type(port) is not int or not 0 < port < 65536:
        raise ValueError(f'{note} is not {{"responder": PORT}}; remove it, and give the checks their control target anew')
    return port


def find_port() -> int:
    with socket.socket() as trial:
        trial.bind((LOOPBACK, 0))
        port: int = trial.getsockname()[1]
        return port
