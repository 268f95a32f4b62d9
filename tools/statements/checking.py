"""Checking bundles by both verifiers: all figures in Python, the structure in Node too, many bundles in one process."""

import json
import shutil
import subprocess
import tempfile
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

from tools.statements.issuing import Bundled
from upheld.gateways.pyz import SCRIPT_NAME, read_script
from upheld.verify import Outcome, Result, verify_bundle

NODE = shutil.which("node")
RUN = """
const verifier = require(process.argv[2]);
const { bundles, key } = require(process.argv[3]);
console.log(JSON.stringify(bundles.map((data) => {
  const { outcome, checks } = verifier.verifyBundle(new Uint8Array(Buffer.from(data, "base64")), key);
  const wrong = checks.filter(({ check, result }) => result !== (check === "figures" ? "not here" : "ok"));
  return [outcome, wrong.map(({ check, told }) => `${check}: ${told[0]}`)];
})));
"""


def find_differences(bundled: Sequence[Bundled], key: str) -> list[str]:
    """What `upheld-verify` says against each bundle: every check that does not hold, every value that differs."""
    found: list[str] = []
    for one in bundled:
        report = verify_bundle(one.data, key)
        wrong = [f"{check.name}: {check.told[0]}" for check in report.checks if check.result != Result.OK]
        wrong += [str(difference) for difference in report.discrepancies]
        if report.outcome is not Outcome.VERIFIED or wrong:
            found.append(f"{one.name}: {report.outcome.value}; {'; '.join(wrong[:3])}")
    return found


def find_refusals(bundled: Sequence[Bundled], key: str) -> list[str]:
    """What the second verifier says against the structure of each bundle. Needs Node."""
    if NODE is None:
        raise SystemExit("there is no Node on this machine; the second verifier needs it")
    with tempfile.TemporaryDirectory(prefix="upheld-statements-") as folder:
        script, run, asked = (Path(folder) / name for name in (SCRIPT_NAME, "run.js", "bundles.json"))
        script.write_bytes(read_script())
        run.write_text(RUN)
        asked.write_text(json.dumps({"key": key, "bundles": [b64encode(one.data).decode() for one in bundled]}))
        command = [NODE, str(run), str(script), str(asked)]
        told = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    answers = zip(bundled, json.loads(told), strict=True)
    refused = ((one, outcome, wrong) for one, (outcome, wrong) in answers if wrong or outcome != Outcome.VERIFIED.value)
    return [f"{one.name}, second verifier: {outcome}; {'; '.join(wrong[:3])}" for one, outcome, wrong in refused]
