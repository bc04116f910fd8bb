import django.contrib.postgres.indexes
import django.contrib.postgres.search
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
            name='Document',
            fields=[
                ('id', models.UUIDField(default=heedful.foundation.access.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('subject_type', models.CharField(max_length=40)),
                ('subject_id', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('body', django.contrib.postgres.search.SearchVectorField()),
                ('organisation', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'db_table': 'search_document',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['body'], name='search_document_words'), models.Index(fields=['organisation', 'subject_type', '-at', '-subject_id'], name='search_document_newest')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'subject_type', 'subject_id'), name='search_document_once')],
            },
        ),
    ]
