"""The real servers are started once for all tests that ask for them."""

from collections.abc import Iterator

import pytest

from tests.conftest import refuse_or_skip
from tests.gateways.inbox.real_servers import MISSING, MailServers, are_installed, run_mail_servers


@pytest.fixture(scope="session")
def mail_servers() -> Iterator[MailServers]:
    """Postfix and Dovecot; for tests marked `root`."""
    if not are_installed():
        refuse_or_skip(MISSING)
    with run_mail_servers() as servers:
        yield servers
