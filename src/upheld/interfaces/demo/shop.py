"""The demo's services: small HTTP servers that answer until they are broken, and a page beside them with the switch."""

import argparse
import json
import signal
import subprocess
import sys
import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

HOST = "127.0.0.1"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>The demo service</title><link rel="stylesheet" href="/upheld.css"></head>
<body><div class="main"><main id="main"><h1>The demo service is {state}</h1>
<p class="lede">It answers at <a href="{address}">{address}</a> and is watched there like any other. {what}</p>
<form method="post" action="/{deed}"><p class="acts"><button class="btn main-act">{button}</button></p></form>
<p>Then look at <a href="{console}">the console</a>: within two sampling intervals it knows.</p></main></div></body></html>
"""


class Shop:
    """The service itself. Broken, it does not listen at all: connections are refused, as when a process has died."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._server: ThreadingHTTPServer | None = None
        self._lock = threading.Lock()
        self.port = self.mend()

    @property
    def is_broken(self) -> bool:
        return self._server is None

    def mend(self) -> int:
        """Listen again, on the same port; the port is given back."""
        with self._lock:
            if self._server is None:
                self._server = ThreadingHTTPServer((HOST, self.port), ShopFront)
                threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
            return int(self._server.server_address[1])

    def break_down(self) -> None:
        with self._lock:
            if self._server is not None:
                self._server.shutdown()
                self._server.server_close()
                self._server = None


class Quiet(BaseHTTPRequestHandler):
    """Answers without writing a line for each request."""

    def log_message(self, format: str, *arguments: object) -> None:
        return

    def answer(self, body: str, kind: str = "text/html; charset=utf-8", status: int = 200) -> None:
        sent = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(sent)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(sent)


class ShopFront(Quiet):
    def do_GET(self) -> None:
        self.answer("the demo service works\n", "text/plain; charset=utf-8")


def switch_for(shop: Shop, console: str, server: Shop | None = None) -> type[Quiet]:
    """The page with the switch: shows the state, breaks, mends. Below `/server/` it does so for the other service."""
    shops = {"": shop} if server is None else {"": shop, "/server": server}

    class Switch(Quiet):
        def do_GET(self) -> None:
            if self.path == "/upheld.css":
                sheet = files("upheld.pages").joinpath("static/upheld/upheld.css").read_text(encoding="utf-8")
                self.answer(sheet, "text/css; charset=utf-8")
            elif self.path.removesuffix("/state") in shops and self.path.endswith("/state"):
                asked = shops[self.path.removesuffix("/state")]
                self.answer("broken\n" if asked.is_broken else "up\n", "text/plain; charset=utf-8")
            else:
                self.answer(page(shop, console))

        def do_POST(self) -> None:
            if not self.is_from_here():
                self.answer("This switch takes its own page's clicks only.\n", "text/plain; charset=utf-8", 403)
                return
            whose, _, deed = self.path.rpartition("/")
            if whose in shops and deed == "break":
                shops[whose].break_down()
            elif whose in shops and deed == "mend":
                shops[whose].mend()
            else:
                self.answer("Nothing is kept at this address.\n", "text/plain; charset=utf-8", 404)
                return
            self.send_response(303)
            self.send_header("Location", "/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def is_from_here(self) -> bool:
            """Whether a browser sent this from our own page, or no browser did: another site may not break the demo."""
            origin = self.headers.get("Origin")
            return origin is None or urlsplit(origin).netloc == self.headers.get("Host")

    return Switch


def page(shop: Shop, console: str) -> str:
    broken = shop.is_broken
    return PAGE.format(
        state="broken: it does not answer" if broken else "up",
        address=f"http://{HOST}:{shop.port}/",
        what="Mend it to end the outage." if broken else "Break it to begin an outage.",
        deed="mend" if broken else "break",
        button="Mend the demo service" if broken else "Break the demo service",
        console=escape(console, quote=True),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="The demo's services and their switch.")
    parser.add_argument("--port", type=int, default=0, help="where the service answers; 0 takes a free port")
    parser.add_argument("--server", type=int, default=0, help="where the managed server answers; 0 takes a free port")
    parser.add_argument("--switch", type=int, default=0, help="where the switch is; 0 takes a free port")
    parser.add_argument("--console", default="http://127.0.0.1:8000/", help="address of the console")
    parser.add_argument("--note", type=Path, required=True, help="file that tells the ports and the console, as JSON")
    parser.add_argument("--agreements", type=Path, help="folder of the agreements: with it, the demo's desk is filled too")
    parser.add_argument("--control", default="", help="control target of what is watched")
    given = parser.parse_args()
    shop, server = Shop(given.port), Shop(given.server)
    switch = ThreadingHTTPServer((HOST, given.switch), switch_for(shop, given.console, server))
    at = switch.server_address[1]
    # Whole or not at all: the next start takes the same ports from it.
    draft = given.note.with_name(f".{given.note.name}.draft")
    ports = {"service": shop.port, "server": server.port, "switch": at, "console": given.console}
    draft.write_text(json.dumps(ports), encoding="utf-8")
    draft.replace(given.note)
    filling = None
    if given.agreements:
        # A process of its own: reading agreements must not keep a probe waiting.
        filling = subprocess.Popen(
            [
                sys.executable, "-m", "upheld.interfaces.demo.opening", "--agreements", str(given.agreements),
                "--server", str(server.port), "--switch", f"http://{HOST}:{at}/", "--console", given.console,
                "--control", given.control,
            ],
        )  # fmt: skip
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=switch.shutdown).start())
    switch.serve_forever(0.05)
    if filling is not None:
        filling.terminate()
        filling.wait()
    shop.break_down()
    server.break_down()


if __name__ == "__main__":
    main()
