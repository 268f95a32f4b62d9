"""A reading may choose a whole map, such as the condition of a case."""

from upheld.core.terms.document import Document
from upheld.core.terms.place import Desk, Place

EITHER = {"one suffices": {"urgent": False}, "both": {"urgent": False, "high load": True}}
READING = {"slow": {"we read": "one suffices", "senses": EITHER}}


def desk(given: dict[str, str], **blocks) -> Desk:
    return Desk(Document(blocks, {}), given, {})


class TestMapsBehindReadings:
    def test_the_sense_that_is_read_stands_for_the_map_and_is_named_by_what_lies_in_it(self):
        """What is read in it names the reading."""
        place = Place(desk({}, readings=READING), ("clocks", "chat"), {"when": "reading slow"}).below("when")

        assert {"urgent": False} == place.entries
        read = place.read("urgent", str)

        assert read
        assert ("slow",) == read.readings

    def test_a_reading_that_is_not_there_is_a_problem(self):
        """And the map is empty, so that reading goes on."""
        at = desk({}, readings=READING)

        assert {} == Place(at, ("clocks", "chat"), {"when": "reading fast"}).below("when").entries
        assert ["clocks/chat/when: no reading is called 'fast'"] == [str(problem) for problem in at.problems]
