"""The queue shows what is due next, finds and chooses tickets, and says so in its heading."""

import pytest

from tests.interfaces.console.reading import heading, plain, read

pytestmark = pytest.mark.django_db


def subjects(answer) -> list[str]:
    rows = [row for row in read(answer).find("tr") if row.find("th") and row.find("a")]
    return [plain(row.find("a")[0]) for row in rows]


class TestQueue:
    def test_held_first_then_by_what_is_due(self, tom):
        """What nobody can judge yet leads with its reason, then the clock that ends first; what is over is not there."""
        answer = tom.get("/desk")

        assert ["T-4 It does not work", "T-1 Checkout times out", "T-2 Colours of the basket"] == subjects(answer)
        assert "No contact has this address." in plain(read(answer))
        assert "T-1 is due next: respond, 6 min left" == heading(answer)
