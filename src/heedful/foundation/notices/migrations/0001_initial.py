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
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('account_id', models.UUIDField()),
                ('kind', models.CharField(max_length=40)),
                ('cause_id', models.UUIDField()),
                ('link', models.CharField(max_length=200)),
                ('urgent', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'db_table': 'notices_notice',
                'indexes': [models.Index(fields=['organisation', 'account_id', '-made_at', '-id'], name='notice_account'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['organisation', 'account_id'], name='notice_unread')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'account_id', 'kind', 'cause_id'), name='notice_once'), models.CheckConstraint(condition=models.Q(('link__startswith', '/'), models.Q(('link__startswith', '//'), _negated=True)), name='notice_link_stays_here')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(default='mail', max_length=10)),
                ('message_id', models.CharField(max_length=120)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('failed', 'Failed')], default='waiting', max_length=12)),
                ('attempts', models.IntegerField(default=0)),
                ('last_tried_at', models.DateTimeField(null=True)),
                ('trouble', models.CharField(blank=True, max_length=40)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='notices.notice')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'db_table': 'notices_delivery',
                'indexes': [models.Index(condition=models.Q(('state', 'sent'), _negated=True), fields=['organisation', 'state'], name='delivery_not_sent')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'notice', 'channel'), name='delivery_once')],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('account_id', models.UUIDField()),
                ('deputy_id', models.UUIDField(null=True)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.service')),
            ],
            options={
                'db_table': 'notices_duty',
                'indexes': [models.Index(fields=['organisation', 'service', 'starts_at'], name='duty_service')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='duty_forwards'), models.CheckConstraint(condition=models.Q(('deputy_id__isnull', True), models.Q(('deputy_id', models.F('account_id')), _negated=True), _connector='OR'), name='duty_deputy_is_another'), models.UniqueConstraint(fields=('organisation', 'service', 'account_id', 'starts_at', 'ends_at'), name='duty_once')],
            },
        ),
        migrations.CreateModel(
            name='DutyHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, serialize=False)),
                ('account_id', models.UUIDField()),
                ('deputy_id', models.UUIDField(null=True)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.organisation')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='notices.duty')),
                ('service', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.service')),
            ],
            options={
                'db_table': 'notices_duty_history',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('account_id', models.UUIDField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'db_table': 'notices_absence',
                'indexes': [models.Index(fields=['organisation', 'account_id', 'starts_at'], name='absence_account')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='absence_forwards'), models.UniqueConstraint(fields=('organisation', 'account_id', 'starts_at', 'ends_at'), name='absence_once')],
            },
        ),
        migrations.CreateModel(
            name='AbsenceHistory',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, serialize=False)),
                ('account_id', models.UUIDField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.organisation')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='notices.absence')),
            ],
            options={
                'db_table': 'notices_absence_history',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Unreached',
            fields=[
                ('id', models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('cause_id', models.UUIDField()),
                ('service_id', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'db_table': 'notices_unreached',
                'indexes': [models.Index(fields=['organisation', '-at'], name='unreached_newest')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'cause_id'), name='unreached_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='absence',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "notices_absence_history" ("account_id", "ends_at", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at") VALUES (NEW."account_id", NEW."ends_at", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."starts_at"); RETURN NULL;', hash='145c0f65079d845786553ea2e755d1cc7ecc8849', operation='INSERT', pgid='pgtrigger_insert_insert_7e5bc', table='notices_absence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='absence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "notices_absence_history" ("account_id", "ends_at", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at") VALUES (NEW."account_id", NEW."ends_at", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."starts_at"); RETURN NULL;', hash='2436113bcd3c0c46f3ef2757efc7df1289425456', operation='UPDATE', pgid='pgtrigger_update_update_f3120', table='notices_absence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='absence',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "notices_absence_history" ("account_id", "ends_at", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_at") VALUES (OLD."account_id", OLD."ends_at", OLD."id", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."starts_at"); RETURN NULL;', hash='05cbdd7b4379e0b5766e03be148aca341e533596', operation='DELETE', pgid='pgtrigger_delete_delete_d7fc7', table='notices_absence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duty',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "notices_duty_history" ("account_id", "deputy_id", "ends_at", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "starts_at") VALUES (NEW."account_id", NEW."deputy_id", NEW."ends_at", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."service_id", NEW."starts_at"); RETURN NULL;', hash='952db9aa36714a92be8ea7a29677d7e787259ec1', operation='INSERT', pgid='pgtrigger_insert_insert_777dc', table='notices_duty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duty',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "notices_duty_history" ("account_id", "deputy_id", "ends_at", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "starts_at") VALUES (NEW."account_id", NEW."deputy_id", NEW."ends_at", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."service_id", NEW."starts_at"); RETURN NULL;', hash='5cdb95b823773911c071d89b6a772423fffde4d1', operation='UPDATE', pgid='pgtrigger_update_update_66cb6', table='notices_duty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='duty',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "notices_duty_history" ("account_id", "deputy_id", "ends_at", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "starts_at") VALUES (OLD."account_id", OLD."deputy_id", OLD."ends_at", OLD."id", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."service_id", OLD."starts_at"); RETURN NULL;', hash='787aaa6be081c59ba8f7e93886db97c3fae63f85', operation='DELETE', pgid='pgtrigger_delete_delete_5987a', table='notices_duty', when='AFTER')),
        ),
    ]
