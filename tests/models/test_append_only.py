"""What has happened cannot be rewritten: not by a save, not by a query, not in SQL."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from charter.models import Clause, ClausePrinciple, Principle, Revision, Wording
from charter.models.history import OutsideRevision
from tests.builders import principle, reword, scene

pytestmark = pytest.mark.django_db

HISTORY = [
    "charter_revision",
    "charter_historicalclause",
    "charter_historicalwording",
    "charter_historicalprinciple",
    "charter_historicalclauseprinciple",
]
LIVE = ["charter_clause", "charter_wording", "charter_principle", "charter_clauseprinciple"]


@pytest.fixture
def full():
    """A charter with a row in every table."""
    laid = scene()
    principle(laid.charter, laid.cast.chair, "openness")
    reword(laid.charter, laid.cast.drafter, laid.other, "Open.", principles=["openness"])
    return laid


def refused(sql: str) -> str:
    with (
        pytest.raises(DatabaseError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)
    return str(caught.value)


@pytest.mark.parametrize("table", HISTORY)
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_postgresql_refuses_to_rewrite_history(full, table, sql):
    said = refused(sql.format(table))
    assert sql.split()[0] in said
    assert "history only appends" in said


@pytest.mark.parametrize("table", LIVE)
@pytest.mark.parametrize("sql", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_postgresql_refuses_to_remove_what_has_history(full, table, sql):
    assert "refused" in refused(sql.format(table))


def test_emptying_the_charters_does_not_empty_their_history(full):
    assert "is refused" in refused("TRUNCATE charter_charter CASCADE")


@pytest.mark.parametrize("model", [Clause, Wording, Principle, ClausePrinciple])
def test_a_row_with_history_is_neither_saved_nor_deleted_by_itself(full, model):
    row = model.objects.first()
    for act in (row.save, row.save_without_historical_record):
        with pytest.raises(OutsideRevision):
            act()
    with pytest.raises((OutsideRevision, ProtectedError)):
        row.delete()


@pytest.mark.parametrize("model", [Clause, Wording, Principle, ClausePrinciple])
def test_no_query_changes_such_rows_outside_a_revision(full, model):
    rows = model.objects.all()
    row = rows.first()
    with pytest.raises(OutsideRevision):
        rows.update(charter=full.charter)
    with pytest.raises(OutsideRevision):
        rows.delete()
    with pytest.raises(OutsideRevision):
        rows.bulk_create([row])
    with pytest.raises(OutsideRevision):
        rows.bulk_update([row], ["charter"])


def test_every_history_row_belongs_to_a_revision_of_its_charter(full):
    numbers = dict(Revision.objects.values_list("pk", "number"))
    for model in (Clause, Wording, Principle, ClausePrinciple):
        rows = model.history.all()
        assert rows
        assert all(numbers[row.revision_id] == row.revision_number for row in rows)


def test_history_has_the_as_of_index_and_the_revisions_one_and_no_other():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, indexdef FROM pg_indexes"
            " WHERE tablename LIKE 'charter_historical%' ORDER BY tablename, indexdef"
        )
        found = {}
        for table, definition in cursor.fetchall():
            columns = definition.split("(", 1)[1].split(")")[0]
            found.setdefault(table, set()).add(columns)
    wanted = {"history_id", "id, revision_number", "revision_id"}
    assert found == {table: wanted for table in HISTORY if table != "charter_revision"}
