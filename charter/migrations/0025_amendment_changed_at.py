from django.db import migrations, models

LAST = """
UPDATE charter_amendment one SET changed_at = greatest(
  one.created_at,
  (SELECT max(deed.at) FROM charter_amendmentdeed deed WHERE deed.amendment_id = one.id),
  (SELECT max(greatest(change.made_at, change.gone_at)) FROM charter_proposedchange change
   WHERE change.amendment_id = one.id)
)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('charter', '0024_statements'),
    ]

    operations = [
        migrations.AddField(
            model_name='amendment',
            name='changed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(LAST, migrations.RunSQL.noop),
        migrations.RunSQL('SET CONSTRAINTS ALL IMMEDIATE', migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='amendment',
            name='changed_at',
            field=models.DateTimeField(),
        ),
    ]
