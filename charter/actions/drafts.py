"""What an open revision collects until it is committed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Model

from accounts.models import Person
from charter.actions.values import Words
from charter.actions.whole_trees import WholeTree
from charter.models import Charter, ClausePrinciple, Principle, Revision, Wording
from charter.models.digests import State
from charter.models.states import TABLES, state


@dataclass(slots=True)
class Draft:
    """A revision in the making. Rows given to `keep` are written, with their history, at its end.

    `earlier` is the number of the revision it undoes or takes a clause back from, `adopted` are the
    uuids of the amendments it adopts. `revision` is None while it is open, and still None
    afterwards when nothing was kept.

    A change set has its `tree` in memory, and remembers what its operations have asked for, so
    that a later one is held against an earlier one and not against the database: rows by what they
    say, the words, principles, kinds and numbers as they were given, before anything was merged in,
    and which clauses it has moved.
    """

    charter: Charter
    actor: Person
    at: datetime
    cause: str
    message: str
    earlier: int | None = None
    adopted: tuple[UUID, ...] = ()
    revision: Revision | None = None
    reworded: dict[tuple[UUID, str], tuple[str, str]] = field(default_factory=dict)
    tree: WholeTree | None = None
    wordings: dict[tuple[UUID, str], Wording] = field(default_factory=dict)
    said: dict[tuple[UUID, str], Words] = field(default_factory=dict)
    tags: dict[UUID, dict[int, ClausePrinciple]] = field(default_factory=dict)
    tagged: dict[UUID, frozenset[str]] = field(default_factory=dict)
    recast: dict[tuple[UUID, str], str | None] = field(default_factory=dict)
    moved: set[UUID] = field(default_factory=set)
    _rows: dict[int, Model] = field(default_factory=dict)
    _headings: dict[int, str] = field(default_factory=dict)

    @property
    def where(self) -> Charter | WholeTree:
        """Where clauses are looked up: see `trees.lineage`."""
        return self.charter if self.tree is None else self.tree

    @property
    def number(self) -> int:
        """The number the revision will have."""
        return self.charter.head + 1

    def __len__(self) -> int:
        return len(self._rows)

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
        self._headings.setdefault(id(wording), wording.heading)
        wording.heading, wording.text = words.heading, words.text
        self.keep(wording)
        return True

    def batches(self) -> list[tuple[type[Model], bool, list[Model]]]:
        """The kept rows by table and by whether they are new, in the order they may be written."""
        found: dict[tuple[type[Model], bool], list[Model]] = {
            (model, new): [] for model in TABLES for new in (True, False)
        }
        for row in self._rows.values():
            found[type(row), row._state.adding].append(row)
        return [(model, new, rows) for (model, new), rows in found.items() if rows]

    def states(self) -> list[State]:
        """The kept rows as the digest takes them."""
        slug = self._slugs()
        return [
            state(TABLES[model], row, created=new, slug=slug)
            for model, new, rows in self.batches()
            for row in rows
        ]

    def title(self) -> tuple[str, str] | None:
        """The title in the working language, before and after, when this draft changes it."""
        for row in self._entitling():
            if row.language == self.charter.working_language:
                return self._headings.get(id(row), ""), row.heading
        return None

    def titles(self) -> dict[str, str]:
        """The title in each language in which this draft changes it."""
        return {row.language: row.heading for row in self._entitling()}

    def _entitling(self) -> Iterator[Wording]:
        for row in self._rows.values():
            if isinstance(row, Wording) and row.clause.parent_id is None:
                yield row

    def _slugs(self):
        tags = [row for row in self._rows.values() if isinstance(row, ClausePrinciple)]
        if not tags:
            return {}.__getitem__
        known = {row.pk: row.slug for row in self._rows.values() if isinstance(row, Principle)}
        wanted = {tag.principle_id for tag in tags} - known.keys()
        if wanted:
            known |= dict(Principle.objects.filter(pk__in=wanted).values_list("pk", "slug"))
        return known.__getitem__
