import django.contrib.postgres.fields
import django.db.models.deletion
import heedful.foundation.access.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('incidents', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('map_name', models.CharField(max_length=40)),
                ('map_digest', models.CharField(max_length=64)),
                ('source_system', models.CharField(max_length=40)),
                ('file_name', models.CharField(max_length=200)),
                ('file_digest', models.CharField(max_length=64)),
                ('credit', models.CharField(blank=True, max_length=300)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('read', models.IntegerField(default=0)),
                ('created', models.IntegerField(default=0)),
                ('updated', models.IntegerField(default=0)),
                ('unchanged', models.IntegerField(default=0)),
                ('rejected', models.IntegerField(default=0)),
                ('services', models.IntegerField(default=0)),
                ('months', models.IntegerField(default=0)),
                ('imported_by', models.UUIDField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('undone_by', models.UUIDField(null=True)),
                ('gone', models.IntegerField(default=0)),
                ('back', models.IntegerField(default=0)),
                ('stayed', models.JSONField(default=dict)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'db_table': 'intake_batch',
                'indexes': [models.Index(fields=['organisation', '-started_at'], name='batch_newest')],
            },
        ),
        migrations.CreateModel(
            name='SourceRow',
            fields=[
                ('id', models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('retain_from', models.DateField(blank=True, null=True)),
                ('legal_hold', models.BooleanField(default=False)),
                ('source_system', models.CharField(max_length=40)),
                ('map_name', models.CharField(max_length=40)),
                ('external_id', models.CharField(max_length=80)),
                ('row_number', models.IntegerField()),
                ('digest', models.BinaryField(max_length=32)),
                ('flags', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=40), default=list, size=None)),
                ('kept', models.JSONField(default=dict)),
                ('before', models.JSONField(null=True)),
                ('batch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='intake.batch')),
                ('event', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='incidents.event')),
                ('organisation', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'db_table': 'intake_source_row',
                'indexes': [models.Index(fields=['event', 'organisation'], name='source_row_event'), models.Index(fields=['organisation', 'batch', 'row_number'], name='source_row_batch')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'source_system', 'external_id', 'map_name'), name='source_row_once')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('retain_from', models.DateField(blank=True, null=True)),
                ('legal_hold', models.BooleanField(default=False)),
                ('client_key', models.UUIDField()),
                ('sent_by', models.UUIDField()),
                ('moved_by', models.UUIDField(null=True)),
                ('sent_at', models.DateTimeField()),
                ('file_name', models.CharField(max_length=200)),
                ('size', models.IntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('storage_key', models.CharField(blank=True, max_length=80)),
                ('state', models.CharField(default='reading', max_length=12)),
                ('shape', models.CharField(blank=True, max_length=64)),
                ('answers', models.JSONField(default=dict)),
                ('found', models.JSONField(default=dict)),
                ('refusal', models.TextField(blank=True)),
                ('done', models.IntegerField(default=0)),
                ('total', models.IntegerField(default=0)),
                ('batch', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.batch')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'db_table': 'intake_upload',
                'indexes': [models.Index(fields=['organisation', '-sent_at'], name='upload_newest')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'client_key'), name='upload_once')],
            },
        ),
    ]
