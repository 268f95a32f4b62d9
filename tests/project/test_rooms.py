"""Which rooms are installed follows from which stand."""

import tomllib
from pathlib import Path

from django.conf import settings

from upheld.project.rooms import APPS, HOUSE, list_apps

ROOT = Path(__file__).parents[2]


def test_every_app_that_stands_is_installed():
    """A new app is installed by standing where apps stand."""
    standing = {f"upheld.apps.{path.parent.name}" for path in (HOUSE / "apps").glob("*/__init__.py")}

    assert standing == set(list_apps())
    assert standing <= set(settings.INSTALLED_APPS)


def test_apps_are_listed_from_below_to_above():
    """The same order that the import contracts have, turned round: one truth, two places, compared."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [layers] = [contract["layers"] for contract in contracts if contract.get("containers") == ["upheld.apps"]]
    ranks = {name.strip(" ()"): -rank for rank, row in enumerate(layers) for name in row.split("|")}

    assert set(ranks) == set(APPS)
    assert sorted(APPS, key=lambda name: ranks[name]) == list(APPS)
