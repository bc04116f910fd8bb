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
            name='Exit',
            fields=[
                ('id', models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('door', models.CharField(max_length=12)),
                ('what', models.CharField(max_length=60)),
                ('subject_id', models.UUIDField(null=True)),
                ('account_id', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('digest', models.BinaryField(max_length=32)),
                ('rows', models.IntegerField(null=True)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'db_table': 'exits_exit',
                'indexes': [models.Index(fields=['organisation', '-at'], name='exit_newest')],
            },
        ),
    ]
