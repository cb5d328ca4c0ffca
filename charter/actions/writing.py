"""Writes a draft: one statement for each table it touches, live rows and history together.

The history rows are those of simple-history's `bulk_history_create`, bound to the revision. Going
through its models costs a save twice the time of the whole statement.
"""

from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from charter.actions.drafts import Draft
from charter.models import Charter, Revision
from charter.models.states import TABLES

_REVISION = """
made AS (
  INSERT INTO charter_revision
    (charter_id, number, author_id, committed_at, message, cause, earlier, adopted, digest)
  VALUES (%s, %s, %s, %s, %s, %s, %s, %s::uuid[], %s) RETURNING id
), head AS (
  UPDATE charter_charter SET head = %s, digest = %s, title = %s, titles = %s::varchar[]
  WHERE id = %s
)
"""
_MADE = "made AS (SELECT %s::bigint AS id)"


def write(draft: Draft, revision: Revision) -> None:
    """Write the revision, the charter's new head, and the kept rows with a history row each.

    The revision goes with the first table's rows, so that most saves are one statement.
    """
    signed = [revision.number, draft.at, draft.actor.pk]
    for model, new, rows in draft.batches():
        first = revision.pk is None
        said = _said(revision, draft.charter) if first else [revision.pk]
        with connection.cursor() as cursor:
            cursor.execute(
                _statement(model, new, first, _named(rows), len(rows) == 1),
                [*said, *_given(model, new, rows), *signed],
            )
            written = cursor.fetchall()
        if len(written) != len(rows):
            raise RuntimeError(f"{model.__name__}: {len(written)} of {len(rows)} written.")
        revision.pk = written[0][0]
        for row in (*rows, revision):
            row._state.adding, row._state.db = False, connection.alias


def _said(revision: Revision, charter: Charter) -> list[object]:
    return [
        charter.pk,
        revision.number,
        revision.author_id,
        revision.committed_at,
        revision.message,
        revision.cause,
        revision.earlier,
        revision.adopted,
        revision.digest,
        revision.number,
        revision.digest,
        charter.title,
        charter.titles,
        charter.pk,
    ]


def _given(model: type[Model], new: bool, rows: list[Model]) -> list[Any]:
    """The values of the rows, column by column; those of a single row themselves."""
    columns = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows]
        for field in _columns(model, new, _named(rows))
    ]
    return columns if len(rows) > 1 else [column[0] for column in columns]


def _named(rows: list[Model]) -> bool:
    """Whether the rows have their keys already, new ones too: rows of other tables name them."""
    return any(row.pk is not None for row in rows)


def take_stock() -> None:
    """Have PostgreSQL count the rows of the tables with history, so that it plans by them."""
    tables = [
        table
        for model in TABLES
        for table in (model._meta.db_table, model.history.model._meta.db_table)
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")


def _columns(model: type[Model], new: bool, named: bool) -> list[Field]:
    """What is given for each row; the database numbers new rows that have no key of their own."""
    fields = model._meta.concrete_fields
    numbered = new and not named
    return [field for field in fields if not (numbered and field.primary_key)]


@cache
def _statement(model: type[Model], new: bool, first: bool, named: bool, single: bool) -> str:
    fields = _columns(model, new, named)
    names = ", ".join(field.column for field in fields)
    # A driver takes its time over arrays, and most saves are of one row.
    arrays = ", ".join(f"%s::{_type(field)}[]" for field in fields)
    values = ", ".join(f"%s::{_type(field)}" for field in fields)
    rows = f"VALUES ({values})" if single else f"SELECT * FROM unnest({arrays})"  # noqa: S608
    table, history = model._meta.db_table, model.history.model._meta.db_table
    every = ", ".join(field.column for field in model._meta.concrete_fields)
    returned = ", ".join(f"live.{field.column}" for field in model._meta.concrete_fields)
    if new:
        change = f"INSERT INTO {table} AS live ({names}) SELECT {names} FROM given"  # noqa: S608
    else:
        sets = ", ".join(f"{f.column} = given.{f.column}" for f in fields if not f.primary_key)
        change = f"UPDATE {table} AS live SET {sets} FROM given WHERE live.id = given.id"  # noqa: S608
    return (
        f"WITH {_REVISION if first else _MADE}, "  # noqa: S608
        f"given ({names}) AS ({rows}), "
        f"changed AS ({change} RETURNING {returned}) "
        f"INSERT INTO {history} ({every}, revision_id, revision_number, history_date,"
        f" history_user_id, history_type, history_change_reason) "
        f"SELECT changed.*, made.id, %s, %s, %s, '{'+' if new else '~'}', '' FROM changed, made "
        f"RETURNING revision_id"
    )


def _type(field: Field) -> str:
    kind = field.rel_db_type(connection) if field.primary_key else field.db_type(connection)
    # A cast to varchar(n) would cut silently what the column refuses.
    return "text" if kind.startswith("varchar") else kind
