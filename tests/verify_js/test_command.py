"""`node upheld-verify.js`: the exit codes and words of upheld-verify, and the kinds of facts of this edition."""

import json

import pytest

from tests.verify_js import vectors
from upheld.core.facts import KINDS
from upheld.core.facts.record import fields_of
from upheld.core.money import Money
from upheld.core.timeline import Instant

SORTS = {str: "", Instant: "i", int: "n", bool: "b", Money: "m"}


@pytest.fixture
def bundle(tmp_path):
    path = tmp_path / "bundle.zip"
    path.write_bytes(vectors.base())
    return path


def key() -> str:
    [honest] = [one for one in vectors.read_list("bundles") if one["name"] == "valid/honest"]
    return str(honest["key"])


@pytest.mark.parametrize(
    ("code", "arguments", "said"),
    [
        (0, ["--key", key()], "VERIFIED, FIGURES NOT COMPUTED."),
        (0, [f"--key={key()}"], "not here   figures: "),
        (3, [], "CONSISTENT, SIGNER NOT PROVEN."),
    ],
)
def test_exits_with_what_it_found(bundle, code, arguments, said):
    """0 verified, 3 signer not proven; and it says that figures are computed by the other."""
    ran = vectors.run_node(vectors.write_script(bundle.parent), str(bundle), *arguments)

    assert (code, "") == (ran.returncode, ran.stderr)
    assert said in ran.stdout


def test_exits_1_for_a_wrong_bundle(bundle):
    """The last byte is gone."""
    bundle.write_bytes(vectors.base()[:-1])
    ran = vectors.run_node(vectors.write_script(bundle.parent), str(bundle), "--json")

    assert 1 == ran.returncode
    assert "not verified" == json.loads(ran.stdout)["outcome"]


@pytest.mark.parametrize("arguments", [["--key", "hello"], ["--other"], ["second.zip"]])
def test_exits_2_for_wrong_use(bundle, arguments):
    """A key that is none, an option that it does not know, two bundles."""
    ran = vectors.run_node(vectors.write_script(bundle.parent), str(bundle), *arguments)

    assert (2, "") == (ran.returncode, ran.stdout)
    assert ran.stderr.startswith("upheld-verify: ")


def test_exits_2_for_a_file_that_is_not_there(tmp_path):
    """Which file, and what to give instead."""
    ran = vectors.run_node(vectors.write_script(tmp_path), str(tmp_path / "none.zip"))

    assert 2 == ran.returncode
    assert "give the path of the bundle" in ran.stderr


def test_knows_every_kind_of_fact_with_its_fields(tmp_path):
    """Whoever adds a kind of fact adds its line to KINDS in verify/script/facts.js, from docs/reference/facts.md."""
    script = (
        f"const v = require({json.dumps(vectors.write_script(tmp_path))});"
        "console.log(JSON.stringify(Object.fromEntries(Object.keys(v.KINDS).map((kind) => [kind, v.fieldsOf(kind)]))))"
    )
    ours = {
        kind: {
            name: {"name": name, "sort": sort_of(hint), "isOptional": not is_needed, "isNullable": is_nullable(hint)}
            for name, (is_needed, hint) in fields_of(kind).items()
        }
        for kind in KINDS
    }
    theirs = json.loads(vectors.run_node("-e", script).stdout)

    assert ours == {kind: {field["name"]: field for field in fields} for kind, fields in theirs.items()}


def is_nullable(hint: object) -> bool:
    return type(None) in getattr(hint, "__args__", ())


def sort_of(hint: object) -> str:
    options = getattr(hint, "__args__", ())
    if is_nullable(hint):
        return sort_of(next(kind for kind in options if kind is not type(None)))
    return "l" if options else SORTS[hint]  # type: ignore[index]
