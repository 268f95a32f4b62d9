"""What the bench of checks runs against: an nginx and a blackbox exporter of its own, on free loopback ports."""

from __future__ import annotations

import datetime
import ipaddress
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

TEXT = "ok healthy"
_NGINX = """
worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log crit; daemon off;
events {{ worker_connections 4096; }}
http {{
    access_log off; keepalive_timeout 0;
    client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
    uwsgi_temp_path {folder}; scgi_temp_path {folder};
    server {{ {plain} location = /health {{ return 200 "{text}\\n"; }} }}
    server {{
        {secure} ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;
        ssl_session_cache off; ssl_session_tickets off; location = /health {{ return 200 "{text}\\n"; }}
    }}
}}
"""
_EXPORTER = """
modules:
  http: {{prober: http, timeout: 5s, http: {{preferred_ip_protocol: ip4, fail_if_body_not_matches_regexp: ["{text}"]}}}}
  tls: {{prober: http, timeout: 5s, http: {{preferred_ip_protocol: ip4, fail_if_body_not_matches_regexp: ["{text}"],
         tls_config: {{ca_file: "{folder}/certificate.pem"}}}}}}
  tcp: {{prober: tcp, timeout: 5s, tcp: {{preferred_ip_protocol: ip4}}}}
"""


def take_ports(count: int) -> list[int]:
    """Free loopback ports. Even runs of one engine get a fresh one: closed connections linger on the old one for a
    minute, and the search for a free local port would be measured instead of the check."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(sock.getsockname()[1]) for sock in sockets]
    for sock in sockets:
        sock.close()
    return ports


@contextmanager
def run_target(folder: Path, plain: list[int], secure: list[int]) -> Iterator[Path]:
    """An nginx with one worker on these ports; yields the certificate that clients trust."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        raise SystemExit("the bench needs nginx: apt-get install nginx-light")
    certificate = _write_certificate(folder)
    configuration = folder / "nginx.conf"
    configuration.write_text(
        _NGINX.format(
            folder=folder,
            text=TEXT,
            plain=" ".join(f"listen 127.0.0.1:{port} backlog=4096;" for port in plain),
            secure=" ".join(f"listen 127.0.0.1:{port} ssl backlog=4096;" for port in secure),
        )
    )
    with _run([nginx, "-c", str(configuration), "-p", str(folder)]):
        for port in (*plain, *secure):
            _wait_for(port)
        yield certificate


@contextmanager
def run_exporter(folder: Path, port: int) -> Iterator[int | None]:
    """A blackbox exporter on this port; yields its process id, None when it is not installed."""
    program = shutil.which("prometheus-blackbox-exporter") or shutil.which("blackbox_exporter")
    if program is None:
        yield None
        return
    configuration = folder / "blackbox.yml"
    configuration.write_text(_EXPORTER.format(folder=folder, text=TEXT))
    command = [program, f"--config.file={configuration}", f"--web.listen-address=127.0.0.1:{port}", "--log.level=error"]
    with _run(command) as process:
        _wait_for(port)
        yield process.pid


def read_cpu_us(process_id: int) -> int:
    """User and system time of a process so far, in microseconds (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1_000_000 // os.sysconf("SC_CLK_TCK")


@contextmanager
def _run(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"nothing came up on port {port}")


def _write_certificate(folder: Path) -> Path:
    """A P-256 certificate for localhost that is its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
        .not_valid_after(datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    path = folder / "certificate.pem"
    path.write_bytes(certificate.public_bytes(pem))
    return path
