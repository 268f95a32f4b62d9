"""The published vectors, as they lie in the tree, and what each verifier says of them."""

import json
import shutil
import subprocess
from base64 import b64decode
from functools import cache
from pathlib import Path
from typing import Any

from tests.conftest import refuse_or_skip
from tools.vectors.case import apply_edits
from upheld.gateways.pyz import SCRIPT_NAME, read_script

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests/vectors"
NODE = shutil.which("node")

# What both engines run: every vector, through the verifier's own functions.
RUN_ALL = """
(verifier, lists, base) => {
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const join = (parts) => {
    const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
    return whole;
  };
  const build = (edits) => {
    let data = bytes(base);
    for (const [at, length, put] of edits.slice().reverse()) {
      data = join([data.subarray(0, at), bytes(put), data.subarray(at + length)]);
    }
    return data;
  };
  const holds = (action) => {
    try { return action() !== false; } catch (wrong) { if (wrong instanceof verifier.Wrong) return false; throw wrong; }
  };
  const bundles = lists.bundles.map(({ name, edit, key }) => {
    const { outcome, checks } = verifier.verifyBundle(build(edit), key);
    return [name, outcome, checks.filter(({ result }) => result === "wrong").map(({ check }) => check).sort()];
  });
  const heads = lists.heads.map(({ name, note, key }) => [name, holds(() => {
    const read = verifier.readNote(new TextEncoder().encode(note));
    verifier.readCheckpoint(read.text);
    verifier.openNote(read, verifier.readKey(key));
  })]);
  const proofs = lists.proofs.map((one) => {
    const proof = one.proof.map(bytes);
    const problem = one.kind === "inclusion"
      ? verifier.explainInclusion(bytes(one.leaf), one.index, one.size, proof, bytes(one.root))
      : verifier.explainConsistency(one.old_size, bytes(one.old_root), one.new_size, bytes(one.new_root), proof);
    return [one.name, problem === null];
  });
  return { bundles, heads, proofs };
}
"""


@cache
def read_list(name: str) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text())
    return read


@cache
def base() -> bytes:
    return (FOLDER / "bundle.zip").read_bytes()


def data_of(vector: dict[str, Any]) -> bytes:
    return apply_edits(base(), vector["edit"], b64decode)


def lists() -> dict[str, list[dict[str, Any]]]:
    return {name: read_list(name) for name in ("bundles", "heads", "proofs")}


def expected() -> dict[str, list[list[Any]]]:
    """What a verifier of the structure must answer."""
    bundles = [[one["name"], structure_outcome(one), sorted(one["structure"])] for one in read_list("bundles")]
    others = {name: [[one["name"], one["valid"]] for one in read_list(name)] for name in ("heads", "proofs")}
    return {"bundles": bundles, **others}


def structure_outcome(vector: dict[str, Any]) -> str:
    if vector["structure"]:
        return "not verified"
    return "verified" if vector["key"] else "consistent, signer not proven"


def write_script(folder: Path) -> str:
    """The path of the second verifier, packed into a folder as it is handed out."""
    path = folder / SCRIPT_NAME
    path.write_bytes(read_script())
    return str(path)


def run_node(*arguments: str) -> "subprocess.CompletedProcess[str]":
    if NODE is None:
        refuse_or_skip("no Node on this machine: `apt-get install nodejs`")
    return subprocess.run([str(NODE), *arguments], capture_output=True, text=True, encoding="utf-8", timeout=120)
