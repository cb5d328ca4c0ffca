from django.db import migrations, models

# The log only grows, so its guard steps aside while the lines that are there learn their revision.
# Until now a line knew only its moment.
BY_TIME = """
ALTER TABLE charter_seating DISABLE TRIGGER charter_seating_rows;
UPDATE charter_seating line SET head = coalesce((
  SELECT max(revision.number) FROM charter_revision revision
  WHERE revision.charter_id = line.charter_id AND revision.committed_at <= line.at), 0);
ALTER TABLE charter_seating ENABLE TRIGGER charter_seating_rows;
"""

# Seats older than the log were never written into it: those who hold them, and those who left them
# since, have sat there from the beginning as far as anybody can tell.
FROM_THE_BEGINNING = """
INSERT INTO charter_seating (charter_id, delegation_id, person_id, kind, circle, head, actor_id, at)
SELECT seat.charter_id, seat.delegation_id, seat.person_id, 'seated', 1, 0, NULL, coalesce(
  (SELECT min(revision.committed_at) FROM charter_revision revision
   WHERE revision.charter_id = seat.charter_id), now())
FROM charter_membership seat
WHERE seat.delegation_id IS NOT NULL AND NOT EXISTS (
  SELECT FROM charter_seating line
  WHERE line.charter_id = seat.charter_id AND line.person_id = seat.person_id);
"""


class Migration(migrations.Migration):
    dependencies = [("charter", "0026_charter_titles")]

    operations = [
        migrations.AddField(
            model_name="seating",
            name="head",
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="seating",
            index=models.Index(fields=["charter", "id"], name="seating_in_order"),
        ),
        migrations.RunSQL(BY_TIME, migrations.RunSQL.noop),
        migrations.RunSQL(FROM_THE_BEGINNING, migrations.RunSQL.noop),
    ]
