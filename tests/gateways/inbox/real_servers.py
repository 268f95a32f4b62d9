"""Real mail servers of a test's own: Postfix takes mail by SMTP, Dovecot keeps it by LMTP and shows it by IMAP."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.with_postgres import find_free_port

PATHS = os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin"
PROGRAMMES = ("dovecot", "postfix")
MISSING = "no Dovecot with LMTP and Postfix on this machine: `apt-get install dovecot-imapd dovecot-lmtpd postfix`"

DOVECOT = """
protocols = imap lmtp
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%n
first_valid_uid = 1
auth_username_format = %n
passdb {{
  driver = static
  args = password=walnut
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/mail/%n
}}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {imaps}
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
"""
POSTFIX = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/postfix
command_directory = {sbin}
daemon_directory = {daemons}
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
myhostname = mail.example.com
mydestination =
alias_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = example.com desk.example.com
transport_maps = inline:{{
  {{ example.com = lmtp:inet:127.0.0.1:{lmtp} }}
  {{ desk.example.com = lmtp:inet:127.0.0.1:{desk} }} }}
smtpd_recipient_restrictions = permit_mynetworks, reject
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
default_destination_concurrency_failed_cohort_limit = 100
"""
SERVICES = """
127.0.0.1:{smtp} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
lmtp unix - - n - - lmtp
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True, slots=True)
class MailServers:
    """Where they listen. Mail to example.com goes to Dovecot, mail to desk.example.com by LMTP to the port `desk`."""

    folder: Path
    smtp: int
    lmtp: int
    imap: int
    imaps: int
    desk: int

    @property
    def certificate(self) -> Path:
        return self.folder / "certificate.pem"


def are_installed() -> bool:
    found = [shutil.which(name, path=PATHS) for name in PROGRAMMES]
    return all(found) and any(Path(folder, "lmtp").exists() for folder in ("/usr/lib/dovecot", "/usr/libexec/dovecot"))


@contextmanager
def run_mail_servers() -> Iterator[MailServers]:
    """Both servers with a folder of their own, ended by the ids under which they were started. Needs root."""
    # Both drop root for users of their own, who cannot see the folders of a test.
    folder = Path(tempfile.mkdtemp(prefix="upheld-mail-"))
    folder.chmod(0o755)
    servers = MailServers(folder, *(find_free_port() for _ in range(5)))
    started: list[subprocess.Popen[bytes]] = []
    try:
        write_settings(servers)
        started.append(start(["dovecot", "-F", "-c", str(folder / "dovecot.conf")], folder))
        started.append(start(["postfix", "-c", str(folder / "etc"), "start-fg"], folder))
        for port in (servers.imap, servers.smtp, servers.lmtp):
            wait_for_port(port, folder)
        yield servers
    finally:
        for process in reversed(started):
            stop(process)
        stop_master(folder / "queue/pid/master.pid")
        shutil.rmtree(folder, ignore_errors=True)


def write_settings(servers: MailServers) -> None:
    folder = servers.folder
    for name, owner in (("mail", "mail"), ("queue", "root"), ("postfix", "postfix"), ("etc", "root"), ("run", "root")):
        (folder / name).mkdir()
        shutil.chown(folder / name, owner)
    daemons = next(path for path in ("/usr/lib/postfix/sbin", "/usr/libexec/postfix") if Path(path).is_dir())
    ports = {"smtp": servers.smtp, "lmtp": servers.lmtp, "imap": servers.imap, "imaps": servers.imaps, "desk": servers.desk}
    postfix = str(shutil.which("postfix", path=PATHS))
    values = {"folder": folder, "sbin": Path(postfix).parent, "daemons": daemons, **ports}
    (folder / "dovecot.conf").write_text(DOVECOT.format(**values))
    (folder / "etc/main.cf").write_text(POSTFIX.format(**values))
    (folder / "etc/master.cf").write_text(SERVICES.format(**values))
    write_certificate(folder)


def write_certificate(folder: Path) -> None:
    """One for 127.0.0.1, signed by itself."""
    words = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1"
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([*words.split(), "-addext", "subjectAltName=IP:127.0.0.1", *files], check=True, capture_output=True)


def start(command: list[str], folder: Path) -> "subprocess.Popen[bytes]":
    with open(folder / f"{command[0]}.out", "wb") as out:
        path = str(shutil.which(command[0], path=PATHS))
        return subprocess.Popen([path, *command[1:]], stdout=out, stderr=out, start_new_session=True)


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Ask it to end, by its own id; after a while the session that it was started in is ended."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def stop_master(pid_file: Path) -> None:
    """Postfix puts its master into a session of its own; the master writes its id into our folder."""
    if not pid_file.is_file():
        return
    process_id = int(pid_file.read_text())
    give_up_at = time.monotonic() + 10
    with contextlib.suppress(ProcessLookupError):
        os.kill(process_id, signal.SIGTERM)
        while time.monotonic() < give_up_at:
            os.kill(process_id, 0)
            time.sleep(0.05)
        os.killpg(process_id, signal.SIGKILL)


def wait_for_port(port: int, folder: Path) -> None:
    give_up_at = time.monotonic() + 20
    while time.monotonic() < give_up_at:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    told = "\n".join(
        path.read_text(errors="replace")[-2000:] for path in folder.glob("*.*o*") if path.suffix in {".log", ".out"}
    )
    raise AssertionError(f"nobody listens on {port}:\n{told}")
