import django.db.models.deletion
import heedful.foundation.access.models
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('retain_from', models.DateField(blank=True, null=True)),
                ('legal_hold', models.BooleanField(default=False)),
                ('subject_type', models.CharField(max_length=40)),
                ('subject_id', models.UUIDField()),
                ('client_key', models.UUIDField()),
                ('received_sha256', models.BinaryField(max_length=32)),
                ('storage_key', models.CharField(max_length=120)),
                ('name', models.CharField(max_length=120)),
                ('media_type', models.CharField(max_length=60)),
                ('size', models.IntegerField()),
                ('sha256', models.BinaryField(max_length=32)),
                ('added_by', models.UUIDField(null=True)),
                ('added_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'db_table': 'files_attachment',
                'indexes': [models.Index(fields=['organisation', 'subject_id'], name='attachment_subject')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'client_key'), name='attachment_client_key_once'), models.UniqueConstraint(fields=('organisation', 'storage_key'), name='attachment_storage_key_once')],
            },
        ),
        migrations.CreateModel(
            name='AttachmentHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, serialize=False)),
                ('retain_from', models.DateField(blank=True, null=True)),
                ('legal_hold', models.BooleanField(default=False)),
                ('subject_type', models.CharField(max_length=40)),
                ('subject_id', models.UUIDField()),
                ('client_key', models.UUIDField()),
                ('received_sha256', models.BinaryField(max_length=32)),
                ('storage_key', models.CharField(max_length=120)),
                ('name', models.CharField(max_length=120)),
                ('media_type', models.CharField(max_length=60)),
                ('size', models.IntegerField()),
                ('sha256', models.BinaryField(max_length=32)),
                ('added_by', models.UUIDField(null=True)),
                ('added_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.organisation')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='files.attachment')),
            ],
            options={
                'db_table': 'files_attachment_history',
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attachment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "files_attachment_history" ("added_at", "added_by", "client_key", "id", "legal_hold", "media_type", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_sha256", "removed_at", "retain_from", "sha256", "size", "storage_key", "subject_id", "subject_type") VALUES (NEW."added_at", NEW."added_by", NEW."client_key", NEW."id", NEW."legal_hold", NEW."media_type", NEW."name", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."received_sha256", NEW."removed_at", NEW."retain_from", NEW."sha256", NEW."size", NEW."storage_key", NEW."subject_id", NEW."subject_type"); RETURN NULL;', hash='ef7047e4fa6ddce844ff9415463401465fe3575b', operation='INSERT', pgid='pgtrigger_insert_insert_db742', table='files_attachment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attachment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "files_attachment_history" ("added_at", "added_by", "client_key", "id", "legal_hold", "media_type", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_sha256", "removed_at", "retain_from", "sha256", "size", "storage_key", "subject_id", "subject_type") VALUES (NEW."added_at", NEW."added_by", NEW."client_key", NEW."id", NEW."legal_hold", NEW."media_type", NEW."name", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."received_sha256", NEW."removed_at", NEW."retain_from", NEW."sha256", NEW."size", NEW."storage_key", NEW."subject_id", NEW."subject_type"); RETURN NULL;', hash='582bfdceba92c5530e938229f26c60ee3fa15c2d', operation='UPDATE', pgid='pgtrigger_update_update_3aaf4', table='files_attachment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attachment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "files_attachment_history" ("added_at", "added_by", "client_key", "id", "legal_hold", "media_type", "name", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_sha256", "removed_at", "retain_from", "sha256", "size", "storage_key", "subject_id", "subject_type") VALUES (OLD."added_at", OLD."added_by", OLD."client_key", OLD."id", OLD."legal_hold", OLD."media_type", OLD."name", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."received_sha256", OLD."removed_at", OLD."retain_from", OLD."sha256", OLD."size", OLD."storage_key", OLD."subject_id", OLD."subject_type"); RETURN NULL;', hash='49c5d5aa538c1690e1ea44d35367a84c626122da', operation='DELETE', pgid='pgtrigger_delete_delete_6082f', table='files_attachment', when='AFTER')),
        ),
    ]
