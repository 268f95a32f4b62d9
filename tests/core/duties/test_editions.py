"""Which edition of the text binds: that of the signature, or the latest."""

from datetime import date

import pytest

from tests.core.orchard import bound, signed, state, told
from upheld.core.duties import Published, choose_edition
from upheld.core.explain import Verdict, tell
from upheld.core.terms import Term
from upheld.core.timeline import Instant

EDITIONS = [Published("2023", date(2023, 1, 13)), Published("2022", date(2022, 3, 1))]
KEPT, LATEST = Term("version when signed", ("OR-15",)), Term("latest version")


@pytest.mark.parametrize(
    ("signed_on", "version"),
    [("2023-01-12", "2022"), ("2023-01-13", "2023"), ("2025-01-01", "2023"), ("2022-03-01", "2022"), ("2022-02-28", None)],
)
def test_who_keeps_his_edition_is_bound_by_that_of_the_day_of_signing(signed_on, version):
    """An edition is in force from its own date on; the day before it is the older one's."""
    found = choose_edition(KEPT, EDITIONS, date.fromisoformat(signed_on), date(2030, 1, 1))
    assert version == (found.edition.version if found.edition else None)


def test_who_moves_with_the_text_is_bound_by_the_latest():
    """Whatever he signed."""
    chosen = [
        choose_edition(LATEST, EDITIONS, date(2022, 5, 1), on).edition for on in (date(2023, 1, 12), date(2023, 1, 13))
    ]
    assert ["2022", "2023"] == [edition.version for edition in chosen if edition]


def test_tells_the_editions_and_the_day():
    """With the clause that says which applies."""
    found = choose_edition(KEPT, EDITIONS, date(2023, 1, 12), date(2030, 1, 1))
    assert [
        "2022  the edition in force when signed, 2023-01-12; applies: version when signed  [OR-15]",
        "  2022  in force from 2022-03-01",
        "  2023  in force from 2023-01-13",
    ] == list(tell(found.why))


class TestStatement:
    OLD = told("version-published", "2022-03-01T00:00Z", version="2022", effective_on="2022-03-01")
    BROKEN = told("version-published", "2022-03-01T00:00Z", "broken", version="20xx", effective_on="in spring")

    @staticmethod
    def version(*facts, **places):
        return next((one for one in state(list(facts), **places).findings if one.rule == "agreement/version"), None)

    def test_says_which_edition_binds(self):
        """Signed under this edition, or under the older one: then it is undecided, since that is not judged by."""
        by_signature = {
            day: self.version(self.OLD, self.BROKEN, signed(f"{day}T09:00Z")) for day in ("2024-01-01", "2022-04-01")
        }
        ours, older = by_signature.values()

        assert ours is not None
        assert older is not None
        assert ("2023-01", Verdict.NOT_APPLICABLE) == (ours.value, ours.verdict)
        assert ("2022", Verdict.UNDECIDED, "2022-03-01") == (older.value, older.verdict, older.quantity("effective"))

    def test_before_any_edition_none_binds(self):
        """Whoever signed before the first edition is bound by none that is known."""
        found = self.version(self.OLD, signed("2021-01-01T00:00Z"))
        assert found is not None
        assert ("none", "none") == (found.value, found.quantity("effective"))

    def test_is_silent_without_other_editions(self):
        """One text, one edition: nothing to choose; nor where the text does not say which applies."""
        assert self.version(signed("2024-01-01T00:00Z")) is None
        assert self.version(self.OLD, agreement={"id": "orchard", "title": "t", "version": "1", "effective": "none"}) is None

    def test_a_text_without_a_date_is_not_in_force(self):
        """`effective: none` cannot be chosen by a date."""
        found = self.version(self.OLD, agreement__effective="none", agreement__applies="latest version")
        assert found is not None
        assert "2022" == found.value

    def test_a_text_without_a_date_binds_who_signed_it_from_then_on(self):
        """`effective: none`, and a signature: in force for this customer since."""
        found = self.version(
            self.OLD, signed("2024-01-01T09:00Z"), agreement__effective="none", agreement__applies="latest version"
        )
        assert found is not None
        assert ("2023-01", "2024-01-01") == (found.value, found.quantity("effective"))

    @pytest.mark.parametrize(("month", "version"), [("2025-12", "2023-01"), ("2026-01", "2026")])
    def test_a_month_that_is_over_has_the_edition_of_its_last_day(self, month, version):
        """In force from the first of January: not the edition of December, though December ends where January begins."""
        new = told("version-published", "2025-11-01T00:00Z", version="2026", effective_on="2026-01-01")
        asked = state([new], month, Instant.parse("2026-06-01T00:00Z"), agreement__applies="latest version")
        found = next(one for one in asked.findings if one.rule == "agreement/version")
        assert version == found.value

    def test_looks_from_the_period_where_it_lies_ahead(self):
        """A statement of a month that has not begun asks for its first day."""
        ahead = told("version-published", "2025-01-01T00:00Z", version="2026", effective_on="2026-01-01")
        found = next(
            one
            for one in state(
                [ahead], "2026-02", Instant.parse("2025-06-01T00:00Z"), agreement__applies="latest version"
            ).findings
            if one.rule == "agreement/version"
        )
        assert "2026" == found.value


def test_an_agreement_needs_no_reviews():
    """An edition without dates binds all the same."""
    edition = bound(agreement={"id": "orchard", "title": "t", "version": "1", "effective": "none"}).besides.edition
    assert edition is not None
    assert (None, None, None) == (edition.applies, edition.last_review, edition.next_review)
