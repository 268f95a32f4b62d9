"""A texter for tests."""

from upheld.gateways.texts.text import NotTaken, Text


class FakeTexter:
    """Keeps what it takes; takes nothing while `refuses` says why."""

    def __init__(self) -> None:
        self.taken: list[Text] = []
        self.refuses = ""
        self.refuses_for_ever = False

    def send(self, text: Text) -> None:
        if self.refuses:
            raise NotTaken(self.refuses, for_ever=self.refuses_for_ever)
        self.taken.append(text)
