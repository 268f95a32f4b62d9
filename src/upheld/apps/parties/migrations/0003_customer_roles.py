"""A customer's people have a role on their own side; those who are there already name the others."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make_managers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Whoever signed in for a customer until now could not be told apart: each becomes a manager."""
    apps.get_model("parties", "User").objects.filter(role="customer").update(customer_role="manager")


class Migration(migrations.Migration):
    dependencies = [("parties", "0002_tokens")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="customer_role",
            field=models.CharField(
                blank=True,
                choices=[("manager", "Manager"), ("member", "Member"), ("reader", "Reader")],
                default="",
                max_length=20,
            ),
        ),
        migrations.RunPython(make_managers, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="looks", to="parties.customer"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="looks", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"db_table": "parties_look"},
        ),
        migrations.CreateModel(
            name="SignInLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"db_table": "parties_sign_in_link"},
        ),
    ]
