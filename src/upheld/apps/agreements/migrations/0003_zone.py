"""The clocks of a value that is a zone; rows from before have none, and no row is altered for it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agreements", "0002_unalterable")]
    operations = [migrations.AddField("parameter", "zone", models.JSONField(null=True))]
