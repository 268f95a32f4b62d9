"""Files are called after their subject, begin with a sentence, stay short, are finished, and know no provider."""

import pytest

from tests.house.guards.wording import (
    MOST_LINES,
    UNFINISHED,
    find_long_files,
    find_missing_docstrings,
    find_provider_names,
    find_unfinished,
    find_vague_names,
    read_provider_names,
)

TERMS = "```terms\nagreement:\n  title: {}\n  provider: {}\n```\n"


class TestVagueNames:
    def test_do_not_occur(self, house):
        """Every module and folder of ours is called after what is inside."""
        assert find_vague_names(house) == []

    @pytest.mark.parametrize(
        "name", ["src/upheld/core/utils.py", "src/upheld/apps/common/models.py", "tests/helpers.py", "tools/data.py"]
    )
    def test_are_found(self, plant, name):
        """A vague module, or a module in a vague folder, is reported by its path."""
        found = find_vague_names(plant({name: ""}))

        assert [line.split(":")[0] in name for line in found] == [True]


class TestLongFiles:
    def test_do_not_occur(self, house):
        """No file of source or tests is longer than a reader can hold."""
        assert find_long_files(house) == []

    def test_are_found(self, plant):
        """One line more than the limit is reported; the limit itself is not."""
        root = plant({"src/upheld/a.py": "x = 1\n" * (MOST_LINES + 1), "src/upheld/b.py": "x = 1\n" * MOST_LINES})

        assert [f"src/upheld/a.py:{MOST_LINES + 1}: {MOST_LINES + 1} lines; split it by noun at {MOST_LINES}"] == (
            find_long_files(root)
        )


class TestMissingDocstrings:
    def test_do_not_occur(self, house):
        """Every package and module of the source begins by saying what it is."""
        assert find_missing_docstrings(house) == []

    def test_are_found(self, plant):
        """A module without its sentence and a folder that is no package are reported; a migration needs none."""
        root = plant(
            {
                "src/upheld/__init__.py": '"""Ours."""\n',
                "src/upheld/core/__init__.py": "",
                "src/upheld/core/a.py": "import fractions\n",
                "src/upheld/attic/b.py": '"""Old."""\n',
                "src/upheld/apps/ledger/__init__.py": '"""Facts."""\n',
                "src/upheld/apps/ledger/migrations/__init__.py": "",
            }
        )

        assert sorted(line.split(":")[0] for line in find_missing_docstrings(root)) == [
            "src/upheld/apps",
            "src/upheld/attic",
            "src/upheld/core/__init__.py",
            "src/upheld/core/a.py",
        ]


class TestUnfinished:
    def test_does_not_occur(self, house):
        """Nothing in the source is marked as left for later."""
        assert find_unfinished(house) == []

    @pytest.mark.parametrize("wrong", ["# TODO: later", "raise NotImplementedError", "<!-- FIXME -->"])
    def test_is_found(self, plant, wrong):
        """A mark in a module or a template is reported with file and line."""
        root = plant({"src/upheld/a.html": f"\n{wrong}\n"})

        [found] = find_unfinished(root)

        assert found.startswith("src/upheld/a.html:2: ")
        assert UNFINISHED.search(wrong)


class TestProviderNames:
    def test_do_not_occur(self, house):
        """No provider of a shipped agreement is named in the source."""
        assert find_provider_names(house) == []

    def test_are_read_from_the_agreements(self, plant):
        """Title and provider, without the words that any agreement has; a starter's provider is nobody."""
        root = plant(
            {
                "agreements/a.md": TERMS.format("Blue Kiln service level agreement", "Ovens, Ltd"),
                "agreements/starter.md": TERMS.format("Hosting SLA", "Your name"),
            }
        )

        assert ["Blue Kiln", "Ovens"] == read_provider_names(root)

    @pytest.mark.parametrize("wrong", ["the Blue Kiln clause", "blue_kiln = 1", "BlueKiln", "blue-kiln.md", "OVENS"])
    def test_are_found(self, plant, wrong):
        """However it is written, the name is reported with file and line."""
        agreement = TERMS.format("Blue Kiln SLA", "Ovens UAB")
        root = plant({"agreements/a.md": agreement, "src/upheld/core/a.py": f"\n# {wrong}\n"})

        [found] = find_provider_names(root)

        assert found.startswith("src/upheld/core/a.py:2: ")
