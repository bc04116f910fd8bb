import django.contrib.postgres.fields
import django.db.models.deletion
import heedful.foundation.access.models
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=heedful.foundation.access.models.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("retain_from", models.DateField(blank=True, null=True)),
                ("legal_hold", models.BooleanField(default=False)),
                ("number", models.IntegerField()),
                ("client_key", models.UUIDField()),
                ("body_hash", models.BinaryField(max_length=32)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("title", models.CharField(max_length=120)),
                ("words", models.TextField()),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=40), default=list, size=None
                    ),
                ),
                ("type", models.CharField(blank=True, max_length=60)),
                ("subtype", models.CharField(blank=True, max_length=60)),
                ("occurred_from", models.DateTimeField()),
                ("occurred_to", models.DateTimeField()),
                ("occurred_as", models.CharField(default="exact", max_length=12)),
                ("shift_name", models.CharField(blank=True, max_length=60)),
                ("shift_from", models.DateTimeField(null=True)),
                ("shift_to", models.DateTimeField(null=True)),
                ("aware_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("local_date", models.DateField()),
                ("local_hour", models.SmallIntegerField(null=True)),
                ("local_weekday", models.SmallIntegerField()),
                ("financial_year", models.SmallIntegerField()),
                ("harm_body", models.CharField(default="unknown", max_length=12)),
                ("harm_mind", models.CharField(default="unknown", max_length=12)),
                ("safe_now", models.CharField(default="unknown", max_length=12)),
                ("made_safe", models.TextField(blank=True)),
                ("met_safeguarding", models.CharField(blank=True, max_length=8)),
                ("met_safeguarding_why", models.TextField(blank=True)),
                ("met_clinical", models.CharField(blank=True, max_length=8)),
                ("met_clinical_why", models.TextField(blank=True)),
                ("met_family", models.CharField(blank=True, max_length=8)),
                ("met_family_why", models.TextField(blank=True)),
                ("discharge", models.CharField(default="unknown", max_length=8)),
                ("discharge_days", models.SmallIntegerField(null=True)),
                ("confidential", models.BooleanField(default=False)),
                ("restricted", models.BooleanField(default=False)),
                ("status", models.CharField(default="recorded", max_length=20)),
                ("source", models.CharField(default="live", max_length=10)),
                ("source_system", models.CharField(blank=True, max_length=40)),
                ("external_id", models.CharField(blank=True, max_length=80)),
                ("row_digest", models.BinaryField(max_length=32, null=True)),
                ("batch_id", models.UUIDField(null=True)),
                (
                    "flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=40), default=list, size=None
                    ),
                ),
                ("form_version", models.CharField(max_length=40)),
                ("version", models.IntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.service"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.team"
                    ),
                ),
            ],
            options={
                "db_table": "incidents_event",
                "indexes": [
                    models.Index(fields=["organisation", "-occurred_from", "-id"], name="event_newest"),
                    models.Index(
                        fields=["organisation", "service", "-occurred_from", "-id"], name="event_service_newest"
                    ),
                    models.Index(fields=["organisation", "type", "-occurred_from", "-id"], name="event_type_newest"),
                    models.Index(
                        condition=models.Q(("retain_from__isnull", False)),
                        fields=["organisation", "retain_from", "id"],
                        name="event_kept",
                    ),
                    models.Index(
                        condition=models.Q(("source", "live")),
                        fields=["organisation", "status", "aware_at"],
                        name="event_live_status",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "client_key"), name="event_client_key_once"),
                    models.UniqueConstraint(fields=("organisation", "number"), name="event_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=("organisation", "source_system", "external_id"),
                        name="event_external_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("occurred_to__gte", models.F("occurred_from"))),
                        name="event_interval_forwards",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "id",
                    models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, serialize=False),
                ),
                ("retain_from", models.DateField(blank=True, null=True)),
                ("legal_hold", models.BooleanField(default=False)),
                ("number", models.IntegerField()),
                ("client_key", models.UUIDField()),
                ("body_hash", models.BinaryField(max_length=32)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("title", models.CharField(max_length=120)),
                ("words", models.TextField()),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=40), default=list, size=None
                    ),
                ),
                ("type", models.CharField(blank=True, max_length=60)),
                ("subtype", models.CharField(blank=True, max_length=60)),
                ("occurred_from", models.DateTimeField()),
                ("occurred_to", models.DateTimeField()),
                ("occurred_as", models.CharField(default="exact", max_length=12)),
                ("shift_name", models.CharField(blank=True, max_length=60)),
                ("shift_from", models.DateTimeField(null=True)),
                ("shift_to", models.DateTimeField(null=True)),
                ("aware_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("local_date", models.DateField()),
                ("local_hour", models.SmallIntegerField(null=True)),
                ("local_weekday", models.SmallIntegerField()),
                ("financial_year", models.SmallIntegerField()),
                ("harm_body", models.CharField(default="unknown", max_length=12)),
                ("harm_mind", models.CharField(default="unknown", max_length=12)),
                ("safe_now", models.CharField(default="unknown", max_length=12)),
                ("made_safe", models.TextField(blank=True)),
                ("met_safeguarding", models.CharField(blank=True, max_length=8)),
                ("met_safeguarding_why", models.TextField(blank=True)),
                ("met_clinical", models.CharField(blank=True, max_length=8)),
                ("met_clinical_why", models.TextField(blank=True)),
                ("met_family", models.CharField(blank=True, max_length=8)),
                ("met_family_why", models.TextField(blank=True)),
                ("discharge", models.CharField(default="unknown", max_length=8)),
                ("discharge_days", models.SmallIntegerField(null=True)),
                ("confidential", models.BooleanField(default=False)),
                ("restricted", models.BooleanField(default=False)),
                ("status", models.CharField(default="recorded", max_length=20)),
                ("source", models.CharField(default="live", max_length=10)),
                ("source_system", models.CharField(blank=True, max_length=40)),
                ("external_id", models.CharField(blank=True, max_length=80)),
                ("row_digest", models.BinaryField(max_length=32, null=True)),
                ("batch_id", models.UUIDField(null=True)),
                (
                    "flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=40), default=list, size=None
                    ),
                ),
                ("form_version", models.CharField(max_length=40)),
                ("version", models.IntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.event",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.service",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.team",
                    ),
                ),
            ],
            options={
                "db_table": "incidents_event_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=heedful.foundation.access.models.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("last", models.IntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "incidents_counter",
                "constraints": [models.UniqueConstraint(fields=("organisation",), name="counter_once")],
            },
        ),
        migrations.CreateModel(
            name="Reporter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=heedful.foundation.access.models.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("account_id", models.UUIDField(null=True)),
                ("name", models.CharField(blank=True, max_length=120)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reporter", to="incidents.event"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.staffmember",
                    ),
                ),
            ],
            options={
                "db_table": "incidents_reporter",
                "indexes": [models.Index(fields=["organisation", "account_id", "-event"], name="reporter_account")],
            },
        ),
        migrations.CreateModel(
            name="ReporterHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "id",
                    models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, serialize=False),
                ),
                ("account_id", models.UUIDField(null=True)),
                ("name", models.CharField(blank=True, max_length=120)),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.event",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.reporter",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.staffmember",
                    ),
                ),
            ],
            options={
                "db_table": "incidents_reporter_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Involved",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=heedful.foundation.access.models.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("retain_from", models.DateField(blank=True, null=True)),
                ("legal_hold", models.BooleanField(default=False)),
                ("part", models.CharField(max_length=30)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("matched", models.BooleanField(default=False)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="involved", to="incidents.event"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.staffmember",
                    ),
                ),
            ],
            options={
                "db_table": "incidents_involved",
                "indexes": [
                    models.Index(fields=["organisation", "event"], name="involved_event"),
                    models.Index(fields=["organisation", "person"], name="involved_person"),
                    models.Index(fields=["organisation", "staff"], name="involved_staff"),
                    models.Index(
                        condition=models.Q(
                            ("matched", False),
                            ("part", "alleged_source"),
                            ("person__isnull", True),
                            ("staff__isnull", True),
                        ),
                        fields=["organisation", "event"],
                        name="involved_to_match",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvolvedHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "id",
                    models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, serialize=False),
                ),
                ("retain_from", models.DateField(blank=True, null=True)),
                ("legal_hold", models.BooleanField(default=False)),
                ("part", models.CharField(max_length=30)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("matched", models.BooleanField(default=False)),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.event",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.involved",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.staffmember",
                    ),
                ),
            ],
            options={
                "db_table": "incidents_involved_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Informed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=heedful.foundation.access.models.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("who", models.CharField(max_length=30)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="informed", to="incidents.event"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "incidents_informed",
                "indexes": [models.Index(fields=["organisation", "event"], name="informed_event")],
            },
        ),
        migrations.CreateModel(
            name="InformedHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "id",
                    models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, serialize=False),
                ),
                ("who", models.CharField(max_length=30)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.event",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.informed",
                    ),
                ),
            ],
            options={
                "db_table": "incidents_informed_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ShutOut",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=heedful.foundation.access.models.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("account_id", models.UUIDField(null=True)),
                ("named_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.UUIDField(null=True)),
                ("lifted_why", models.TextField(blank=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shut_outs", to="incidents.event"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.staffmember"
                    ),
                ),
            ],
            options={
                "db_table": "incidents_shut_out",
                "indexes": [models.Index(fields=["organisation", "account_id", "event"], name="shut_out_account")],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "event", "staff"), name="shut_out_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ShutOutHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "id",
                    models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, serialize=False),
                ),
                ("account_id", models.UUIDField(null=True)),
                ("named_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.UUIDField(null=True)),
                ("lifted_why", models.TextField(blank=True)),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.event",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.shutout",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.staffmember",
                    ),
                ),
            ],
            options={
                "db_table": "incidents_shut_out_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=heedful.foundation.access.models.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("decider_id", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=30)),
                ("why", models.CharField(blank=True, max_length=60)),
                ("assigned_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="incidents.event"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "incidents_assignment",
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["organisation", "due_at"],
                        name="assignment_due",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["organisation", "decider_id", "due_at"],
                        name="assignment_decider",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("organisation", "event"),
                        name="assignment_one_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AssignmentHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "id",
                    models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, serialize=False),
                ),
                ("decider_id", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=30)),
                ("why", models.CharField(blank=True, max_length=60)),
                ("assigned_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.event",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.assignment",
                    ),
                ),
            ],
            options={
                "db_table": "incidents_assignment_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=heedful.foundation.access.models.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("retain_from", models.DateField(blank=True, null=True)),
                ("legal_hold", models.BooleanField(default=False)),
                ("number", models.IntegerField()),
                ("body", models.JSONField()),
                ("changed_by", models.UUIDField(null=True)),
                ("changed_at", models.DateTimeField()),
                ("why", models.TextField(blank=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="incidents.event"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "incidents_version",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "event", "number"), name="version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=heedful.foundation.access.models.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("words", models.TextField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="incidents.event"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "incidents_question",
                "indexes": [models.Index(fields=["organisation", "event"], name="question_event")],
            },
        ),
        migrations.CreateModel(
            name="QuestionHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "id",
                    models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, serialize=False),
                ),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("words", models.TextField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.event",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.question",
                    ),
                ),
            ],
            options={
                "db_table": "incidents_question_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=heedful.foundation.access.models.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("linked_by", models.UUIDField()),
                ("linked_at", models.DateTimeField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="incidents.event"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="linked_from", to="incidents.event"
                    ),
                ),
            ],
            options={
                "db_table": "incidents_link",
                "constraints": [models.UniqueConstraint(fields=("organisation", "event", "other"), name="link_once")],
            },
        ),
        migrations.CreateModel(
            name="LinkHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "id",
                    models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, serialize=False),
                ),
                ("kind", models.CharField(max_length=20)),
                ("linked_by", models.UUIDField()),
                ("linked_at", models.DateTimeField()),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.event",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.event",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.link",
                    ),
                ),
            ],
            options={
                "db_table": "incidents_link_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=heedful.foundation.access.models.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("account_id", models.UUIDField()),
                ("why", models.TextField()),
                ("shared_by", models.UUIDField()),
                ("shared_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.UUIDField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="incidents.event"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "incidents_share",
                "indexes": [models.Index(fields=["organisation", "account_id", "event"], name="share_account")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("organisation", "event", "account_id"),
                        name="share_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("shared_at"))), name="share_for_a_time"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShareHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "id",
                    models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, serialize=False),
                ),
                ("account_id", models.UUIDField()),
                ("why", models.TextField()),
                ("shared_by", models.UUIDField()),
                ("shared_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.UUIDField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.event",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="incidents.share",
                    ),
                ),
            ],
            options={
                "db_table": "incidents_share_history",
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_event_history" ("aware_at", "batch_id", "body_hash", "client_key", "confidential", "discharge", "discharge_days", "external_id", "financial_year", "flags", "form_version", "harm_body", "harm_mind", "id", "kinds", "legal_hold", "local_date", "local_hour", "local_weekday", "made_safe", "met_clinical", "met_clinical_why", "met_family", "met_family_why", "met_safeguarding", "met_safeguarding_why", "number", "occurred_as", "occurred_from", "occurred_to", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "recorded_at", "removed_at", "restricted", "retain_from", "row_digest", "safe_now", "service_id", "shift_from", "shift_name", "shift_to", "source", "source_system", "status", "subtype", "team_id", "title", "type", "version", "words") SELECT new_values."aware_at", new_values."batch_id", new_values."body_hash", new_values."client_key", new_values."confidential", new_values."discharge", new_values."discharge_days", new_values."external_id", new_values."financial_year", new_values."flags", new_values."form_version", new_values."harm_body", new_values."harm_mind", new_values."id", new_values."kinds", new_values."legal_hold", new_values."local_date", new_values."local_hour", new_values."local_weekday", new_values."made_safe", new_values."met_clinical", new_values."met_clinical_why", new_values."met_family", new_values."met_family_why", new_values."met_safeguarding", new_values."met_safeguarding_why", new_values."number", new_values."occurred_as", new_values."occurred_from", new_values."occurred_to", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."place", new_values."recorded_at", new_values."removed_at", new_values."restricted", new_values."retain_from", new_values."row_digest", new_values."safe_now", new_values."service_id", new_values."shift_from", new_values."shift_name", new_values."shift_to", new_values."source", new_values."source_system", new_values."status", new_values."subtype", new_values."team_id", new_values."title", new_values."type", new_values."version", new_values."words" FROM ( SELECT new_values.* FROM new_values  ) AS new_values; RETURN NULL;',
                    hash="341f74114ca1b06ee3a1c9bd827b45cdbfe1a9a8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3f7c9",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="incidents_event",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_event_history" ("aware_at", "batch_id", "body_hash", "client_key", "confidential", "discharge", "discharge_days", "external_id", "financial_year", "flags", "form_version", "harm_body", "harm_mind", "id", "kinds", "legal_hold", "local_date", "local_hour", "local_weekday", "made_safe", "met_clinical", "met_clinical_why", "met_family", "met_family_why", "met_safeguarding", "met_safeguarding_why", "number", "occurred_as", "occurred_from", "occurred_to", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "recorded_at", "removed_at", "restricted", "retain_from", "row_digest", "safe_now", "service_id", "shift_from", "shift_name", "shift_to", "source", "source_system", "status", "subtype", "team_id", "title", "type", "version", "words") SELECT new_values."aware_at", new_values."batch_id", new_values."body_hash", new_values."client_key", new_values."confidential", new_values."discharge", new_values."discharge_days", new_values."external_id", new_values."financial_year", new_values."flags", new_values."form_version", new_values."harm_body", new_values."harm_mind", new_values."id", new_values."kinds", new_values."legal_hold", new_values."local_date", new_values."local_hour", new_values."local_weekday", new_values."made_safe", new_values."met_clinical", new_values."met_clinical_why", new_values."met_family", new_values."met_family_why", new_values."met_safeguarding", new_values."met_safeguarding_why", new_values."number", new_values."occurred_as", new_values."occurred_from", new_values."occurred_to", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."place", new_values."recorded_at", new_values."removed_at", new_values."restricted", new_values."retain_from", new_values."row_digest", new_values."safe_now", new_values."service_id", new_values."shift_from", new_values."shift_name", new_values."shift_to", new_values."source", new_values."source_system", new_values."status", new_values."subtype", new_values."team_id", new_values."title", new_values."type", new_values."version", new_values."words" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values; RETURN NULL;',
                    hash="59bb113fbc9ed59263a52d56ed6ea2b00e3fcd0f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f662d",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="incidents_event",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_event_history" ("aware_at", "batch_id", "body_hash", "client_key", "confidential", "discharge", "discharge_days", "external_id", "financial_year", "flags", "form_version", "harm_body", "harm_mind", "id", "kinds", "legal_hold", "local_date", "local_hour", "local_weekday", "made_safe", "met_clinical", "met_clinical_why", "met_family", "met_family_why", "met_safeguarding", "met_safeguarding_why", "number", "occurred_as", "occurred_from", "occurred_to", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "recorded_at", "removed_at", "restricted", "retain_from", "row_digest", "safe_now", "service_id", "shift_from", "shift_name", "shift_to", "source", "source_system", "status", "subtype", "team_id", "title", "type", "version", "words") SELECT old_values."aware_at", old_values."batch_id", old_values."body_hash", old_values."client_key", old_values."confidential", old_values."discharge", old_values."discharge_days", old_values."external_id", old_values."financial_year", old_values."flags", old_values."form_version", old_values."harm_body", old_values."harm_mind", old_values."id", old_values."kinds", old_values."legal_hold", old_values."local_date", old_values."local_hour", old_values."local_weekday", old_values."made_safe", old_values."met_clinical", old_values."met_clinical_why", old_values."met_family", old_values."met_family_why", old_values."met_safeguarding", old_values."met_safeguarding_why", old_values."number", old_values."occurred_as", old_values."occurred_from", old_values."occurred_to", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."place", old_values."recorded_at", old_values."removed_at", old_values."restricted", old_values."retain_from", old_values."row_digest", old_values."safe_now", old_values."service_id", old_values."shift_from", old_values."shift_name", old_values."shift_to", old_values."source", old_values."source_system", old_values."status", old_values."subtype", old_values."team_id", old_values."title", old_values."type", old_values."version", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values; RETURN NULL;',
                    hash="c65046415d04d477c54ec7e42bd22390adb5772f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_55b67",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="incidents_event",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_assignment_history" ("assigned_at", "decider_id", "due_at", "ended_at", "event_id", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "why") VALUES (NEW."assigned_at", NEW."decider_id", NEW."due_at", NEW."ended_at", NEW."event_id", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."role", NEW."why"); RETURN NULL;',
                    hash="2315af67f684fd519ded4be4ba442e63023b1df1",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4f9c3",
                    table="incidents_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "incidents_assignment_history" ("assigned_at", "decider_id", "due_at", "ended_at", "event_id", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "why") VALUES (NEW."assigned_at", NEW."decider_id", NEW."due_at", NEW."ended_at", NEW."event_id", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."role", NEW."why"); RETURN NULL;',
                    hash="0bb34754f858686f47b517ab90b312cb3aa1bac3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_411f2",
                    table="incidents_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_assignment_history" ("assigned_at", "decider_id", "due_at", "ended_at", "event_id", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "why") VALUES (OLD."assigned_at", OLD."decider_id", OLD."due_at", OLD."ended_at", OLD."event_id", OLD."id", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."role", OLD."why"); RETURN NULL;',
                    hash="2b41095df4100a18b9f25003e5dcd1bed8adb6f5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_33fa3",
                    table="incidents_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="informed",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_informed_history" ("event_id", "id", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_at", "who") VALUES (NEW."event_id", NEW."id", NEW."name", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."told_at", NEW."who"); RETURN NULL;',
                    hash="ac820f0f1c6b33e5e8a8dec83b7998601a3836b3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0ea1f",
                    table="incidents_informed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="informed",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "incidents_informed_history" ("event_id", "id", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_at", "who") VALUES (NEW."event_id", NEW."id", NEW."name", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."told_at", NEW."who"); RETURN NULL;',
                    hash="30468288aadb9416bd30085d5fe7dc34ff09f075",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ae4c4",
                    table="incidents_informed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="informed",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_informed_history" ("event_id", "id", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "told_at", "who") VALUES (OLD."event_id", OLD."id", OLD."name", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."told_at", OLD."who"); RETURN NULL;',
                    hash="735c00715f836e7b832ecb6fe74d8baf08e41476",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_95016",
                    table="incidents_informed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="involved",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_involved_history" ("event_id", "id", "legal_hold", "matched", "name", "organisation_id", "part", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retain_from", "staff_id") VALUES (NEW."event_id", NEW."id", NEW."legal_hold", NEW."matched", NEW."name", NEW."organisation_id", NEW."part", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."retain_from", NEW."staff_id"); RETURN NULL;',
                    hash="3eb5a413a9bbe125437348c9b067494d64d914fd",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5f843",
                    table="incidents_involved",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="involved",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "incidents_involved_history" ("event_id", "id", "legal_hold", "matched", "name", "organisation_id", "part", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retain_from", "staff_id") VALUES (NEW."event_id", NEW."id", NEW."legal_hold", NEW."matched", NEW."name", NEW."organisation_id", NEW."part", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."retain_from", NEW."staff_id"); RETURN NULL;',
                    hash="41e11db4ec4d07b58642cba64596f9491565ddc2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ba76d",
                    table="incidents_involved",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="involved",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_involved_history" ("event_id", "id", "legal_hold", "matched", "name", "organisation_id", "part", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retain_from", "staff_id") VALUES (OLD."event_id", OLD."id", OLD."legal_hold", OLD."matched", OLD."name", OLD."organisation_id", OLD."part", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."retain_from", OLD."staff_id"); RETURN NULL;',
                    hash="9361711d94d389c442e4b9b43ca6f5a71833bb9b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_86fdd",
                    table="incidents_involved",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_link_history" ("event_id", "id", "kind", "linked_at", "linked_by", "organisation_id", "other_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."event_id", NEW."id", NEW."kind", NEW."linked_at", NEW."linked_by", NEW."organisation_id", NEW."other_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="52377c74b439e0ea9d354b977a364864f31ea061",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_20f5c",
                    table="incidents_link",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "incidents_link_history" ("event_id", "id", "kind", "linked_at", "linked_by", "organisation_id", "other_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."event_id", NEW."id", NEW."kind", NEW."linked_at", NEW."linked_by", NEW."organisation_id", NEW."other_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="1c06d9fbba62e69b53cb225cac6f12a49f2463bc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d24d6",
                    table="incidents_link",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_link_history" ("event_id", "id", "kind", "linked_at", "linked_by", "organisation_id", "other_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."event_id", OLD."id", OLD."kind", OLD."linked_at", OLD."linked_by", OLD."organisation_id", OLD."other_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="48a48ae66d67bac0371491e3a8493adf011bfb8d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_34927",
                    table="incidents_link",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="question",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_question_history" ("answer", "answered_at", "asked_at", "asked_by", "event_id", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words") VALUES (NEW."answer", NEW."answered_at", NEW."asked_at", NEW."asked_by", NEW."event_id", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."words"); RETURN NULL;',
                    hash="f0186069d4a9827642d9ca3a5a19ae93b7bead45",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2aae8",
                    table="incidents_question",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="question",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "incidents_question_history" ("answer", "answered_at", "asked_at", "asked_by", "event_id", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words") VALUES (NEW."answer", NEW."answered_at", NEW."asked_at", NEW."asked_by", NEW."event_id", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."words"); RETURN NULL;',
                    hash="accd1d093c755e0e2b8b062d99b65f8deb58578d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_84768",
                    table="incidents_question",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="question",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_question_history" ("answer", "answered_at", "asked_at", "asked_by", "event_id", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words") VALUES (OLD."answer", OLD."answered_at", OLD."asked_at", OLD."asked_by", OLD."event_id", OLD."id", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."words"); RETURN NULL;',
                    hash="5768034e194d24235e228b43eb30227f16e43bcf",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_00856",
                    table="incidents_question",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reporter",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_reporter_history" ("account_id", "event_id", "id", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id") VALUES (NEW."account_id", NEW."event_id", NEW."id", NEW."name", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."staff_id"); RETURN NULL;',
                    hash="2c701635c696e9b7dd3cc976f33c805bf3535683",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a69ca",
                    table="incidents_reporter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reporter",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "incidents_reporter_history" ("account_id", "event_id", "id", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id") VALUES (NEW."account_id", NEW."event_id", NEW."id", NEW."name", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."staff_id"); RETURN NULL;',
                    hash="418f667de71aaecf4f61d3854172d2a68bef1801",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2329c",
                    table="incidents_reporter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reporter",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_reporter_history" ("account_id", "event_id", "id", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id") VALUES (OLD."account_id", OLD."event_id", OLD."id", OLD."name", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."staff_id"); RETURN NULL;',
                    hash="84163128e7b963582e5d7f52aa3b07e42071a328",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dc217",
                    table="incidents_reporter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="shutout",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_shut_out_history" ("account_id", "event_id", "id", "lifted_at", "lifted_by", "lifted_why", "named_at", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id") VALUES (NEW."account_id", NEW."event_id", NEW."id", NEW."lifted_at", NEW."lifted_by", NEW."lifted_why", NEW."named_at", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."staff_id"); RETURN NULL;',
                    hash="8c05a8804692d207ac418476b5426ec927d8ee47",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_94b9d",
                    table="incidents_shut_out",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="shutout",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "incidents_shut_out_history" ("account_id", "event_id", "id", "lifted_at", "lifted_by", "lifted_why", "named_at", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id") VALUES (NEW."account_id", NEW."event_id", NEW."id", NEW."lifted_at", NEW."lifted_by", NEW."lifted_why", NEW."named_at", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."staff_id"); RETURN NULL;',
                    hash="bdb5daf2b8750e95c3d9b04609a5b45f2d9b60f1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ac235",
                    table="incidents_shut_out",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="shutout",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_shut_out_history" ("account_id", "event_id", "id", "lifted_at", "lifted_by", "lifted_why", "named_at", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id") VALUES (OLD."account_id", OLD."event_id", OLD."id", OLD."lifted_at", OLD."lifted_by", OLD."lifted_why", OLD."named_at", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."staff_id"); RETURN NULL;',
                    hash="3a1877a8d08833e0f9c09f14338931a2908a01aa",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_6c611",
                    table="incidents_shut_out",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="share",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_share_history" ("account_id", "event_id", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_at", "shared_by", "until", "why", "withdrawn_at", "withdrawn_by") VALUES (NEW."account_id", NEW."event_id", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."shared_at", NEW."shared_by", NEW."until", NEW."why", NEW."withdrawn_at", NEW."withdrawn_by"); RETURN NULL;',
                    hash="5de8724cdb091e0f4cd94649d0817248e8cec948",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b2284",
                    table="incidents_share",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="share",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "incidents_share_history" ("account_id", "event_id", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_at", "shared_by", "until", "why", "withdrawn_at", "withdrawn_by") VALUES (NEW."account_id", NEW."event_id", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."shared_at", NEW."shared_by", NEW."until", NEW."why", NEW."withdrawn_at", NEW."withdrawn_by"); RETURN NULL;',
                    hash="b3016b8df679121d14ac139145773c07daee4d0b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_98862",
                    table="incidents_share",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="share",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "incidents_share_history" ("account_id", "event_id", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_at", "shared_by", "until", "why", "withdrawn_at", "withdrawn_by") VALUES (OLD."account_id", OLD."event_id", OLD."id", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."shared_at", OLD."shared_by", OLD."until", OLD."why", OLD."withdrawn_at", OLD."withdrawn_by"); RETURN NULL;',
                    hash="9e2d466a8428dec84cedcba97726327ec6daaa1b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b1d6c",
                    table="incidents_share",
                    when="AFTER",
                ),
            ),
        ),
    ]
