"""Reads rows under the lock in plain SQL: a save is short, and the ORM would be most of it."""

from collections.abc import Sequence
from functools import cache
from typing import TypeVar

from django.db import connection
from django.db.models import Model

M = TypeVar("M", bound=Model)


def fetch(model: type[M], source: str, bound: Sequence[object]) -> list[M]:
    """The rows of `SELECT … source` as instances; `source` begins with FROM."""
    names, columns = _columns(model)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} {source}", bound)
        return [model.from_db(connection.alias, names, row) for row in cursor.fetchall()]


@cache
def _columns(model: type[Model]) -> tuple[list[str], str]:
    fields = model._meta.concrete_fields
    return [field.attname for field in fields], ", ".join(f'"{field.column}"' for field in fields)
