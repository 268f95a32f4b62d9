"""What tests with rows stand on."""

from collections.abc import Iterator

import pytest
from django.core.management.commands import flush

from tests.append_only import triggers_stand_aside


@pytest.fixture(autouse=True, scope="session")
def let_tables_be_emptied() -> Iterator[None]:
    """Tests of real transactions end by emptying every table."""
    empty = flush.Command.handle

    def handle(self, **options):
        with triggers_stand_aside():
            empty(self, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", handle)
        yield
