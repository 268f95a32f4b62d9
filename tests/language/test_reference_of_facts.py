"""The page of words tells every fact that an example can hold, and only words that exist."""

import re

from upheld.language.examples.histories import NEEDED
from upheld.language.reference_of_facts import ASKED, MAY, write_fields
from upheld.language.vocabulary import WORDS


def test_every_fact_says_what_it_may_tell() -> None:
    assert set(NEEDED) == set(MAY) == {line.split("`")[1] for line in write_fields() if line.startswith("| `")}


def test_conditions_are_told_in_words_of_the_vocabulary() -> None:
    facts = [fact for facts in ASKED.values() for fact in facts]
    told = {word.split(":")[0] for fact in facts for word in re.findall("`([^`]*)`", fact) if not word.startswith("{")}
    assert told - set(WORDS["conditions"]) - {"at", "each of"} == set()
