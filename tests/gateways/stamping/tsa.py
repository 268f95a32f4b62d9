"""A time stamping authority on the loopback: openssl's, behind a server of the test's own."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

CONFIG = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.3.6.1.4.1.13762.3
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
EXTENSIONS = "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\nbasicConstraints=CA:FALSE\n"


@dataclass
class Tsa:
    """Where it is asked, the certificate that it comes from, and what it answers instead, if anything."""

    folder: Path
    url: str = ""
    status: int = 200
    says: bytes | None = None

    @property
    def root(self) -> Path:
        return self.folder / "root.pem"

    def answer(self, query: bytes) -> bytes:
        (self.folder / "query").write_bytes(query)
        openssl(
            self.folder, "ts", "-reply", "-config", "tsa.conf", "-section", "one", "-queryfile", "query",
            "-signer", "tsa.pem", "-inkey", "tsa.key", "-out", "answer",
        )  # fmt: skip
        return (self.folder / "answer").read_bytes()


def openssl(folder: Path, *words: str) -> str:
    done = subprocess.run(["openssl", *words], cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def make_tsa(folder: Path) -> Tsa:
    """A root, and a certificate from it that may stamp and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tsa.conf").write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    (folder / "extensions").write_text(EXTENSIONS)
    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl(folder, "req", "-x509", *new, "-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=Root", "-days", "30")
    openssl(folder, "req", *new, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Stamps")
    openssl(
        folder, "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-set_serial", "2", "-days", "30",
        "-extfile", "extensions", "-out", "tsa.pem",
    )  # fmt: skip
    return Tsa(folder)


@contextmanager
def open_tsa(folder: Path) -> Iterator[Tsa]:
    """The authority, asked over HTTP."""
    tsa = make_tsa(folder)

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            said = tsa.says if tsa.says is not None else tsa.answer(query)
            self.send_response(tsa.status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Taking)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    tsa.url = f"http://127.0.0.1:{server.server_port}/stamp"
    try:
        yield tsa
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
