import django.db.models.deletion
import heedful.foundation.access.models
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("incidents", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Triage",
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
                ("number", models.IntegerField()),
                ("level", models.CharField(max_length=2)),
                ("suggested", models.CharField(max_length=2)),
                ("stands_at", models.CharField(max_length=2)),
                ("response", models.CharField(max_length=20)),
                ("reasons", models.JSONField(default=list)),
                ("facts", models.JSONField(default=dict)),
                ("why", models.TextField()),
                ("decided_by", models.UUIDField()),
                ("decided_at", models.DateTimeField()),
                ("agreed_by", models.UUIDField(null=True)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("policy_version", models.CharField(max_length=80)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="incidents.event"
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
                "db_table": "duties_triage",
                "indexes": [
                    models.Index(fields=["organisation", "decided_by", "-decided_at"], name="triage_decider"),
                    models.Index(fields=["organisation", "decided_at"], name="triage_when"),
                    models.Index(
                        condition=models.Q(("agreed_by__isnull", True), ("level__lt", models.F("stands_at"))),
                        fields=["organisation", "event", "number"],
                        name="triage_lowered",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "event", "number"), name="triage_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("agreed_by", models.F("decided_by")), _negated=True),
                        name="triage_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TriageHistory",
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
                ("number", models.IntegerField()),
                ("level", models.CharField(max_length=2)),
                ("suggested", models.CharField(max_length=2)),
                ("stands_at", models.CharField(max_length=2)),
                ("response", models.CharField(max_length=20)),
                ("reasons", models.JSONField(default=list)),
                ("facts", models.JSONField(default=dict)),
                ("why", models.TextField()),
                ("decided_by", models.UUIDField()),
                ("decided_at", models.DateTimeField()),
                ("agreed_by", models.UUIDField(null=True)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("policy_version", models.CharField(max_length=80)),
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
                        to="duties.triage",
                    ),
                ),
            ],
            options={
                "db_table": "duties_triage_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Classification",
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
                ("kind", models.CharField(max_length=40)),
                ("answer", models.CharField(max_length=8)),
                ("suggested", models.CharField(blank=True, max_length=8)),
                ("why", models.TextField(blank=True)),
                ("decided_by", models.UUIDField()),
                ("decided_at", models.DateTimeField()),
                ("policy_version", models.CharField(max_length=80)),
                ("due_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.UUIDField(null=True)),
                ("reference_number", models.CharField(blank=True, max_length=80)),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="incidents.event"
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
                "db_table": "duties_classification",
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True), ("superseded_at__isnull", True)),
                        fields=["organisation", "due_at"],
                        name="classification_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("organisation", "event", "kind"),
                        name="classification_one_in_force",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClassificationHistory",
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
                ("kind", models.CharField(max_length=40)),
                ("answer", models.CharField(max_length=8)),
                ("suggested", models.CharField(blank=True, max_length=8)),
                ("why", models.TextField(blank=True)),
                ("decided_by", models.UUIDField()),
                ("decided_at", models.DateTimeField()),
                ("policy_version", models.CharField(max_length=80)),
                ("due_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.UUIDField(null=True)),
                ("reference_number", models.CharField(blank=True, max_length=80)),
                ("superseded_at", models.DateTimeField(null=True)),
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
                        to="duties.classification",
                    ),
                ),
            ],
            options={
                "db_table": "duties_classification_history",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FindOut",
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
                ("what", models.CharField(max_length=60)),
                ("due_at", models.DateTimeField()),
                ("found_at", models.DateTimeField(null=True)),
                ("found_by", models.UUIDField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="incidents.event"
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
                "db_table": "duties_find_out",
                "indexes": [models.Index(fields=["organisation", "event"], name="find_out_event")],
            },
        ),
        migrations.CreateModel(
            name="FindOutHistory",
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
                ("what", models.CharField(max_length=60)),
                ("due_at", models.DateTimeField()),
                ("found_at", models.DateTimeField(null=True)),
                ("found_by", models.UUIDField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("superseded_at", models.DateTimeField(null=True)),
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
                        to="duties.findout",
                    ),
                ),
            ],
            options={
                "db_table": "duties_find_out_history",
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classification",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "duties_classification_history" ("answer", "decided_at", "decided_by", "done_at", "done_by", "due_at", "event_id", "id", "kind", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_version", "reference_number", "suggested", "superseded_at", "why") VALUES (NEW."answer", NEW."decided_at", NEW."decided_by", NEW."done_at", NEW."done_by", NEW."due_at", NEW."event_id", NEW."id", NEW."kind", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."policy_version", NEW."reference_number", NEW."suggested", NEW."superseded_at", NEW."why"); RETURN NULL;',
                    hash="49fa98a1eca7982be32f965000fa15d27321e612",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1ff82",
                    table="duties_classification",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classification",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "duties_classification_history" ("answer", "decided_at", "decided_by", "done_at", "done_by", "due_at", "event_id", "id", "kind", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_version", "reference_number", "suggested", "superseded_at", "why") VALUES (NEW."answer", NEW."decided_at", NEW."decided_by", NEW."done_at", NEW."done_by", NEW."due_at", NEW."event_id", NEW."id", NEW."kind", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."policy_version", NEW."reference_number", NEW."suggested", NEW."superseded_at", NEW."why"); RETURN NULL;',
                    hash="d6dd5fd1d57ff0f17851f02f6e9e6ca14c48b1b7",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7f282",
                    table="duties_classification",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="classification",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "duties_classification_history" ("answer", "decided_at", "decided_by", "done_at", "done_by", "due_at", "event_id", "id", "kind", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_version", "reference_number", "suggested", "superseded_at", "why") VALUES (OLD."answer", OLD."decided_at", OLD."decided_by", OLD."done_at", OLD."done_by", OLD."due_at", OLD."event_id", OLD."id", OLD."kind", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."policy_version", OLD."reference_number", OLD."suggested", OLD."superseded_at", OLD."why"); RETURN NULL;',
                    hash="99e95db7532fcd4ad39f1d221afc44d737498311",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dacfe",
                    table="duties_classification",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="findout",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "duties_find_out_history" ("answer", "due_at", "event_id", "found_at", "found_by", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "superseded_at", "what") VALUES (NEW."answer", NEW."due_at", NEW."event_id", NEW."found_at", NEW."found_by", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."superseded_at", NEW."what"); RETURN NULL;',
                    hash="18460ae8bdc2078e7605b31753df060a162e1240",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_53a90",
                    table="duties_find_out",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="findout",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "duties_find_out_history" ("answer", "due_at", "event_id", "found_at", "found_by", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "superseded_at", "what") VALUES (NEW."answer", NEW."due_at", NEW."event_id", NEW."found_at", NEW."found_by", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."superseded_at", NEW."what"); RETURN NULL;',
                    hash="79a4c8e6c1af467ed22ca083e79a5ec13a3ed9df",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d889a",
                    table="duties_find_out",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="findout",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "duties_find_out_history" ("answer", "due_at", "event_id", "found_at", "found_by", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "superseded_at", "what") VALUES (OLD."answer", OLD."due_at", OLD."event_id", OLD."found_at", OLD."found_by", OLD."id", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."superseded_at", OLD."what"); RETURN NULL;',
                    hash="ec32a7836e11fbed67a6d1001b4966f227b22c49",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bc951",
                    table="duties_find_out",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="triage",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "duties_triage_history" ("agreed_at", "agreed_by", "decided_at", "decided_by", "event_id", "facts", "id", "level", "number", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_version", "reasons", "response", "stands_at", "suggested", "why") VALUES (NEW."agreed_at", NEW."agreed_by", NEW."decided_at", NEW."decided_by", NEW."event_id", NEW."facts", NEW."id", NEW."level", NEW."number", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."policy_version", NEW."reasons", NEW."response", NEW."stands_at", NEW."suggested", NEW."why"); RETURN NULL;',
                    hash="eea9994cebc75e523b4cb8e65a7a8fe11f9dec58",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8898f",
                    table="duties_triage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="triage",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "duties_triage_history" ("agreed_at", "agreed_by", "decided_at", "decided_by", "event_id", "facts", "id", "level", "number", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_version", "reasons", "response", "stands_at", "suggested", "why") VALUES (NEW."agreed_at", NEW."agreed_by", NEW."decided_at", NEW."decided_by", NEW."event_id", NEW."facts", NEW."id", NEW."level", NEW."number", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."policy_version", NEW."reasons", NEW."response", NEW."stands_at", NEW."suggested", NEW."why"); RETURN NULL;',
                    hash="f833e23eb648ed15a058e3cc5c740d26ee8f02d0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b639f",
                    table="duties_triage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="triage",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "duties_triage_history" ("agreed_at", "agreed_by", "decided_at", "decided_by", "event_id", "facts", "id", "level", "number", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_version", "reasons", "response", "stands_at", "suggested", "why") VALUES (OLD."agreed_at", OLD."agreed_by", OLD."decided_at", OLD."decided_by", OLD."event_id", OLD."facts", OLD."id", OLD."level", OLD."number", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."policy_version", OLD."reasons", OLD."response", OLD."stands_at", OLD."suggested", OLD."why"); RETURN NULL;',
                    hash="8128e54cb01992d570c776416b2ae38fd9f6d838",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_eb466",
                    table="duties_triage",
                    when="AFTER",
                ),
            ),
        ),
    ]
