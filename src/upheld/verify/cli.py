"""`python upheld-verify.pyz bundle.zip --key KEY`: check a bundle on any machine that has Python, without a network."""

import argparse
import json
import sys
from collections.abc import Sequence

from upheld.core.proof import NotAVerifierKey
from upheld.verify.account import plain, tell_report
from upheld.verify.container import LARGEST
from upheld.verify.report import Report
from upheld.verify.verification import verify_bundle

WRONG_USE = 2

MEANING = """\
exit codes:
  0  verified: signed with the key given, and every figure follows from the facts
  1  something is wrong: a part was changed, or a figure differs; the account says which, and by which clause
  2  wrong use: no such file, or the key given is none
  3  consistent, signer not proven: no key was given

The key is one line, NAME+ID+KEY, printed in the signed agreement and on the provider's status page. Take it from your
own copy of the agreement, never from the message that brought the bundle.
"""


class NotReadable(Exception):
    """The file of the bundle cannot be read at all."""


def main(arguments: Sequence[str]) -> int:
    """Verify as the arguments say, print the account, and return the exit code."""
    options = read_options(arguments)
    # What comes from a bundle may hold letters that this terminal cannot show: spelled out, never an error.
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")
    try:
        report = verify_bundle(read_file(options.bundle), options.key)
    except (NotReadable, NotAVerifierKey) as wrong:
        print(f"upheld-verify: {plain(str(wrong))}", file=sys.stderr)
        return WRONG_USE
    if options.json:
        print(json.dumps(write_report(report, options.reasons), indent=2, sort_keys=True))
    else:
        for line in tell_report(options.bundle, report, with_reasons=options.reasons):
            print(line)
    return report.outcome.exit_code


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="upheld-verify",
        description="Check a statement's bundle: its one signature, its facts, its agreement, and every figure again.",
        epilog=MEANING,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("bundle", help="the zip file that came with the statement")
    parser.add_argument("--key", metavar="KEY", help="the provider's verifier key, from your copy of the signed agreement")
    parser.add_argument("--json", action="store_true", help="the whole report as JSON")
    parser.add_argument("--reasons", action="store_true", help="with each figure the reasons that led to it")
    return parser.parse_args(arguments)


def read_file(path: str) -> bytes:
    """The bytes of a file, one more than a bundle may have at the most; raises NotReadable."""
    try:
        with open(path, "rb") as file:
            return file.read(LARGEST + 1)
    except (OSError, ValueError) as wrong:
        reason = getattr(wrong, "strerror", None) or str(wrong)
        raise NotReadable(f"{path} cannot be read ({reason}); give the path of the bundle, a zip file") from None


def write_report(report: Report, with_reasons: bool) -> dict[str, object]:
    written = report.to_json()
    if with_reasons and report.statement:
        written["reasons"] = {finding.rule: finding.why.to_json() for finding in report.statement.findings}
    return written

