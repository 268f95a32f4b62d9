"""A granted credit may be taken off in parts, by several invoices."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0005_credits"),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.CharField(max_length=100)),
                ("applied_at", models.DateTimeField()),
                ("fact_id", models.CharField(max_length=200)),
                (
                    "credit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="billing.credit"
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="billing.invoice"
                    ),
                ),
            ],
            options={
                "db_table": "billing_application",
                "constraints": [
                    models.UniqueConstraint(fields=("credit", "invoice"), name="an_invoice_takes_a_credit_off_once"),
                    models.UniqueConstraint(fields=("credit", "fact_id"), name="an_application_has_its_own_fact"),
                ],
            },
        ),
    ]
