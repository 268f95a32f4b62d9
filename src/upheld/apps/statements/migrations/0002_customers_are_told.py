from typing import Any

from django.db import migrations, models
from django.db.models import F


def count_as_told(apps: Any, schema_editor: Any) -> None:
    """What was issued before is history: nobody is written to about it by an upgrade."""
    apps.get_model("statements", "Statement").objects.update(told_at=F("as_of"))


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="statement",
            name="told_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(count_as_told, migrations.RunPython.noop),
    ]
