"""An IMAP server for tests: one mailbox in memory, which fails where it is told to (as much of RFC 3501 as we speak)."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class MailboxServer(socketserver.ThreadingTCPServer):
    """
    `mails` maps the number of a mail to its bytes. `abilities` is what it says that it can do.

    `cuts` names a word of a command, such as `MOVE`, at which it drops the connection, once: before it does what was asked.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.validity = 1
        self.mails: dict[int, bytes] = {}
        self.moved: list[bytes] = []
        self.keywords: dict[int, set[bytes]] = {}
        self.abilities = "IMAP4rev1 IDLE MOVE UIDPLUS"
        self.permanent = "\\Seen \\Deleted \\*"
        self.cuts: list[str] = []
        self.commands: list[str] = []
        self.arrival = threading.Condition()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def deliver(self, raw: bytes) -> None:
        with self.arrival:
            self.mails[max(self.mails, default=100 * self.validity) + 1] = raw
            self.arrival.notify_all()

    def renumber(self) -> None:
        """As after a restored backup: the same mails under other numbers, some of which meant other mails."""
        self.validity += 1
        self.mails = dict(enumerate(reversed(self.mails.values()), start=101))
        self.keywords = {}


class Conversation(socketserver.StreamRequestHandler):
    server: MailboxServer

    def handle(self) -> None:
        self.say("* OK ready")
        with suppress(ConnectionError, ValueError):
            while line := self.rfile.readline():
                tag, _, words = line.decode("latin-1").strip().partition(" ")
                word = words.upper().removeprefix("UID ").partition(" ")[0]
                self.server.commands.append(words)
                if word in self.server.cuts:
                    self.server.cuts.remove(word)
                    return
                answer = getattr(self, f"do_{word.lower()}", self.refuse)(words)
                self.say(f"{tag} {answer or 'OK done'}")
                if word == "LOGOUT":
                    return

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode("latin-1"))

    def refuse(self, words: str) -> str:
        return f"BAD what is {words}?"

    def do_capability(self, _: str) -> None:
        self.say(f"* CAPABILITY {self.server.abilities}")

    def do_login(self, words: str) -> str | None:
        return None if "walnut" in words else "NO [AUTHENTICATIONFAILED] wrong"

    def do_logout(self, _: str) -> None:
        self.say("* BYE")

    def do_noop(self, _: str) -> None:
        pass

    def do_list(self, words: str) -> None:
        self.say(f'* LIST () "/" {words.split()[-1]}')

    def do_select(self, _: str) -> str:
        self.say(f"* {len(self.server.mails)} EXISTS")
        self.say(f"* OK [UIDVALIDITY {self.server.validity}] valid")
        self.say(f"* OK [PERMANENTFLAGS ({self.server.permanent})] flags")
        return "OK [READ-WRITE] selected"

    def do_search(self, words: str) -> None:
        unmarked = "UNKEYWORD" in words
        numbers = [uid for uid in self.server.mails if not (unmarked and self.server.keywords.get(uid))]
        self.say(" ".join(["* SEARCH", *map(str, numbers)]))

    def do_fetch(self, words: str) -> None:
        uid = int(words.split()[2])
        raw = self.server.mails.get(uid)
        if raw is None:
            return
        if "BODY" in words:
            most = re.search(r"<0\.(\d+)>", words)
            part, mark = (raw[: int(most[1])], "<0>") if most else (raw, "")
            self.wfile.write(f"* 1 FETCH (UID {uid} BODY[]{mark} {{{len(part)}}}\r\n".encode())
            if "LITERAL" in self.server.cuts:
                self.server.cuts.remove("LITERAL")
                self.wfile.write(part[: len(part) // 2])
                self.connection.close()
                raise ConnectionResetError
            self.wfile.write(part + b")\r\n")
        else:
            self.say(f'* 1 FETCH (UID {uid} RFC822.SIZE {len(raw)} INTERNALDATE "14-Feb-2026 13:00:00 +0100")')

    def do_move(self, words: str) -> None:
        self.server.moved.append(self.server.mails.pop(int(words.split()[2])))

    def do_copy(self, words: str) -> None:
        self.server.moved.append(self.server.mails[int(words.split()[2])])

    def do_store(self, words: str) -> None:
        self.server.keywords.setdefault(int(words.split()[2]), set()).add(words.partition("(")[2].rstrip(")").encode())

    def do_expunge(self, words: str) -> None:
        self.server.mails.pop(int(words.split()[2]))

    def do_idle(self, _: str) -> None:
        self.say("+ idling")
        known = len(self.server.mails)
        self.connection.settimeout(0.05)
        while True:
            with self.server.arrival:
                if len(self.server.mails) != known:
                    known = len(self.server.mails)
                    self.say(f"* {known} EXISTS")
            try:
                if self.connection.recv(100).upper().startswith(b"DONE"):
                    break
            except TimeoutError:
                continue
        self.connection.settimeout(None)


@contextmanager
def open_mailbox_server() -> Iterator[MailboxServer]:
    with MailboxServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
