"""What a check would call open is settled where the file says so: by a reading, or by a price that only a quote names."""

import pytest

from tests.golden.record import AS_OF
from tests.language.samples import check_changed, sentences
from upheld.language import check

UNPLANNED = "unplanned: {counts as: down, measured: time down, notice: none, otherwise: none, cite: MH-03}"
EXCUSED = UNPLANNED.replace("down", "up", 1)
READING = """
readings:
  telling:
    cite: MH-03
    question: Must such work be told?
    we read: not at all
    senses: {not at all: none, before it begins: at least 0 minutes}
    because: the text says nothing of it
    favours: provider"""
PRICED = """
```terms
agreement:
  {language: 1, id: a, title: A, clauses: AA, provider: p, customer: c, version: 1, effective: 2025-01-01,
   applies: latest version}
```

**AA-01** Further help costs extra (10).

```terms
charges: {extra: {price: PRICE, for each: request, least: none}}
```
"""


class TestExcusedByName:
    def test_work_excused_without_notice_or_test_is_told(self):
        found = check_changed((UNPLANNED, EXCUSED))

        assert any("exclusion without evidence" in what for what in sentences(found))

    def test_a_reading_of_the_notice_settles_it(self):
        found = check_changed((UNPLANNED, EXCUSED.replace("notice: none", "notice: reading telling") + READING))

        assert not any("exclusion without evidence" in what for what in sentences(found))
        assert not any("telling" in what for what in sentences(found))


class TestPricesThatNeedNoMoney:
    @pytest.mark.parametrize(("price", "told"), [("by quote", False), ("none", False), ("GBP 10 once", True)])
    def test_only_an_amount_asks_how_money_is_rounded(self, price, told):
        found = check(PRICED.replace("PRICE", price), as_of=AS_OF)

        assert told == any(what.startswith("money is used") for what in sentences(found))
