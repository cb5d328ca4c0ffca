"""The title of a charter in each of its languages, beside the one it goes by."""

import django.contrib.postgres.fields
from django.db import migrations, models

# What stands among the words now; later revisions keep it up.
_FILL = """
UPDATE charter_charter charter SET titles = said.titles
FROM (
  SELECT root.charter_id, array_agg(ARRAY[w.language, left(w.heading, 500)::varchar]) AS titles
  FROM charter_clause root JOIN charter_wording w ON w.clause_id = root.id
  WHERE root.parent_id IS NULL AND w.heading <> ''
  GROUP BY root.charter_id
) said
WHERE said.charter_id = charter.id
"""


class Migration(migrations.Migration):
    dependencies = [("charter", "0025_amendment_changed_at")]

    operations = [
        migrations.AddField(
            model_name="charter",
            name="titles",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(max_length=500), size=2
                ),
                default=list,
                size=None,
            ),
        ),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
    ]
