"""What the parties do when the program starts: from then on no fact is recorded with a person in it."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """The app of who is who."""

    name = "upheld.apps.parties"
    label = "parties"

    def ready(self) -> None:
        from upheld.apps.ledger.marking import mark_by
        from upheld.apps.parties.marking import mark_people

        mark_by(mark_people)
