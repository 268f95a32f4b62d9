"""A receiver of webhooks for tests, on a free loopback port."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver(ThreadingHTTPServer):
    """Keeps (headers, body) of each post, and answers with `status`; with `drips`, never to the end."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.posts: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        self.location = ""
        self.drips = False

    @property
    def port(self) -> int:
        return self.server_address[1]


class Answer(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.posts.append(({name.lower(): value for name, value in self.headers.items()}, body))
        if self.server.drips:
            drip(self.connection)
            return
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("location", self.server.location)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Nothing is printed between the dots of the tests."""


def drip(connection: socket.socket) -> None:
    """One header line after another, so that no single wait is long."""
    try:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        for number in range(300):
            connection.sendall(b"x-%d: y\r\n" % number)
            time.sleep(0.05)
    except OSError:
        return


@contextmanager
def open_receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        thread = threading.Thread(target=receiver.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield receiver
        finally:
            receiver.shutdown()
            thread.join()
