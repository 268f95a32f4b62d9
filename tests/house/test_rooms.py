"""The import contracts are kept, name every room, and catch what they are there to catch."""

from pathlib import Path

import pytest

from tests.house.guards.rooms import LEDGER_ROWS, find_broken_contracts, find_contract_gaps, read_contracts

HOUSE = "The house: project > interfaces > doors > apps > gateways, verify, language, pages, bulk, all standing on core"
APPS = "Apps depend downwards only"
CORE = "Core: promises and facts below, judgements above; only statement composes availability with maintenance"
PURE = "Core is pure: no framework, no I/O, no clock, no chance"
INTERFACES = "Interfaces do not know each other"
LEDGER = "Only the ledger app touches ledger rows"
SEVEN = "Inside every app: jobs > services > queries > facts > models"
VERIFIER = "The verifier stands on core alone"
NUMPY = "Only bulk knows numpy"
ROWS = "Interfaces speak to apps through services and queries, never rows"

# Contract, the module that is given a forbidden import in its third line, the import, and the pair that is reported.
PLANTS = [
    (HOUSE, "upheld.gateways.mail", "upheld.apps.desk.services"),
    (HOUSE, "upheld.apps.desk.services", "upheld.interfaces.console.views"),
    (HOUSE, "upheld.language.words", "upheld.gateways.mail"),
    (HOUSE, "upheld.doors.addresses", "upheld.interfaces.console.views"),
    (HOUSE, "upheld.apps.desk.services", "upheld.doors.addresses"),
    (APPS, "upheld.apps.ledger.services", "upheld.apps.statements.queries"),
    (APPS, "upheld.apps.probes.services", "upheld.apps.maintenance.queries"),
    (CORE, "upheld.core.timeline", "upheld.core.money"),
    (CORE, "upheld.core.availability", "upheld.core.maintenance"),
    (CORE, "upheld.core.facts", "upheld.core.terms"),
    (PURE, "upheld.core.timeline", "time"),
    (PURE, "upheld.core.statement", "pathlib"),
    (INTERFACES, "upheld.interfaces.portal.views", "upheld.interfaces.console.views"),
    (LEDGER, "upheld.apps.parties.services", "upheld.apps.ledger.models"),
    (SEVEN, "upheld.apps.desk.queries", "upheld.apps.desk.services"),
    (SEVEN, "upheld.apps.desk.models", "upheld.apps.desk.facts"),
    (VERIFIER, "upheld.verify.cli", "upheld.language.words"),
    (NUMPY, "upheld.language.words", "numpy"),
    (NUMPY, "upheld.apps.desk.services", "numpy"),
    (ROWS, "upheld.interfaces.console.views", "upheld.apps.desk.models"),
]


