from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Installation',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('demo', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField(null=True)),
                ('restored_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'access_installation',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='installation_only_one')],
            },
        ),
    ]
