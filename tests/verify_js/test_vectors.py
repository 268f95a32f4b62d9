"""Two verifiers that share no line say the same of every published vector."""

import json
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import find_chromium
from tests.verify_js import vectors
from tools.vectors.__main__ import write_files
from upheld.core.proof import (
    NotACheckpoint,
    NotANote,
    Opened,
    open_note,
    parse_checkpoint,
    parse_note,
    parse_verifier_key,
    verify_consistency,
    verify_inclusion,
)
from upheld.gateways.pyz import read_page
from upheld.verify import Result, verify_bundle

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def test_are_those_that_the_programme_writes():
    """The files in the tree are what `python -m tools.vectors` writes, byte by byte."""
    written = write_files()

    assert {name: (vectors.FOLDER / name).read_bytes() for name in written} == written


def test_are_enough_and_small():
    """At least 50 valid and 200 invalid, none of them twice, in less than 3 MB."""
    bundles = vectors.read_list("bundles")
    valid = [one for one in bundles if not one["wrong"]]

    assert len(valid) >= 50
    assert len(bundles) - len(valid) >= 200
    assert len(bundles) == len({one["name"] for one in bundles})
    assert len(bundles) == len({(vectors.data_of(one), one["key"]) for one in bundles})
    assert sum(path.stat().st_size for path in vectors.FOLDER.iterdir()) < 3_000_000


@pytest.mark.parametrize("part", range(4))
def test_python_says_of_each_bundle_what_is_published(part):
    """Verdict, and which checks are wrong."""
    chosen = vectors.read_list("bundles")[part::4]
    said = [judge(one) for one in chosen]

    assert [(one["name"], one["outcome"], sorted(one["wrong"])) for one in chosen] == said


def judge(vector: dict[str, Any]) -> tuple[str, str, list[str]]:
    report = verify_bundle(vectors.data_of(vector), vector["key"])
    wrong = sorted(check.name for check in report.checks if check.result == Result.WRONG)
    return vector["name"], report.outcome.value, wrong


def test_python_says_of_each_head_what_is_published():
    """Whether the note is a checkpoint that the key has signed."""
    heads = vectors.read_list("heads")

    assert [(one["name"], one["valid"]) for one in heads] == [(one["name"], is_head(one)) for one in heads]


def is_head(vector: dict[str, Any]) -> bool:
    try:
        parse_checkpoint(parse_note(vector["note"].encode()).text)
    except (NotANote, NotACheckpoint):
        return False
    return isinstance(open_note(vector["note"].encode(), [parse_verifier_key(vector["key"])]), Opened)


def test_python_says_of_each_proof_what_is_published():
    """Whether it proves what it is said to prove."""
    proofs = vectors.read_list("proofs")

    assert [(one["name"], one["valid"]) for one in proofs] == [(one["name"], is_proof(one)) for one in proofs]


def is_proof(one: dict[str, Any]) -> bool:
    proof = [b64decode(text) for text in one["proof"]]
    if one["kind"] == "inclusion":
        return verify_inclusion(b64decode(one["leaf"]), one["index"], one["size"], proof, b64decode(one["root"])) is None
    roots = b64decode(one["old_root"]), b64decode(one["new_root"])
    return verify_consistency(one["old_size"], roots[0], one["new_size"], roots[1], proof) is None


def test_node_says_of_each_vector_what_is_published(tmp_path):
    """The second verifier, in Node."""
    (tmp_path / "lists.json").write_text(json.dumps(vectors.lists()))
    (tmp_path / "run.js").write_text(
        f"const run = {vectors.RUN_ALL.strip()};\n"
        f"const lists = require({json.dumps(str(tmp_path / 'lists.json'))});\n"
        f"const base = {json.dumps(b64encode(vectors.base()).decode())};\n"
        f"console.log(JSON.stringify(run(require({json.dumps(vectors.write_script(tmp_path))}), lists, base)));\n"
    )
    ran = vectors.run_node(str(tmp_path / "run.js"))

    assert "" == ran.stderr
    assert vectors.expected() == json.loads(ran.stdout)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The page as a customer opens it: one file, from the disk, in a browser that is offline."""
    sync_api = pytest.importorskip("playwright.sync_api")
    path: Path = tmp_path_factory.mktemp("page") / "upheld-verify.html"
    path.write_bytes(read_page())
    with sync_api.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=find_chromium(), headless=True, args=FLAGS)
        context = browser.new_context(offline=True)
        opened = context.new_page()
        opened.goto(path.as_uri())
        yield opened
        browser.close()


@pytest.mark.browser
def test_chromium_says_of_each_vector_what_is_published(page):
    """The second verifier, in a browser, from a local page."""
    said = page.evaluate(
        f"([lists, base]) => ({vectors.RUN_ALL})(upheldVerify, lists, base)",
        [vectors.lists(), b64encode(vectors.base()).decode()],
    )

    assert vectors.expected() == said


@pytest.mark.browser
def test_a_bundle_is_chosen_and_answered(page):
    """Chosen, or dropped anywhere on the page: the account stands there, with and without the key."""
    [honest] = [one for one in vectors.read_list("bundles") if one["name"] == "valid/honest"]
    page.set_input_files("#bundle", {"name": "bundle.zip", "mimeType": "application/zip", "buffer": vectors.base()})
    page.wait_for_selector("#answer[data-outcome='consistent, signer not proven']")
    page.fill("#key", honest["key"])
    page.dispatch_event("#key", "change")
    page.wait_for_selector("#answer[data-outcome='verified']")
    assert "VERIFIED, FIGURES NOT COMPUTED." in page.text_content("#answer")

    drop = """(text) => {
        const data = new DataTransfer(), bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], "dropped.zip"));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }"""
    page.evaluate(drop, b64encode(vectors.base()[:-1]).decode())
    page.wait_for_selector("#answer[data-outcome='not verified']")
    assert "Bundle dropped.zip" in page.text_content("#answer")
