"""`python upheld-witness.pyz ADDRESS --key KEY`: a customer's own look at the provider's heads, made for cron."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from upheld.gateways.clock import now_us
from upheld.interfaces.cli.witness.notes import Refused
from upheld.interfaces.cli.witness.reading import NotReached, Silent, read_file
from upheld.interfaces.cli.witness.watching import Rewritten, Witness

CONTINUES, REWRITTEN, WRONG_USE, NOT_REACHED, SILENT = 0, 1, 2, 3, 4

MEANING = """\
exit codes:
  0  the head continues the one that is kept; it is kept and countersigned now
  1  the history was rewritten, or the head is not the provider's: keep the folder as it is, and ask the provider
  2  wrong use
  3  nothing could be read, or the provider did not take the countersigned head: nothing is said about the history
  4  the same for a week or longer: ask the provider

The first call needs ADDRESS, the folder `heads` of the provider's status page, and --key, the provider's verifier key from
your own copy of the agreement; later calls need the folder alone. A call each hour by cron is enough.
"""


def main(arguments: Sequence[str]) -> int:
    """Look once, tell it in a sentence, and return the exit code."""
    options = read_options(arguments)
    try:
        witness = Witness(options.folder)
        if not witness.kept:
            if not options.address or not options.key:
                return tell(f"nothing is kept in {options.folder} yet: give ADDRESS and --key at the first call", WRONG_USE)
            witness.begin(options.address, options.key, options.name, os.urandom(32))
        elif options.address and options.address != witness.kept["address"]:
            return tell("{} watches {}: use another --folder".format(options.folder, witness.kept["address"]), WRONG_USE)
        if options.head:
            return tell(witness.check_head(options.head), CONTINUES)
        if options.post:
            token = read_token(options.token_file)
            if not token or not options.post.startswith(("https://", "http://")):
                return tell("--post takes an address, and --token-file a file with your token and nothing else", WRONG_USE)
            witness.post_to(options.post, token)
        return tell(witness.look(now_us() // 1_000_000), CONTINUES)
    except (Rewritten, Refused) as problem:
        return tell(str(problem), REWRITTEN)
    except Silent as problem:
        return tell(str(problem), SILENT)
    except (NotReached, OSError) as problem:
        return tell(str(problem), NOT_REACHED)


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="upheld-witness",
        description="Keep the last head of a provider's ledgers, and demand that the next one continues it.",
        epilog=MEANING,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("address", nargs="?", metavar="ADDRESS", help="https://status.example.com/heads, or a folder")
    parser.add_argument("--key", metavar="KEY", help="the provider's verifier key; needed at the first call")
    parser.add_argument("--folder", default="upheld-witness", help="where the head is kept (default: %(default)s)")
    parser.add_argument("--name", default="witness", help="the name under which this witness signs; first call alone")
    parser.add_argument(
        "--head", metavar="FILE", help="check what is in a file: one agreement's head, or another's head.txt"
    )
    parser.add_argument(
        "--post",
        metavar="ADDRESS",
        help="show the provider each countersigned head from now on, at https://.../api/v1/agreements/YOURS/countersignatures",
    )
    parser.add_argument("--token-file", metavar="FILE", help="your token at the provider, kept in the folder; with --post")
    return parser.parse_args(arguments)


def read_token(path: str | None) -> str:
    """The token in a file, nothing where there is none: on the command line everybody on this machine could read it."""
    token = read_file(path).decode("ascii", "replace").strip() if path else ""
    return token if token.isprintable() and " " not in token else ""


def tell(sentence: str, code: int) -> int:
    print("upheld-witness: " + sentence, file=sys.stdout if code == CONTINUES else sys.stderr)
    return code