@pytest.fixture
def full_house(tmp_path: Path, house: Path) -> Path:
    """A tree with an empty module for every room of the contracts, and the contracts without parentheses."""
    contracts = (house / "pyproject.toml").read_text()
    for contract in read_contracts(house):
        for row in [] if "upheld.apps.*" in contract.get("containers", []) else contract.get("layers", []):
            contracts = contracts.replace(f'"{row}"', f'"{row.replace("(", "").replace(")", "")}"')
    if LEDGER not in {contract["name"] for contract in read_contracts(house)}:
        contracts += (
            f'\n[[tool.importlinter.contracts]]\nname = "{LEDGER}"\ntype = "protected"\n'
            f'protected_modules = ["{LEDGER_ROWS}"]\nallowed_importers = ["upheld.apps.ledger"]\n'
        )
    if '"upheld.bulk"' not in contracts:
        contracts = contracts.replace('"upheld.project", ', '"upheld.project", "upheld.bulk", ')
    (tmp_path / "pyproject.toml").write_text(contracts)

    modules = [
        "upheld.gateways.mail",
        "upheld.language.words",
        "upheld.doors.addresses",
        "upheld.verify.cli",
        "upheld.project.settings",
    ]
    modules += [f"upheld.interfaces.{name}.views" for name in ("console", "portal")]
    for contract in read_contracts(tmp_path):
        for container in contract.get("containers", []):
            rooms = [name.strip() for row in contract["layers"] for name in row.split("|") if "*" not in container]
            modules += [f"{container}.{room}.__init__" for room in rooms]
            if container == "upheld.apps":
                files = ("models", "facts", "queries", "services", "jobs")
                modules += [f"{container}.{room}.{file}" for room in rooms for file in files]
    for module in modules:
        path = tmp_path / "src" / Path(*module.split(".")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for folder in [path for path in (tmp_path / "src").rglob("*") if path.is_dir()]:
        (folder / "__init__.py").touch()
    return tmp_path


def find_file(root: Path, module: str) -> Path:
    place = root / "src" / Path(*module.split("."))
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


class TestOurHouse:
    def test_keeps_its_contracts(self, house):
        """The import linter has nothing to say about the tree as it stands."""
        assert find_broken_contracts(house) == ""

    def test_names_every_room(self, house):
        """No built room stands in parentheses, and no contract misses a room that is built."""
        assert find_contract_gaps(house) == []

    def test_plants_a_wrong_for_every_contract(self, house):
        """A contract without a planted violation below could be one that never fires."""
        expected = {contract["name"] for contract in read_contracts(house)} | {LEDGER}

        assert expected == {name for name, _, _ in PLANTS}


class TestContracts:
    def test_a_full_house_keeps_them(self, full_house):
        """The tree into which the wrongs are planted is sound before."""
        assert find_broken_contracts(full_house) == ""

    @pytest.mark.parametrize(("contract", "importer", "imported"), PLANTS)
    def test_catch_a_planted_import(self, full_house, contract, importer, imported):
        """The broken contract is named, and the import with its module and line."""
        find_file(full_house, importer).write_text(f'"""A room."""\n\nimport {imported}\n')

        said = find_broken_contracts(full_house)

        assert f"{contract} BROKEN" in said
        assert f"{importer} -> {imported} (l.3)" in said

    @pytest.mark.parametrize("folder", ["upheld", "upheld/apps", "upheld/core"])
    def test_catch_a_folder_without_a_place(self, full_house, folder):
        """A new folder must be placed in the order of rooms, or the check fails."""
        new = full_house / "src" / folder / "attic"
        new.mkdir()
        (new / "__init__.py").touch()

        assert "attic" in find_broken_contracts(full_house)


class TestContractGaps:
    def test_tell_of_needless_parentheses(self, plant):
        """A room that is built is taken out of its parentheses, so that nobody can remove it unnoticed."""
        root = plant({"src/upheld/bulk/__init__.py": ""})
        contracts = (root / "pyproject.toml").read_text()
        (root / "pyproject.toml").write_text(contracts.replace("| bulk", "| (bulk)"))

        found = find_contract_gaps(root)

        assert f'upheld.bulk is built: take it out of its parentheses in the contract "{HOUSE}"' in found[0]

    def test_tell_of_a_room_that_the_verifier_might_import(self, plant):
        """A new room beside core is closed to the verifier by name."""
        root = plant({"src/upheld/attic/__init__.py": ""})

        expected = ["pyproject.toml: upheld.attic is built: the contract of the verifier must forbid it"]
        assert expected == [line for line in find_contract_gaps(root) if "attic" in line]

    def test_tell_of_unprotected_ledger_rows(self, plant):
        """As soon as the ledger has rows, a contract protects them."""
        root = plant({"src/upheld/apps/ledger/models.py": ""})
        contracts = (root / "pyproject.toml").read_text().replace(LEDGER_ROWS, "upheld.apps.parties.models")
        (root / "pyproject.toml").write_text(contracts)

        [found] = [line for line in find_contract_gaps(root) if LEDGER in line]

        assert f'protected_modules = ["{LEDGER_ROWS}"]' in found
