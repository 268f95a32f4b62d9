"""The import contracts in pyproject.toml, and whether they name every room that stands."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LEDGER_ROWS = "upheld.apps.ledger.models"
LINT = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command(sys.argv[1:])"


def read_contracts(root: Path) -> list[dict[str, Any]]:
    project = tomllib.loads((root / "pyproject.toml").read_text())
    contracts: list[dict[str, Any]] = project["tool"]["importlinter"]["contracts"]
    return contracts


def read_app_ranks(root: Path) -> dict[str, int]:
    """Each app's place in the order of apps, counted from the top: the list that the import linter reads."""
    [layers] = [each["layers"] for each in read_contracts(root) if each.get("containers") == ["upheld.apps"]]
    return {name.strip(" ()"): rank for rank, row in enumerate(layers) for name in row.split("|")}


def find_broken_contracts(root: Path) -> str:
    """What the import linter says of the tree when it is not content; nothing when every contract is kept."""
    command = [sys.executable, "-c", LINT, "--no-logo", "--no-cache"]
    linted = subprocess.run(
        command, cwd=root, env={"PYTHONPATH": str(root / "src"), "COLUMNS": "400"}, capture_output=True, text=True
    )
    return "" if linted.returncode == 0 else linted.stdout + linted.stderr


def find_contract_gaps(root: Path) -> list[str]:
    """Rooms that stand in parentheses though they are built, and contracts that a built room is missing from."""
    contracts = read_contracts(root)
    return [*find_needless_parentheses(root, contracts), *find_missing_names(root, contracts)]


def find_needless_parentheses(root: Path, contracts: list[dict[str, Any]]) -> Iterator[str]:
    for contract in contracts:
        for container in contract.get("containers", []):
            if "*" in container:
                continue  # an app need not have all of the seven files: its parentheses stay
            for name in re.findall(r"\((\w+)\)", " ".join(contract["layers"])):
                if is_built(root, f"{container}.{name}"):
                    yield (
                        f"pyproject.toml: {container}.{name} is built: "
                        f'take it out of its parentheses in the contract "{contract["name"]}"'
                    )


def find_missing_names(root: Path, contracts: list[dict[str, Any]]) -> Iterator[str]:
    below_verify = [c["forbidden_modules"] for c in contracts if c.get("source_modules") == ["upheld.verify"]]
    for room in sorted(path.name for path in (root / "src/upheld").iterdir() if path.is_dir()):
        if room in {"core", "verify"} or not is_built(root, f"upheld.{room}"):
            continue
        if not any(f"upheld.{room}" in forbidden for forbidden in below_verify):
            yield f"pyproject.toml: upheld.{room} is built: the contract of the verifier must forbid it"
    if is_built(root, LEDGER_ROWS) and not any(LEDGER_ROWS in c.get("protected_modules", []) for c in contracts):
        yield (
            f'pyproject.toml: {LEDGER_ROWS} is built: add the contract "Only the ledger app touches ledger rows" '
            f'(type = "protected", protected_modules = ["{LEDGER_ROWS}"], allowed_importers = ["upheld.apps.ledger"])'
        )


def is_built(root: Path, module: str) -> bool:
    """A room is built when Python would import it."""
    place = root / "src" / Path(*module.split("."))
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()
