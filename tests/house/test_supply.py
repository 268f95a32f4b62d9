"""What gets installed is pinned by hash, the same everywhere, and fetched from where the installer chooses."""

import re

import pytest

from tests.house.guards.supply import (
    find_foreign_locks,
    find_loose_locks,
    find_registry_addresses,
    find_unequal_requirements,
    find_unlocked_requirements,
)


def unbreak(wrong: str) -> str:
    """The wrongs below are broken by a tilde: written whole, this file would be one that the guard finds."""
    return wrong.replace("~", "")


class TestRegistryAddresses:
    def test_do_not_occur(self, house):
        """No file of the tree names a package registry."""
        assert find_registry_addresses(house) == []

    @pytest.mark.parametrize(
        "wrong",
        [
            "https://pypi~.org/simple",
            "files.pythonhosted~.org",
            "https://registry~.npmjs.org/htmx.org",
            "http://deb.debian~.org/debian",
            "pip install --index~-url http://10.0.0.7/simple x",
            "uv pip compile --find~-links /opt/wheels",
        ],
    )
    def test_are_found(self, plant, wrong):
        """An address, or an option that gives one, is reported with file and line in any kind of file."""
        root = plant({"docs/setup.md": f"one\n{unbreak(wrong)}\n"})

        [found] = find_registry_addresses(root)

        assert found.startswith("docs/setup.md:2: ")


class TestLocks:
    def test_are_ours_alone(self, house):
        """No lock of a tool that writes addresses into it is in the tree."""
        assert find_foreign_locks(house) == []

    def test_of_other_tools_are_found(self, plant):
        """A lock of another tool is reported wherever it lies."""
        root = plant({"uv.lock": "", "bench/poetry.lock": ""})

        assert [line.split(":")[0] for line in find_foreign_locks(root)] == ["bench/poetry.lock", "uv.lock"]

    def test_hold_pins_and_hashes_alone(self, house):
        """Every line is a pin, its hash, or a remark without a machine's folders."""
        assert find_loose_locks(house) == []

    @pytest.mark.parametrize(
        "wrong",
        ["django>=5 \\", "django==5.2", "#    compiled in /home/me/x", "--index~-url x", "-e file:///x", "a @ x"],
    )
    def test_with_a_loose_line_are_found(self, plant, wrong):
        """A pin without a hash, a path of a machine or an option is reported with its line."""
        root = plant({"requirements.lock": f"# made by make lock\n{unbreak(wrong)}\n"})

        [found] = find_loose_locks(root)

        assert found.startswith("requirements.lock:2: ")


class TestRequirements:
    def test_are_the_same_in_both_places(self, house):
        """What pyproject.toml asks for is what the locks are made from."""
        assert find_unequal_requirements(house) == []

    def test_are_all_locked(self, house):
        """Every package asked for is pinned, and pinned alike in every lock that has it."""
        assert find_unlocked_requirements(house) == []

    def test_that_differ_are_found(self, plant, house):
        """A package added in one place only is reported, whichever place that is."""
        names = ("requirements.in", "requirements-build.in")
        listed = {name: (house / name).read_text() for name in names}
        listed["requirements.in"] = re.sub(r"(?m)^rich\n", "attrs\n", listed["requirements.in"])

        found = find_unequal_requirements(plant(listed))

        assert ["'attrs'" in found[0], "'rich'" in found[1], len(found)] == [True, True, 2]

    def test_that_are_not_locked_are_found(self, plant):
        """A package without a pin, and two locks that pin differently, are reported."""
        root = plant(
            {
                "requirements.in": "rich\nDjango>=5\n",
                "requirements.lock": "django==5.2 \\\n",
                "requirements-dev.lock": "django==5.1 \\\n",
            }
        )

        found = find_unlocked_requirements(root)

        assert found == [
            "requirements.in: 'rich' is not pinned in requirements.lock: run `make lock`",
            "requirements.lock: django 5.2 is 5.1 in requirements-dev.lock: run `make lock`",
        ]
