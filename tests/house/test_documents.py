"""The documents are whole: everything is mentioned, every link leads somewhere, no golden file is left alone."""

import pytest

from tests.house.guards.documents import (
    find_broken_links,
    find_machine_paths,
    find_orphan_golden,
    find_unlisted_pages,
    find_unmentioned,
)


class TestReference:
    """What is in no reference does not exist."""

    def test_mentions_every_setting(self, house):
        from upheld.project.declared import SETTINGS

        assert find_unmentioned(house / "docs/reference/settings.md", [one.name for one in SETTINGS]) == []

    def test_mentions_every_command(self, house):
        import typer.main

        from upheld.interfaces.cli.main import app

        def walk(command, name):
            below = getattr(command, "commands", None)
            return [name] if below is None else [one for word, each in below.items() for one in walk(each, f"{name} {word}")]

        commands = walk(typer.main.get_command(app), "upheld")
        assert "upheld token add" in commands
        assert find_unmentioned(house / "docs/reference/commands.md", commands) == []

    def test_mentions_every_fact(self, house):
        from upheld.core.facts import KINDS

        assert find_unmentioned(house / "docs/reference/facts.md", KINDS) == []

    def test_mentions_every_word_of_agreements(self, house):
        from upheld.language.vocabulary import BLOCKS, WORDS

        words = {key for block in BLOCKS.values() for key in block.keys} | {
            word for listed in WORDS.values() for word in listed
        }
        assert find_unmentioned(house / "docs/reference/agreements.md", sorted(words)) == []

    def test_mentions_every_address_of_the_api(self, house):
        """From the patterns that are served, not from the description that the page is made of."""
        from upheld.interfaces.api.urls import list_addresses

        served = {str(one.pattern).replace("<path:", "<").replace("<", "{").replace(">", "}") for one in list_addresses()}
        text = (house / "docs/reference/api.md").read_text(encoding="utf-8")
        assert [one for one in sorted(served) if f"/api/{one}`" not in text] == []

    def test_finds_what_is_not_mentioned(self, plant):
        """A word inside another one is no mention."""
        root = plant({"docs/x.md": "# upheld run\n\nThe setting `A_B`.\n"})

        assert find_unmentioned(root / "docs/x.md", ["A_B", "A", "upheld run", "upheld walk"]) == [
            "x.md: 'A' is not mentioned",
            "x.md: 'upheld walk' is not mentioned",
        ]


class TestLinks:
    def test_lead_somewhere(self, house):
        """From every document for people, to files and to headings."""
        assert find_broken_links(house) == []

    @pytest.mark.parametrize("wrong", ["(b.md)", "(a.md#three)", "(../c.md)", "(#two-and-a-half)"])
    def test_are_found_where_they_do_not(self, plant, wrong):
        """A file that is not there, a heading that the page does not have."""
        root = plant({"docs/a.md": f"# One\n## Two `x`, and\n[see]{wrong}\n[fine](#two-x-and) [out](https://example.org)\n"})

        [found] = find_broken_links(root)

        assert found.startswith("docs/a.md:3: ")

    def test_are_not_looked_for_in_fences(self, plant):
        """A fence inside a longer fence does not end it."""
        assert find_broken_links(plant({"docs/a.md": "````\n```\n[x](nothing.md)\n```\n[y](nothing.md)\n````\n"})) == []


class TestMap:
    def test_leads_to_every_page(self, house):
        assert find_unlisted_pages(house) == []

    def test_a_page_that_it_forgets_is_found(self, plant):
        root = plant({"docs/README.md": "[a](how-to/a.md)\n", "docs/how-to/a.md": "", "docs/how-to/b.md": ""})

        assert [line.partition(":")[0] for line in find_unlisted_pages(root)] == ["docs/how-to/b.md"]


class TestMachinePaths:
    def test_do_not_occur(self, house):
        assert find_machine_paths(house) == []

    def test_are_found(self, plant):
        root = plant({"README.md": "\nsee {}\n".format("/wo" + "rk/main"), "docs/a.md": "/var/lib/upheld is anybody's\n"})

        assert [line.partition(": ")[0] for line in find_machine_paths(root)] == ["README.md:2"]


class TestGolden:
    def test_has_no_orphan(self, house):
        assert find_orphan_golden(house) == []

    @pytest.mark.parametrize("name", ["bad/a.md", "bad/a.problems", "good/a.json", "good/a.txt"])
    def test_an_orphan_is_found(self, plant, name):
        """A file without its partner, or of a kind that no test reads."""
        [found] = find_orphan_golden(plant({f"tests/golden/{name}": "", "tests/golden/record.py": ""}))

        assert found.startswith(f"tests/golden/{name}: ")
