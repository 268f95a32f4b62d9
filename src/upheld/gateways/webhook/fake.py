"""A poster for tests."""

from upheld.gateways.webhook.signed import NotTaken, Webhook


class FakePoster:
    """Keeps what it takes; takes nothing while `refuses` says why."""

    def __init__(self) -> None:
        self.taken: list[Webhook] = []
        self.refuses = ""
        self.refuses_for_ever = False

    def post(self, webhook: Webhook) -> None:
        if self.refuses:
            raise NotTaken(self.refuses, for_ever=self.refuses_for_ever)
        self.taken.append(webhook)
