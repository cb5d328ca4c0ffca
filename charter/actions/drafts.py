"""What an open revision collects, and how it is written: few statements, however much changed."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Model

from accounts.models import Person
from charter.actions.values import Words
from charter.models import Charter, Clause, ClausePrinciple, Principle, Revision, Wording
from charter.models.digests import State
from charter.models.states import state

# In the order their rows may refer to one another.
_TABLES: dict[type[Model], str] = {
    Principle: "principle",
    Clause: "clause",
    Wording: "wording",
    ClausePrinciple: "tag",
}


@dataclass(slots=True)
class Draft:
    """A revision in the making. Rows given to `keep` are written, with their history, at its end.

    `revision` is None while it is open, and still None afterwards when nothing was kept.
    """

    charter: Charter
    actor: Person
    at: datetime
    cause: str
    message: str
    revision: Revision | None = None
    reworded: dict[tuple[UUID, str], tuple[str, str]] = field(default_factory=dict)
    _rows: dict[int, Model] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """The number the revision will have."""
        return self.charter.head + 1

    @property
    def empty(self) -> bool:
        return not self._rows

    def keep(self, *rows: Model) -> None:
        """Write these rows, new or changed, when the revision is committed."""
        for row in rows:
            if row.charter_id != self.charter.pk:
                raise ValueError("A row of another charter was given to a revision.")
            self._rows[id(row)] = row

    def reword(self, wording: Wording, words: Words) -> bool:
        """Give the wording new words. Whether that changes anything."""
        if (wording.heading, wording.text) == (words.heading, words.text):
            return False
        key = (wording.clause_id, wording.language)
        first = self.reworded.get(key, (wording.text,))[0]
        if not wording._state.adding:
            self.reworded[key] = (first, words.text)
        wording.heading, wording.text = words.heading, words.text
        self.keep(wording)
        return True

    def write_live(self) -> list[State]:
        """Write the kept rows to their tables; the states the digest is made of."""
        states = []
        for model, table in _TABLES.items():
            new, changed = self._split(model)
            states += [(table, row, True) for row in new]
            states += [(table, row, False) for row in changed]
            if new:
                model.objects.bulk_create(new)
            if changed:
                _update(model, changed)
        slug = self._slugs()
        return [state(table, row, created=new, slug=slug) for table, row, new in states]

    def write_history(self, revision: Revision, created: set[int]) -> None:
        """Write the history rows of the kept rows; `created` are the `id()`s of new ones."""
        attributes = {"revision": revision, "revision_number": revision.number}
        for model in _TABLES:
            rows = [row for row in self._rows.values() if type(row) is model]
            for update in (False, True):
                some = [row for row in rows if (id(row) not in created) is update]
                if some:
                    model.history.bulk_history_create(
                        some,
                        update=update,
                        default_user=self.actor,
                        default_date=self.at,
                        custom_historical_attrs=attributes,
                    )

    def new_rows(self) -> set[int]:
        """The `id()`s of the kept rows that are not in their table yet."""
        return {key for key, row in self._rows.items() if row._state.adding}

    def title(self) -> str | None:
        """The charter's new title in its working language, when this draft changes it."""
        for row in self._rows.values():
            if (
                isinstance(row, Wording)
                and row.language == self.charter.working_language
                and row.clause.parent_id is None
            ):
                return row.heading
        return None

    def _split(self, model: type[Model]) -> tuple[list[Model], list[Model]]:
        rows = [row for row in self._rows.values() if type(row) is model]
        new = [row for row in rows if row._state.adding]
        return new, [row for row in rows if not row._state.adding]

    def _slugs(self):
        tags = [row for row in self._rows.values() if isinstance(row, ClausePrinciple)]
        if not tags:
            return {}.__getitem__
        wanted = {tag.principle_id for tag in tags}
        rows = Principle.objects.filter(pk__in=wanted).values_list("pk", "slug")
        return dict(rows).__getitem__


def _update(model: type[Model], rows: list[Model]) -> None:
    """One UPDATE for all rows, each with its own values."""
    fields = [f for f in model._meta.concrete_fields if f.name != "charter"]
    columns = [connection.ops.quote_name(f.column) for f in fields]
    arrays = ", ".join(f"%s::{_array_type(f)}" for f in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    sets = ", ".join(f"{c} = new.{c}" for c in columns[1:])
    sql = (
        f"UPDATE {table} AS live SET {sets} "  # noqa: S608
        f"FROM unnest({arrays}) AS new ({', '.join(columns)}) WHERE live.{columns[0]} = new.id"
    )
    values = [[f.get_db_prep_save(getattr(r, f.attname), connection) for r in rows] for f in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        if cursor.rowcount != len(rows):
            raise RuntimeError(
                f"{model.__name__}: {cursor.rowcount} of {len(rows)} rows were there."
            )


def _array_type(field) -> str:
    kind = field.db_type(connection).split("(")[0]
    return {"varchar": "text[]"}.get(kind, f"{kind}[]")
