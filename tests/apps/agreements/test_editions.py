"""Editions of a text are published once, each for its day."""

from datetime import date
from typing import Any

import pytest

from tests.apps.watched import KEY, NOON, sign
from upheld.apps.agreements.services import VersionDiffers, publish_edition
from upheld.apps.ledger.queries import facts_of
from upheld.core.facts import VersionPublished, of_kind
from upheld.core.timeline import HOUR

pytestmark = pytest.mark.django_db

NEXT: dict[str, Any] = {"version": "2026-04", "effective_on": date(2026, 4, 1), "by": "person-1"}


def test_an_edition_is_a_fact():
    """Its name and its day."""
    fact = publish_edition(agreement=sign(), at=NOON, **NEXT)

    assert [fact] == of_kind(facts_of(KEY), VersionPublished)
    assert ("2026-04", "2026-04-01") == (fact.version, fact.effective_on)


def test_twice_is_once():
    """A second time, later: what was told first stays."""
    agreement = sign()
    first = publish_edition(agreement=agreement, at=NOON, **NEXT)

    assert first == publish_edition(agreement=agreement, at=NOON + HOUR, **NEXT)
    assert 1 == len(of_kind(facts_of(KEY), VersionPublished))


def test_another_day_under_the_same_name_is_refused():
    """Customers may hold the first; both days are named."""
    agreement = sign()
    publish_edition(agreement=agreement, at=NOON, **NEXT)

    with pytest.raises(VersionDiffers, match="published for 2026-04-01, not for 2026-05-01"):
        publish_edition(agreement=agreement, at=NOON, **{**NEXT, "effective_on": date(2026, 5, 1)})
