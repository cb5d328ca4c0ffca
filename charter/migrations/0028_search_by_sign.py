"""Search knows scripts without spaces by their signs: what was kept by words is made anew.

All of it is made of the history and the comments, by whoever searches next.
"""

from django.db import migrations

_FORGET = """
TRUNCATE charter_searchstate, charter_soughtwording, charter_soughtchange, charter_soughtword,
  charter_soughtcomment, charter_soughtamendmentcomment
"""


class Migration(migrations.Migration):
    dependencies = [("charter", "0027_seating_heads")]

    operations = [migrations.RunSQL(_FORGET, migrations.RunSQL.noop)]
