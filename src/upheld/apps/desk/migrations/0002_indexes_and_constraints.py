from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["customer", "-number"], name="desk_tickets_of_a_customer"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["address"], name="desk_tickets_by_address"),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["incident", "request", "question", "claim", "complaint", "access", "copy"])
                ),
                name="a_ticket_is_of_a_known_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["new", "in-progress", "waiting", "resolved", "merged"])),
                name="a_ticket_stands_in_a_known_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_into__isnull", False), ("state", "merged")),
                    models.Q(models.Q(("state", "merged"), _negated=True), ("merged_into__isnull", True)),
                    _connector="OR",
                ),
                name="a_merged_ticket_names_the_one_that_goes_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True), name="a_ticket_is_not_merged_into_itself"
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreement__isnull", False), models.Q(("held_because", ""), _negated=True), _connector="OR"
                ),
                name="a_held_ticket_says_why_it_is_held",
            ),
        ),
        migrations.AddIndex(
            model_name="run",
            index=models.Index(
                condition=models.Q(("due_us__isnull", False), ("state", "running")), fields=["due_us"], name="desk_runs_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(fields=("ticket", "clock", "number"), name="a_run_is_kept_once"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("mail_id", ""), _negated=True), fields=["mail_id"], name="desk_messages_by_mail"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(fields=("ticket", "number"), name="a_message_has_its_number_alone"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("author__in", ["customer", "person", "machine"])), name="a_message_has_a_known_author"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_public", True), models.Q(("author", "customer"), _negated=True), _connector="OR"),
                name="customers_write_in_public",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(fields=("one", "other", "about"), name="two_tickets_are_linked_once"),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(("one", models.F("other")), _negated=True), name="a_ticket_is_not_linked_to_itself"
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.UniqueConstraint(fields=("ticket", "number"), name="a_hold_has_its_number_alone"),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("waiting_for", ""), _negated=True), models.Q(("cause", ""), _negated=True), _connector="OR"
                ),
                name="a_hold_waits_for_somebody_or_has_a_cause",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_at__isnull", True), ("closed_at__gte", models.F("opened_at")), _connector="OR"),
                name="a_hold_ends_after_it_began",
            ),
        ),
    ]
