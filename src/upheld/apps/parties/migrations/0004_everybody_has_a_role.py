"""A customer's user has a role there, and nobody else has; apart, for PostgreSQL changes no table with rows in flight."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parties", "0003_customer_roles")]

    operations = [
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("customer_role__in", ["manager", "member", "reader"]), ("role", "customer")),
                    models.Q(models.Q(("role", "customer"), _negated=True), ("customer_role", "")),
                    _connector="OR",
                ),
                name="a_customer_user_has_a_role_there_and_nobody_else_has",
            ),
        ),
    ]
