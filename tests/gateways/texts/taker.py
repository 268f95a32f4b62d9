"""Somebody who takes texts over HTTP, for tests: a bot server, a chat, a provider, on a free loopback port."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Taker(ThreadingHTTPServer):
    """Keeps (path, headers, body) of each post, and answers with `status` and `says`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.posts: list[tuple[str, dict[str, str], bytes]] = []
        self.status = 200
        self.says = b'{"ok":true}'

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answer(BaseHTTPRequestHandler):
    server: Taker

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.posts.append((self.path, headers, body))
        self.send_response(self.server.status)
        self.send_header("content-length", str(len(self.server.says)))
        self.end_headers()
        self.wfile.write(self.server.says)

    def log_message(self, *args: object) -> None:
        """Nothing is printed between the dots of the tests."""


@contextmanager
def open_taker() -> Iterator[Taker]:
    with Taker() as taker:
        thread = threading.Thread(target=taker.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield taker
        finally:
            taker.shutdown()
            thread.join()
