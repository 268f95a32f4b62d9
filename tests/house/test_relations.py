"""Relations between rows point down the order of apps, so that an empty database can be built and an app moved."""

import pytest

from tests.house.guards.relations import find_upward_relations

MODELS = "src/upheld/apps/{}/models.py"


def test_relations_point_down(house):
    """No model and no migration points at an app above its own or beside it, and none points at just anything."""
    assert find_upward_relations(house) == []


@pytest.mark.parametrize(
    "wrong",
    [
        'models.ForeignKey("desk.Ticket", on_delete=models.PROTECT)',
        'models.OneToOneField(on_delete=models.PROTECT, to="desk.Ticket")',
        'models.ManyToManyField("parties.User", through="desk.Watcher")',
        'ForeignKey("maintenance.Window", on_delete=PROTECT)',
        "models.ForeignKey(Ticket, on_delete=models.PROTECT)",
        'GenericForeignKey("kind", "id")',
    ],
)
def test_finds_a_planted_relation(plant, wrong):
    """A relation from probes up to desk, or across to maintenance, is reported with file and line."""
    root = plant({MODELS.format("probes"): f"from upheld.apps.desk.models import Ticket\n\nticket = {wrong}\n"})

    [found] = find_upward_relations(root)

    assert found.startswith("src/upheld/apps/probes/models.py:3: probes may not point at ")


def test_finds_a_relation_planted_in_a_migration(plant):
    """A migration is where the relation becomes a constraint of the database; it is read too."""
    text = 'operations = [AddField("fact", "ticket", models.ForeignKey(to="desk.ticket", on_delete=PROTECT))]\n'
    root = plant({"src/upheld/apps/ledger/migrations/0002_fact_ticket.py": text})

    [found] = find_upward_relations(root)

    assert found.startswith("src/upheld/apps/ledger/migrations/0002_fact_ticket.py:1: ledger may not point at desk")


def test_lets_relations_point_down(plant):
    """A ticket belongs to a customer and to its parent ticket; both are in order."""
    targets = ("parties.Customer", "self", "desk.Ticket")
    root = plant({MODELS.format("desk"): "\n".join(f'models.ForeignKey("{target}")' for target in targets)})

    assert find_upward_relations(root) == []
