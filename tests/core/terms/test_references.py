"""A reading may choose a whole map, such as the condition of a case; several names are each held to their choices."""

from upheld.core.terms.document import Document
from upheld.core.terms.parameters import read_parameters
from upheld.core.terms.place import Desk, Place

EITHER = {"one suffices": {"urgent": False}, "both": {"urgent": False, "high load": True}}
READING = {"slow": {"we read": "one suffices", "senses": EITHER}}
PACKAGE = {"package": {"kind": "names", "choices": ["live-chat", "manager"]}}


def desk(given: dict[str, str], **blocks) -> Desk:
    return Desk(Document(blocks, {}), given, {})


class TestMapsBehindReadings:
    def test_the_sense_that_is_read_stands_for_the_map_and_is_named_by_what_lies_in_it(self):
        place = Place(desk({}, readings=READING), ("clocks", "chat"), {"when": "reading slow"}).below("when")

        assert {"urgent": False} == place.entries
        read = place.read("urgent", str)

        assert read
        assert ("slow",) == read.readings

    def test_a_reading_that_is_not_there_is_a_problem(self):
        at = desk({}, readings=READING)

        assert {} == Place(at, ("clocks", "chat"), {"when": "reading fast"}).below("when").entries
        assert ["clocks/chat/when: no reading is called 'fast'"] == [str(problem) for problem in at.problems]


class TestParametersOfSeveralNames:
    def test_each_name_must_be_among_the_choices(self):
        at = desk({"package": "live-chat, manager"}, parameters=PACKAGE)

        assert {"package": ("live-chat", "manager")} == read_parameters(at)
        assert [] == at.problems

    def test_one_that_is_not_is_a_problem(self):
        at = desk({"package": "live-chat, butler"}, parameters=PACKAGE)
        read_parameters(at)

        assert ["package"] == [problem.path[-1] for problem in at.problems]
