"""Tickets that documented outages become tickets of the desk; their names and facts stay as they are."""

from typing import Any

from django.db import migrations


def move_tickets(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("billing", "Ticket").objects.select_related("agreement").order_by("number")
    apps.get_model("desk", "Ticket").objects.bulk_create(
        apps.get_model("desk", "Ticket")(
            number=row.number,
            agreement=row.agreement,
            customer_id=row.agreement.customer_id,
            subject=f"About {row.outage}" if row.outage else "(no subject)",
            kind="incident",
            channel=row.channel,
            outage=row.outage,
            received_at=row.received_at,
            opened_at=row.received_at,
            changed_at=row.received_at,
        )
        for row in rows
    )


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial"), ("desk", "0002_indexes_and_constraints")]

    operations = [
        migrations.RunPython(move_tickets, migrations.RunPython.noop),
        migrations.DeleteModel(name="Ticket"),
    ]
