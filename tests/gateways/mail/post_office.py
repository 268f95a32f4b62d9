"""A mail server for tests: takes mail on a free loopback port and answers as it was told."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class PostOffice(socketserver.ThreadingTCPServer):
    """Keeps each letter. `answers` replaces what it says to a command such as `RCPT`, or `.` at the end of a letter."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.letters: list[bytes] = []
        self.senders: list[str] = []
        self.answers: dict[str, str] = {}

    @property
    def port(self) -> int:
        return self.server_address[1]


class Talk(socketserver.StreamRequestHandler):
    """One connection (RFC 5321, as much of it as a client that sends one letter needs)."""

    server: PostOffice

    def handle(self) -> None:
        self.say("220 post office")
        while line := self.rfile.readline():
            word = line[:4].decode().upper().strip()
            if word == "MAIL":
                self.server.senders.append(line.decode().partition(":")[2].split()[0])
            if word == "DATA":
                self.say("354 go on")
                letter = b"".join(iter(self.rfile.readline, b".\r\n"))
                answer = self.server.answers.get(".", "250 kept")
                if answer.startswith("250"):
                    self.server.letters.append(letter)
                self.say(answer)
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say(self.server.answers.get(word, "250 fine"))

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def open_post_office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        thread = threading.Thread(target=office.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield office
        finally:
            office.shutdown()
            thread.join()
