"""An inbox for tests."""

import logging

from upheld.gateways.inbox.arrived import Arrived, Keep

log = logging.getLogger("upheld.inbox")


class FakeInbox:
    """Brings what lies in `waiting`; a mail leaves it only after it was kept."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self.waiting: list[Arrived] = []

    def take_all(self) -> int:
        """The number of mails kept."""
        before = len(self.waiting)
        self.waiting = [arrived for arrived in self.waiting if not self._is_kept(arrived)]
        return before - len(self.waiting)

    def _is_kept(self, arrived: Arrived) -> bool:
        try:
            self._keep(arrived)
        except Exception as trouble:
            log.warning("a mail was not kept and stays: %s", trouble)
            return False
        return True
