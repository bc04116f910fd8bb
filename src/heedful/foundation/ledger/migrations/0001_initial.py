import django.db.models.deletion
import heedful.foundation.access.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('sequence', models.BigIntegerField()),
                ('kind', models.CharField(max_length=60)),
                ('actor_id', models.UUIDField(null=True)),
                ('subject_type', models.CharField(blank=True, max_length=40)),
                ('subject_id', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('policy_version', models.CharField(blank=True, max_length=80)),
                ('payload_hash', models.BinaryField(max_length=32)),
                ('previous_hash', models.BinaryField(max_length=32)),
                ('hash', models.BinaryField(max_length=32)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'db_table': 'ledger_entry',
                'indexes': [models.Index(fields=['organisation', 'subject_id', 'sequence'], name='ledger_subject'), models.Index(fields=['organisation', 'kind', 'sequence'], name='ledger_kind')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'sequence'), name='ledger_sequence_once')],
            },
        ),
        migrations.CreateModel(
            name='Payload',
            fields=[
                ('id', models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('body', models.BinaryField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
                ('erased_under', models.UUIDField(null=True)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='payload', to='ledger.entry')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'db_table': 'ledger_payload',
            },
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('sequence', models.BigIntegerField(default=0)),
                ('hash', models.BinaryField(max_length=32)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'db_table': 'ledger_head',
                'constraints': [models.UniqueConstraint(fields=('organisation',), name='ledger_head_once')],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('subject_type', models.CharField(max_length=40)),
                ('subject_id', models.UUIDField()),
                ('why', models.CharField(max_length=60)),
                ('names', models.JSONField(default=list)),
                ('asked_by', models.UUIDField()),
                ('asked_at', models.DateTimeField()),
                ('agreed_by', models.UUIDField(null=True)),
                ('agreed_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'db_table': 'ledger_erasure',
                'constraints': [models.CheckConstraint(condition=models.Q(('agreed_by', models.F('asked_by')), _negated=True), name='erasure_two_people'), models.UniqueConstraint(condition=models.Q(('agreed_by__isnull', True)), fields=('organisation', 'subject_id'), name='erasure_one_open')],
            },
        ),
    ]
