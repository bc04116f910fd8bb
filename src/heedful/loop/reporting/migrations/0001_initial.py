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
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('retain_from', models.DateField(blank=True, null=True)),
                ('legal_hold', models.BooleanField(default=False)),
                ('account_id', models.UUIDField()),
                ('client_key', models.UUIDField()),
                ('answers', models.JSONField(default=dict)),
                ('updated_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'db_table': 'reporting_draft',
                'indexes': [models.Index(fields=['organisation', 'account_id'], name='draft_account')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'client_key'), name='draft_once')],
            },
        ),
    ]
