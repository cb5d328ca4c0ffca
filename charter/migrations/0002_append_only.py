"""PostgreSQL itself refuses to rewrite what has happened.

Revisions and history rows take INSERT and nothing else. The live rows they tell of may change,
through a revision, and are never removed.
"""

from django.db import migrations

APPEND_ONLY = (
    "charter_revision",
    "charter_historicalclause",
    "charter_historicalwording",
    "charter_historicalprinciple",
    "charter_historicalclauseprinciple",
)
NEVER_REMOVED = (
    "charter_clause",
    "charter_wording",
    "charter_principle",
    "charter_clauseprinciple",
)

REFUSE = """
CREATE FUNCTION charter_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is refused on %: %', TG_OP, TG_TABLE_NAME, TG_ARGV[0]
    USING ERRCODE = 'restrict_violation';
END $$;
"""


def guarded(table, operations, reason):
    rows = " OR ".join(operation for operation in operations if operation != "TRUNCATE")
    return f"""
CREATE TRIGGER {table}_rows BEFORE {rows} ON {table}
  FOR EACH ROW EXECUTE FUNCTION charter_refuse('{reason}');
CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION charter_refuse('{reason}');
"""


def unguarded(table):
    return f"""
DROP TRIGGER {table}_rows ON {table};
DROP TRIGGER {table}_truncate ON {table};
"""


class Migration(migrations.Migration):
    dependencies = [("charter", "0001_initial")]

    operations = [
        migrations.RunSQL(
            REFUSE
            + "".join(guarded(t, ("UPDATE", "DELETE"), "history only appends") for t in APPEND_ONLY)
            + "".join(guarded(t, ("DELETE",), "rows with history stay") for t in NEVER_REMOVED),
            "".join(unguarded(table) for table in (*APPEND_ONLY, *NEVER_REMOVED))
            + "DROP FUNCTION charter_refuse();",
        )
    ]
