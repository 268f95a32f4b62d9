"""Ports on this machine: which are free, and which stay ours from start to start."""

import json
import socket
from collections.abc import Sequence
from pathlib import Path

from upheld.gateways.signing import keep_once


def explain_port(host: str, port: int) -> str | None:
    """Why nothing of ours can listen there, or None."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, OverflowError) as problem:
        return f"{host} is no address of this machine ({problem})"
    family, kind, protocol, _, address = found[0]
    with socket.socket(family, kind, protocol) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(address)
            trial.listen()
        except OSError as problem:
            return f"port {port} of {host} cannot be taken: {problem.strerror}"
    return None


def keep_ports(note: Path, names: Sequence[str], host: str = "127.0.0.1") -> dict[str, int]:
    """
    A port for each name: those that `note` remembers, else free ones, which it then remembers.

    What is watched at one of them keeps its address when everything is started anew.
    """
    while True:
        written = keep_once(note, lambda: json.dumps(find_ports(names, host)).encode())
        try:
            remembered = json.loads(written)
            return {name: int(remembered[name]) for name in names}
        except (ValueError, KeyError, TypeError):
            note.unlink(missing_ok=True)


def find_responder(home: Path) -> str:
    """Where the worker of this home answers: a control target for whatever is watched on this machine."""
    return f"http://127.0.0.1:{keep_ports(home / 'responder.json', ('responder',))['responder']}/"


def find_ports(names: Sequence[str], host: str) -> dict[str, int]:
    """A free port for each name, all different."""
    trials = {name: socket.socket() for name in names}
    try:
        for trial in trials.values():
            trial.bind((host, 0))
        return {name: trial.getsockname()[1] for name, trial in trials.items()}
    finally:
        for trial in trials.values():
            trial.close()
