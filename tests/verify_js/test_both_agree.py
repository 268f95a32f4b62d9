"""Bundles that nobody thought of: a fact or a note changed at random and signed again. Both verifiers find the same."""

import json
import os
from base64 import b64encode
from random import Random

from tests.verify.samples import HARBOUR, february
from tests.verify_js import vectors
from tools.vectors.spelled import pack
from upheld.verify import Result, verify_bundle

BUNDLES = 120
PUT = [
    b'"',
    b"\\",
    b"{",
    b"}",
    b"[",
    b",",
    b":",
    b" ",
    b"0",
    b"-",
    b".",
    b"Z",
    b"\xc3\xa9",
    b"\xcc\x81",
    b"\xff",
    b"\n",
    b"\r",
    b"1",
    b"\\u0041",
]
RUN = """
const verifier = require(%s);
console.log(JSON.stringify(require(%s).map(([data, key]) => {
  const { checks } = verifier.verifyBundle(new Uint8Array(Buffer.from(data, "base64")), key);
  return checks.filter(({ result }) => result === "wrong").map(({ check }) => check).sort();
})));
"""


def bend(random: Random) -> bytes:
    """A bundle in which one fact, or the head, has other bytes at one place."""
    leaves = february().leaves()
    index = random.randrange(len(leaves) + 1)
    if index < len(leaves):
        leaves[index] = change(random, leaves[index])
        return pack(february(), leaves)
    note = change(random, february().sign().encode()).decode(errors="replace")
    return february().pack(checkpoint=note)


def change(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + random.choice(PUT) + data[at + random.randrange(3) :]


def test_both_find_the_same(tmp_path):
    """Which checks are wrong, with and without a key; the figures are for one of them alone."""
    seed = int.from_bytes(os.urandom(4), "big")
    random = Random(seed)
    bundles = [(bend(random), random.choice([None, str(HARBOUR.key)])) for _ in range(BUNDLES)]
    (tmp_path / "bundles.json").write_text(json.dumps([(b64encode(data).decode(), key) for data, key in bundles]))
    (tmp_path / "run.js").write_text(
        RUN % (json.dumps(vectors.write_script(tmp_path)), json.dumps(str(tmp_path / "bundles.json")))
    )
    theirs = json.loads(vectors.run_node(str(tmp_path / "run.js")).stdout)
    ours = [
        sorted(check.name for check in report.checks if check.result == Result.WRONG and check.name != "figures")
        for report in (verify_bundle(data, key) for data, key in bundles)
    ]

    assert ours == theirs, f"seed {seed}"
    assert any(ours)
