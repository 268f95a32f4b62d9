"""`upheld signer`: the process that alone can read the signing key."""

import os
import signal
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from upheld.gateways.signing import Memory, SigningServer, open_key_file
from upheld.interfaces.cli.installation import choose_home
from upheld.interfaces.cli.stopping import stop

MEMORY = "signed.json"


def run_signer(
    socket: Annotated[Path, typer.Option("--socket", help="Where it is asked; UPHELD_SIGNER of the others names it.")],
    keys: Annotated[
        Path | None, typer.Option("--keys", file_okay=False, help="The folder of signing.key; else `keys` of the home.")
    ] = None,
    name: Annotated[str, typer.Option("--name", help="With which a new key is made; that of an old key stays.")] = "upheld",
) -> None:
    """Sign heads for the worker and the pages, which then need not be able to read the key."""
    folder = keys or choose_home(None) / "keys"
    try:
        server = SigningServer(socket, open_key_file(folder, name), Memory(folder / MEMORY))
    except (ValueError, OSError) as problem:
        stop(str(problem))

    def end(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    typer.echo(f"signer: answering at {socket}, process {os.getpid()}")
    try:
        while True:
            server.answer_one()
    except KeyboardInterrupt:
        server.close()


if __name__ == "__main__":
    typer.run(run_signer)
